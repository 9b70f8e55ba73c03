// Orders and the cuts that keep them acyclic.
//
// A total order over m elements has m(m−1)/2 variables and m³/3 clauses of transitivity, most of which no choice ever
// needs. Here only the comparisons that some choice needs are looked at: where they have no cycle they extend to an
// order, and where they have one the cycle is a clause. In a weak order a cycle is a contradiction iff one of its steps
// is strict (Suzumura's condition).

#include "attest/decide/threshold/order.hpp"

#include <algorithm>
#include <map>
#include <set>

namespace attest::threshold {

std::optional<Literal> Order::above(std::uint32_t a, std::uint32_t b) const {
    if (const auto found = variables_.find(key(a, b)); found != variables_.end()) return found->second;
    if (weak_) return std::nullopt;
    if (const auto found = variables_.find(key(b, a)); found != variables_.end()) return -found->second;
    return std::nullopt;
}

std::optional<Literal> Order::find(const Comparison& c) const {
    if (c.strictly) return above(c.upper, c.lower);
    const std::optional<Literal> other = above(c.lower, c.upper);
    return other ? std::optional(-*other) : std::nullopt;
}

void Order::name(std::uint32_t a, std::uint32_t b, std::int32_t variable) {
    variables_[key(a, b)] = variable;
    if (weak_) variables_[key(b, a)] = variable + 1;
}

std::vector<std::int32_t> Order::variables() const {
    std::vector<std::int32_t> all;
    for (const auto& [pair, variable] : variables_)
        if (!weak_ || variables_.at(pair << 32 | pair >> 32) > variable) all.push_back(variable);
    std::sort(all.begin(), all.end());
    return all;
}

namespace {

/// The steps as a graph over elements, one step from an element to another, a strict one before a weak one.
class StepGraph {
  public:
    explicit StepGraph(std::span<const Step> steps) {
        std::map<std::pair<std::uint32_t, std::uint32_t>, const Step*> best;
        std::uint32_t top = 0;
        for (const Step& s : steps) {
            top = std::max({top, s.comparison.upper, s.comparison.lower});
            const Step*& kept = best[{s.comparison.upper, s.comparison.lower}];
            if (!kept || (s.comparison.strictly && !kept->comparison.strictly)) kept = &s;
        }
        out_.resize(steps.empty() ? 0 : top + 1);
        in_.resize(out_.size());
        for (const auto& [ends, step] : best) {
            out_[ends.first].push_back(step);
            in_[ends.second].push_back(step);
        }
        drop_acyclic();
    }

    std::uint32_t size() const { return static_cast<std::uint32_t>(out_.size()); }

    /// A shortest cycle whose last step is a strict one into `start`; empty if there is none.
    std::vector<Literal> cycle_into(std::uint32_t start) const {
        std::vector<const Step*> reached(size(), nullptr);
        std::vector<std::uint32_t> queue{start};
        for (std::size_t k = 0; k < queue.size(); ++k) {
            for (const Step* s : in_[start])
                if (s->comparison.strictly && s->comparison.upper == queue[k]) return spell(s, reached, start);
            for (const Step* s : out_[queue[k]]) {
                const std::uint32_t to = s->comparison.lower;
                if (to == start || reached[to] || !alive_[to]) continue;
                reached[to] = s;
                queue.push_back(to);
            }
        }
        return {};
    }

  private:
    /// Elements without a way in or out are on no cycle.
    void drop_acyclic() {
        alive_.assign(size(), true);
        std::vector<std::size_t> ins(size()), outs(size());
        std::vector<std::uint32_t> gone;
        for (std::uint32_t e = 0; e < size(); ++e) {
            ins[e] = in_[e].size();
            outs[e] = out_[e].size();
            if (ins[e] == 0 || outs[e] == 0) drop(e, gone);
        }
        for (std::size_t k = 0; k < gone.size(); ++k) {
            for (const Step* s : out_[gone[k]])
                if (--ins[s->comparison.lower] == 0) drop(s->comparison.lower, gone);
            for (const Step* s : in_[gone[k]])
                if (--outs[s->comparison.upper] == 0) drop(s->comparison.upper, gone);
        }
    }

    void drop(std::uint32_t e, std::vector<std::uint32_t>& gone) {
        if (!alive_[e]) return;
        alive_[e] = false;
        gone.push_back(e);
    }

    static std::vector<Literal> spell(const Step* last, const std::vector<const Step*>& reached, std::uint32_t start) {
        std::vector<Literal> cycle{last->literal};
        for (std::uint32_t at = last->comparison.upper; at != start; at = reached[at]->comparison.upper)
            cycle.push_back(reached[at]->literal);
        std::reverse(cycle.begin(), cycle.end());
        return cycle;
    }

    friend std::vector<std::vector<Literal>> attest::threshold::impossible_cycles(std::span<const Step>, std::size_t);
    std::vector<std::vector<const Step*>> out_, in_;
    std::vector<bool> alive_;
};

}  // namespace

std::vector<std::vector<Literal>> impossible_cycles(std::span<const Step> steps, std::size_t at_most) {
    const StepGraph graph(steps);
    std::set<std::vector<Literal>> seen;
    std::vector<std::vector<Literal>> cycles;
    for (std::uint32_t e = 0; e < graph.size(); ++e) {
        if (!graph.alive_[e]) continue;
        std::vector<Literal> cycle = graph.cycle_into(e);
        std::vector<Literal> sorted = cycle;
        std::sort(sorted.begin(), sorted.end());
        if (!cycle.empty() && seen.insert(std::move(sorted)).second) cycles.push_back(std::move(cycle));
    }
    std::stable_sort(cycles.begin(), cycles.end(), [](const auto& a, const auto& b) { return a.size() < b.size(); });
    if (cycles.size() > at_most) cycles.resize(at_most);
    return cycles;
}

std::vector<std::vector<Literal>> short_cycles(const Order& order) {
    std::vector<std::vector<Literal>> all;
    const auto& elements = order.elements();
    const auto size = static_cast<std::uint32_t>(elements.size());
    // All ways to go round these elements in this direction; in a weak order any one step may be the strict one.
    const auto add = [&](const std::vector<std::uint32_t>& ring) {
        for (std::size_t strict = 0; strict < (order.weak() ? ring.size() : 1); ++strict) {
            std::vector<Literal> cycle;
            for (std::size_t k = 0; k < ring.size(); ++k) {
                const auto literal = order.find({ring[k], ring[(k + 1) % ring.size()], !order.weak() || k == strict});
                if (!literal) break;
                cycle.push_back(*literal);
            }
            if (cycle.size() == ring.size()) all.push_back(std::move(cycle));
        }
    };
    for (std::uint32_t a = 0; a < size; ++a)
        for (std::uint32_t b = a + 1; b < size; ++b)
            for (std::uint32_t c = b + 1; c < size; ++c) {
                add({a, b, c});
                add({a, c, b});
            }
    // Two values of one position are never compared: a square over two positions may have no diagonal.
    const auto same = [&](std::uint32_t a, std::uint32_t b) { return elements[a].position == elements[b].position; };
    for (std::uint32_t a = 0; a < size; ++a)
        for (std::uint32_t c = a + 1; c < size; ++c)
            for (std::uint32_t b = a + 1; b < size && same(a, c); ++b)
                for (std::uint32_t d = a + 1; d < size && !same(a, b); ++d)
                    if (b != d && same(b, d)) add({a, b, c, d});
    return all;
}

}  // namespace attest::threshold
