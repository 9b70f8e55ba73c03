#include "constructions.hpp"
#include "heads.hpp"

// Constructions that fail, and are here to be refuted.

namespace attest::model::constructions {

// The exact PARITY network of [chiang2022overcoming], without layer norm, with its softmax made hard.
// Coordinates, positions (theirs count from 0, i − 1 here), values and the feed-forward part are theirs; left
// out are the idle second head of layer 1 and the factor on the scores, which the greatest score does not
// feel.
//
// What goes wrong: all scores of layer 1 are equal, so in place of the mean over all positions the head takes
// the leftmost. `ones` is then [w₁ = 1] and not k/n, `unit` is 0 and not 1/n, so all three units of the
// ReLU's tent agree and I[i = k] is 0 everywhere. The score is 0 for every word and nothing is accepted:
// wrong at each N ≥ 1 on each word of odd parity, right at N = 0 only.
Transformer chiang_cholak_parity_hard() {
    enum : Coordinate { zero, one, cls, index, sign, ones, unit, hit, output, unused, width };
    Transformer t = blank({"0", "1"}, width, "", end_marker);
    embed(t, "0", {{zero, 1}});
    embed(t, "1", {{one, 1}});
    embed(t, end_marker, {{cls, 1}});
    place(t, index, "(i-1)/n");
    place(t, sign, "(-1)^(i-1)");
    const Look count{.value = {x(one), x(cls)}, .into = {ones, unit}};
    t.layers.push_back({.attention = hard(width, Mask::none, {count}),
                        .feedforward = add_units(width, {{x(ones) - x(index) - x(unit), hit},
                                                         {x(ones) - x(index), hit, -2},
                                                         {x(ones) - x(index) + x(unit), hit}})});
    const Look even{.query = {x(cls)}, .key = {x(sign)}, .value = {-x(hit)}, .into = {output}};
    const Look odd{.query = {x(cls)}, .key = {-x(sign)}, .value = {x(hit)}, .into = {output}};
    t.layers.push_back({.attention = hard(width, Mask::none, {even, odd}), .feedforward = {}});
    accept_if_positive(t, x(output));
    return t;
}

// MAJORITY by a poll: the first, the middle and the last symbol vote, 1 for and 0 against; at even N there is
// no middle and the end marker abstains in its place. Right up to N = 3. From 7 on no one layer of three
// heads can be: three symbols settle its answer ([hahn2020theoretical] in its smallest case), and nothing
// less than N/2 zeros or more than N/2 ones settles MAJORITY. At N = 4, 5, 6 try 0111, 10001 and 011110.
Transformer majority_attempt() {
    enum : Coordinate { vote, votes, width };
    Transformer t = binary(width);
    embed(t, "0", {{vote, -1}});
    embed(t, "1", {{vote, 1}});
    const auto ask = [](const char* position) {
        return Look{.value = {x(vote)}, .into = {votes}, .bias = position};
    };
    t.layers.push_back(
        {.attention = hard(width, Mask::none, {ask("-j"), ask("2*[2*j=n]+[j=n]"), ask("[j=n-1]")}),
         .feedforward = {}});
    accept_if_positive(t, x(votes));
    return t;
}

}  // namespace attest::model::constructions
