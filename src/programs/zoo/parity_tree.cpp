#include <fmt/format.h>

#include <numeric>

#include "base/random.hpp"
#include "constructions.hpp"
#include "heads.hpp"

// PARITY of exactly N = (H+1)^L − 1 bits, driven by positions alone. That is all that L layers of H heads can
// read in this way, since a position knows at most (H+1)^l leaves after l layers [hao2022formal, normal
// form]; it is no upper bound for attention that depends on the symbols.
//
// The leaves are 1 … (H+1)^L, the end marker being the last one, with bit 0; the begin marker is leaf 0,
// outside of the tree. In layer l a node of (H+1)^l neighbouring leaves lives at its last leaf, a multiple of
// (H+1)^l, and adds to its own bit those of its H children before it, (H+1)^(l−1), 2 (H+1)^(l−1), … back; the
// feed-forward part takes the sum s mod 2. All other positions look at the begin marker and keep their bit,
// so that nothing is computed that nobody asks for. Other lengths are wrong, the end marker being no root or
// the root of the last leaves only, but for N = (H+1)^l − 1 with l < L, where it is the root of a smaller
// tree.

namespace attest::programs::constructions {

namespace {

int power(int base, int exponent) {
    int result = 1;
    while (exponent-- > 0) result *= base;
    return result;
}

/// s mod 2 for s = 0 … `greatest`: slope 1, then −1 and +1 in turn, the kinks at 1, 2, ….
Form sum_mod_2(int greatest, std::vector<Form>& hidden, Coordinate bit) {
    Form parity;
    for (int kink = 0; kink < greatest; ++kink) {
        const int change = kink == 0 ? 1 : kink % 2 == 1 ? -2 : 2;
        parity = parity + change * x(static_cast<Coordinate>(hidden.size()));
        hidden.push_back(x(bit) - kink);
    }
    return parity;
}

/// Leaf 0, then the others in an order that is random but for the last, the same on every machine.
std::vector<int> shuffled(int last) {
    std::vector<int> order(static_cast<std::size_t>(last) + 1);
    std::iota(order.begin(), order.end(), 0);
    base::Random random(1);
    for (std::size_t k = order.size() - 2; k > 1; --k) std::swap(order[k], order[1 + random.below(k)]);
    return order;
}

/// The expression whose value at i is table[i−1], and 0 beyond the table: a digit of one large number.
std::string digits(const std::vector<int>& table, int base) {
    mpz_class number = 0;
    for (std::size_t k = table.size(); k-- > 0;) number = number * base + table[k];
    return fmt::format("mod(floor({}/{}^min(i-1,{})),{})", number.get_str(), base, table.size(), base);
}

}  // namespace

network::Transformer parity_tree(int layers, int heads) {
    constexpr Coordinate bit = 0;
    network::Transformer t = blank({"0", "1"}, 1, begin_marker, end_marker);
    embed(t, "1", {{bit, 1}});
    int child = 1;  // leaves of a child
    for (int layer = 1; layer <= layers; ++layer, child *= heads + 1) {
        std::vector<Look> looks;
        for (int h = 1; h <= heads; ++h)
            looks.push_back(
                {.value = {x(bit)},
                 .into = {bit},
                 .bias = fmt::format("-abs(j-1-[mod(i-1,{})=0]*(i-1-{}))", child * (heads + 1), h * child)});
        std::vector<Form> hidden;
        const Form parity = sum_mod_2(heads + 1, hidden, bit);
        t.layers.push_back(
            {.attention = hard(1, network::Mask::none, looks), .feedforward = replace_by(hidden, {parity}, 1)});
    }
    accept_if_positive(t, x(bit));
    return t;
}

// The same tree over a random order of the leaves: leaf(i) is position i's place in it, and node(l, i) is
// leaf(i) where a node of layer l lives, else 0. "c leaves back" is the j with the greatest
// −(leaf(j) − node(l, i) + c)², that is 2 (node(l, i) − c) leaf(j) − leaf(j)² up to what does not depend on
// j; where no node lives that is leaf 0. The order is made for one length and is right at no other.
network::Transformer parity_tree_shuffled(int layers, int heads) {
    enum : Coordinate { bit, leaf, leaf_squared, first_node };
    const std::size_t width = first_node + static_cast<std::size_t>(layers);
    const int last = power(heads + 1, layers);
    const std::vector<int> leaves = shuffled(last);
    network::Transformer t = blank({"0", "1"}, width, begin_marker, end_marker);
    embed(t, "1", {{bit, 1}});
    place(t, leaf, digits(leaves, last + 1));
    place(t, leaf_squared, digits(leaves, last + 1) + "^2");
    for (int layer = 1; layer <= layers; ++layer) {
        const int child = power(heads + 1, layer - 1);
        const Coordinate node = first_node + static_cast<Coordinate>(layer) - 1;
        std::vector<int> nodes = leaves;
        for (int& place_of_node : nodes)
            if (place_of_node % (child * (heads + 1)) != 0) place_of_node = 0;
        place(t, node, digits(nodes, last + 1));
        std::vector<Look> looks;
        for (int h = 1; h <= heads; ++h)
            looks.push_back({.query = {2 * x(node) - 2 * h * child, -1},
                             .key = {x(leaf), x(leaf_squared)},
                             .value = {x(bit)},
                             .into = {bit}});
        std::vector<Form> hidden;
        std::vector<Form> outputs(width);
        for (Coordinate c = leaf; c < width; ++c) {
            outputs[c] = x(static_cast<Coordinate>(hidden.size()));
            hidden.push_back(x(c));
        }
        outputs[bit] = sum_mod_2(heads + 1, hidden, bit);
        t.layers.push_back(
            {.attention = hard(width, network::Mask::none, looks), .feedforward = replace_by(hidden, outputs, width)});
    }
    accept_if_positive(t, x(bit));
    return t;
}

}  // namespace attest::programs::constructions
