#pragma once

#include <CLI/CLI.hpp>
#include <optional>
#include <string>
#include <vector>

// What the user types is taken literally. The parser reads more into values than anybody asked for: `[a,b]`
// is a list for it, an empty value after `=` is none, a word such as `-x` ends a list. So each value is
// marked before it is parsed, by a character that the parser does not know, and the mark comes off before the
// value is used.

namespace attest::cli {

/// The arguments of a command line with their values marked, as the parser takes them: last one first.
struct Arguments {
    std::vector<std::string> reversed;
    std::optional<std::string> unknown;  ///< the first that looks like an option but is none of the command
    std::string list;                    ///< the option with a list of values that it would follow, if any
};

Arguments mark_values(const CLI::App& root, int argc, const char* const* argv);

/// Lets every option of a command take marked values, and refuse the empty one unless it is a text that may
/// be empty. Needs   all options are declared
void take_literally(CLI::App& command);

/// What the parser says, without marks.
std::string without_marks(std::string text);

}  // namespace attest::cli
