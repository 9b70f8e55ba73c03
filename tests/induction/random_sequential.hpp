#pragma once

#include <string>
#include <vector>

#include "random_model.hpp"

namespace attest::tests {

inline exact::Expression expression(const std::string& text, const std::string& allowed) {
    return exact::Expression::parse(text, allowed, false, "test");
}

/// A random model that is more often finite-state than others.
inline network::Transformer random_sequential(base::Random& random) {
    const auto one_of = [&](const std::vector<std::string>& texts) { return texts[random.below(texts.size())]; };
    network::Transformer t = random_model(
        random, {.symbols = 2 + random.below(2), .layers = 1 + random.below(3), .heads = 2, .dimension = 3});
    t.readout.position = -1;
    const bool plain = random.chance(1, 2);
    for (exact::Expression& coordinate : t.position)
        coordinate = expression(
            plain ? "0" : one_of({"0", "(-1)^i", "mod(i,3)", "[i = 1]", "[i > 2]", "2*mod(i+1,2)", "i"}), "in");
    for (network::Layer& layer : t.layers) {
        if (!layer.attention) continue;
        for (network::Head& head : layer.attention->heads)
            head.bias =
                expression(one_of({"0", "0", "0", "i", "j", "-j", "[j = 1]", "mod(j,2)", "-abs(i-j)", "-3*abs(j-i+1)",
                                   "4*n*[j = 1]", "9*j", "-9*j*j", "[j = i-1]", "9*n*[j = i-2]", "j/n"}),
                           "ijn");
    }
    return t;
}

}  // namespace attest::tests
