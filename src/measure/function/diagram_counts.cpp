#include "measure/function/diagram_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <unordered_map>

// All counts are over the 2^n inputs of the whole function, also those below a node: positions above it then
// count twice each, and halves stay whole numbers.

namespace attest::measure {

namespace {

using Index = Diagram::Index;

std::uint64_t key_of(Index u, Index v) { return std::uint64_t{std::min(u, v)} << 32 | std::max(u, v); }

constexpr std::size_t looks_at_clock = 1 << 12;

/// Inputs on which two nodes differ.
class Differences {
  public:
    Differences(const Diagram& d, std::size_t most_pairs, const base::Limits& limits)
        : d_(d), most_(most_pairs), limits_(limits) {
        mpz_ui_pow_ui(all_.get_mpz_t(), 2, d.variables());
    }

    /// Depth of recursion: at most the number of levels.
    const mpz_class& of(Index u, Index v) {
        static const mpz_class none = 0;
        if (u == v || why) return none;
        if (u <= 1 && v <= 1) return all_;
        const std::uint64_t key = key_of(u, v);
        if (const auto known = memory_.find(key); known != memory_.end()) return known->second;
        if (memory_.size() >= most_)
            why = verdict::Undecided{verdict::Reason::memory, fmt::format("more than {} pairs of nodes", most_)};
        else if (memory_.size() % looks_at_clock == 0)
            if (const auto limit = limits_.exceeded())
                why = verdict::Undecided{verdict::reason_of(*limit), "in the middle of counting"};
        if (why) return none;
        const std::uint32_t level = std::min(d_.nodes[u].level, d_.nodes[v].level);
        mpz_class sum = of(d_.child(u, level, false), d_.child(v, level, false));
        sum += of(d_.child(u, level, true), d_.child(v, level, true));
        sum >>= 1;
        return memory_.emplace(key, std::move(sum)).first->second;
    }

    std::optional<verdict::Undecided> why;

  private:
    const Diagram& d_;
    std::size_t most_;
    const base::Limits& limits_;
    mpz_class all_;
    std::unordered_map<std::uint64_t, mpz_class> memory_;  // references stay valid
};

using Polynomial = std::vector<mpz_class>;

/// 4^n times the correlation of two nodes, of values 1 and −1, on an input and a copy of it of which each
/// position is drawn anew with probability 1 − ρ: a polynomial in ρ.
class Correlations {
  public:
    Correlations(const Diagram& d, std::size_t most, const base::Limits& limits) : d_(d), left_(most), limits_(limits) {
        mpz_class all;
        mpz_ui_pow_ui(all.get_mpz_t(), 4, d.variables());
        same_ = {all};
        opposite_ = {-all};
    }

    const Polynomial& of(Index u, Index v) {
        if (u <= 1 && v <= 1) return u == v ? same_ : opposite_;
        if (why) return same_;
        const std::uint64_t key = key_of(u, v);
        if (const auto known = memory_.find(key); known != memory_.end()) return known->second;
        if (memory_.size() % looks_at_clock == 0)
            if (const auto limit = limits_.exceeded())
                why = verdict::Undecided{verdict::reason_of(*limit), "in the middle of the spectrum"};
        const std::uint32_t level = std::min(d_.nodes[u].level, d_.nodes[v].level);
        const Index u0 = d_.child(u, level, false), u1 = d_.child(u, level, true);
        const Index v0 = d_.child(v, level, false), v1 = d_.child(v, level, true);
        // (1 + ρ) (00 + 11) + (1 − ρ) (01 + 10), divided by 4
        Polynomial p;
        add(p, of(u0, v0), 1);
        add(p, of(u1, v1), 1);
        add(p, of(u0, v1), -1);
        add(p, of(u1, v0), -1);
        for (mpz_class& c : p) c >>= 2;
        while (p.size() > 1 && p.back() == 0) p.pop_back();
        if (p.size() > left_)
            why = verdict::Undecided{verdict::Reason::memory, "too many pairs of nodes for the spectrum"};
        if (why) return same_;
        left_ -= p.size();
        return memory_.emplace(key, std::move(p)).first->second;
    }

    std::optional<verdict::Undecided> why;

  private:
    /// p += (1 + sign · ρ) q
    static void add(Polynomial& p, const Polynomial& q, int sign) {
        if (p.size() < q.size() + 1) p.resize(q.size() + 1);
        for (std::size_t k = 0; k < q.size(); ++k) {
            p[k] += q[k];
            if (sign > 0) p[k + 1] += q[k];
            else p[k + 1] -= q[k];
        }
    }

    const Diagram& d_;
    std::size_t left_;
    const base::Limits& limits_;
    Polynomial same_, opposite_;
    std::unordered_map<std::uint64_t, Polynomial> memory_;
};

/// Where a position is not tested, inputs with it and without it cancel.
mpz_class balance(const Diagram& d) {
    std::vector<mpz_class> of(d.nodes.size(), 0);
    of[1] = 1;
    for (std::size_t v = 2; v < d.nodes.size(); ++v) {
        const Diagram::Node& node = d.nodes[v];
        if (d.nodes[node.low].level == node.level + 1) of[v] += of[node.low];
        if (d.nodes[node.high].level == node.level + 1) of[v] -= of[node.high];
    }
    return d.nodes[d.root].level == 0 ? of[d.root] : mpz_class(0);
}

/// Whether some input makes one node false and another true.
class Orders {
  public:
    Orders(const Diagram& d, std::size_t most_pairs, const base::Limits& limits)
        : d_(d), most_(most_pairs), limits_(limits) {}

