#include "measure/function/disjoint.hpp"

#include <algorithm>
#include <map>
#include <numeric>

#include "attest/circuit/builder.hpp"
#include "attest/measure/function/shape.hpp"
#include "attest/measure/function/transform.hpp"
#include "circuit/substitute.hpp"
#include "measure/function/block_sensitivity.hpp"
#include "measure/function/subcubes.hpp"

// Let f = g1 ∧ g2 ∧ … on disjoint positions, no part constant.
//   A minimal sensitive block makes just one part change, if all parts hold: blocks, sensitive positions and certificates of such an
//   input are those of the parts together. If exactly one part fails, they are those of that part, the others being left
//   alone; if several fail, a block must mend all of them and a certificate shows one of them, so that neither is greater
//   than with one of these alone. Hence on accepted inputs the parts' measures add up, on rejected ones the greatest counts
//   (for the least certificate: the least).
//   Decision trees: whoever answers keeps each part undecided up to its last question and then lets it hold, so that depths add up.
//   Degree: f is the product of polynomials in disjoint variables.
// Disjunctions are the same for the complements. For f = g1 ⊕ g2 ⊕ … a minimal block changes one part, a certificate shows all, and
// a decision tree must decide all: everything adds up, whatever the values of the parts are.

namespace attest::measure {

namespace {

using circuit::Literal;
using Side = DisjointMeasures::Side;
using Sides = std::array<std::optional<Side>, 2>;

constexpr std::size_t most_gates = std::size_t{1} << 20;
constexpr unsigned most_nested = 64;

/// What the positions of the second one add to the first.
Reached together(const Reached& a, const Reached& b) {
    Reached both{a.value + b.value, a.input, a.blocks};
    for (std::size_t i = 0; i < both.input.size(); ++i) both.input[i] = both.input[i] || b.input[i];
    both.blocks.insert(both.blocks.end(), b.blocks.begin(), b.blocks.end());
    std::sort(both.blocks.begin(), both.blocks.end());
    return both;
}
Side together(const Side& a, const Side& b) {
    return {together(a.sensitivity, b.sensitivity), together(a.block_sensitivity, b.block_sensitivity),
            together(a.certificate, b.certificate), together(a.least_certificate, b.least_certificate)};
}

/// The number of `a` where the other part has any input with a value.
Reached beside(const Reached& a, const Side& other) {
    Reached only = together(a, {0, other.sensitivity.input, {}});
    only.value = a.value;
    return only;
}
Side beside(const Side& a, const Side& other) {
    return {beside(a.sensitivity, other), beside(a.block_sensitivity, other), beside(a.certificate, other),
            beside(a.least_certificate, other)};
}

Side better(const Side& a, const Side& b) {
    const auto greater = [](const Reached& x, const Reached& y) { return y.value > x.value ? y : x; };
    return {greater(a.sensitivity, b.sensitivity), greater(a.block_sensitivity, b.block_sensitivity),
            greater(a.certificate, b.certificate),
            b.least_certificate.value < a.least_certificate.value ? b.least_certificate : a.least_certificate};
}

DisjointMeasures conjunction(const DisjointMeasures& a, const DisjointMeasures& b) {
    DisjointMeasures both{{}, a.decision_tree_depth + b.decision_tree_depth, a.degree + b.degree, a.parts + b.parts};
    both.sides[1] = together(*a.sides[1], *b.sides[1]);
    both.sides[0] = better(beside(*a.sides[0], *b.sides[1]), beside(*b.sides[0], *a.sides[1]));
    return both;
}

DisjointMeasures sum(const DisjointMeasures& a, const DisjointMeasures& b) {
    DisjointMeasures both{{}, a.decision_tree_depth + b.decision_tree_depth, a.degree + b.degree, a.parts + b.parts};
    both.sides[0] = better(together(*a.sides[0], *b.sides[0]), together(*a.sides[1], *b.sides[1]));
    both.sides[1] = better(together(*a.sides[0], *b.sides[1]), together(*a.sides[1], *b.sides[0]));
    return both;
}

class Decomposition {
  public:
    Decomposition(const circuit::Circuit& circuit, Literal root, const DisjointOptions& options,
                  const base::Limits& limits)
        : options_(options), limits_(limits), n_(circuit.input_count()), builder_(limits.memory_bytes) {
        std::vector<Literal> inputs;
        for (std::size_t k = 0; k < n_; ++k) inputs.push_back(builder_.add_input(circuit.input_name(k)));
        root_ = substitute(builder_, circuit, inputs, std::vector<Literal>{root})[0];
    }

