#pragma once

#include <string>
#include <vector>

#include "ledger/claim.hpp"

namespace attest::ledger {

/// Why the claim cannot be proved again with the files of a folder: a file that it is about is missing there, or is another one.
/// Empty: it can.
std::string lacks(const Claim& claim, const std::string& data);

/// The words of the command, with the files where they are. folder: of the file that is made
std::vector<std::string> command_in(const Claim& claim, const std::string& data, const std::string& folder);

/// The words of the command that makes a file in this folder.
/// Needs   claim.made
std::vector<std::string> making_in(const Claim& claim, const std::string& data, const std::string& folder);

}  // namespace attest::ledger
