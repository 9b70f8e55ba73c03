#pragma once

#include <CLI/CLI.hpp>
#include <string>

#include "arguments.hpp"
#include "command.hpp"

namespace attest::cli {

/// How --help shows options: without the list of those that one excludes, which the parser names when it
/// matters.
class HelpFormatter : public CLI::Formatter {
  public:
    std::string make_option_opts(const CLI::Option* option) const override;
};

/// The examples of a command, for the end of its --help.
std::string examples_text(const Command& command);

/// What is wrong with a command line, with the nearest command or option for a slip.
std::string usage_message(const CLI::App& app, const CLI::ParseError& error, const Arguments& arguments);

}  // namespace attest::cli
