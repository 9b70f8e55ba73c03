#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "attest/base/limits.hpp"
#include "attest/exact/interval.hpp"
#include "measure/influence/float_network.hpp"

namespace attest::influence {

using exact::Interval;

struct SampleOptions {
    std::uint64_t words = 0;  ///< random ones; 0: from 100 to 1000, by how long one takes
    std::uint64_t seed = 0;
    Interval logit = exact::everything;  ///< in which the output lies on all words, if that is known
};

/// A mean over random words, with an interval that misses the mean over all words with a probability of at most 5 %.
struct SampledMean {
    double value = 0;
    Interval interval;
    bool distribution_free = true;  ///< else by the normal approximation, which promises nothing for few words
};

/// How well a network recognises a language at one length, told from random words, and words in patterns for its
/// margin.
struct Sample {
    std::uint64_t words = 0;  ///< uniformly random, independent
    std::uint64_t patterns =
        0;  ///< words with much order, where margins tend to be least; they are no part of the means
    SampledMean cross_entropy;  ///< in bits a word, the output being the logit of membership
    std::uint64_t right = 0;    ///< of the random words
    Interval right_share;       ///< of all words, with 95 %
    language::Word nearest;     ///< of all words looked at the one with the least margin
    exact::Ball score;          ///< on that word: its margin is an upper bound on the least of all words
    bool member = false;        ///< of that word
    std::uint64_t seed = 0;

    /// Score of members, less that of others: negative where the word is certainly answered wrongly.
    Interval margin() const;
};

/// Evaluates random words in doubles; the word with the least margin then in balls.
///
/// The interval of the cross-entropy is the empirical Bernstein bound if the output's range is known, which says how
/// much one word can contribute; else mean ± 1.96 standard errors.
///
/// Gives   nothing if the limits end it, or if a logit is not finite
/// Exact   sampled, in doubles; `score` encloses the true value
/// Source  [maurer2009empirical, Theorem 4], [clopper1934use]
std::optional<Sample> sample(const network::Transformer& transformer, std::int64_t length,
                             const std::function<bool(const language::Word&)>& contains, const SampleOptions& options,
                             const base::Limits& limits);

}  // namespace attest::influence
