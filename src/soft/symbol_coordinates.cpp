// Embeddings whose norms do not tell which symbol is there.
//
// Statement. Let a vector be f e_c(s) + h for c in D, and g_c elsewhere, where f, h and g do not depend on the symbol
// s. If S = Σ_D e_c(s) and Q = Σ_D e_c(s)² are the same for all s (one-hot symbols: S = Q = 1), then what a layer norm,
// or a norm by the root mean square, makes of g_c does not depend on s; and if its gain and bias are the same on all of
// D, what it makes of the coordinates of D is f' e_c(s) + h' for f', h' that do not depend on s.
//
// Why. With d coordinates in all, the mean is (f S + |D| h + Σ g_c) / d, the mean square (f² Q + 2 f h S + |D| h² + Σ
// g_c²) / d. So mean m and deviation σ do not depend on s, and the norm is v ↦ (v − m)/σ · gain + bias in every
// coordinate: f' = f gain/σ.
//
// A part that adds nothing in D, and adds elsewhere what does not depend on the symbol there, keeps the form.

#include "symbol_coordinates.hpp"

#include <algorithm>

#include "attest/exact/affine.hpp"

namespace attest::soft {

namespace {

/// Σ e_c and Σ e_c² over some coordinates.
std::pair<exact::Rational, exact::Rational> sums(const exact::Vector& e, const std::vector<bool>& over) {
    std::pair<exact::Rational, exact::Rational> result;
    for (std::size_t c = 0; c < over.size(); ++c)
        if (over[c]) result.first += e[c], result.second += e[c] * e[c];
    return result;
}

bool is_zero(const exact::Expression& e) { return e.is_constant() && e.evaluate({}) == 0; }

/// Whether position vectors are 0 in these coordinates.
bool are_free_of_positions(const network::Transformer& t, const std::vector<bool>& in) {
    bool free = true;
    for (std::size_t c = 0; c < t.position.size(); ++c) free = free && (!in[c] || is_zero(t.position[c]));
    if (t.position_table)
        for (const exact::Vector& row : t.position_table->rows)
            for (std::size_t c = 0; c < row.size(); ++c) free = free && (!in[c] || row[c] == 0);
    return free;
}

}  // namespace

SymbolCoordinates::SymbolCoordinates(const network::Transformer& t) : in_(t.dimension, false) {
    for (std::size_t c = 0; c < t.dimension; ++c)
        for (const exact::Vector& e : t.embedding) in_[c] = in_[c] || e[c] != t.embedding[0][c];
    isometric_ = are_free_of_positions(t, in_);
    if (!isometric_ || t.embedding.empty()) return;
    const auto first = sums(t.embedding[0], in_);
    isometric_ = std::all_of(t.embedding.begin() + 1, t.embedding.end(),
                             [&](const exact::Vector& e) { return sums(e, in_) == first; });
}

bool SymbolCoordinates::are_spared_by(const exact::AffineMap& map) const {
    for (std::size_t c = 0; c < in_.size(); ++c)
        if (in_[c] && !exact::is_zero_row(map, c)) return false;
    return true;
}

bool SymbolCoordinates::stay_isometric_after(const network::Norm& norm) const {
    const auto first = static_cast<std::size_t>(std::find(in_.begin(), in_.end(), true) - in_.begin());
    for (std::size_t c = first; c < in_.size(); ++c)
        if (in_[c] && (norm.gain[c] != norm.gain[first] || norm.bias[c] != norm.bias[first])) return false;
    return true;
}

}  // namespace attest::soft
