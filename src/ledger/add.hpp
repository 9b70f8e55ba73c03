#pragma once

#include <string>

#include "ledger/run.hpp"

namespace attest::ledger {

/// What somebody says of a claim before its command has been run.
struct Draft {
    std::string statement, command, key = "", guarantee = "exact", standing = "new", source = "attest";
};

/// The claim without its value. The command's words stand apart by blanks; what '…' or "…" holds is one word.
/// Throws  UsageError for what is missing or wrong, naming the option
Claim draft(const std::string& id, const Draft& said);

/// The claim with what its command says now: value, exit status, seconds, memory, and the digest of the certificate if the command
/// leaves one, which stays in the directory of the settings.
/// Throws  InputError where the command gives no value
Claim established(Claim claim, const RunSettings& settings);

}  // namespace attest::ledger
