#include <fmt/format.h>

#include "constructions.hpp"
#include "heads.hpp"

// The exact softmax networks of [chiang2022overcoming] for PARITY and FIRST without layer norm. Coordinates, positions
// (theirs count from 0, i − 1 here), values and feed-forward parts are theirs. Their queries have rows of zeros, and
// their products are divided by the square root of the head width; here there is one row, and `scale` says what is left:
// the factor c on a product of 1s.

namespace attest::programs::constructions {

namespace {

// Layer 1, uniform attention: ones = k/n and unit = 1/n at every position, k the number of 1s. The ReLUs make a tent,
// hit = [i − 1 = k]/n. Layer 2, asked from the marker: one head leans to even indices, the other to odd ones, by the
// factor e^(2c), so that the position k is weighed more by the head of its parity. The difference is the output, of
// size about 2 tanh(c)/n².
network::Transformer parity_network(network::AttentionKind kind, const std::string& scale) {
    enum : Coordinate { zero, one, cls, index, sign, ones, unit, hit, output, unused, width };
    network::Transformer t = blank({"0", "1"}, width, "", end_marker);
    embed(t, "0", {{zero, 1}});
    embed(t, "1", {{one, 1}});
    embed(t, end_marker, {{cls, 1}});
    place(t, index, "(i-1)/n");
    place(t, sign, "(-1)^(i-1)");
    const Look count{.value = {x(one), x(cls)}, .into = {ones, unit}};
    t.layers.push_back({.attention = attend(width, kind, network::Mask::none, {count}),
                        .feedforward = add_units(width, {{x(ones) - x(index) - x(unit), hit},
                                                         {x(ones) - x(index), hit, -2},
                                                         {x(ones) - x(index) + x(unit), hit}})});
    const Look even{.query = {x(cls)}, .key = {x(sign)}, .value = {-x(hit)}, .into = {output}};
    const Look odd{.query = {x(cls)}, .key = {-x(sign)}, .value = {x(hit)}, .into = {output}};
    t.layers.push_back(
        {.attention = scaled(attend(width, kind, network::Mask::none, {even, odd}), scale), .feedforward = {}});
    accept_if_positive(t, x(output));
    return t;
}

// The marker asks for the first symbol and takes 1/2 from it if that is a 1, −1/2 if it is a 0; the others give 0. With
// n − 1 other positions at score 0 the answer is ±1/2 e^c/(e^c + n − 1): it fades as 1/n unless c grows with log n.
network::Transformer first_with_scale(const std::string& scale) {
    enum : Coordinate { zero, one, cls, place_one, mark, output, width };
    network::Transformer t = blank({"0", "1"}, width, begin_marker, "");
    embed(t, "0", {{zero, 1}});
    embed(t, "1", {{one, 1}});
    embed(t, begin_marker, {{cls, 1}});
    place(t, place_one, "[i=2]");
    t.layers.push_back({.attention = {}, .feedforward = add_units(width, {{x(one) + x(place_one) - 1, mark}})});
    const Look ask{.query = {x(cls)},
                   .key = {x(place_one)},
                   .value = {x(mark) - exact::Rational(1, 2) * x(place_one)},
                   .into = {output}};
    t.layers.push_back({.attention = scaled(softmax(width, network::Mask::none, {ask}), scale), .feedforward = {}});
    accept_if_positive(t, x(output), 1);
    return t;
}

}  // namespace

network::Transformer chiang_cholak_parity() { return parity_network(network::AttentionKind::softmax, "1"); }
network::Transformer chiang_cholak_parity_big(int big) {
    return parity_network(network::AttentionKind::softmax, fmt::format("{}/sqrt(5)", big));
}

// The same with its softmax made hard, here to be refuted. Left out are the idle second head of layer 1 and the factor on
// the scores, which the greatest score does not feel.
//
// What goes wrong: all scores of layer 1 are equal, so in place of the mean over all positions the head takes the
// leftmost. `ones` is then [w₁ = 1] and not k/n, `unit` is 0 and not 1/n, so all three units of the ReLU's tent agree and
// I[i = k] is 0 everywhere. The score is 0 for every word and nothing is accepted: wrong at each N ≥ 1 on each word of odd
// parity, right at N = 0 only.
network::Transformer chiang_cholak_parity_hard() { return parity_network(network::AttentionKind::hard, "1"); }

network::Transformer chiang_cholak_first() { return first_with_scale("1"); }
network::Transformer chiang_cholak_first_big(int big) { return first_with_scale(fmt::format("{}/sqrt(6)", big)); }
network::Transformer chiang_cholak_first_log() { return first_with_scale("log(n)"); }

}  // namespace attest::programs::constructions
