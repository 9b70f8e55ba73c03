#include "checker/soft/frame.hpp"

#include <algorithm>

// Why a norm can leave a symbol's trace in few coordinates: if all embeddings have equal sums and equal sums of squares
// over the coordinates D in which they differ (one-hot embeddings do), mean and variance of f e + h do not depend on
// the symbol, and outside of D the norm gives what does not depend on it either (FORMAT.md section 12, "Norms").

namespace attest::checker {

Frame::Frame(const Model& model, Budget& budget) : differs_(model.dimension, false) {
    const Vector& first = model.embedding.at(model.alphabet.front());
    for (std::size_t c = 0; c < model.dimension; ++c) {
        budget.step(model.alphabet.size());
        differs_[c] = std::any_of(model.alphabet.begin(), model.alphabet.end(),
                                  [&](const Symbol& a) { return model.embedding.at(a)[c] != first[c]; });
        if (!differs_[c]) continue;
        coordinates_.push_back(c);
        if (model.table)
            even_ = even_ && std::all_of(model.table->rows.begin(), model.table->rows.end(),
                                         [&](const Vector& row) { return row[c] == 0; });
        if (model.position.empty()) continue;
        const Expression& place = model.position[c];
        even_ = even_ && place.is_constant() && !place.is_transcendental() && place.value({}, budget) == 0;
    }
    for (const Symbol& a : model.alphabet) {
        Rational sum, squares;  // what they are more than the first symbol's
        for (const std::size_t c : coordinates_) {
            budget.arithmetic(2 * digits_of(model.embedding.at(a)[c]) + digits_of(sum) + digits_of(squares));
            const Rational& e = model.embedding.at(a)[c];
            sum += e - first[c];
            squares += e * e - first[c] * first[c];
        }
        even_ = even_ && sum == 0 && squares == 0;
    }
}

bool Frame::adds_nothing(const Affine& map) const {
    return std::all_of(coordinates_.begin(), coordinates_.end(), [&](std::size_t c) {
        return map.weight.rows[c].empty() && (map.bias.empty() || map.bias[c] == 0);
    });
}

bool Frame::is_kept_by(const Norm& norm) const {
    return std::all_of(coordinates_.begin(), coordinates_.end(), [&](std::size_t c) {
        return norm.gain[c] == norm.gain[coordinates_[0]] && norm.bias[c] == norm.bias[coordinates_[0]];
    });
}

}  // namespace attest::checker
