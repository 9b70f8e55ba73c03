#include "constructions.hpp"
#include "heads.hpp"

// Languages that one layer recognises: the end marker looks at the position that decides. Only languages of
// this sort can be here: for one layer of H heads there are, at each length, some H symbols that settle the
// answer (let each head see what it likes best).

namespace attest::programs::constructions {

namespace {

/// The end marker copies the flag `one` of the position that `look` finds and accepts iff it is there.
network::Transformer one_copied(network::Mask mask, const Look& look) {
    network::Transformer t = binary(1);
    embed(t, "1", {{0, 1}});
    t.layers.push_back({.attention = hard(1, mask, {look}), .feedforward = {}});
    accept_if_positive(t, x(0));
    return t;
}

}  // namespace

// FIRST: the leftmost position. At length 0 that is the end marker itself, which has no 1: rejected.
// The network of [chiang2022overcoming] does the same by softmax and a flag of position 1.
network::Transformer first() { return one_copied(network::Mask::none, {.value = {x(0)}, .into = {0}, .bias = "-j"}); }

// LAST: the position before. At length 0 there is none and the head gives 0.
network::Transformer last() { return one_copied(network::Mask::strict, previous_position(0, 0)); }

// 1*: look for a 0; accept iff there is none. [hahn2020theoretical] names it as immune to restrictions: one
// bad symbol forces rejection.
network::Transformer all_ones() {
    network::Transformer t = binary(1);
    embed(t, "0", {{0, 1}});
    t.layers.push_back({.attention = hard(1, network::Mask::none, {find(0, 0)}), .feedforward = {}});
    accept_if_positive(t, 1 - x(0));
    return t;
}

// Some 1: look for it.
network::Transformer contains_1() { return one_copied(network::Mask::none, find(0, 0)); }

// aᵏbᵏ: one head looks for an `a` in the right half, the other for a `b` in the left half. A half is j ≥ n/2
// or j ≤ n/2 with n = N + 1; at odd N the middle symbol is in both, so it is bad whatever it is, as it should
// be. The end marker is in the right half and is neither; at N = 0 it is all there is. Positions only enter
// through biases.
network::Transformer anbn() {
    enum : Coordinate { a, b, bad, width };
    network::Transformer t = blank({"a", "b"}, width, "", end_marker);
    embed(t, "a", {{a, 1}});
    embed(t, "b", {{b, 1}});
    const Look late_a{.query = {1}, .key = {x(a)}, .value = {x(a)}, .into = {bad}, .bias = "2*[2*j >= n]"};
    const Look early_b{.query = {1}, .key = {x(b)}, .value = {x(b)}, .into = {bad}, .bias = "2*[2*j <= n]"};
    t.layers.push_back({.attention = hard(width, network::Mask::none, {late_a, early_b}), .feedforward = {}});
    accept_if_positive(t, 1 - x(bad));
    return t;
}

}  // namespace attest::programs::constructions
