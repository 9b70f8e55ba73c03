#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <chrono>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "history.hpp"
#include "machine.hpp"
#include "stages.hpp"
#include "tables.hpp"

namespace {

using namespace attest;
using namespace attest::benchmarks;

struct Row {
    const char* name;
    Table (*make)(const Settings&);
    bool unasked = true;  ///< also if no table is named
};
constexpr Row rows[] = {
    {"average", average_table},      {"compile", compile_table},     {"counting", counting_table},
    {"simulate", simulate_table},    {"prove", prove_table},         {"check", check_table},
    {"parity", parity_table},        {"measure", measure_table},     {"restrict", restrict_table},
    {"influence", influence_table},  {"threshold", threshold_table}, {"trained", trained_table},
    {"modular", modular_table},      {"programs", programs_table},   {"families", families_table},
    {"lengths", lengths_table},      {"deep", deep_table},           {"classify", classify_table},
    {"machine", machines_table},     {"emerge", emerge_table},       {"reach", reach_table, false},
    {"proved", proved_table, false}, {"build", build_table, false},
};

std::vector<std::string> names(bool asked) {
    std::vector<std::string> all;
    for (const Row& row : rows)
        if (asked || row.unasked) all.emplace_back(row.name);
    return all;
}

/// A measurement that this program started for itself, in a process of its own.
int stage(char** words) {
    run_stage({words[0], words[1], words[2], std::stoll(words[3]), std::stoull(words[4]), words[5]});
    return 0;
}

nlohmann::ordered_json measure(const std::vector<std::string>& chosen, Settings& settings,
                               const std::string& revision) {
    const base::DirectoryInProgress scratch;
    settings.directory = scratch.path();
    nlohmann::ordered_json results = {{"revision", revision},
                                      {"machine", describe_machine()},
                                      {"seed", settings.seed},
                                      {"limit_seconds", settings.limit}};
    fmt::print("{}\n", results.dump(2));
    const auto start = std::chrono::steady_clock::now();
    for (const Row& row : rows)
        if (std::find(chosen.begin(), chosen.end(), row.name) != chosen.end())
            results["tables"].push_back(row.make(settings).to_json());
    results["wall_seconds"] = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    fmt::print("\nall in {:.0f} s by the clock; times in tables are processor time\n",
               results["wall_seconds"].get<double>());
    return results;
}

int run(int argc, char** argv) {
    if (argc == 8 && std::string(argv[1]) == "--stage") return stage(argv + 2);
    CLI::App app("Speed and memory of attest, with rivals beside it in the same run.", "attest-benchmarks");
    Settings settings;
    std::string json, results_file, revision;
    std::vector<std::string> before_files;
    std::vector<std::string> chosen = names(false);
    app.add_option("TABLE", chosen, "Which tables; those of a few minutes if none is named")
        ->check(CLI::IsMember(names(true)));
    app.add_option("--json", json, "Keep results in this file")->type_name("FILE");
    app.add_option("--revision", revision, "Of the source, to be kept with the results");
    app.add_option("--against", before_files,
                   "Print ratios to the results in these files, for each table to the last that has it")
        ->type_name("FILE")
        ->allow_extra_args(false);
    app.add_option("--results", results_file, "Run nothing: take results from this file")
        ->type_name("FILE")
        ->needs("--against");
    app.add_option("--seed", settings.seed, "For solvers and random circuits; 0 if not given");
    app.add_option("--limit", settings.limit, "Processor seconds that a rival is given; 10 if not given")
        ->check(CLI::Range(1.0, 1e6));
    CLI11_PARSE(app, argc, argv);

    // First, since the results may go to the same file.
    std::vector<nlohmann::ordered_json> before;
    for (const std::string& file : before_files) before.push_back(read_results(file));
    const nlohmann::ordered_json results =
        results_file.empty() ? measure(chosen, settings, revision) : read_results(results_file);
    if (!json.empty()) base::write_file(json, results.dump(1) + "\n");
    print_ratios(results, before);
    return 0;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run(argc, argv);
    } catch (const base::Error& error) {
        fmt::print(stderr, "attest-benchmarks: {}\n", error.what());
        return 1;
    }
}
