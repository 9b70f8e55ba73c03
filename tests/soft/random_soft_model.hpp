#pragma once

#include "random_model.hpp"

namespace attest::tests {

/// A random model of softmax attention, with norms, scales and biases that no rational has.
inline network::Transformer random_soft_model(base::Random& random) {
    RandomModelOptions options;
    options.kind = network::AttentionKind::softmax;
    options.symbols = 2 + random.below(2);
    network::Transformer t = random_model(random, options);
    const auto pick = [&](const std::vector<std::string>& texts, const char* allowed) {
        return exact::Expression::parse(texts[random.below(texts.size())], allowed, true, "random");
    };
    const auto norm = [&]() -> std::optional<network::Norm> {
        if (random.chance(1, 2)) return std::nullopt;
        network::Norm n;
        n.placement = random.chance(1, 2) ? network::Norm::Placement::pre : network::Norm::Placement::post;
        n.eps = random.chance(1, 2) ? exact::Rational(1, 100) : exact::Rational(1, 3);
        n.gain.assign(t.dimension, 1);
        n.bias.assign(t.dimension, 0);
        n.gain[0] = exact::Rational(3, 2);
        n.bias[0] = -1;
        return n;
    };
    bool soft = false;
    for (network::Layer& layer : t.layers) {
        if (layer.attention) {
            soft = true;
            if (random.chance(1, 3)) layer.attention->scale = pick({"log(n+1)", "1/sqrt(dk)", "exp(1/n)"}, "nd");
            for (network::Head& head : layer.attention->heads)
                if (random.chance(1, 3))
                    head.bias =
                        pick({"log(j)", "sin(i)*cos(j)", "-sqrt(2)*abs(i-j)", "[log(j)>1]", "max(pi,i)-j"}, "ijn");
            layer.attention->norm = norm();
        }
        if (layer.feedforward) layer.feedforward->norm = norm();
        soft = soft || (layer.feedforward && layer.feedforward->norm);
    }
    if (soft && !t.position.empty())
        t.position[0] = pick({"log(1+i)", "sqrt(i/n)", "floor(log(n)+i)", "2^floor(log(n+1))"}, "in");
    if (!soft) return random_soft_model(random);
    return t;
}

/// A random map between some coordinates of six.
inline exact::AffineMap random_map(base::Random& random, std::size_t rows, const std::vector<std::uint32_t>& to,
                                   std::size_t columns, const std::vector<std::uint32_t>& from) {
    exact::AffineMap map;
    map.weight.columns = columns;
    map.weight.rows.resize(rows);
    for (const std::uint32_t r : to)
        for (const std::uint32_t c : from)
            if (random.chance(2, 3))
                map.weight.rows[r].emplace_back(c, exact::Rational(static_cast<long>(random.below(5)) * 2 - 3, 2));
    return map;
}

/// A random model with norms that do not see which symbol is at a position: symbols are one-hot in coordinates 0 and 1, no part
/// writes there, norms treat both alike. In every other model one of these fails.
inline network::Transformer random_framed_model(base::Random& random) {
    const std::uint64_t slip = random.below(10);
    network::Transformer t;
    t.name = "framed";
    t.alphabet = language::Alphabet({"0", "1"});
    t.end = "$";
    t.dimension = 6;
    t.embedding = {{1, 0, 0, 0, 1, 0}, {0, slip == 0 ? 2 : 1, 0, 0, 1, 0}};
    t.end_embedding = {0, 0, 0, 0, 0, 1};
    const auto constant = [](const char* text) { return exact::Expression::parse(text, "in", true, "random"); };
    t.position = {constant("0"), constant(slip == 1 ? "i/n" : "0"), constant("i/n"), constant("[i>1]"), constant("0"),
                  constant("0")};
    const auto norm = [&](bool slips) -> std::optional<network::Norm> {
        if (random.chance(1, 4)) return std::nullopt;
        network::Norm n;
        n.placement = random.chance(1, 4) ? network::Norm::Placement::pre : network::Norm::Placement::post;
        n.eps = exact::Rational(1, 10);
        n.gain = {2, slips ? 1 : 2, 1, 1, 1, 1};
        n.bias = {1, 1, 0, 0, -1, 0};
        return n;
    };
    for (int l = 0; l < 2; ++l) {
        network::Attention attention;
        attention.kind = network::AttentionKind::softmax;
        network::Head head;
        if (l > 0) head.query = random_map(random, 1, {0}, 6, {4, 5}), head.key = random_map(random, 1, {0}, 6, {2, 3});
        head.value = random_map(random, 2, {0, 1}, 6,
                                l == 0 ? std::vector<std::uint32_t>{0, 1} : std::vector<std::uint32_t>{2, 3, 4});
        head.output = random_map(
            random, 6, slip == 2 ? std::vector<std::uint32_t>{0, 4, 5} : std::vector<std::uint32_t>{4, 5}, 2, {0, 1});
        attention.heads.push_back(std::move(head));
        attention.norm = norm(slip == 3);
        network::FeedForward part;
        part.maps = {
            random_map(random, 3, {0, 1, 2}, 6, {2, 4, 5}),
            random_map(random, 6, slip == 4 ? std::vector<std::uint32_t>{1, 3, 4} : std::vector<std::uint32_t>{3, 4}, 3,
                       {0, 1, 2})};
        part.norm = norm(slip == 3);
        t.layers.push_back({std::move(attention), std::move(part)});
    }
    t.readout.weight = {0, 0, 1, 1, 1, 0};
    t.readout.position = -1;
    return t;
}

}  // namespace attest::tests
