#pragma once

#include <CLI/CLI.hpp>
#include <string>
#include <vector>

namespace attest::cli {

/// An option or operand as --help shows it.
struct OptionRow {
    std::vector<std::string> names;  ///< `-o`, `--output`; an operand has its one name without a dash
    std::string argument;            ///< `FILE`; empty for a flag
    std::string description;
    bool operand = false;
    bool list = false;  ///< may be given several times
};

/// A command with its options.
struct CommandRow {
    std::string name, summary, footer;
    std::vector<OptionRow> options;
};

/// What the parser knows, as a table: --help, completion and man pages all come from it.
std::vector<CommandRow> option_table(const CLI::App& root);

}  // namespace attest::cli
