#include "measure/function/adders.hpp"

#include <algorithm>
#include <cstdint>
#include <cstdlib>
#include <map>
#include <set>

#include "adder_finder.hpp"
#include "attest/circuit/builder.hpp"
#include "circuit/and_inverter.hpp"

namespace attest::measure {

namespace {

using circuit::Circuit;
using circuit::Literal;
using circuit::Node;
using Weight = std::int64_t;

constexpr std::size_t most_wires_of_circuit = std::size_t{1} << 20;
constexpr std::size_t most_wires = 16;
constexpr std::uint64_t most_tries = 50'000'000;

/// Σ x as constant + Σ weight · wire, rewritten by adders. Every state of it is an identity between numbers.
class Sum {
  public:
    explicit Sum(std::size_t inputs) : most_(static_cast<Weight>(inputs)) {
        for (std::size_t k = 0; k < inputs; ++k) wires_[static_cast<Node>(k + 1)] = 1;
    }

    const std::map<Node, Weight>& wires() const { return wires_; }
    Weight constant() const { return constant_; }

    /// The value of this wire does not matter: it is a number that no gate tells.
    void release(Node wire) {
        const auto found = wires_.find(wire);
        add_free(found->second);
        wires_.erase(found);
    }

    /// No state of the wires makes the sum less.
    Weight least() const {
        Weight least = constant_;
        for (const auto& [node, weight] : wires_) least += std::min<Weight>(weight, 0);
        return least;
    }

    /// What the wires without gates may add to the others.
    std::vector<Weight> additions() const {
        if (free_.empty()) return {0};
        const Weight most = most_ - least();
        if (most < 0 || most > most_addition) return {};
        std::vector<bool> reached(static_cast<std::size_t>(most) + 1, false);
        reached[0] = true;
        for (const Weight w : free_)
            for (Weight k = most; k >= w; --k)
                if (reached[static_cast<std::size_t>(k - w)]) reached[static_cast<std::size_t>(k)] = true;
        std::vector<Weight> all;
        for (Weight k = 0; k <= most; ++k)
            if (reached[static_cast<std::size_t>(k)]) all.push_back(k);
        return all;
    }

    /// Uses an adder if its leaves stand in the sum with one weight, but for the sign that complements give.
    bool use(const Adder& a) {
        if (!a.carry) return use_without_carry(a);
        Weight t = 0;
        for (std::size_t j = 0; j < a.leaves.size(); ++j) {
            const auto found = wires_.find(a.leaves[j]);
            if (found == wires_.end()) return false;
            const Weight w = a.complemented[j] ? -found->second : found->second;
            if (j > 0 && w != t) return false;
            t = w;
        }
        if (t > most_weight || t < -most_weight) return false;
        for (std::size_t j = 0; j < a.leaves.size(); ++j) {
            wires_.erase(a.leaves[j]);
            if (a.complemented[j]) constant_ -= t;  // t x̄ stands there as t − t x, so that −t x is t x̄ − t
        }
        a.sum ? add(*a.sum, t) : add_free(t);
        add(*a.carry, 2 * t);
        return true;
    }

  private:
    static constexpr Weight most_weight = Weight{1} << 40, most_addition = 1 << 14;

    /// Where a second wire of this weight would make the sum more than it can be, the carry never holds. A wire of weight −t
    /// stands there as its complement, of weight t.
    bool use_without_carry(const Adder& a) {
        Weight t = 0;
        bool odd = false;
        for (const Node leaf : a.leaves) {
            const auto found = wires_.find(leaf);
            if (found == wires_.end()) return false;
            const Weight w = std::abs(found->second);
            if (t != 0 && w != t) return false;
            t = w;
            odd = odd != (found->second < 0);
        }
        const bool never_carries = least() + 2 * t > most_;
        if (t > most_weight || never_carries != a.never_carries) return false;
        for (const Node leaf : a.leaves) {
            const auto found = wires_.find(leaf);
            if (found->second < 0) constant_ -= t;
            wires_.erase(found);
        }
        add(*a.sum ^ odd, t);
        if (!never_carries) add_free(2 * t);
        return true;
    }

