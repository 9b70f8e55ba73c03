#include "command.hpp"

namespace attest::cli {

std::vector<std::unique_ptr<Command>> all_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(make_eval());
    commands.push_back(make_compile());
    commands.push_back(make_prove());
    commands.push_back(make_check());
    commands.push_back(make_zoo());
    commands.push_back(make_languages());
    commands.push_back(make_doctor());
    return commands;
}

void declare_shared(CLI::App& app, SharedOptions& options) {
    app.add_flag("--json", options.json, "One JSON object on stdout and nothing else");
    app.add_flag("-q,--quiet", options.quiet, "No notes and no progress on stderr");
    app.add_option("--timeout", options.timeout, "Stop after this many seconds, undecided")->check(CLI::NonNegativeNumber)->type_name("SECONDS");
    app.add_option("--memory", options.memory_mib, "Plan to hold no more than this")->check(CLI::Range(1, 1 << 30))->type_name("MIB");
    app.add_option("--seed", options.seed, "Seed of all randomness (default 0)")->type_name("K");
    app.add_option("--threads", options.threads, "Lengths that are worked on at a time (default 1)")->check(CLI::Range(1, 256))->type_name("K");
    app.add_option("--solver", options.solver, "cadical (default), cryptominisat or z3")->type_name("NAME");
}

}  // namespace attest::cli
