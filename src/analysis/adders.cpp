#include "attest/analysis/adders.hpp"

#include <algorithm>
#include <array>
#include <cstdint>
#include <map>
#include <set>

#include "attest/circuit/and_inverter.hpp"
#include "attest/circuit/builder.hpp"

namespace attest::analysis {

namespace {

using circuit::Circuit;
using circuit::Literal;
using circuit::Node;
using Weight = std::int64_t;

constexpr std::size_t most_wires_of_circuit = std::size_t{1} << 20;
constexpr std::size_t most_cuts = 20;
constexpr std::size_t most_wires = 16;
constexpr std::uint64_t most_tries = 50'000'000;

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
    const auto end = std::set_union(a.leaves.begin(), a.leaves.begin() + a.size, b.leaves.begin(), b.leaves.begin() + b.size, all.begin());
    const auto count = static_cast<std::size_t>(end - all.begin());
    if (count > 3) return std::nullopt;
    std::copy(all.begin(), end, cut.leaves.begin());
    cut.size = static_cast<std::uint8_t>(count);
    const auto flip = [](std::uint8_t table, bool by) { return static_cast<std::uint8_t>(by ? ~table : table); };
    cut.table = flip(spread(a, cut), not_a) & flip(spread(b, cut), not_b);
    return cut;
}

/// a' + b' + c' = sum + 2 carry, where a' is the leaf a or 1 − a; for two leaves without c.
struct Adder {
    std::vector<Node> leaves;
    std::vector<bool> complemented;  ///< by leaf
    Literal sum, carry;
    bool has_carry = true;           ///< false: only the sum is there

    /// Which are used first: the parts of a full adder look like half adders, and must not be taken for them.
    unsigned rank() const { return (has_carry ? 0U : 2U) + (leaves.size() == 3 ? 0U : 1U); }
};
constexpr unsigned ranks = 4;

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
        for (const auto& [leaves, sum] : sums_) pair(leaves, sum);
        std::erase_if(adders_, [&](const Adder& a) { return a.leaves.size() == 2 && halves_.contains(a.leaves); });
        std::stable_sort(adders_.begin(), adders_.end(), [](const Adder& a, const Adder& b) { return last(a) < last(b); });
        return std::move(adders_);
    }

  private:
    using Leaves = std::vector<Node>;
    struct Carry {
        Literal literal;
        std::vector<bool> complemented;
    };

    static Node last(const Adder& a) { return a.has_carry ? std::max(a.sum.node(), a.carry.node()) : a.sum.node(); }

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
        if (cut.table == sum || cut.table == static_cast<std::uint8_t>(~sum)) sums_.emplace(leaves, Literal(v, cut.table != sum));
        for (unsigned complements = 0; complements < 1U << cut.size; ++complements)
            for (const bool negated : {false, true}) {
                std::uint8_t table = 0;
                for (unsigned k = 0; k < 8; ++k) {
                    const unsigned ones = static_cast<unsigned>(__builtin_popcount((k ^ complements) & ((1U << cut.size) - 1)));
                    table = static_cast<std::uint8_t>(table | static_cast<unsigned>((ones >= 2) != negated) << k);
                }
                if (table != cut.table) continue;
                std::vector<bool> by_leaf;
                for (unsigned j = 0; j < cut.size; ++j) by_leaf.push_back((complements >> j & 1U) != 0);
                carries_[leaves].push_back({Literal(v, negated), std::move(by_leaf)});
            }
    }

    void pair(const Leaves& leaves, Literal sum) {
        if (const auto found = carries_.find(leaves); found != carries_.end())
            for (const Carry& carry : found->second) {
                const bool odd = std::count(carry.complemented.begin(), carry.complemented.end(), true) % 2 != 0;
                adders_.push_back({leaves, carry.complemented, sum ^ odd, carry.literal});
                if (leaves.size() != 3) continue;
                for (const auto& [a, b] : {std::pair{0, 1}, {0, 2}, {1, 2}}) halves_.insert({leaves[static_cast<std::size_t>(a)], leaves[static_cast<std::size_t>(b)]});
            }
        adders_.push_back({leaves, std::vector<bool>(leaves.size(), false), sum, {}, false});
    }

    const Circuit& c_;
    const base::Limits& limits_;
    std::map<Leaves, Literal> sums_;
    std::map<Leaves, std::vector<Carry>> carries_;
    std::set<Leaves> halves_;  // two of the leaves of a full adder
    std::vector<Adder> adders_;
};

/// Σ x as constant + Σ weight · wire, rewritten by adders. Every state of it is an identity between numbers.
class Sum {
  public:
    explicit Sum(std::size_t inputs) : most_(static_cast<Weight>(inputs)) {
        for (std::size_t k = 0; k < inputs; ++k) wires_[static_cast<Node>(k + 1)] = 1;
    }

    const std::map<Node, Weight>& wires() const { return wires_; }
    Weight constant() const { return constant_; }

    /// Uses an adder if its leaves stand in the sum with one weight, but for the sign that complements give.
    bool use(const Adder& a) {
        Weight t = 0;
        for (std::size_t j = 0; j < a.leaves.size(); ++j) {
            const auto found = wires_.find(a.leaves[j]);
            if (found == wires_.end()) return false;
            const Weight w = a.complemented[j] ? -found->second : found->second;
            if (j > 0 && w != t) return false;
            t = w;
        }
        if (!a.has_carry && !at_most_one(t)) return false;
        if (t > most_weight || t < -most_weight) return false;
        for (std::size_t j = 0; j < a.leaves.size(); ++j) {
            wires_.erase(a.leaves[j]);
            if (a.complemented[j]) constant_ -= t;  // t x̄ stands there as t − t x, so that −t x is t x̄ − t
        }
        add(a.sum, t);
        if (a.has_carry) add(a.carry, 2 * t);
        return true;
    }

