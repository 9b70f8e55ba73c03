#include <algorithm>

#include "attest/circuit/builder.hpp"
#include "measure/function/diagram.hpp"
#include "studies/reliability_ways.hpp"

// "There is a path" as a circuit, by rounds of a search, then as a decision diagram over the edges. Sets are counted by size with
// x for an edge that is there and 1 for one that is not: below a node, Σ x^(edges there) over what is left; above it, the
// same over what led to it. Polynomials in x are kept as whole numbers, their value at x = 2^B with 2^B more than any
// coefficient can be, so that one multiplication of whole numbers multiplies two of them, and the coefficients are read off the
// bits at the end.

namespace attest::studies {

namespace {

using circuit::Literal;
using measure::Diagram;

/// The edges in the order in which a search from the query's start meets them: near ones are near in the diagram, too.
std::vector<std::size_t> search_order(const KnowledgeGraph& graph) {
    std::vector<std::size_t> order, queue = {graph.query->first};
    std::vector<bool> seen(graph.vertices.size(), false), taken(graph.edges.size(), false);
    seen[queue.front()] = true;
    for (std::size_t head = 0; head < queue.size(); ++head)
        for (std::size_t e = 0; e < graph.edges.size(); ++e) {
            const auto [from, to] = graph.edges[e];
            if (taken[e] || (from != queue[head] && (graph.directed || to != queue[head]))) continue;
            taken[e] = true, order.push_back(e);
            const std::size_t next = from == queue[head] ? to : from;
            if (!seen[next]) seen[next] = true, queue.push_back(next);
        }
    for (std::size_t e = 0; e < graph.edges.size(); ++e)
        if (!taken[e]) order.push_back(e);
    return order;
}

struct PathCircuit {
    circuit::Builder builder;
    Literal connected;
    std::vector<std::size_t> order;  ///< the edge of each input
};

PathCircuit path_circuit(const KnowledgeGraph& graph, std::size_t most_bytes) {
    PathCircuit path{circuit::Builder(most_bytes), circuit::bottom, search_order(graph)};
    std::vector<Literal> there(graph.edges.size());
    for (const std::size_t e : path.order) there[e] = path.builder.add_input(graph.spell(graph.edges[e]));
    std::vector<Literal> reached(graph.vertices.size(), circuit::bottom);
    reached[graph.query->first] = circuit::top;
    for (std::size_t round = 1; round < graph.vertices.size() && !path.builder.exhausted(); ++round) {
        std::vector<std::vector<Literal>> ways(graph.vertices.size());
        for (std::size_t v = 0; v < reached.size(); ++v) ways[v].push_back(reached[v]);
        for (std::size_t e = 0; e < graph.edges.size(); ++e) {
            const auto [from, to] = graph.edges[e];
            ways[to].push_back(path.builder.conjunction({there[e], reached[from]}));
            if (!graph.directed) ways[from].push_back(path.builder.conjunction({there[e], reached[to]}));
        }
        std::vector<Literal> next;
        for (const std::vector<Literal>& way : ways) next.push_back(path.builder.disjunction(way));
        if (next == reached) break;
        reached = std::move(next);
    }
    path.connected = reached[graph.query->second];
    return path;
}

/// Sums of x^(edges there) over a diagram, as whole numbers at x = 2^B.
class PackedSums {
  public:
    explicit PackedSums(const Diagram& diagram)
        : diagram_(diagram),
          bits_(diagram.variables() + 1),
          below_(diagram.nodes.size()),
          above_(diagram.nodes.size()) {
        free_.emplace_back(1);
        for (unsigned k = 0; k < diagram.variables(); ++k) free_.push_back(free_.back() + (free_.back() << bits_));
    }

    /// False where a limit came first.
    bool run(const base::Limits& limits, std::vector<mpz_class>& deciding) {
        below_[1] = 1;
        for (Diagram::Index node = 2; node < below_.size(); ++node) {
            if (node % 1024 == 0 && limits.exceeded()) return false;
            const Diagram::Node& at = diagram_.nodes[node];
            below_[node] = from_level(at.low, at.level + 1) + (from_level(at.high, at.level + 1) << bits_);
        }
        above_[diagram_.root] = free_[diagram_.nodes[diagram_.root].level];
        for (Diagram::Index node = diagram_.root; node >= 2; --node) {
            if (node % 1024 == 0 && limits.exceeded()) return false;
            pass_down(node, deciding);
        }
        return true;
    }

    mpz_class all() const { return from_level(diagram_.root, 0); }

    std::vector<mpz_class> coefficients(const mpz_class& packed, std::size_t count) const {
        std::vector<mpz_class> unpacked;
        for (std::size_t k = 0; k < count; ++k) {
            mpz_class one;
            mpz_fdiv_q_2exp(one.get_mpz_t(), packed.get_mpz_t(), k * bits_);
            mpz_fdiv_r_2exp(one.get_mpz_t(), one.get_mpz_t(), bits_);
            unpacked.push_back(one);
        }
        return unpacked;
    }

  private:
    mpz_class from_level(Diagram::Index node, std::uint32_t level) const {
        return below_[node] * free_[diagram_.nodes[node].level - level];
    }

    void pass_down(Diagram::Index node, std::vector<mpz_class>& deciding) {
        const Diagram::Node& at = diagram_.nodes[node];
        if (above_[node] == 0) return;
        deciding[at.level] += above_[node] * (from_level(at.high, at.level + 1) - from_level(at.low, at.level + 1));
        above_[at.low] += above_[node] * free_[diagram_.nodes[at.low].level - at.level - 1];
        above_[at.high] += (above_[node] * free_[diagram_.nodes[at.high].level - at.level - 1]) << bits_;
        above_[node] = 0;
    }

    const Diagram& diagram_;
    unsigned bits_;                         ///< B
    std::vector<mpz_class> free_;           ///< by number of edges that do not matter: (1 + x)^k
    std::vector<mpz_class> below_, above_;  ///< by node
};

}  // namespace

std::variant<Reliability, verdict::Undecided> count_on_diagram(const KnowledgeGraph& graph,
                                                               const base::Limits& limits) {
    const PathCircuit path = path_circuit(graph, limits.memory_bytes / 4);
    const std::size_t edges = graph.edges.size();
    if (path.builder.exhausted())
        return verdict::Undecided{verdict::Reason::memory, "the circuit of all paths is too large"};
    auto made = measure::diagram(path.builder.circuit(), path.connected, {}, limits);
    if (auto* why = std::get_if<verdict::Undecided>(&made)) return std::move(*why);
    const auto& diagram = std::get<Diagram>(made);
    const std::size_t numbers = 2 * (edges + 1) * (edges + 1) / 8 + 64;
    if (diagram.nodes.size() > limits.memory_bytes / numbers)
        return verdict::Undecided{verdict::Reason::memory, "the decision diagram is too large to be counted on"};
    PackedSums sums(diagram);
    std::vector<mpz_class> deciding(edges, 0);
    if (!sums.run(limits, deciding))
        return verdict::Undecided{verdict::reason_of(limits.exceeded().value_or(base::Limit::deadline)),
                                  "the decision diagram was not counted to its end"};
    Reliability found;
    found.way = Reliability::Way::diagram;
    found.diagram_nodes = diagram.nodes.size();
    found.working = sums.coefficients(sums.all(), edges + 1);
    found.pivotal.resize(edges);
    for (std::size_t level = 0; level < edges; ++level)
        found.pivotal[path.order[diagram.position[level] - 1]] = sums.coefficients(deciding[level], edges);
    return found;
}

}  // namespace attest::studies
