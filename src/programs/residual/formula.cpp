#include "formula.hpp"

#include <algorithm>
#include <unordered_set>

namespace attest::programs::residual {

using Literal = Formula::Literal;

Literal Formula::leaf(Side side, Bit bit) {
    if (bit.is_constant()) return bit == Bit(true) ? yes : no;
    if (bit.is_negated()) return leaf(side, !bit) ^ 1U;
    const auto [at, is_new] = leaf_of_.try_emplace({side, bit}, static_cast<Literal>(2 * nodes_.size()));
    if (is_new) {
        nodes_.push_back({leaf_mark, static_cast<Literal>(leaves_.size())});
        leaves_.push_back({side, static_cast<std::uint32_t>(bits_.size())});
        bits_.push_back(bit);
    }
    return at->second;
}

Literal Formula::symbol_leaf(std::uint32_t table) {
    const auto [at, is_new] = symbol_leaf_of_.try_emplace(table, static_cast<Literal>(2 * nodes_.size()));
    if (is_new) {
        nodes_.push_back({leaf_mark, static_cast<Literal>(leaves_.size())});
        leaves_.push_back({Side::symbol, table});
    }
    return at->second;
}

Literal Formula::both(Literal a, Literal b) {
    if (a > b) std::swap(a, b);
    if (a == no || b == (a ^ 1U)) return no;
    if (a == yes || a == b) return b;
    const std::uint64_t key = (std::uint64_t{a} << 32) | b;
    const auto [at, is_new] = both_of_.try_emplace(key, static_cast<Literal>(2 * nodes_.size()));
    if (is_new) nodes_.push_back({a, b});
    return at->second;
}

std::vector<std::uint32_t> Formula::below(Literal root) const {
    met_.resize(nodes_.size(), 0);
    ++search_;
    std::vector<std::uint32_t> found, waiting;
    const auto meet = [&](std::uint32_t node) {
        if (met_[node] == search_) return;
        met_[node] = search_;
        waiting.push_back(node);
    };
    meet(root / 2);
    while (!waiting.empty()) {
        const std::uint32_t node = waiting.back();
        waiting.pop_back();
        found.push_back(node);
        if (node == 0 || is_leaf(node)) continue;
        meet(nodes_[node].left / 2);
        meet(nodes_[node].right / 2);
    }
    std::sort(found.begin(), found.end());
    return found;
}

std::vector<std::uint32_t> Formula::support(Literal root) const {
    std::vector<std::uint32_t> nodes = below(root);
    std::erase_if(nodes, [&](std::uint32_t node) { return node == 0 || !is_leaf(node); });
    return nodes;
}

Literal Formula::substitute(Literal root, const std::function<Literal(std::uint32_t)>& value) {
    becomes_.resize(root / 2 + 1, no);  // operands stand before their conjunction; the constant stays
    const auto now = [&](Literal literal) { return becomes_[literal / 2] ^ (literal & 1U); };
    for (const std::uint32_t node : below(root)) {  // operands first
        if (node == 0) continue;
        const Node old = nodes_[node];
        becomes_[node] = is_leaf(node) ? value(node) : both(now(old.left), now(old.right));
    }
    return now(root);
}

std::vector<Literal> Formula::conjuncts(std::uint32_t node) const {
    std::vector<Literal> found, waiting = {2 * node};
    std::unordered_set<Literal> met;
    while (!waiting.empty()) {
        const Literal literal = waiting.back();
        waiting.pop_back();
        if (!met.insert(literal).second) continue;
        if (literal % 2 == 1 || is_leaf(literal / 2)) {
            found.push_back(literal);
        } else {
            waiting.push_back(nodes_[literal / 2].right);
            waiting.push_back(nodes_[literal / 2].left);
        }
    }
    return found;
}

Bit Formula::make(Builder& builder, Literal root) const {
    if (root < 2) return root == yes;
    std::unordered_map<std::uint32_t, Bit> made;
    std::vector<std::uint32_t> waiting = {root / 2};
    while (!waiting.empty()) {
        const std::uint32_t node = waiting.back();
        if (made.contains(node)) {
            waiting.pop_back();
            continue;
        }
        if (is_leaf(node)) {
            made.emplace(node, bit(leaf_at(node)));
            continue;
        }
        const std::vector<Literal> parts = conjuncts(node);
        const std::size_t before = waiting.size();
        for (const Literal part : parts)
            if (!made.contains(part / 2)) waiting.push_back(part / 2);
        if (waiting.size() > before) continue;
        std::vector<Bit> bits;
        for (const Literal part : parts) bits.push_back(part % 2 == 1 ? !made.at(part / 2) : made.at(part / 2));
        made.emplace(node, all_of(builder, std::move(bits)));
    }
    return root % 2 == 1 ? !made.at(root / 2) : made.at(root / 2);
}

}  // namespace attest::programs::residual
