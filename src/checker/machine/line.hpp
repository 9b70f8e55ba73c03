#pragma once

#include <optional>

#include "checker/network/matrix.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// Positions p that are told apart from others: one, or first + step · u.
struct Phase {
    long first = 1;
    long step = 0;  ///< 0: one position
};

/// A vector of numbers plus numbers times p: what a position p holds.
struct Line {
    Vector fixed;
    Vector slope;  ///< as many, all 0 where nothing depends on p

    bool depends() const;
    bool operator<(const Line& other) const;
};

Line image(const Affine& map, const Line& x, Budget& budget);
void add(Line& x, const Line& y, Budget& budget);

/// Whether fixed + slope p is positive at all positions of the phase, or at none; nothing if only at some.
std::optional<bool> positive(const Rational& fixed, const Rational& slope, const Phase& phase, Budget& budget);

/// What the feed-forward part makes of it. Throws Defect (no place): a coordinate changes its side of 0 in the phase.
Line feed_forward(const FeedForward& part, const Line& x, const Phase& phase, Budget& budget);

}  // namespace attest::checker
