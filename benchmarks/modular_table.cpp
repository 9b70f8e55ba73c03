#include <fmt/format.h>

#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/certify/task.hpp"
#include "attest/formats/import.hpp"
#include "checker/checker.hpp"
#include "program.hpp"
#include "subject.hpp"
#include "tables.hpp"
#include "timing.hpp"

// Networks that grok addition modulo P, on all pairs: read, proved and checked, beside the same weights in NumPy and
// PyTorch, which prove nothing.

namespace attest::benchmarks {

namespace {

struct Grokked {
    const char* file;
    std::size_t modulus;
};
constexpr Grokked grokked[] = {{"grok-p59/final-f32.safetensors", 59},
                               {"grokking/grokking-mod113-wd1.safetensors", 113},
                               {"grokking/grokking-mod113-nowd.safetensors", 113}};

formats::ModelFile imported(const std::string& path, std::size_t modulus) {
    formats::import::Options options;
    options.name = "grokked";
    options.tensor_file = "grokked.safetensors";
    options.alphabet = fmt::format("0..{}", modulus - 1);
    options.end = fmt::format("=={}", modulus);
    options.read = "last";
    const formats::import::Imported found = formats::import::import_model(path, options);
    return {formats::parse_model(found.document, options.name, found.tensors), found.document, options.tensor_file,
            found.tensors};
}

/// Seconds by NumPy and by PyTorch, and the difference of the least margins.
std::vector<Cell> beside(Table& table, const Settings& settings, const std::string& path, std::size_t modulus,
                         const task::Outcome& ours, double proof) {
    const Run rival =
        run_program({"/usr/bin/python3", ATTEST_MODULAR_RIVAL, path, std::to_string(modulus)}, 20 * settings.limit);
    const auto found = rival.finished && rival.status == 0 ? nlohmann::json::parse(rival.output)
                                                           : nlohmann::json{{"missing", rival.output}};
    if (found.contains("missing")) {
        table.note(fmt::format("no rival: {}", found.at("missing").get<std::string>()));
        return {none(), none(), none(), none()};
    }
    if (found.at("right").get<std::uint64_t>() != ours.words - ours.wrong)
        throw base::InternalError("NumPy counts other mistakes on " + path);
    const double torch = found.value("torch", 0.0), least = ours.margin->least.get_d();
    return {seconds(found.at("numpy")), torch > 0 ? seconds(torch) : none(),
            ratio((torch > 0 ? torch : found.at("numpy").get<double>()) / proof),
            number(std::abs(found.at("margin").get<double>() - least), 2)};
}

void add_row(Table& table, const std::string& path, const Grokked& of, const Settings& settings) {
    const double reading = best_of(1, [&] { (void)imported(path, of.modulus); });
    const formats::ModelFile model = imported(path, of.modulus);
    const language::Task task =
        language::Task::parse(fmt::format("sum-mod:{}", of.modulus), model.transformer.alphabet);
    task::Options options;
    options.count = true;
    task::Outcome outcome;
    const double proof = best_of(3, [&] {
        outcome = task::hold(task::ClassQuestion{model.transformer, task, 2}, options, limits_for(0));
    });
    const std::string directory = fmt::format("{}/modular-{}", settings.directory, outcome.margin->least_text());
    certify::Archive archive(directory);
    if (!certify::perform(certify::ClassSubject{model, task}, 2, options, limits_for(0), archive).verdict.holds() ||
        !archive.finish())
        throw base::InternalError("no certificate of " + path);
    const double check = best_of(1, [&] {
        if (!checker::check(directory).accepted) throw base::InternalError("the checker refuses " + path);
    });
    std::vector<Cell> cells = {
        count(of.modulus), count(outcome.words), count(outcome.wrong), text(outcome.margin->least_text()),
        seconds(reading),  seconds(proof),       seconds(check),       ratio(check / proof)};
    for (Cell& cell : beside(table, settings, path, of.modulus, outcome, proof)) cells.push_back(std::move(cell));
    table.add(std::move(cells));
}

}  // namespace

Table modular_table(const Settings& settings) {
    Table table("modular",
                "Networks that grok addition modulo P (others' checkpoints), all pairs: every margin proved, and "
                "checked, against the same logits in NumPy and PyTorch (float64, one thread)",
                {"P", "pairs", "wrong", "margin >=", "import", "proof", "check", "check/proof", "NumPy", "PyTorch",
                 "rival/proof", "difference"});
    table.begin();
    for (const Grokked& each : grokked) {
        const std::string path = std::string(ATTEST_SHARED_DATA) + "/" + each.file;
        if (std::filesystem::exists(path)) add_row(table, path, each, settings);
        else table.note(fmt::format("no {}", path));
    }
    table.note("rival/proof: PyTorch's time, or NumPy's, over the proof's; difference: of the least margins");
    return table;
}

}  // namespace attest::benchmarks
