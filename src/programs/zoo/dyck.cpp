#include "constructions.hpp"
#include "heads.hpp"

// Balanced brackets of K kinds and depth at most D, in D + 1 layers of one head, as in [yao2021self]: each
// layer matches the innermost pairs that are left. Ours counts no depths, and its one head looks both ways.
//
// Coordinates: for each bracket symbol the flag "this bracket, not matched yet" (open₁ close₁ open₂ close₂
// …), the position, and at the end marker whether something is left over.
//
// Layers 1 … D. An opening bracket looks at the nearest unmatched bracket after it, a closing one at the
// nearest before it. Both are one score. With q₁ = +1 (opening) or −1 (closing), u = "not matched", and all
// times n to stay in integers:
//
//     score(i, j) / n = q₁ j + u_j − (1 + 1/n) |i − j| − 2 [i = j]
//
// On the side that q₁ points to, q₁ j − |i − j| = q₁ i is the same everywhere, so only −|i − j|/n > −1 orders
// it: unmatched before matched, then nearest first. On the other side, and at i itself, the score is at most
// q₁ i + u_j − 2, below all of them; and a marker, which is nothing unmatched, is always on the right side. A
// matched bracket asks with q₁ = 2 and ignores u_j, which finds the end marker whatever the word: no choices,
// no gates.
//
// The head subtracts the flags that it finds from those of the complementary brackets, and the ReLU cuts at
// 0: my flag goes out iff I saw my partner, all else was 0 and stays 0. An opening and a closing bracket with
// only matched ones in between see each other, so layer h matches exactly the pairs of height h. Of another
// kind they block each other for good.
//
// Layer D + 1: the end marker looks for a flag that is still up; none is iff the word is balanced, of depth ≤
// D.

namespace attest::programs::constructions {

namespace {

std::vector<std::string> brackets(int kinds) {
    const std::vector<std::string> all = {"(", ")", "[", "]", "{", "}", "<", ">"};
    return {all.begin(), all.begin() + 2 * kinds};
}

network::Layer match_innermost(Coordinate symbols, std::size_t width) {
    const Coordinate position = symbols;
    const Form unmatched = sum(0, symbols);
    Form direction = 2;  // 1 opening, −1 closing, 2 matched
    Look look{.value = {}, .into = {}, .bias = "-(n+1)*abs(i-j)-2*n*[i=j]"};
    std::vector<Form> kept;
    std::vector<Form> outputs(width);
    for (Coordinate s = 0; s < symbols; ++s) {
        direction = direction - (s % 2 == 0 ? 1 : 3) * x(s);
        look.value.push_back(-x(s));
        look.into.push_back(s ^ 1U);
    }
    look.query = {direction, unmatched};
    look.key = {x(position), unmatched};
    for (Coordinate c = 0; c <= position; ++c) {
        kept.push_back(x(c));
        outputs[c] = x(c);
    }
    return {.attention = scaled(hard(width, network::Mask::none, {look}), "n"),
            .feedforward = replace_by(kept, outputs, width)};
}

}  // namespace

network::Transformer dyck(int kinds, int depth) {
    const auto symbols = static_cast<Coordinate>(2 * kinds);
    const Coordinate position = symbols;
    const Coordinate left_over = symbols + 1;
    const std::size_t width = symbols + 2;
    const std::vector<std::string> alphabet = brackets(kinds);
    network::Transformer t = blank(alphabet, width, begin_marker, end_marker);
    for (Coordinate s = 0; s < symbols; ++s) embed(t, alphabet[s], {{s, 1}});
    place(t, position, "i");
    for (int layer = 0; layer < depth; ++layer) t.layers.push_back(match_innermost(symbols, width));
    const Form unmatched = sum(0, symbols);
    const Look look{.query = {1}, .key = {unmatched}, .value = {unmatched}, .into = {left_over}};
    t.layers.push_back({.attention = hard(width, network::Mask::none, {look}), .feedforward = {}});
    accept_if_positive(t, 1 - x(left_over));
    return t;
}

}  // namespace attest::programs::constructions
