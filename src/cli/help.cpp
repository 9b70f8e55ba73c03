#include "help.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "base/suggest.hpp"
#include "base/text.hpp"

namespace attest::cli {

namespace {

/// Words that other programs have as commands.
std::string other_programs(const std::string& given) {
    if (given == "help") return "; perhaps 'attest --help', or 'attest COMMAND --help'";
    if (given == "version") return "; perhaps 'attest --version'";
    return "";
}

std::string unknown_command(const std::vector<std::string>& known, const std::string& given) {
    if (given.empty())
        return fmt::format("expected a command ({}), found none; attest --help says more", fmt::join(known, ", "));
    const std::string other = other_programs(given);
    return fmt::format("expected a command ({}), found '{}'{}", fmt::join(known, ", "), base::printable(given),
                       other.empty() ? base::perhaps(given, known) : other);
}

std::string unknown_option(const CLI::App& command, const Arguments& arguments) {
    const std::string given = arguments.unknown->substr(0, arguments.unknown->find('='));
    std::vector<std::string> options;
    for (const CLI::Option* option : command.get_options())
        for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
    std::string hint = base::perhaps(given, options);
    if (given == "--solver" || given == "--seed" || given == "--threads")
        hint = fmt::format(", which {} does not use", command.get_name());
    else if (hint.empty() && !arguments.list.empty())
        hint = fmt::format("; a value that looks like an option is written {}={}", arguments.list,
                           base::printable(*arguments.unknown));
    return fmt::format("{}: expected an option of this command, found '{}'{}", command.get_name(),
                       base::printable(given), hint);
}

/// What CLI11 says, as what was expected and what was found.
std::string as_expected(const std::string& said) {
    const std::string required = " is required", outside = " not in {";
    if (said.size() > required.size() && said.compare(said.size() - required.size(), required.size(), required) == 0)
        return fmt::format("expected {}, found none", said.substr(0, said.size() - required.size()));
    const std::size_t colon = said.find(": "), at = said.rfind(outside);
    const std::string once = ": At Most 1 required but received ", needs = " requires ";
    if (const std::size_t more = said.find(once); more != std::string::npos)
        return fmt::format("{}: expected once, found {} times", said.substr(0, more), said.substr(more + once.size()));
    if (const std::size_t other = said.find(needs); other != std::string::npos && said.starts_with("--"))
        return fmt::format("{0}: expected with {1}, found without {1}", said.substr(0, other),
                           said.substr(other + needs.size()));
    if (colon == std::string::npos || at == std::string::npos || at < colon + 2 || said.back() != '}') return said;
    std::string choices;
    for (const char c : said.substr(at + outside.size(), said.size() - at - outside.size() - 1))
        choices += c == ',' ? ", " : std::string(1, c);
    return fmt::format("{}: expected one of {}, found '{}'", said.substr(0, colon), choices,
                       said.substr(colon + 2, at - colon - 2));
}

}  // namespace

std::string HelpFormatter::make_option_opts(const CLI::Option* option) const {
    const std::string text = CLI::Formatter::make_option_opts(option);
    return text.substr(0, text.find(" Excludes:"));
}

std::string examples_text(const Command& command) {
    std::string text = "Examples:";
    for (const std::string& example : command.examples()) text += "\n  " + example;
    return text;
}

std::string usage_message(const CLI::App& app, const CLI::ParseError& error, const Arguments& arguments) {
    std::vector<std::string> known;
    const std::string given = arguments.reversed.empty() ? "" : arguments.reversed.back();
    for (const CLI::App* command : app.get_subcommands({})) {
        known.push_back(command->get_name());
        if (command->get_name() != given) continue;
        if (arguments.unknown) return unknown_option(*command, arguments);
        const std::vector<std::string> extra = command->remaining();
        if (!extra.empty() && error.get_exit_code() == static_cast<int>(CLI::ExitCodes::ExtrasError))
            return fmt::format("{}: expected no further operand, found '{}'", given,
                               base::printable(without_marks(extra.front())));
        return given + ": " + as_expected(without_marks(error.what()));
    }
    return unknown_command(known, given);
}

}  // namespace attest::cli
