#pragma once

#include <functional>
#include <string>
#include <vector>

#include "attest/base/share.hpp"
#include "attest/certify/recognition.hpp"
#include "prove_output.hpp"
#include "record/prove.hpp"
#include "session.hpp"

namespace attest::cli {

/// Lengths that are proved one by one, by whoever sees a folder: each leaves its certificate and its record there.
struct ProveParts {
    const ProveAsked& asked;
    std::vector<std::int64_t> lengths;
    std::string journal;   ///< the folder
    std::string question;  ///< the digest of all that an answer depends on
    base::Share share;
    unsigned threads = 1;
    /// Decides one length, with its certificate in the archive.
    std::function<certify::Recognition(std::int64_t length, certify::Archive& archive)> decide;
    /// The verdict of this run on a certificate that is left, in the archive's part.
    std::function<certify::Recognition(const std::string& directory, std::int64_t length, certify::Archive& archive)>
        again;
    /// What a record says besides of a counterexample.
    std::function<void(record::Prove::Length& entry, const certify::Recognition& result)> complete;
};

/// A length of which there is a record, or none yet.
struct ProvedPart {
    certify::Recognition
        result;       ///< its verdict is of this run; of its outcome there is the answer, and the counterexample
    std::string row;  ///< for people
    record::Prove::Length entry;
};

/// Decides the lengths of the share that have no record, undecided ones aside.
void prove_share(Session& session, const ProveParts& parts);

/// What all have left: each certificate goes to its part of the archive, where the checker reads it once more.
std::vector<ProvedPart> join_parts(Session& session, const ProveParts& parts, certify::Archive& archive);

}  // namespace attest::cli
