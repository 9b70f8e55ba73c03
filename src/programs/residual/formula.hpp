#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <unordered_map>
#include <vector>

#include "bits.hpp"

namespace attest::programs::residual {

/// Where a leaf is: the query position, the key position; or what the symbol at the query position says.
enum class Side : std::uint8_t { query, key, symbol };

/// Boolean formulas over bits of two positions, as a graph of conjunctions and negations in which equal parts are one.
class Formula {
  public:
    /// 2 · node, + 1 for its negation.
    using Literal = std::uint32_t;
    static constexpr Literal no = 0, yes = 1;

    struct Leaf {
        Side side;
        std::uint32_t content;  ///< by side: number of the bit, or of a table
    };

    Literal leaf(Side side, Bit bit);
    /// A leaf that is true for some symbols; `table` is any number.
    Literal symbol_leaf(std::uint32_t table);
    Literal both(Literal a, Literal b);

    bool is_leaf(std::uint32_t node) const { return nodes_[node].left == leaf_mark; }
    const Leaf& leaf_at(std::uint32_t node) const { return leaves_[nodes_[node].right]; }
    /// The bit of a leaf of query or key.
    Bit bit(const Leaf& leaf) const { return bits_[leaf.content]; }
    std::size_t size() const { return nodes_.size(); }

    /// The nodes of leaves on which a formula depends by its form, ascending.
    std::vector<std::uint32_t> support(Literal root) const;
    /// The formula with leaves replaced: `value` of a leaf's node, which may be its own literal.
    Literal substitute(Literal root, const std::function<Literal(std::uint32_t)>& value);
    /// The formula as a bit of one position; conjunctions of conjunctions are one.
    Bit make(Builder& builder, Literal root) const;

  private:
    static constexpr std::uint32_t leaf_mark = UINT32_MAX;
    struct Node {
        Literal left, right;
    };

    /// All nodes below, itself included.
    std::vector<std::uint32_t> below(Literal root) const;
    /// What a node is the conjunction of: leaves and negations.
    std::vector<Literal> conjuncts(std::uint32_t node) const;

    std::vector<Node> nodes_ = {{0, 0}};  // the constant
    std::vector<Leaf> leaves_;
    std::vector<Bit> bits_;
    std::map<std::pair<Side, Bit>, Literal> leaf_of_;
    std::unordered_map<std::uint64_t, Literal> both_of_;
    std::unordered_map<std::uint32_t, Literal> symbol_leaf_of_;
    mutable std::vector<std::uint64_t> met_;  ///< [node]: the last search that came to it
    mutable std::uint64_t search_ = 0;
    std::vector<Literal> becomes_;  ///< [node]: of the substitution that is made
};

}  // namespace attest::programs::residual
