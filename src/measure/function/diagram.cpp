#include "measure/function/diagram.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <numeric>
#include <optional>
#include <unordered_map>

#include "bdd_session.hpp"
#include "circuit/gates.hpp"
#include "circuit/structure.hpp"

// BuDDy builds; what is kept is a copy of the nodes that the root reaches.

namespace attest::measure {

namespace {

using circuit::Circuit;
using circuit::Literal;
using circuit::Node;

constexpr std::size_t few_nodes = 1 << 16;
/// Of more positions only diagrams of few nodes are built: one operation on greater ones recurs so deep that the library's cache
/// forgets what it will be asked again, and may go on for hours without looking at a limit.
constexpr std::size_t many_positions = 256;

/// The gates of a cone, built one after the other; what no later gate reads is given back.
class Build {
  public:
    Build(const Circuit& circuit, Literal root, const std::vector<unsigned>& order, const base::Limits& limits)
        : circuit_(circuit), root_(root), order_(order), limits_(limits) {}

    /// Nothing if the nodes do not suffice or a limit is reached.
    std::optional<Diagram> run(std::size_t most_nodes) {
        const BddSession session(circuit_.input_count() == 0 ? 1 : static_cast<unsigned>(circuit_.input_count()),
                                 most_nodes);
        values_.assign(circuit_.node_count(), bdd());  // after the start and before the end of the session
        std::optional<Diagram> result;
        if (build()) result = copy(value(root_));
        values_.clear();
        return result;
    }

  private:
    bdd value(Literal l) const { return l.complemented() ? !values_[l.node()] : values_[l.node()]; }

    bool build() {
        const std::vector<bool> needed = circuit::cone_of(circuit_, std::span(&root_, 1));
        std::vector<std::uint32_t> readers(circuit_.node_count(), 0);
        ++readers[root_.node()];
        for (Node v = circuit_.first_gate(); v < circuit_.node_count(); ++v)
            if (needed[v])
                for (const Literal l : circuit_.fan_ins(v)) ++readers[l.node()];
        values_[0] = bddfalse;
        for (std::size_t level = 0; level < order_.size(); ++level)
            values_[circuit_.input(order_[level] - 1)] = bdd_ithvar(static_cast<int>(level));
        for (Node v = circuit_.first_gate(); v < circuit_.node_count(); ++v) {
            if (!needed[v]) continue;
            if (!gate(v)) return false;
            for (const Literal l : circuit_.fan_ins(v))
                if (--readers[l.node()] == 0) values_[l.node()] = bddfalse;
        }
        return true;
    }

    bool gate(Node v) {
        return circuit::visit_gate(
            circuit_, v,
            [&](circuit::Conjunction g) { return fold(v, g.of, [](bdd& all, const bdd& x) { all &= x; }); },
            [&](circuit::ExclusiveOr g) { return fold(v, g.of, [](bdd& sum, const bdd& x) { sum ^= x; }); });
    }

    template <typename Join>
    bool fold(Node v, std::span<const Literal> in, const Join& join) {
        bdd result = value(in[0]);
        for (std::size_t k = 1; k < in.size(); ++k) {
            join(result, value(in[k]));
            if (BddSession::failed() || limits_.exceeded()) return false;
        }
        values_[v] = result;
        return true;
    }

    Diagram copy(const bdd& root) const {
        Diagram d;
        d.position = order_;
        const auto constants = static_cast<std::uint32_t>(order_.size());
        d.nodes = {{constants, 0, 0}, {constants, 1, 1}};
        std::unordered_map<int, Diagram::Index> known{{bdd(bddfalse).id(), 0}, {bdd(bddtrue).id(), 1}};
        std::vector<bdd> stack{root};
        while (!stack.empty()) {
            const bdd at = stack.back();
            if (known.contains(at.id())) {
                stack.pop_back();
                continue;
            }
            const bdd low = bdd_low(at), high = bdd_high(at);
            const auto l = known.find(low.id()), h = known.find(high.id());
            if (l != known.end() && h != known.end()) {
                known.emplace(at.id(), static_cast<Diagram::Index>(d.nodes.size()));
                d.nodes.push_back({static_cast<std::uint32_t>(bdd_var(at)), l->second, h->second});
                stack.pop_back();
                continue;
            }
            if (l == known.end()) stack.push_back(low);
            if (h == known.end()) stack.push_back(high);
        }
        d.root = known.at(root.id());
        return d;
    }

    const Circuit& circuit_;
    Literal root_;
    const std::vector<unsigned>& order_;
    const base::Limits& limits_;
    std::vector<bdd> values_;
};

/// The positions as a walk from the root meets them, then those that it does not meet.
std::vector<unsigned> order_of_reading(const Circuit& circuit, Literal root) {
    std::vector<unsigned> order;
    std::vector<bool> seen(circuit.node_count(), false);
    std::vector<Node> stack{root.node()};
    while (!stack.empty()) {
        const Node v = stack.back();
        stack.pop_back();
        if (v == 0 || seen[v]) continue;
        seen[v] = true;
        if (circuit.kind(v) == circuit::GateKind::input) {
            order.push_back(static_cast<unsigned>(v));
            continue;
        }
        const auto in = circuit.fan_ins(v);
        for (std::size_t k = in.size(); k-- > 0;) stack.push_back(in[k].node());
    }
    for (unsigned i = 1; i <= circuit.input_count(); ++i)
        if (!seen[circuit.input(i - 1)]) order.push_back(i);
    return order;
}

std::vector<std::vector<unsigned>> orders(const Circuit& circuit, Literal root) {
    const auto n = static_cast<unsigned>(circuit.input_count());
    std::vector<unsigned> as_they_stand(n), inwards;
    std::iota(as_they_stand.begin(), as_they_stand.end(), 1);
    for (unsigned i = 1; i <= n - n / 2; ++i) {
        inwards.push_back(i);
        if (n + 1 - i != i) inwards.push_back(n + 1 - i);
    }
    return {order_of_reading(circuit, root), as_they_stand, inwards};
}

}  // namespace

bool Diagram::evaluate(const std::vector<bool>& input) const {
    Index at = root;
    while (at > 1) at = input[position[nodes[at].level] - 1] ? nodes[at].high : nodes[at].low;
    return at == 1;
}

std::variant<Diagram, verdict::Undecided> diagram(const Circuit& circuit, Literal root, const DiagramOptions& options,
                                                  const base::Limits& limits) {
    // BuDDy takes about 20 bytes a node, and its caches an eighth of that.
    const std::size_t fit = std::min(options.most_nodes, limits.memory_bytes / 32);
    const std::size_t most = circuit.input_count() > many_positions ? std::min(fit, few_nodes) : fit;
    const auto all = orders(circuit, root);
    std::vector<std::size_t> sizes{std::min(few_nodes, most)};
    if (most > few_nodes) sizes.push_back(most);
    for (const std::size_t nodes : sizes) {
        for (const auto& order : all) {
            if (auto found = Build(circuit, root, order, limits).run(nodes)) return std::move(*found);
            if (const auto limit = limits.exceeded())
                return verdict::Undecided{verdict::reason_of(*limit), "in the middle of a decision diagram"};
        }
    }
    return verdict::Undecided{verdict::Reason::memory, fmt::format("no decision diagram of {} nodes at once", most)};
}

}  // namespace attest::measure
