#pragma once

#include <optional>
#include <string>
#include <vector>

#include "programs/machines/turing.hpp"

namespace attest::cli {

/// A machine that an operand names.
struct MachineFile {
    machines::TuringMachine machine;
    std::string bytes;                             ///< of the format attest/turing
    std::optional<std::vector<std::string>> word;  ///< that the file names, if it names one
};

/// Whether an operand is `subleq:TEXT` or a file of the format attest/subleq.
bool is_subleq(const std::string& operand);

/// `bb:TEXT`, a file of the format attest/turing, or one of turingmachine.io (.yaml, .yml).
///
/// accept  names of further states that accept, of a YAML file
/// Throws  InputError; UsageError for `accept` with another kind of file
MachineFile load_machine(const std::string& operand, const std::vector<std::string>& accept);

}  // namespace attest::cli
