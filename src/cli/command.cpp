#include "command.hpp"

#include "archive.hpp"
#include "export.hpp"
#include "machine_options.hpp"
#include "number.hpp"
#include "studies.hpp"

namespace attest::cli {

std::unique_ptr<Command> make_language();

std::vector<std::unique_ptr<Command>> all_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(make_eval());
    commands.push_back(make_compile());
    commands.push_back(make_prove());
    commands.push_back(make_check());
    commands.push_back(make_accuracy());
    commands.push_back(make_equal());
    commands.push_back(make_ablate());
    commands.push_back(make_measure());
    commands.push_back(make_restrict());
    commands.push_back(make_influence());
    commands.push_back(make_threshold());
    commands.push_back(make_language());
    commands.push_back(make_classify());
    commands.push_back(make_layers());
    commands.push_back(make_invariance());
    commands.push_back(make_build());
    commands.push_back(make_machine());
    commands.push_back(make_progress());
    commands.push_back(make_maxof());
    commands.push_back(make_emerge());
    commands.push_back(make_report());
    commands.push_back(make_archive());
    commands.push_back(make_zoo());
    commands.push_back(make_import());
    commands.push_back(make_export());
    commands.push_back(make_languages());
    commands.push_back(make_tasks());
    commands.push_back(make_doctor());
    commands.push_back(make_ledger());
    commands.push_back(make_jobs());
    commands.push_back(make_cite());
    commands.push_back(make_completion());
    commands.push_back(make_manual());
    return commands;
}

void declare_shared(CLI::App& app, SharedOptions& options, const Uses& uses) {
    app.add_flag("--json", options.json, "One JSON object on stdout and nothing else");
    app.add_flag("-q,--quiet", options.quiet, "No notes and no progress on stderr");
    app.add_option("--timeout", options.timeout, "Stop after this many seconds, undecided")
        ->transform(within(0.0, 1e9))
        ->type_name("SECONDS");
    app.add_option("--memory", options.memory_mib, "Plan to hold no more than this")
        ->transform(within<std::uint64_t>(1, 1 << 30))
        ->type_name("MIB");
    if (uses.seed)
        app.add_option("--seed", options.seed, "Seed of all randomness (default 0)")
            ->transform(within<std::uint64_t>(0, UINT64_MAX))
            ->type_name("K");
    if (!uses.threads.empty())
        app.add_option("--threads", options.threads, uses.threads + " (default 1)")
            ->transform(within(1U, 256U))
            ->type_name("K");
    if (uses.solver)
        app.add_option("--solver", options.solver, "cadical (default), cryptominisat or z3")->type_name("NAME");
}

}  // namespace attest::cli