  private:
    static constexpr Weight most_weight = Weight{1} << 40;

    /// Whether two wires of this weight would make the sum more than it can be.
    bool at_most_one(Weight t) const {
        const bool all_positive = constant_ >= 0 && std::all_of(wires_.begin(), wires_.end(), [](const auto& wire) { return wire.second > 0; });
        return all_positive && t > 0 && 2 * t + constant_ > most_;
    }

    void add(Literal literal, Weight t) {
        Weight w = t;
        if (literal.complemented()) constant_ += t, w = -t;
        if (literal.node() == 0) return;  // the constant false
        Weight& at = wires_[literal.node()];
        at += w;
        if (at == 0) wires_.erase(literal.node());
    }

    std::map<Node, Weight> wires_;
    Weight constant_ = 0;
    const Weight most_;
};

/// Uses adders as long as one fits, those of the least rank first. False: too much work.
bool reduce(Sum& sum, const std::vector<Adder>& adders, const base::Limits& limits) {
    std::vector<const Adder*> by_rank[ranks];
    for (const Adder& a : adders) by_rank[a.rank()].push_back(&a);
    std::uint64_t tries = 0;
    for (unsigned rank = 0; rank < ranks;) {
        bool used = false;
        for (const Adder* a : by_rank[rank]) {
            if (++tries > most_tries || (tries % 4096 == 0 && limits.exceeded())) return false;
            used = sum.use(*a);
            if (used && rank > 0) break;  // one of those of a lower rank may fit now
        }
        if (rank == 0) used = false;  // in topological order, one pass is enough for those of the least
        rank = used ? 0 : rank + 1;
    }
    return true;
}

/// The root as a function of the wires; nothing if it reads an input beside them.
class OnWires {
  public:
    OnWires(const Circuit& c, Literal root, const std::map<Node, Weight>& wires) : c_(c), root_(root) {
        values_.assign(c.node_count(), false);
        for (const auto& [node, weight] : wires) wires_.push_back(node);
        std::vector<bool> seen(c.node_count(), false);
        std::vector<Node> rest{root.node()};
        seen[root.node()] = true;
        while (!rest.empty()) {
            const Node v = rest.back();
            rest.pop_back();
            if (v == 0 || std::binary_search(wires_.begin(), wires_.end(), v)) continue;
            if (v < c.first_gate()) closed_ = false;
            if (v < c.first_gate()) continue;
            gates_.push_back(v);
            for (const Literal l : c.fan_ins(v))
                if (!seen[l.node()]) seen[l.node()] = true, rest.push_back(l.node());
        }
        std::sort(gates_.begin(), gates_.end());
    }

    bool closed() const { return closed_; }
    /// By bits of the wires in order.
    bool value(std::uint32_t bits) {
        for (std::size_t j = 0; j < wires_.size(); ++j) values_[wires_[j]] = (bits >> j & 1U) != 0;
        for (const Node v : gates_) values_[v] = of(c_.fan_ins(v)[0]) && of(c_.fan_ins(v)[1]);
        return of(root_);
    }

  private:
    bool of(Literal l) const { return values_[l.node()] != l.complemented(); }

    const Circuit& c_;
    Literal root_;
    std::vector<Node> wires_, gates_;
    std::vector<bool> values_;
    bool closed_ = true;
};

std::optional<std::vector<bool>> values_by_sum(const Circuit& c, Literal root, const Sum& sum, const base::Limits& limits) {
    if (sum.wires().size() > most_wires) return std::nullopt;
    OnWires function(c, root, sum.wires());
    if (!function.closed()) return std::nullopt;
    std::vector<std::optional<bool>> values(c.input_count() + 1);
    for (std::uint32_t bits = 0; bits < 1U << sum.wires().size(); ++bits) {
        if (bits % 256 == 0 && limits.exceeded()) return std::nullopt;
        Weight total = sum.constant();
        std::uint32_t rest = bits;
        for (const auto& [node, weight] : sum.wires()) {
            if ((rest & 1U) != 0) total += weight;
            rest >>= 1;
        }
        if (total < 0 || total > static_cast<Weight>(c.input_count())) continue;  // no input leads there
        const bool value = function.value(bits);
        auto& known = values[static_cast<std::size_t>(total)];
        if (known && *known != value) return std::nullopt;
        known = value;
    }
    std::vector<bool> result;
    for (const auto& value : values) {
        if (!value) return std::nullopt;
        result.push_back(*value);
    }
    return result;
}

}  // namespace

std::optional<std::vector<bool>> values_of_sum(const Circuit& circuit, Literal root, const base::Limits& limits) {
    if (circuit.wire_count() > most_wires_of_circuit) return std::nullopt;
    std::vector<Literal> roots{root};
    Circuit alone = cone(circuit, roots);
    alone.add_output("root", roots[0]);
    const circuit::Transformed binary = and_inverter(alone);
    const Literal image = binary.circuit.outputs().back().literal;
    const std::vector<Adder> adders = Finder(binary.circuit, limits).run();
    Sum sum(circuit.input_count());
    if (!reduce(sum, adders, limits)) return std::nullopt;
    return values_by_sum(binary.circuit, image, sum, limits);
}

}  // namespace attest::analysis
