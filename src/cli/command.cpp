#include "command.hpp"

#include <fmt/format.h>

#include <charconv>
#include <type_traits>

#include "attest/base/text.hpp"

namespace attest::cli {

namespace {

/// A value of an option that is a number from `least` to `greatest`; the parser's own checks let NaN pass, wrap -1
/// around and print bounds of 300 digits.
template <typename Number>
auto within(Number least, Number greatest) {
    return [=](const std::string& text) {
        Number value{};
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        const bool fits = error == std::errc() && end == text.data() + text.size() && value >= least && value <= greatest;
        return fits ? std::string()
                    : fmt::format("expected a {} from {} to {}, found '{}'", std::is_integral_v<Number> ? "whole number" : "number", least,
                                  greatest, base::printable(text));
    };
}

}  // namespace

std::vector<std::unique_ptr<Command>> all_commands() {
    std::vector<std::unique_ptr<Command>> commands;
    commands.push_back(make_eval());
    commands.push_back(make_compile());
    commands.push_back(make_prove());
    commands.push_back(make_check());
    commands.push_back(make_measure());
    commands.push_back(make_restrict());
    commands.push_back(make_influence());
    commands.push_back(make_threshold());
    commands.push_back(make_report());
    commands.push_back(make_zoo());
    commands.push_back(make_languages());
    commands.push_back(make_doctor());
    commands.push_back(make_ledger());
    commands.push_back(make_cite());
    commands.push_back(make_completion());
    commands.push_back(make_manual());
    return commands;
}

void declare_shared(CLI::App& app, SharedOptions& options) {
    app.add_flag("--json", options.json, "One JSON object on stdout and nothing else");
    app.add_flag("-q,--quiet", options.quiet, "No notes and no progress on stderr");
    app.add_option("--timeout", options.timeout, "Stop after this many seconds, undecided")->check(within(0.0, 1e9))->type_name("SECONDS");
    app.add_option("--memory", options.memory_mib, "Plan to hold no more than this")->check(within<std::uint64_t>(1, 1 << 30))->type_name("MIB");
    app.add_option("--seed", options.seed, "Seed of all randomness (default 0)")->check(within<std::uint64_t>(0, UINT64_MAX))->type_name("K");
    app.add_option("--threads", options.threads, "Lengths that are worked on at a time (default 1)")->check(within(1U, 256U))->type_name("K");
    app.add_option("--solver", options.solver, "cadical (default), cryptominisat or z3")->type_name("NAME");
}

}  // namespace attest::cli
