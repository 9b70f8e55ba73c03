#pragma once

#include <cstdint>
#include <functional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/measure/influence/change.hpp"

namespace attest::influence {

/// A replacement whose effect is known to be at least so great, with a word in which it is.
struct Witness {
    language::Word word;
    std::int64_t position = 0;  ///< in the word, from 1
    language::Symbol to = 0;    ///< what its symbol is replaced by
    Interval change;            ///< of the logit, enclosed
};

struct CertifyOptions {
    Where where = Where::others;  ///< which positions a symbol is replaced at
    double near_enough = 1.02;    ///< stop where the bound is at most this times what is reached
    std::uint64_t most_work = 0;  ///< interval operations, about, before it settles for what it has
    unsigned threads = 1;
    double reached = 0;  ///< a change that is known to occur
};

struct Certified {
    double bound = exact::
        infinity;  ///< no replacement of a symbol, at the positions that were asked about, changes the logit by more
    std::vector<double> by_position;  ///< the same for each position of the word; 0 where it was not asked
    std::optional<Witness> witness;   ///< the best that the boxes themselves show
    Interval logit;                   ///< over all words
    double distance = 0;              ///< the vector that is read does not move by more (Euclidean norm)
    std::uint64_t cells = 0;          ///< sets of words that were looked at
    bool complete = true;             ///< false: the limits ended the search for a better bound
};

/// An upper bound on the influence of every position but the readout, or of that one, over all words of the network's length.
///
/// Words are divided by their counts and positions by their vectors, whichever narrows the bound more, until the bound is
/// near what is reached or nothing is left to divide.
/// Exact   upper bound (outward rounding throughout); `witness.change` encloses the true value
Certified certify(const Network& network, const CertifyOptions& options, const base::Limits& limits);

}  // namespace attest::influence
