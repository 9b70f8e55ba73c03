#pragma once

#include <CLI/CLI.hpp>
#include <memory>
#include <string>
#include <vector>

#include "session.hpp"

namespace attest::cli {

/// Which of the shared options mean something to a command; the others are none of its options.
struct Uses {
    bool solver = false;
    bool seed = false;
    std::string threads{};     ///< what --threads does; empty: nothing
    bool times_parts = false;  ///< --timeout is for each of the parts that it runs, and it sees to that itself
};

/// One command of the program.
class Command {
  public:
    virtual ~Command() = default;
    virtual std::string name() const = 0;
    virtual std::string summary() const = 0;
    /// Lines that a user could type, shown under --help.
    virtual std::vector<std::string> examples() const = 0;
    virtual Uses uses() const { return {}; }
    /// Adds options and operands of its own.
    virtual void declare(CLI::App& app) = 0;
    /// Gives the exit status.
    virtual int run(Session& session) = 0;
};

std::unique_ptr<Command> make_eval();
std::unique_ptr<Command> make_compile();
std::unique_ptr<Command> make_prove();
std::unique_ptr<Command> make_check();
std::unique_ptr<Command> make_accuracy();
std::unique_ptr<Command> make_equal();
std::unique_ptr<Command> make_ablate();
std::unique_ptr<Command> make_measure();
std::unique_ptr<Command> make_restrict();
std::unique_ptr<Command> make_influence();
std::unique_ptr<Command> make_threshold();
std::unique_ptr<Command> make_classify();
std::unique_ptr<Command> make_layers();
std::unique_ptr<Command> make_build();
std::unique_ptr<Command> make_report();
std::unique_ptr<Command> make_zoo();
std::unique_ptr<Command> make_import();
std::unique_ptr<Command> make_languages();
std::unique_ptr<Command> make_tasks();
std::unique_ptr<Command> make_doctor();
std::unique_ptr<Command> make_ledger();
std::unique_ptr<Command> make_jobs();
std::unique_ptr<Command> make_cite();
std::unique_ptr<Command> make_completion();
std::unique_ptr<Command> make_manual();

/// All commands, in the order of --help. A new command is a file with its make function and a row here.
std::vector<std::unique_ptr<Command>> all_commands();

/// Adds the shared options that a command uses to its parser.
void declare_shared(CLI::App& app, SharedOptions& options, const Uses& uses);

}  // namespace attest::cli
