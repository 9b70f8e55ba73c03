#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <algorithm>
#include <atomic>
#include <csignal>
#include <new>
#include <sstream>

#include "arguments.hpp"
#include "attest/base/error.hpp"
#include "attest/logic/sat_solver.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "command.hpp"
#include "help.hpp"
#include "watchdog.hpp"

namespace {

using namespace attest;

/// One line, whatever the message holds.
std::string one_line(std::string message) {
    for (char& c : message)
        if (c == '\n' || c == '\r') c = ' ';
    return base::printable(message, 4000);
}

int fail(const std::string& message, int status) {
    fmt::print(stderr, "attest: {}\n", one_line(message));
    return status;
}

/// Help and version, which are asked for and no error.
int answer(cli::Session& session, const CLI::App& app, const CLI::ParseError& asked) {
    std::ostringstream text;
    const int status = app.exit(asked, text, text);
    session.options.json = false;
    session.print(text.str());
    session.flush();
    return status;
}

int run(cli::Session& session, cli::Watchdog& watchdog, int argc, char** argv) {
    CLI::App app("attest: what transformers can and cannot compute, with evidence that others can check.", "attest");
    app.set_version_flag("--version", std::string("attest ") + base::version());
    app.require_subcommand(1);
    app.formatter(std::make_shared<cli::HelpFormatter>());
    app.footer("attest COMMAND --help shows the options of a command and examples.");

    const std::vector<std::unique_ptr<cli::Command>> commands = cli::all_commands();
    std::vector<CLI::App*> parsers;
    for (const auto& command : commands) {
        CLI::App* parser = app.add_subcommand(command->name(), command->summary());
        command->declare(*parser);
        declare_shared(*parser, session.options, command->uses());
        cli::take_literally(*parser);
        parser->footer(cli::examples_text(*command));
        parsers.push_back(parser);
    }
    const cli::Arguments arguments = cli::mark_values(app, argc, argv);
    try {
        app.parse(std::vector<std::string>(arguments.reversed));
    } catch (const CLI::ParseError& error) {
        if (error.get_exit_code() == static_cast<int>(CLI::ExitCodes::Success)) return answer(session, app, error);
        return fail(usage_message(app, error, arguments), cli::bad_input);
    }
    for (std::size_t k = 0; k < commands.size(); ++k)
        if (parsers[k]->parsed()) {
            base::Limits limits = session.limits();
            if (commands[k]->uses().times_parts) limits.deadline.reset();
            watchdog.bound(limits);
            if (commands[k]->uses().solver) logic::parse_back_end(session.options.solver);
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
    } catch (const base::Unsupported& error) {
        watchdog.release();
        session.last_words(command_of(argc, argv), {verdict::Reason::unsupported, one_line(error.what())});
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
        session.words.assign(argv + std::min(argc, 1), argv + argc);
        cli::Watchdog watchdog(
            interrupted, [&](base::Limit why) { session.last_words(command_of(argc, argv), why); },
            [&] { session.tick(); });
        return guarded(session, watchdog, argc, argv);
    } catch (const base::UsageError& e) {
        return fail(e.what(), cli::bad_input);
    } catch (const base::InputError& e) {
        return fail(e.what(), cli::bad_input);
    } catch (const std::exception& e) {
        return fail(std::string("internal error: ") + e.what(), cli::internal_error);
    }
}
