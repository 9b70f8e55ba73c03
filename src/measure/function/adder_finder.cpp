#include "adder_finder.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>
#include <tuple>

// Adders by the functions of small cuts: what is the sum or the carry of the same leaves.

namespace attest::measure {

namespace {

using circuit::Circuit;
using circuit::Literal;
using circuit::Node;

constexpr std::size_t most_cuts = 20;

/// Up to three nodes that settle another one, and it as a function of them: bit k of the table is its value where leaf j
/// holds bit j of k. Leaves that are not there do not matter.
struct Cut {
    std::array<Node, 3> leaves{};
    std::uint8_t size = 0, table = 0;

    bool operator==(const Cut&) const = default;
};

/// The table of a cut over more leaves.
std::uint8_t spread(const Cut& cut, const Cut& over) {
    std::uint8_t table = 0;
    for (unsigned k = 0; k < 8; ++k) {
        unsigned index = 0;
        for (unsigned j = 0; j < cut.size; ++j)
            for (unsigned i = 0; i < over.size; ++i)
                if (over.leaves[i] == cut.leaves[j]) index |= (k >> i & 1U) << j;
        table = static_cast<std::uint8_t>(table | (cut.table >> index & 1U) << k);
    }
    return table;
}

std::optional<Cut> join(const Cut& a, bool not_a, const Cut& b, bool not_b) {
    Cut cut;
    std::array<Node, 6> all{};
    const auto end = std::set_union(a.leaves.begin(), a.leaves.begin() + a.size, b.leaves.begin(),
                                    b.leaves.begin() + b.size, all.begin());
    const auto count = static_cast<std::size_t>(end - all.begin());
    if (count > 3) return std::nullopt;
    std::copy(all.begin(), end, cut.leaves.begin());
    cut.size = static_cast<std::uint8_t>(count);
    const auto flip = [](std::uint8_t table, bool by) { return static_cast<std::uint8_t>(by ? ~table : table); };
    cut.table = flip(spread(a, cut), not_a) & flip(spread(b, cut), not_b);
    return cut;
}

/// Finds adders in a circuit of ANDs of two.
class Finder {
  public:
    Finder(const Circuit& c, const base::Limits& limits) : c_(c), limits_(limits) {}

    std::vector<Adder> run() {
        std::vector<std::vector<Cut>> cuts(c_.node_count());
        for (Node v = 1; v < c_.node_count(); ++v) {
            if (v % 1024 == 0 && limits_.exceeded()) return {};
            if (v >= c_.first_gate()) {
                cuts[v] = cuts_of(v, cuts);
                for (const Cut& cut : cuts[v]) note(v, cut);
            }
            cuts[v].insert(cuts[v].begin(), {{v}, 1, 0xaa});
        }
        for (const auto& [leaves, sum] : sums_) add_sum(leaves, sum);
        for (const auto& [leaves, carries] : carries_) add_carries(leaves, carries);
        std::erase_if(adders_, [&](const Adder& a) { return a.leaves.size() == 2 && halves_.contains(a.leaves); });
        const std::vector<std::uint32_t> readers = readers_by_node();
        const auto key = [&](const Adder& a) {
            return std::tuple((a.sum ? a.sum : a.carry)->node(), within(a, readers), a.carry ? a.carry->node() : 0);
        };
        std::stable_sort(adders_.begin(), adders_.end(),
                         [&](const Adder& a, const Adder& b) { return key(a) < key(b); });
        return std::move(adders_);
    }

  private:
    using Leaves = std::vector<Node>;
    struct Carry {
        Literal literal;
        std::vector<bool> complemented;
    };

