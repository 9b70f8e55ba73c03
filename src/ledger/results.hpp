#pragma once

#include <optional>
#include <string>

#include "ledger/outcome.hpp"

namespace attest::ledger {

/// The line of `results.jsonl` that says what became of a claim. `program`: digest of the program that worked.
std::string result_line(const Claim& claim, const Outcome& outcome, const std::string& program);

/// The outcome on such a line; nothing where it is of another program, or no such line.
std::optional<Outcome> read_result_line(const std::string& line, const std::string& program);

}  // namespace attest::ledger
