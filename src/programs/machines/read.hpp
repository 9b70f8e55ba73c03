#pragma once

#include <string>
#include <vector>

#include "attest/base/json.hpp"
#include "programs/machines/turing.hpp"

namespace attest::machines {

/// A machine of the format attest/turing (MODEL.md, section 13).
/// Throws  InputError with FILE:PLACE, what was expected and what was found
TuringMachine read_turing(const base::JsonNode& root, const std::string& default_name);

/// The machine as a document of that format: reading it gives the same machine.
std::string write_turing(const TuringMachine& machine);

/// The standard text of busy beavers, `1RB1LC_1RC1RB_1RD0LE_1LA1LD_1RH0LA`: a row a state, in it what is done at 0 and at 1.
/// The machine halts and accepts in the state `H`, or whichever letter has no row, and at `---`; it reads the empty word.
/// Throws  InputError (`bb`, with the column)
TuringMachine parse_busy_beaver(const std::string& text);

/// A machine as turingmachine.io writes it, in YAML: blank, start state, input, table.
///
/// accept  states that accept beside those named accept, done and halt; only states without moves can accept
/// input   set to the word that the file names, if it names one
/// Throws  InputError with FILE:LINE
TuringMachine parse_yaml_machine(const std::string& bytes, const std::string& file,
                                 const std::vector<std::string>& accept,
                                 std::optional<std::vector<std::string>>* input = nullptr);

}  // namespace attest::machines
