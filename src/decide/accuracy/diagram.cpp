#include "measure/function/diagram.hpp"

#include "diagram.hpp"

// For each node the polynomial whose k-th coefficient is the number of assignments with k ones, of the levels from the
// node's down, that lead to true. An edge that leaves out levels multiplies by (1 + x) for each: there either value
// does.

namespace attest::accuracy {

namespace {

using Counts = std::vector<mpz_class>;
using measure::Diagram;

/// (1 + x)^levels · counts.
Counts over(Counts counts, std::uint32_t levels) {
    for (; levels > 0; --levels) {
        counts.emplace_back(0);
        for (std::size_t k = counts.size(); k-- > 1;) counts[k] += counts[k - 1];
    }
    return counts;
}

Counts below(const Diagram& d, const std::vector<Counts>& counts, Diagram::Index child, std::uint32_t level) {
    return over(counts[child], d.nodes[child].level - level - 1);
}

Counts counts_of(const Diagram& d, const std::vector<Counts>& counts, const Diagram::Node& node) {
    Counts sum = below(d, counts, node.low, node.level);
    const Counts high = below(d, counts, node.high, node.level);
    sum.resize(d.variables() - node.level + 1);
    for (std::size_t k = 0; k < high.size(); ++k) sum[k + 1] += high[k];
    return sum;
}

}  // namespace

std::variant<Counts, verdict::Undecided> count_by_number(const circuit::Circuit& circuit, circuit::Literal root,
                                                         const base::Limits& limits) {
    auto made = measure::diagram(circuit, root, {}, limits);
    if (auto* why = std::get_if<verdict::Undecided>(&made)) return std::move(*why);
    const Diagram& d = std::get<Diagram>(made);
    std::vector<Counts> counts{{0}, {1}};
    for (std::size_t k = 2; k < d.nodes.size(); ++k) {
        constexpr std::size_t looks_at_clock = 256;
        const auto limit = k % looks_at_clock == 0 ? limits.exceeded() : std::nullopt;
        if (limit) return verdict::Undecided{verdict::reason_of(*limit), "in the middle of counting"};
        counts.push_back(counts_of(d, counts, d.nodes[k]));
    }
    return over(counts[d.root], d.nodes[d.root].level);
}

}  // namespace attest::accuracy
