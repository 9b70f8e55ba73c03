#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <atomic>
#include <csignal>
#include <new>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"
#include "attest/base/version.hpp"
#include "command.hpp"
#include "watchdog.hpp"

namespace {

using namespace attest;

int fail(const std::string& message, int status) {
    // One line, whatever the message holds.
    std::string line = message;
    for (char& c : line)
        if (c == '\n' || c == '\r') c = ' ';
    fmt::print(stderr, "attest: {}\n", base::printable(line, 4000));
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

int run(cli::Session& session, cli::Watchdog& watchdog, int argc, char** argv) {
    CLI::App app("attest: what transformers can and cannot compute, with evidence that others can check.", "attest");
    app.set_version_flag("--version", std::string("attest ") + base::version());
    app.require_subcommand(1);
    app.footer("attest COMMAND --help shows the options of a command and examples.");

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
            const bool each_part = commands[k]->name() == "ledger";
            base::Limits limits = session.limits();
            if (each_part) limits.deadline.reset();
            watchdog.bound(limits);
            const int status = commands[k]->run(session);
            watchdog.release();
            session.flush();
            return status;
        }
    return cli::internal_error;
}

/// Words before it are none: options stand behind the command.
std::string command_of(int argc, char** argv) { return argc > 1 ? argv[1] : ""; }

/// The status of a run that ends with an exception.
int guarded(cli::Session& session, cli::Watchdog& watchdog, int argc, char** argv) {
    try {
        return run(session, watchdog, argc, argv);
    } catch (const std::bad_alloc&) {
        watchdog.release();
        session.last_words(command_of(argc, argv), base::Limit::memory);
        return cli::undecided;
    } catch (...) {
        watchdog.release();
        throw;
    }
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGPIPE, SIG_IGN);
    std::signal(SIGXFSZ, SIG_IGN);
    try {
        std::atomic<bool> interrupted{false};
        cli::Session session(&interrupted);
        cli::Watchdog watchdog(interrupted, [&](base::Limit why) { session.last_words(command_of(argc, argv), why); }, [&] { session.tick(); });
        return guarded(session, watchdog, argc, argv);
    } catch (const base::UsageError& e) {
        return fail(e.what(), cli::bad_input);
    } catch (const base::InputError& e) {
        return fail(e.what(), cli::bad_input);
    } catch (const base::Unsupported& e) {
        return fail(std::string("undecided: unsupported: ") + e.what(), cli::undecided);
    } catch (const std::exception& e) {
        return fail(std::string("internal error: ") + e.what(), cli::internal_error);
    }
}