    std::optional<DisjointMeasures> run() {
        if (builder_.exhausted()) return std::nullopt;
        const auto result = measure(root_, 0);
        return result && result->parts > 1 ? result : std::nullopt;
    }

  private:
    const circuit::Circuit& circuit() const { return builder_.circuit(); }

    std::optional<DisjointMeasures> measure(Literal f, unsigned depth) {
        if (limits_.exceeded() || f.node() == 0 || depth > most_nested) return std::nullopt;
        const bool is_sum = circuit().kind(f.node()) == circuit::GateKind::exclusive_or;
        const bool complemented = f.complemented();
        const std::vector<Literal> parts = parts_of(Literal(f.node(), false), is_sum);
        std::optional<DisjointMeasures> whole;
        if (parts.size() < 2) {
            whole = tabulated(Literal(f.node(), false));
        } else {
            for (const Literal part : parts) {
                const auto next = measure(part, depth + 1);
                if (!next) return std::nullopt;
                whole = !whole ? *next : is_sum ? sum(*whole, *next) : conjunction(*whole, *next);
            }
        }
        if (whole && complemented) std::swap(whole->sides[0], whole->sides[1]);
        return whole;
    }

    /// The fan-ins of a gate through gates of its kind, put together where they read a common position.
    std::vector<Literal> parts_of(Literal gate, bool is_sum) {
        if (gate.node() < circuit().first_gate()) return {};
        const auto kind = circuit().kind(gate.node());
        std::vector<Literal> rest{gate}, leaves;
        bool odd = false;
        while (!rest.empty()) {
            const Literal l = rest.back();
            rest.pop_back();
            const bool open =
                l.node() >= circuit().first_gate() && circuit().kind(l.node()) == kind && (is_sum || !l.complemented());
            if (!open) leaves.push_back(l);
            if (!open) continue;
            odd ^= is_sum && l.complemented();
            for (const Literal in : circuit().fan_ins(l.node())) rest.push_back(in);
        }
        std::sort(leaves.begin(), leaves.end());
        std::map<std::size_t, std::vector<Literal>> groups = grouped(leaves);
        if (groups.size() < 2) return {};
        std::vector<Literal> parts;
        for (auto& [first, group] : groups) {
            Literal part = group.front();
            for (std::size_t k = 1; is_sum && k < group.size(); ++k) part = builder_.exclusive_or(part, group[k]);
            parts.push_back(is_sum ? part : builder_.conjunction(group));
        }
        parts.front() = parts.front() ^ odd;
        return parts;
    }

    std::map<std::size_t, std::vector<Literal>> grouped(const std::vector<Literal>& leaves) {
        std::vector<std::size_t> parent(n_);
        std::iota(parent.begin(), parent.end(), std::size_t{0});
        const auto top = [&](std::size_t i) {
            while (parent[i] != i) i = parent[i] = parent[parent[i]];
            return i;
        };
        std::vector<std::size_t> first;
        for (const Literal l : leaves) {
            const std::vector<std::size_t> reads = support(l);
            first.push_back(reads.empty() ? 0 : reads.front());
            for (const std::size_t i : reads) parent[top(i)] = top(first.back());
        }
        std::map<std::size_t, std::vector<Literal>> groups;
        for (std::size_t k = 0; k < leaves.size(); ++k) groups[top(first[k])].push_back(leaves[k]);
        return groups;
    }

    /// The positions (from 0) that a literal's circuit holds, ascending.
    std::vector<std::size_t> support(Literal l) const {
        std::vector<bool> seen(circuit().node_count(), false);
        std::vector<circuit::Node> rest{l.node()};
        std::vector<std::size_t> inputs;
        while (!rest.empty()) {
            const circuit::Node v = rest.back();
            rest.pop_back();
            if (v == 0 || seen[v]) continue;
            seen[v] = true;
            if (v < circuit().first_gate()) inputs.push_back(v - 1);
            else
                for (const Literal in : circuit().fan_ins(v)) rest.push_back(in.node());
        }
        std::sort(inputs.begin(), inputs.end());
        return inputs;
    }

