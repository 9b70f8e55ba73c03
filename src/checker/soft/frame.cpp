#include "checker/soft/frame.hpp"

#include <algorithm>

// Why a norm can leave a symbol's trace in few coordinates: if all embeddings have equal sums and equal sums of squares
// over the coordinates D in which they differ (one-hot embeddings do), mean and variance of f e + h do not depend on
// the symbol, and outside of D the norm gives what does not depend on it either (FORMAT.md section 12, "Norms").

namespace attest::checker {

Frame::Frame(const Model& model, Budget& budget) : differs_(model.dimension, false) {
    const Vector first = rationals(model.embedding.at(model.alphabet.front()));
    for (const Symbol& a : model.alphabet) {
        budget.step(model.dimension);
        const Vector e = rationals(model.embedding.at(a));
        for (std::size_t c = 0; c < model.dimension; ++c)
            if (e[c] != first[c]) differs_[c] = true;
    }
    for (std::size_t c = 0; c < model.dimension; ++c) {
        if (!differs_[c]) continue;
        coordinates_.push_back(c);
        if (model.table)
            even_ = even_ && std::all_of(model.table->rows.begin(), model.table->rows.end(),
                                         [&](const KeptVector& row) { return row[c].is_zero(); });
        if (model.position.empty()) continue;
        const Expression& place = model.position[c];
        even_ = even_ && place.is_constant() && !place.is_transcendental() && place.value({}, budget) == 0;
    }
    for (const Symbol& a : model.alphabet) {
        const Vector own = rationals(model.embedding.at(a));
        Rational sum, squares;  // what they are more than the first symbol's
        for (const std::size_t c : coordinates_) {
            const Rational& e = own[c];
            budget.arithmetic(2 * digits_of(e) + digits_of(sum) + digits_of(squares));
            sum += e - first[c];
            squares += e * e - first[c] * first[c];
        }
        even_ = even_ && sum == 0 && squares == 0;
    }
}

bool Frame::adds_nothing(const Affine& map) const {
    return std::all_of(coordinates_.begin(), coordinates_.end(), [&](std::size_t c) {
        return map.weight.rows[c].empty() && (map.bias.empty() || map.bias[c].is_zero());
    });
}

bool Frame::is_kept_by(const Norm& norm) const {
    return std::all_of(coordinates_.begin(), coordinates_.end(), [&](std::size_t c) {
        const auto is_first = [&](const KeptVector& x) { return x[c].rational() == x[coordinates_[0]].rational(); };
        return is_first(norm.gain) && is_first(norm.bias);
    });
}

}  // namespace attest::checker
