#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/network/program.hpp"

namespace attest::cli {

/// What is said about the text of a program beside the text.
struct ProgramWishes {
    std::string output;                 ///< RASP: the name of what is put out
    std::vector<std::string> alphabet;  ///< RASP
    std::optional<std::string> begin, end;
    std::optional<std::pair<std::int64_t, std::int64_t>> lengths;  ///< of words
    std::vector<std::string> accept;
    std::optional<bool> last;  ///< one answer, at the last position
};

/// The text of a language as a program over finite values.
struct ProgramText {
    struct Assumed {
        std::string key, value, because;
    };
    network::Program program;
    std::vector<Assumed> assumed;
    std::vector<std::string> ignored;
    std::vector<std::string> loaded;  ///< texts of other files
};

/// Which language a file is in, by its ending: `rasp`, `brasp`, `crasp`, `ltl`, `foc`; else empty.
std::string_view language_of_text(std::string_view path);

/// Reads a program as one over finite values, whichever language it is in.
/// Throws  InputError by line and column, and for what neither text nor wishes say
ProgramText read_program_text(const std::string& path, std::string_view language, const std::string& text,
                              const std::string& name, const ProgramWishes& wishes, const base::Limits& limits);

}  // namespace attest::cli