    std::optional<DisjointMeasures> tabulated(Literal f) {
        const std::vector<std::size_t> reads = support(f);
        if (reads.size() > options_.most_variables) return std::nullopt;
        circuit::Builder small(limits_.memory_bytes);
        std::vector<Literal> inputs(n_, circuit::bottom);
        for (const std::size_t i : reads) inputs[i] = small.add_input(circuit().input_name(i));
        const Literal root = substitute(small, circuit(), inputs, std::vector<Literal>{f})[0];
        auto table = measure::tabulate(small.circuit(), root, 1, limits_);
        if (!std::holds_alternative<TruthTable>(table)) return std::nullopt;
        const std::vector<unsigned> relevant = shape(std::get<TruthTable>(table)).relevant_positions();
        if (relevant.empty()) return std::nullopt;
        std::vector<std::size_t> positions;
        for (const unsigned p : relevant) positions.push_back(reads[p - 1]);
        return measures_of(keep_positions(std::get<TruthTable>(table), relevant), positions);
    }

    std::optional<DisjointMeasures> measures_of(const TruthTable& g, const std::vector<std::size_t>& positions) const {
        const auto found = certificates(g, limits_);
        if (!std::holds_alternative<Certificates>(found)) return std::nullopt;
        const auto& c = std::get<Certificates>(found);
        const BlockSensitivity b = block_sensitivity(g, c.by_input, options_.most_steps, limits_);
        const auto depth = decision_tree_depth(g, limits_);
        const auto degree = real_degree(g, 1, limits_);
        if (b.unfinished || !std::holds_alternative<unsigned>(depth) || !std::holds_alternative<unsigned>(degree))
            return std::nullopt;
        const Sensitivity s = sensitivity(g);
        DisjointMeasures result{{}, std::get<unsigned>(depth), std::get<unsigned>(degree), 1};
        for (std::size_t v = 0; v < 2; ++v) {
            Side& side = result.sides[v].emplace();
            side.sensitivity = reached(s.most[v]->value, s.most[v]->input, positions);
            side.certificate = reached(c.most[v]->value, c.most[v]->input, positions);
            side.block_sensitivity = reached(b.sides[v]->lower, b.sides[v]->at, positions);
            for (const Input block : b.sides[v]->blocks)
                side.block_sensitivity.blocks.push_back(positions_of(block, positions));
            side.least_certificate = least(g, c, v == 1, positions);
        }
        return result;
    }

    Reached least(const TruthTable& g, const Certificates& c, bool value,
                  const std::vector<std::size_t>& positions) const {
        std::optional<Input> at;
        for (std::uint64_t x = 0; x < g.size(); ++x)
            if (g[static_cast<Input>(x)] == value && (!at || c.by_input[x] < c.by_input[*at]))
                at = static_cast<Input>(x);
        return reached(c.by_input[*at], *at, positions);
    }

    Reached reached(unsigned value, Input x, const std::vector<std::size_t>& positions) const {
        Reached r{value, std::vector<bool>(n_, false), {}};
        for (const unsigned p : positions_of(x, positions)) r.input[p - 1] = true;
        return r;
    }
    /// The positions (from 1) of the ones of an input of a part.
    static std::vector<unsigned> positions_of(Input x, const std::vector<std::size_t>& positions) {
        const auto m = static_cast<unsigned>(positions.size());
        std::vector<unsigned> ones;
        for (unsigned i = 1; i <= m; ++i)
            if ((x >> bit_of(i, m) & 1U) != 0) ones.push_back(static_cast<unsigned>(positions[i - 1] + 1));
        return ones;
    }

    const DisjointOptions& options_;
    const base::Limits& limits_;
    const std::size_t n_;
    circuit::Builder builder_;
    Literal root_;
};

}  // namespace

std::optional<DisjointMeasures> disjoint_measures(const circuit::Circuit& circuit, Literal root,
                                                  const DisjointOptions& options, const base::Limits& limits) {
    if (circuit.wire_count() > most_gates) return std::nullopt;
    return Decomposition(circuit, root, options, limits).run();
}

}  // namespace attest::measure
