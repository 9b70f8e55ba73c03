#include "checker/network/model.hpp"

#include <algorithm>

// Which models are exact (MODEL.md, sections 7 and 9).

namespace attest::checker {
namespace {

bool is_soft(const Attention& attention) {
    return attention.kind == Kind::softmax || attention.norm || attention.rotary;
}

bool is_soft(const FeedForward& part) { return part.norm || !part.is_exact(); }

bool is_soft(const Layer& layer) {
    return (layer.attention && is_soft(*layer.attention)) || (layer.feedforward && is_soft(*layer.feedforward));
}

}  // namespace

bool FeedForward::is_exact() const {
    return !gate && (activation == ActivationFunction::relu || activation == ActivationFunction::leaky_relu);
}

Vector FeedForward::operator()(const Vector& x, Budget& budget) const {
    Vector y = x;
    for (std::size_t m = 0; m < maps.size(); ++m) {
        y = maps[m](y, budget);
        if (m + 1 == maps.size()) break;
        for (Rational& entry : y)
            if (entry < 0) entry *= slope;  // 0 for relu
    }
    return y;
}

bool Model::is_soft() const {
    return embedding_norm || final_norm ||
           std::any_of(layers.begin(), layers.end(), [](const Layer& layer) { return checker::is_soft(layer); });
}

bool Model::is_hard() const {
    return !is_soft() && std::all_of(layers.begin(), layers.end(), [](const Layer& layer) {
        return !layer.attention || layer.attention->kind == Kind::hard;
    });
}

}  // namespace attest::checker
