#pragma once

#include <cstdint>
#include <string>

#include "attest/exact/matrix.hpp"

namespace attest::induction {

/// Positions of which all that matters here is the same: one position, or first, first + step, first + 2 step, ….
struct Phase {
    std::int64_t first = 1;
    std::int64_t step = 0;  ///< 0: one position
};

/// What one position holds, as a function of the position p: constant + slope · p in each coordinate. Where all positions in
/// question hold the same there are no slopes.
struct Form {
    exact::Vector constant;
    exact::Vector slope;  ///< empty: 0

    bool moves() const { return !slope.empty(); }
    bool operator<(const Form& other) const;
};

/// Slopes that are all 0 are left out.
Form form(exact::Vector constant, exact::Vector slope);

Form apply(const exact::AffineMap& map, const Form& x);
void add_to(Form& x, const Form& y);

/// max(0, x) in each coordinate, at all positions of the phase.
/// Throws  Unsupported (`place`) where a coordinate has both signs among them
void rectify(Form& x, const Phase& phase, const std::string& place);

/// Whether constant + slope · p > 0 at all positions p of the phase (1), at none (0), or at some (−1).
int is_positive(const exact::Rational& constant, const exact::Rational& slope, const Phase& phase);

}  // namespace attest::induction
