#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/json.hpp"
#include "attest/base/limits.hpp"
#include "record/ledger.hpp"

namespace attest::report {

/// What the checker said of a certificate.
enum class Standing { accepted, refused, not_checked };

/// A certificate: what its manifest says, and what the checker made of it.
struct Certificate {
    std::string path;  ///< of its directory, as a command names it
    base::Json manifest;
    Standing standing = Standing::not_checked;
    std::string obligation, place, reason;  ///< where refused
    std::string claim;                      ///< one sentence, by the checker
    std::string evidence;                   ///< one phrase, by the checker; empty if not accepted
    std::vector<std::string> assumptions;
    std::string digest;              ///< as the manifest says; holds if accepted
    std::vector<Certificate> parts;  ///< of a collection

    /// Whether the claim is that something does not hold.
    bool refutes() const;
};

/// An output of `attest COMMAND --json`: what a run reported, not checked again.
struct Output {
    std::string path;
    std::string command;
    base::Json document;
};

/// A row of ledger results.
struct LedgerRow {
    record::LedgerResult result;
    std::string certificate;  ///< path of its certificate as `Certificate::path` has it; empty if it has none
};

struct LedgerResults {
    std::string path;
    std::vector<LedgerRow> rows;
};

/// All that a report is made from, in the order of the operands, in folders in the order of names.
struct Sources {
    std::vector<Certificate> certificates;
    std::vector<Output> outputs;
    std::vector<LedgerResults> ledgers;
    std::vector<std::string> left_out;  ///< files of ours that are neither, such as models
};

/// What a path leads to, however it is spelled.
std::string place_of(const std::string& path);

/// How many claims became what. A collection counts as its parts, unless it is refused and none of them is; a certificate
/// that is there as a copy too, with the same digest, counts once.
struct Tally {
    std::size_t verified = 0, refuted = 0, refused = 0, not_checked = 0;
    std::size_t ledger_rows = 0;
    std::size_t missing = 0;  ///< certificates that ledger rows name and that are not among the sources
};
Tally count(const Sources& sources);

/// Reads the directories: certificates, and folders that hold certificates, outputs (`*.json`) and ledger results
/// (`results.jsonl`), down to eight folders deep. Symbolic links inside them are not followed. What is named twice is read
/// once, and a part of a collection that is read too belongs there only. Nothing is checked yet.
///
/// Throws  InputError for what is no directory, holds nothing to report, or is no JSON of ours
Sources read_sources(const std::vector<std::string>& directories);

/// Has every certificate checked, so many at a time; those that the limits leave undone keep `not_checked`.
///
/// Throws  InputError for a certificate whose files cannot be read
void check_sources(Sources& sources, unsigned threads, const base::Limits& limits,
                   const std::function<void(std::size_t done, std::size_t all)>& progress);

}  // namespace attest::report