    /// A number 0 or t that no gate tells.
    void add_free(Weight t) {
        constant_ += std::min<Weight>(t, 0);
        if (t != 0) free_.push_back(std::abs(t));
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
    std::vector<Weight> free_;  // weights > 0 of wires that have no gate
    Weight constant_ = 0;
    const Weight most_;
};

/// Uses adders as long as one fits, those of the least rank first, of these the deepest first. An adder is looked at again
/// when one of its leaves comes into the sum: a carry may be made long after the sum beside it has been used, so that no order
/// of the adders would do.
class Reduction {
  public:
    Reduction(Sum& sum, const std::vector<Adder>& adders, std::size_t nodes)
        : sum_(sum), adders_(adders), by_leaf_(nodes) {
        for (std::size_t k = 0; k < adders.size(); ++k) {
            waiting_.emplace(adders[k].rank(), k);
            for (const Node leaf : adders[k].leaves) by_leaf_[leaf].push_back(k);
        }
    }

    /// False: too much work.
    bool run(const base::Limits& limits) {
        std::uint64_t tries = 0;
        for (bool used = false;;) {
            if (++tries > most_tries || (tries % 4096 == 0 && limits.exceeded())) return false;
            if (used && (waiting_.empty() || waiting_.begin()->first >= Adder::least_guess)) {
                used = false;
                look_at_sums();
            }
            if (waiting_.empty()) return true;
            const Adder& a = adders_[waiting_.begin()->second];
            waiting_.erase(waiting_.begin());
            if (!sum_.use(a)) continue;
            used = true;
            for (const auto& made : {a.sum, a.carry})
                if (made) look_at(made->node());
        }
    }

  private:
    /// Whether two wires may hold at once depends on the whole sum.
    void look_at_sums() {
        for (std::size_t k = 0; k < adders_.size(); ++k)
            if (adders_[k].never_carries) waiting_.emplace(adders_[k].rank(), k);
    }
    void look_at(Node wire) {
        for (const std::size_t k : by_leaf_[wire]) waiting_.emplace(adders_[k].rank(), k);
    }

    Sum& sum_;
    const std::vector<Adder>& adders_;
    std::vector<std::vector<std::size_t>> by_leaf_;
    std::set<std::pair<unsigned, std::size_t>> waiting_;
};

/// The root as a function of the wires; nothing if it reads an input beside them.
class OnWires {
  public:
    OnWires(const Circuit& c, Literal root, const std::map<Node, Weight>& wires) : c_(c), root_(root) {
        values_.assign(c.node_count(), false);
        std::vector<bool> seen(c.node_count(), false);
        std::vector<Node> rest{root.node()};
        seen[root.node()] = true;
        while (!rest.empty()) {
            const Node v = rest.back();
            rest.pop_back();
            if (v == 0) continue;
            if (wires.contains(v)) {
                wires_.push_back(v);
                continue;
            }
            if (v < c.first_gate()) closed_ = false;
            if (v < c.first_gate()) continue;
            gates_.push_back(v);
            for (const Literal l : c.fan_ins(v))
                if (!seen[l.node()]) seen[l.node()] = true, rest.push_back(l.node());
        }
        std::sort(gates_.begin(), gates_.end());
        std::sort(wires_.begin(), wires_.end());
    }

    bool closed() const { return closed_; }
    /// Those that the root reads, in order.
    const std::vector<Node>& wires() const { return wires_; }
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

std::optional<std::vector<bool>> values_by_sum(const Circuit& c, Literal root, Sum sum, const base::Limits& limits) {
    OnWires function(c, root, sum.wires());
    if (!function.closed() || function.wires().size() > most_wires) return std::nullopt;
    for (const auto& [node, weight] : std::map(sum.wires()))
        if (!std::binary_search(function.wires().begin(), function.wires().end(), node)) sum.release(node);
    std::vector<std::optional<bool>> values(c.input_count() + 1);
    const std::vector<Weight> additions = sum.additions();
    for (std::uint32_t bits = 0; bits < 1U << sum.wires().size(); ++bits) {
        if (bits % 256 == 0 && limits.exceeded()) return std::nullopt;
        Weight total = sum.constant();
        std::uint32_t rest = bits;
        for (const auto& [node, weight] : sum.wires()) {
            if ((rest & 1U) != 0) total += weight;
            rest >>= 1;
        }
        const bool value = function.value(bits);
        for (const Weight more : additions) {
            if (total + more < 0 || total + more > static_cast<Weight>(c.input_count()))
                continue;  // no input leads there
            auto& known = values[static_cast<std::size_t>(total + more)];
            if (known && *known != value) return std::nullopt;
            known = value;
        }
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
    const std::vector<Adder> adders = find_adders(binary.circuit, limits);
    Sum sum(circuit.input_count());
    if (!Reduction(sum, adders, binary.circuit.node_count()).run(limits)) return std::nullopt;
    return values_by_sum(binary.circuit, image, sum, limits);
}

}  // namespace attest::measure
