#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/network/program.hpp"

namespace attest::programs {

/// One program of the zoo, which has no weights.
struct ZooProgram {
    std::string name;
    std::string task;      ///< what it computes at each position, as the command line writes tasks; empty: none of them
    std::string language;  ///< what it recognises; empty: none
    std::string source;    ///< key of the bibliography
    std::string summary;   ///< one line: how it works
    std::string lengths = {};  ///< of words: `N <= 8`
};

/// All programs, by name.
const std::vector<ZooProgram>& zoo_programs();

/// The program of this name, if there is one.
std::optional<network::Program> zoo_program(const std::string& name);

/// The text of a C-RASP program of this name, if there is one: for words of any length.
std::optional<std::string> zoo_counting_text(const std::string& name);

}  // namespace attest::programs