    /// Of x ∧ y and x̄ ∧ ȳ, both parts of an exclusive or, the carry is the one that others read as well.
    bool within(const Adder& a, const std::vector<std::uint32_t>& readers) const {
        if (!a.sum || !a.carry || readers[a.carry->node()] != 1) return false;
        const auto parts = c_.fan_ins(a.sum->node());
        return std::any_of(parts.begin(), parts.end(), [&](Literal l) { return l.node() == a.carry->node(); });
    }
    std::vector<std::uint32_t> readers_by_node() const {
        std::vector<std::uint32_t> readers(c_.node_count(), 0);
        for (Node v = c_.first_gate(); v < c_.node_count(); ++v)
            for (const Literal l : c_.fan_ins(v)) ++readers[l.node()];
        return readers;
    }

    std::vector<Cut> cuts_of(Node v, const std::vector<std::vector<Cut>>& cuts) const {
        const Literal a = c_.fan_ins(v)[0], b = c_.fan_ins(v)[1];
        std::vector<Cut> found;
        for (const Cut& x : cuts[a.node()])
            for (const Cut& y : cuts[b.node()]) {
                const auto cut = join(x, a.complemented(), y, b.complemented());
                if (cut && std::find(found.begin(), found.end(), *cut) == found.end()) found.push_back(*cut);
            }
        // Those of fewest leaves, of these the nearest: where there are too many, the others are least of use.
        std::stable_sort(found.begin(), found.end(), [](const Cut& x, const Cut& y) { return x.size < y.size; });
        if (found.size() > most_cuts) found.resize(most_cuts);
        return found;
    }

    void note(Node v, const Cut& cut) {
        const Leaves leaves(cut.leaves.begin(), cut.leaves.begin() + cut.size);
        const std::uint8_t sum = cut.size == 3 ? 0x96 : 0x66;
        if (cut.size < 2) return;
        if (cut.table == sum || cut.table == static_cast<std::uint8_t>(~sum))
            sums_.emplace(leaves, Literal(v, cut.table != sum));
        for (unsigned complements = 0; complements < 1U << cut.size; ++complements)
            for (const bool negated : {false, true}) {
                std::uint8_t table = 0;
                for (unsigned k = 0; k < 8; ++k) {
                    const unsigned ones =
                        static_cast<unsigned>(__builtin_popcount((k ^ complements) & ((1U << cut.size) - 1)));
                    table = static_cast<std::uint8_t>(table | static_cast<unsigned>((ones >= 2) != negated) << k);
                }
                if (table != cut.table) continue;
                std::vector<bool> by_leaf;
                for (unsigned j = 0; j < cut.size; ++j) by_leaf.push_back((complements >> j & 1U) != 0);
                carries_[leaves].push_back({Literal(v, negated), std::move(by_leaf)});
            }
    }

    void add_sum(const Leaves& leaves, Literal sum) {
        for (const bool never_carries : {false, true})
            adders_.push_back({leaves, std::vector<bool>(leaves.size(), false), sum, {}, never_carries});
    }

    void add_carries(const Leaves& leaves, const std::vector<Carry>& carries) {
        const auto found = sums_.find(leaves);
        for (const Carry& carry : carries) {
            const bool odd = std::count(carry.complemented.begin(), carry.complemented.end(), true) % 2 != 0;
            std::optional<Literal> sum;
            if (found != sums_.end()) sum = found->second ^ odd;
            adders_.push_back({leaves, carry.complemented, sum, carry.literal});
        }
        if (leaves.size() != 3) return;
        for (const auto& [a, b] : {std::pair{0U, 1U}, {0U, 2U}, {1U, 2U}}) halves_.insert({leaves[a], leaves[b]});
    }

    const Circuit& c_;
    const base::Limits& limits_;
    std::map<Leaves, Literal> sums_;
    std::map<Leaves, std::vector<Carry>> carries_;
    std::set<Leaves> halves_;  // two of the leaves of a full adder
    std::vector<Adder> adders_;
};

}  // namespace

std::vector<Adder> find_adders(const Circuit& circuit, const base::Limits& limits) {
    return Finder(circuit, limits).run();
}

}  // namespace attest::measure
