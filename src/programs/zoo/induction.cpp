#include "constructions.hpp"
#include "heads.hpp"

// The two heads of in-context copying [olsson2022context], as recognisers.

namespace attest::programs::constructions {

// The symbol before the last is 1: the previous-token head twice, once at every position and once at the end
// marker, which copies what the last symbol has seen. A word of one symbol has seen nothing, 0.
network::Transformer previous_token() {
    enum : Coordinate { one, previous, asked, width };
    network::Transformer t = binary(width);
    embed(t, "1", {{one, 1}});
    t.layers.push_back(
        {.attention = hard(width, network::Mask::strict, {previous_position(one, previous)}), .feedforward = {}});
    t.layers.push_back(
        {.attention = hard(width, network::Mask::strict, {previous_position(previous, asked)}), .feedforward = {}});
    accept_if_positive(t, x(asked));
    return t;
}

// w₁ … w_N with a = w_{N−1}, b = w_N is accepted iff a occurs before position N−1 and the latest such
// occurrence is followed by b: the last symbol is the one that an induction head predicts from those before
// it.
//
// Symbols are signs, 1 ↦ +1 and 0 ↦ −1, and the begin marker 0. Layer 1: `previous` = the sign before. Layer
// 2, at the last position: the product previous_i · previous_j is +1 exactly at successors of an a; it counts
// 2n, and j < n orders them, so the latest wins. If there is none, the begin marker wins with n + 1: the
// first symbol has product 0 and j = 2, all others −1. The marker predicts 0, which equals no symbol. At N ≤
// 1 only the marker is there to be seen, or nothing. Then equal = ReLU(s + s' − 1) + ReLU(−s − s' − 1) for
// signs s, s'.
network::Transformer induction_head() {
    enum : Coordinate { sign, previous, predicted, equal, width };
    network::Transformer t = blank({"0", "1"}, width, begin_marker, "");
    embed(t, "0", {{sign, -1}});
    embed(t, "1", {{sign, 1}});
    const Look match{
        .query = {x(previous)}, .key = {x(previous)}, .value = {x(sign)}, .into = {predicted}, .bias = "j+n*[j=1]"};
    t.layers.push_back(
        {.attention = hard(width, network::Mask::strict, {previous_position(sign, previous)}), .feedforward = {}});
    t.layers.push_back(
        {.attention = scaled(hard(width, network::Mask::strict, {match}), "2*n"),
         .feedforward = add_units(width, {{x(sign) + x(predicted) - 1, equal}, {-x(sign) - x(predicted) - 1, equal}})});
    accept_if_positive(t, x(equal));
    return t;
}

}  // namespace attest::programs::constructions
