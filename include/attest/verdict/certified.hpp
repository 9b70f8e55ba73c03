#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "attest/verdict/verdict.hpp"

namespace attest::certify {
class Notary;
}

namespace attest::verdict {

/// The lengths of words that a claim speaks of: one, or all of a range, both ends included.
struct Lengths {
    std::int64_t from = 0, to = 0;

    static Lengths one(std::int64_t length) { return {length, length}; }
    static Lengths up_to(std::int64_t length) { return {0, length}; }
};

/// What an answer took, in seconds on the clock.
struct Spent {
    double seconds = 0;        ///< all of it: search, writing and check
    double check_seconds = 0;  ///< of these, the checker's
};

/// An outcome whose certificate was written, closed, read back and accepted by the checker; or none, with its reason.
///
/// Only the part `certify` makes one that holds or fails, so that nobody can say "verified" of what an algorithm or a
/// solver found by itself. That there is no answer, anybody can say.
class Verdict {
  public:
    static Verdict undecided(Lengths lengths, Undecided why, Spent spent = {});

    bool holds() const { return answer_ == Answer::holds; }
    bool fails() const { return answer_ == Answer::fails; }
    bool is_undecided() const { return answer_ == Answer::undecided; }
    Answer answer() const { return answer_; }
    const char* word() const { return to_string(answer_); }  ///< `verified`, `refuted`, `undecided`

    const Lengths& lengths() const { return lengths_; }
    /// Why there is no answer; reason `none` if there is one.
    const Undecided& why() const { return why_; }
    /// What the checker accepted; `unchecked` where it was shown something and refused; `none` where there was nothing to
    /// show. That no network of a class exists is a refutation, by a proof or by a theorem that the checker goes through.
    Evidence evidence() const { return evidence_; }
    /// The claim in the checker's words; empty where nothing was accepted. Likewise the next two.
    const std::string& claim() const { return claim_; }
    const std::vector<std::string>& assumptions() const { return assumptions_; }
    const std::string& digest() const { return digest_; }  ///< of the certificate's manifest
    bool kept() const { return kept_; }                    ///< whether the certificate is still there

    Spent spent;

  private:
    friend class certify::Notary;
    Verdict(Answer answer, Lengths lengths) : answer_(answer), lengths_(lengths) {}

    Answer answer_;
    Lengths lengths_;
    Undecided why_;
    Evidence evidence_ = Evidence::none;
    std::string claim_, digest_;
    std::vector<std::string> assumptions_;
    bool kept_ = false;
};

}  // namespace attest::verdict
