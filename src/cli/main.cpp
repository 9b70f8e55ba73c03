#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <new>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"
#include "attest/base/version.hpp"
#include "command.hpp"

namespace {

using namespace attest;

std::atomic<bool> interrupted{false};

/// The first Ctrl-C asks for what is there so far, the second ends the program.
extern "C" void on_interrupt(int signal) {
    if (interrupted.exchange(true)) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

int fail(const std::string& message, int status) {
    // One line, whatever the message holds.
    std::string line = message;
    for (char& c : line)
        if (c == '\n' || c == '\r') c = ' ';
    fmt::print(stderr, "attest: {}\n", line);
    return status;
}

std::string footer(const cli::Command& command) {
    std::string text = "Examples:";
    for (const std::string& example : command.examples()) text += "\n  " + example;
    return text;
}

/// What the parser says, with the nearest command or option for a slip.
std::string usage_message(const CLI::App& app, const CLI::ParseError& error, int argc, char** argv) {
    std::vector<std::string> known;
    const CLI::App* used = &app;
    for (const CLI::App* sub : app.get_subcommands({})) {
        known.push_back(sub->get_name());
        if (argc > 1 && sub->get_name() == argv[1]) used = sub;
    }
    if (used == &app) {
        const std::string given = argc > 1 ? argv[1] : "";
        const std::string near = base::nearest(given, known);
        return fmt::format("expected a command ({}), found {}{}", fmt::join(known, ", "), argc > 1 ? fmt::format("'{}'", base::printable(given)) : "none",
                           argc <= 1 ? "; attest --help says more" : near.empty() ? "" : fmt::format("; perhaps '{}'", near));
    }
    std::vector<std::string> options;
    for (const CLI::Option* option : used->get_options())
        for (const std::string& name : option->get_lnames()) options.push_back("--" + name);
    for (int k = 1; k < argc; ++k) {
        const std::string given = std::string(argv[k]).substr(0, std::string(argv[k]).find('='));
        if (!given.starts_with("--") || std::find(options.begin(), options.end(), given) != options.end()) continue;
        const std::string near = base::nearest(given, options);
        return fmt::format("{}: expected an option of this command, found '{}'{}", used->get_name(), base::printable(given),
                           near.empty() ? "" : fmt::format("; perhaps '{}'", near));
    }
    return used->get_name() + ": " + error.what();
}

int run(int argc, char** argv) {
    CLI::App app("attest: what transformers can and cannot compute, with evidence that others can check.", "attest");
    app.set_version_flag("--version", std::string("attest ") + base::version());
    app.require_subcommand(1);
    app.footer("attest COMMAND --help shows the options of a command and examples.");

    cli::Session session(&interrupted);
    const std::vector<std::unique_ptr<cli::Command>> commands = cli::all_commands();
    std::vector<CLI::App*> parsers;
    for (const auto& command : commands) {
        CLI::App* parser = app.add_subcommand(command->name(), command->summary());
        command->declare(*parser);
        declare_shared(*parser, session.options);
        parser->footer(footer(*command));
        parsers.push_back(parser);
    }
    try {
        app.parse(argc, argv);
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return app.exit(error);
        return fail(usage_message(app, error, argc, argv), cli::bad_input);
    }
    for (std::size_t k = 0; k < commands.size(); ++k)
        if (parsers[k]->parsed()) {
            const int status = commands[k]->run(session);
            session.flush();
            return status;
        }
    return cli::internal_error;
}

}  // namespace

int main(int argc, char** argv) {
    struct sigaction action {};
    action.sa_handler = on_interrupt;
    sigaction(SIGINT, &action, nullptr);
    sigaction(SIGTERM, &action, nullptr);
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        return run(argc, argv);
    } catch (const base::UsageError& e) {
        return fail(e.what(), cli::bad_input);
    } catch (const base::InputError& e) {
        return fail(e.what(), cli::bad_input);
    } catch (const base::Unsupported& e) {
        return fail(std::string("undecided: unsupported: ") + e.what(), cli::undecided);
    } catch (const std::bad_alloc&) {
        return fail("undecided: memory: the machine gives no more", cli::undecided);
    } catch (const std::exception& e) {
        return fail(std::string("internal error: ") + e.what(), cli::internal_error);
    }
}