    bool somewhere_less(Index u, Index v) {
        if (u == v || u == 1 || v == 0 || why) return false;
        if (u == 0 || v == 1) return true;
        const std::uint64_t key = std::uint64_t{u} << 32 | v;
        if (const auto known = memory_.find(key); known != memory_.end()) return known->second;
        if (memory_.size() >= most_)
            why = verdict::Undecided{verdict::Reason::memory, fmt::format("more than {} pairs of nodes", most_)};
        else if (memory_.size() % looks_at_clock == 0)
            if (const auto limit = limits_.exceeded())
                why = verdict::Undecided{verdict::reason_of(*limit), "in the middle of comparing"};
        if (why) return false;
        const std::uint32_t level = std::min(d_.nodes[u].level, d_.nodes[v].level);
        const bool less = somewhere_less(d_.child(u, level, false), d_.child(v, level, false)) ||
                          somewhere_less(d_.child(u, level, true), d_.child(v, level, true));
        memory_.emplace(key, less);
        return less;
    }

    std::optional<verdict::Undecided> why;

  private:
    const Diagram& d_;
    std::size_t most_;
    const base::Limits& limits_;
    std::unordered_map<std::uint64_t, bool> memory_;
};

/// By number of ones 0 … n, if the function depends on nothing else: exchanging positions that are tested one
/// after the other changes nothing.
std::optional<std::vector<bool>> values_by_weight(const Diagram& d) {
    const unsigned n = d.variables();
    std::set<Index> here{d.root};  // what is left of the function after the first levels, for all their values
    for (std::uint32_t level = 0; level + 1 < n; ++level) {
        std::set<Index> next;
        for (const Index u : here) {
            const Index low = d.child(u, level, false), high = d.child(u, level, true);
            if (d.child(low, level + 1, true) != d.child(high, level + 1, false)) return std::nullopt;
            next.insert(low);
            next.insert(high);
        }
        here = std::move(next);
    }
    std::vector<bool> input(n, false), values{d.evaluate(input)};
    for (unsigned k = 0; k < n; ++k) {
        input[k] = true;
        values.push_back(d.evaluate(input));
    }
    return values;
}

}  // namespace

std::variant<DiagramCounts, verdict::Undecided> counts(const Diagram& d, std::size_t most_pairs,
                                                       const base::Limits& limits) {
    const unsigned n = d.variables();
    DiagramCounts result;
    result.boundary.assign(n, 0);
    Differences differences(d, most_pairs, limits);
    result.ones = differences.of(d.root, 0);
    std::vector<mpz_class> reach(d.nodes.size(), 0);  // inputs that lead through a node
    mpz_ui_pow_ui(reach[d.root].get_mpz_t(), 2, n);
    mpz_class half;
    for (std::size_t v = d.nodes.size(); v-- > 2;) {
        if (reach[v] == 0) continue;
        const Diagram::Node& node = d.nodes[v];
        half = reach[v] >> 1;
        reach[node.low] += half;
        reach[node.high] += half;
        // Which inputs lead here and how they go on are settled by different positions.
        const mpz_class both = reach[v] * differences.of(node.low, node.high);
        result.boundary[d.position[node.level] - 1] += both >> n;
        if (differences.why) return std::move(*differences.why);
    }
    result.balance = balance(d);
    return result;
}

std::variant<std::vector<mpz_class>, verdict::Undecided> level_weights(const Diagram& d, std::size_t most_coefficients,
                                                                       const base::Limits& limits) {
    Correlations correlations(d, most_coefficients, limits);
    Polynomial weights = correlations.of(d.root, d.root);
    if (correlations.why) return std::move(*correlations.why);
    weights.resize(d.variables() + 1);
    return weights;
}

std::variant<Shape, verdict::Undecided> shape(const Diagram& d, std::size_t most_pairs, const base::Limits& limits) {
    Shape result;
    result.directions.resize(d.variables());
    Orders orders(d, most_pairs, limits);
    std::vector<bool> reached(d.nodes.size(), false);
    reached[d.root] = true;
    for (std::size_t v = d.nodes.size(); v-- > 2;) {
        if (!reached[v]) continue;
        const Diagram::Node& node = d.nodes[v];
        reached[node.low] = reached[node.high] = true;
        Direction& direction = result.directions[d.position[node.level] - 1];
        direction.rises = direction.rises || orders.somewhere_less(node.low, node.high);
        direction.falls = direction.falls || orders.somewhere_less(node.high, node.low);
        if (orders.why) return std::move(*orders.why);
    }
    result.by_weight = values_by_weight(d);
    return result;
}

std::vector<std::optional<bool>> shortest_path(const Diagram& d) {
    std::vector<std::uint32_t> tests(d.nodes.size(), 0);
    for (std::size_t v = 2; v < d.nodes.size(); ++v)
        tests[v] = 1 + std::min(tests[d.nodes[v].low], tests[d.nodes[v].high]);
    std::vector<std::optional<bool>> fixed(d.variables());
    for (Index at = d.root; at > 1;) {
        const Diagram::Node& node = d.nodes[at];
        const bool value = tests[node.high] < tests[node.low];
        fixed[d.position[node.level] - 1] = value;
        at = value ? node.high : node.low;
    }
    return fixed;
}

bool constant_on(const Diagram& d, const std::vector<std::optional<bool>>& fixed) {
    std::vector<bool> reached(d.nodes.size(), false);
    reached[d.root] = true;
    for (std::size_t v = d.nodes.size(); v-- > 2;) {
        if (!reached[v]) continue;
        const auto& value = fixed[d.position[d.nodes[v].level] - 1];
        if (!value || !*value) reached[d.nodes[v].low] = true;
        if (!value || *value) reached[d.nodes[v].high] = true;
    }
    return !(reached[0] && reached[1]);
}

}  // namespace attest::measure
