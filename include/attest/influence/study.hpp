#pragma once

#include "attest/influence/certify.hpp"
#include "attest/influence/enumerate.hpp"
#include "attest/influence/theory.hpp"
#include "attest/model/transformer.hpp"

namespace attest::influence {

struct StudyOptions {
    std::uint64_t seed = 0;
    unsigned threads = 1;
    std::uint64_t most_work = 2'000'000'000;  ///< of `certify`
    double most_operations = 1e9;              ///< of `search`
    double most_balls = 1e9;                   ///< operations of `enumerate`
};

/// The influence of one symbol at one length, from below and from above.
struct Study {
    std::optional<Witness> witness;  ///< the greatest change found
    std::optional<Enumerated> enumerated;  ///< of all words, where they were few enough
    Interval distance, norm_change;  ///< of the witness: by how far the vector that is read moves, and its norm
    Interval blowup{1, 1};           ///< how layer norms stretch, on some word: the product over norms of the greatest 1 + 1/deviation
    Certified certified;             ///< as narrow as boxes and enumeration make it
    LemmaFive lemma;

    double reached() const { return witness ? witness->change.mignitude() : 0; }
    /// The tool's own gap: certified over reached.
    double ratio() const;
    /// Whether both are the ends of one ball: then this is I(N), to more digits than are printed.
    bool is_exact() const { return certified.bound <= reached() * (1 + 1e-12); }
};

/// I(N) = max over words of length N and positions but the readout of |logit(x) − logit(x with that symbol replaced)|.
///
/// Exact   `reached()` is a lower bound and `certified.bound` an upper bound
/// Throws  as `instantiate`; InputError for lengths without a position to change
Study study(const model::Transformer& transformer, std::int64_t length, const StudyOptions& options, const base::Limits& limits);

}  // namespace attest::influence
