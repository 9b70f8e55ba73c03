#include "checker/doubles/turn.hpp"

#include <algorithm>

// (a, b) becomes (a c − b s, a s + b c), with c = cos, s = sin of an angle, ĉ and ŝ in doubles, each within ρ <= 2^-30.
//
// The true turn moves no two vectors apart, so that it adds nothing to an error. What is computed of x̂ differs from its
// true turn, in each coordinate of a pair, by at most γ (|a ĉ| + |b ŝ|) + ρ (|a| + |b|), γ <= 3.03 u for the three roundings.
// As ĉ² + ŝ² <= 1 + 4 ρ and by the inequality of Cauchy and Schwarz the first sum is at most 1.001 √(a² + b²), and |a| + |b|
// <= 1.42 √(a² + b²). Of both coordinates, √2 times as much: below (4.4 u + 2.1 ρ) √(a² + b²), and so for all pairs together.

namespace attest::checker {

void TurnOfRows::add(std::size_t first, std::size_t second, const Number& cosine, const Number& sine) {
    pairs_.push_back({first, second, cosine.value, sine.value});
    for (const Number* each : {&cosine, &sine}) radius_ = each->radius <= radius_ ? radius_ : each->radius;
}

ATTEST_LANES void turn_pair(double cosine, double sine, double* first, double* second) {
    for (std::size_t k = 0; k < tile; k += lanes) {
        const Lanes a = at(first + k), b = at(second + k);
        at(first + k) = a * cosine - b * sine;
        at(second + k) = a * sine + b * cosine;
    }
}

void TurnOfRows::apply(Rows x) const {
    for (const Pair& pair : pairs_) turn_pair(pair.cosine, pair.sine, x.row(pair.first), x.row(pair.second));
}

Bound TurnOfRows::operator()(const Bound& x) const {
    if (!(radius_ <= 0x1p-30)) return {infinite, infinite};
    return bounded(x.error + (4.4 * unit + 2.1 * radius_) * x.size, 1.001 * x.size);
}

}  // namespace attest::checker
