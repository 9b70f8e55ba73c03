#pragma once

#include <string>
#include <vector>

namespace attest::cli {

/// Where claims are if nobody says: installed beside the program, or in the source tree that it was built in.
/// Throws  UsageError if there are none
std::string default_ledger();

/// The ids of the claims there; none where they cannot be read.
std::vector<std::string> claim_ids();

}  // namespace attest::cli
