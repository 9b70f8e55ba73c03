#include <fmt/format.h>

#include "base/random.hpp"
#include "constructions.hpp"
#include "heads.hpp"

// Softmax networks within the assumptions of Lemma 5 of [hahn2020theoretical]: bounded position vectors, Lipschitz maps,
// so that one symbol moves the output by at most O(1/n).

namespace attest::programs::constructions {

namespace {

using exact::Rational;

/// Entries k/(64 side), |k| <= 64: rows of absolute sum at most 1 times `gain`.
class RandomMaps {
  public:
    explicit RandomMaps(std::uint64_t seed) : random_(seed) {}

    Rational entry(int side) {
        Rational value(static_cast<long>(random_.below(129)) - 64, 64L * side);
        value.canonicalize();
        return value;
    }
    std::vector<Form> rows(std::size_t count, Coordinate inputs, int gain) {
        std::vector<Form> all(count);
        for (Form& form : all)
            for (Coordinate c = 0; c < inputs; ++c) form = form + gain * entry(static_cast<int>(inputs)) * x(c);
        return all;
    }
    unsigned below(unsigned bound) { return static_cast<unsigned>(random_.below(bound)); }

  private:
    base::Random random_;
};

}  // namespace

// The mean of +1 for a 1 and −1 for a 0, the end marker abstaining.
network::Transformer uniform_majority() {
    enum : Coordinate { vote, mean, width };
    network::Transformer t = binary(width);
    embed(t, "0", {{vote, -1}});
    embed(t, "1", {{vote, 1}});
    t.layers.push_back(
        {.attention = softmax(width, network::Mask::none, {{.value = {x(vote)}, .into = {mean}}}), .feedforward = {}});
    accept_if_positive(t, x(mean));
    return t;
}

// Random weights, position vectors in [−1/2, 1/2]: (a i mod 64)/64 − 1/2 with odd a. Heads of D/H rows, a feed-forward
// part of D units.
network::Transformer random_bounded(int layers, int heads, int width, int seed) {
    const auto d = static_cast<Coordinate>(width);
    const std::size_t rows = static_cast<std::size_t>(width / heads);
    RandomMaps random(static_cast<std::uint64_t>(seed));
    network::Transformer t = blank({"0", "1"}, d, "", end_marker);
    for (exact::Vector* symbol : {&t.embedding[0], &t.embedding[1], &t.end_embedding})
        for (Rational& entry : *symbol) entry = random.entry(1);
    for (Coordinate c = 0; c < d; ++c) place(t, c, fmt::format("mod({}*i,64)/64-1/2", 2 * random.below(32) + 1));
    for (int l = 0; l < layers; ++l) {
        network::Attention attention = softmax(d, network::Mask::none, {});
        attention.scale = exact::Expression::parse("1/sqrt(dk)", "nd", true, "zoo");
        for (int h = 0; h < heads; ++h)
            attention.heads.push_back({.query = affine(d, random.rows(rows, d, 4)),
                                       .key = affine(d, random.rows(rows, d, 4)),
                                       .value = affine(d, random.rows(rows, d, 2)),
                                       .output = affine(rows, random.rows(d, static_cast<Coordinate>(rows), 1)),
                                       .bias = exact::Expression()});
        network::FeedForward feedforward;
        feedforward.maps = {affine(d, random.rows(d, d, 2)), affine(d, random.rows(d, d, 1))};
        t.layers.push_back({.attention = std::move(attention), .feedforward = std::move(feedforward)});
    }
    for (Rational& weight : t.readout.weight) weight = random.entry(1);
    return t;
}

}  // namespace attest::programs::constructions
