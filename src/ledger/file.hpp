#pragma once

#include <string>
#include <vector>

#include "ledger/claim.hpp"

namespace attest::ledger {

/// The claim of a file (benchmarks/ledger/README.md has the format).
/// Throws  InputError with file and place
Claim read_claim(const std::string& path);

/// The same as a file's bytes: what `read_claim` reads.
std::string write_claim(const Claim& claim);

/// All claims of a directory, in order of their ids.
/// Throws  InputError if there is none, or if one is wrong
std::vector<Claim> read_ledger(const std::string& directory);

/// Those of the ledger whose id matches a shell pattern (`threshold-*`); all for an empty one.
/// Throws  UsageError if none does, naming the nearest id
std::vector<Claim> select(const std::vector<Claim>& ledger, const std::string& pattern);

/// The one with this id.
/// Throws  UsageError naming the nearest id
const Claim& find(const std::vector<Claim>& ledger, const std::string& id);

}  // namespace attest::ledger
