#pragma once

#include <cstddef>
#include <string>

#include "base/process.hpp"
#include "ledger/claim.hpp"

namespace attest::ledger {

/// How what was found stands to what is recorded. `differs`: another value, another exit status, or no value at all;
/// `undecided`: the command met a limit first; `skipped`: a file that the claim is about is not there.
enum class Comparison { same, sharper, weaker, differs, undecided, skipped };

const char* to_string(Comparison comparison);

/// What became of a claim when it was proved again.
struct Outcome {
    std::string id;
    std::string claim_digest;  ///< of what was asked
    Comparison comparison = Comparison::undecided;
    std::string found;   ///< the value; empty if there is none
    std::string why;     ///< a line for people where it is not `same`
    double seconds = 0;  ///< processor time
    std::size_t memory_kib = 0;
    double slower = 0;        ///< times the recorded seconds, where that is worth a word; else 0
    std::string certificate;  ///< digest of its manifest; empty without one
};

/// A value against a claim's: as numbers where both are, else as words. A greater lower bound and a smaller upper bound
/// are sharper; within the claim's tolerance they are the same.
Comparison compare(const Claim& claim, const std::string& found);

/// What a run of the claim's command says.
Outcome judge(const Claim& claim, const base::ProcessResult& ran, const std::string& certificate);

}  // namespace attest::ledger
