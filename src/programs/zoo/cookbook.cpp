#include "constructions.hpp"
#include "heads.hpp"

// Ways to look something up that the cookbook of constructions collects [yang2026cookbook].

namespace attest::programs::constructions {

// Quadratic lookup: the query (a, 1) and the keys (2 j, -j²) have the product a² - (a - j)², which is greatest at j = a alone.
// Here all is over n: the mean gives share = a/n, a the number of 1s, and the head copies the parity of the position a, counted
// from the begin marker, which is 0.
network::Transformer quadratic_lookup_parity() {
    enum : Coordinate { one, twice, square, unit, odd, share, answer, width };
    network::Transformer t = blank({"0", "1"}, width, begin_marker, "");
    embed(t, "1", {{one, 1}});
    place(t, twice, "2*(i-1)");
    place(t, square, "-(i-1)^2");
    place(t, unit, "1/n");
    place(t, odd, "mod(i-1,2)");
    const auto averaging = [](const Look& look) {
        return attend(width, network::AttentionKind::average, network::Mask::none, {look});
    };
    t.layers.push_back({.attention = averaging({.value = {x(one)}, .into = {share}}), .feedforward = {}});
    t.layers.push_back(
        {.attention = averaging(
             {.query = {x(share), x(unit)}, .key = {x(twice), x(square)}, .value = {x(odd)}, .into = {answer}}),
         .feedforward = {}});
    accept_if_positive(t, x(answer), 1);
    return t;
}

// Lookup by distance: with q = (i - 1, -1) and k = (1, j) the score -|q · k| = -|i - 1 - j| is greatest at the position before.
// Twice, from the end marker: the symbol before the last. A first position sees itself.
network::Transformer distance_lookup_previous() {
    enum : Coordinate { one, previous, asked, first, width };
    network::Transformer t = binary(width);
    embed(t, "1", {{one, 1}});
    place(t, first, "[i=1]");
    const auto before = [](Coordinate from, Coordinate into) {
        return Look{.value = {x(from)}, .into = {into}, .bias = "-abs(i-1-j)"};
    };
    // What the first position copies of itself is taken back.
    t.layers.push_back({.attention = hard(width, network::Mask::none, {before(one, previous)}),
                        .feedforward = add_units(width, {{x(previous) + x(first) - 1, previous, -1}})});
    t.layers.push_back({.attention = hard(width, network::Mask::none, {before(previous, asked)}), .feedforward = {}});
    accept_if_positive(t, x(asked));
    return t;
}

// Lookup by layer norm, which turns vectors of one direction into one vector: there two products are greatest where directions
// are the same, however long the vectors were. The state is (v, -v) with v = (sign, mean, one, bit, index): 1 or -1 for a 1 or
// anything else, its mean m over the word, 1, 1 or -1 for odd and even positions, and (i - 1)/n. Its norm is that of
// (sqrt(C), index) for C = m² + 3, since signs and bits have the square 1. Let a be the number of 1s; s = (m + 1)/2 is a/n. The
// query asks with s for the index and with (m, 3 one) for (m, one): the score
//
//     (s · index + C) / sqrt(C + index²)
//
// is that of directions (sqrt(C), s) and (sqrt(C), index), greatest at index = s alone. Two indices are 1/n apart, so that the
// score falls by more than 1/(3 n²); times 100 n³ the softmax is a choice, up to n e^(-33 n), of the position a, whose bit is the
// parity of a.
network::Transformer hash_lookup_parity() {
    enum : Coordinate { sign, mean, one, bit, index, answer, half };
    network::Transformer t = blank({"0", "1"}, 2 * half, begin_marker, "");
    const auto negated = [](Coordinate c) { return c + static_cast<Coordinate>(half); };
    embed(t, "1", {{sign, 1}, {negated(sign), -1}});
    for (const char* other : {"0", begin_marker}) embed(t, other, {{sign, -1}, {negated(sign), 1}});
    for (const auto& [c, expression] : {std::pair{one, "1"}, {bit, "2*mod(i-1,2)-1"}, {index, "(i-1)/n"}}) {
        place(t, c, expression);
        place(t, negated(c), "-(" + std::string(expression) + ")");
    }
    const auto both = [&](Look look) {
        look.value.push_back(-look.value[0]);
        look.into.push_back(negated(look.into[0]));
        return look;
    };
    t.layers.push_back(
        {.attention = softmax(2 * half, network::Mask::none, {both({.value = {x(sign)}, .into = {mean}})}),
         .feedforward = {}});
    network::Attention look = softmax(2 * half, network::Mask::none,
                                      {both({.query = {exact::Rational(1, 2) * (x(mean) + x(one)), x(mean), 3 * x(one)},
                                             .key = {x(index), x(mean), x(one)},
                                             .value = {x(bit)},
                                             .into = {answer}})});
    look.norm = network::Norm{.placement = network::Norm::Placement::pre,
                              .eps = 0,
                              .gain = exact::Vector(2 * half, 1),
                              .bias = exact::Vector(2 * half)};
    t.layers.push_back({.attention = scaled(std::move(look), "100*n^3"), .feedforward = {}});
    accept_if_positive(t, x(answer), 1);
    return t;
}

}  // namespace attest::programs::constructions
