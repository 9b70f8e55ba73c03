#pragma once

#include "random_model.hpp"

namespace attest::tests {

/// A random model of softmax attention, with norms, scales and biases that no rational has.
inline model::Transformer random_soft_model(base::Random& random) {
    RandomModelOptions options;
    options.kind = model::AttentionKind::softmax;
    options.symbols = 2 + random.below(2);
    model::Transformer t = random_model(random, options);
    const auto pick = [&](const std::vector<std::string>& texts, const char* allowed) {
        return exact::Expression::parse(texts[random.below(texts.size())], allowed, true, "random");
    };
    const auto norm = [&]() -> std::optional<model::Norm> {
        if (random.chance(1, 2)) return std::nullopt;
        model::Norm n;
        n.placement = random.chance(1, 2) ? model::Norm::Placement::pre : model::Norm::Placement::post;
        n.eps = random.chance(1, 2) ? exact::Rational(1, 100) : exact::Rational(1, 3);
        n.gain.assign(t.dimension, 1);
        n.bias.assign(t.dimension, 0);
        n.gain[0] = exact::Rational(3, 2);
        n.bias[0] = -1;
        return n;
    };
    bool soft = false;
    for (model::Layer& layer : t.layers) {
        if (layer.attention) {
            soft = true;
            if (random.chance(1, 3)) layer.attention->scale = pick({"log(n+1)", "1/sqrt(dk)", "exp(1/n)"}, "nd");
            for (model::Head& head : layer.attention->heads)
                if (random.chance(1, 3)) head.bias = pick({"log(j)", "sin(i)*cos(j)", "-sqrt(2)*abs(i-j)", "[log(j)>1]", "max(pi,i)-j"}, "ijn");
            layer.attention->norm = norm();
        }
        if (layer.feedforward) layer.feedforward->norm = norm();
        soft = soft || (layer.feedforward && layer.feedforward->norm);
    }
    if (soft && !t.position.empty()) t.position[0] = pick({"log(1+i)", "sqrt(i/n)", "floor(log(n)+i)", "2^floor(log(n+1))"}, "in");
    if (!soft) return random_soft_model(random);
    return t;
}

}  // namespace attest::tests
