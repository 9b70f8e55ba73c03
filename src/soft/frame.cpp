#include "frame.hpp"

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

}  // namespace

Frame::Frame(const network::Transformer& t) : in_(t.dimension, false) {
    for (std::size_t c = 0; c < t.dimension; ++c)
        for (const exact::Vector& e : t.embedding) in_[c] = in_[c] || e[c] != t.embedding[0][c];
    for (std::size_t c = 0; c < t.position.size(); ++c) even_ = even_ && (!in_[c] || is_zero(t.position[c]));
    if (t.position_table)
        for (const exact::Vector& row : t.position_table->rows)
            for (std::size_t c = 0; c < row.size(); ++c) even_ = even_ && (!in_[c] || row[c] == 0);
    for (const exact::Vector& e : t.embedding) even_ = even_ && sums(e, in_) == sums(t.embedding[0], in_);
}

bool Frame::is_spared_by(const exact::AffineMap& map) const {
    for (std::size_t c = 0; c < in_.size(); ++c)
        if (in_[c] && !exact::is_zero_row(map, c)) return false;
    return true;
}

bool Frame::is_kept_by(const network::Norm& norm) const {
    const auto first = static_cast<std::size_t>(std::find(in_.begin(), in_.end(), true) - in_.begin());
    for (std::size_t c = first; c < in_.size(); ++c)
        if (in_[c] && (norm.gain[c] != norm.gain[first] || norm.bias[c] != norm.bias[first])) return false;
    return true;
}

}  // namespace attest::soft
