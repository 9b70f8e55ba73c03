#include <algorithm>
#include <numeric>
#include <set>

#include "components.hpp"
#include "language/classify/classes.hpp"

// Green's relations are the strongly connected components of the two Cayley graphs. An H-class is a group iff it has an
// idempotent, and then that is the only one. So each group is found from its idempotent: within an R-class, idempotents have
// different L-classes, and the elements with the L-class of one are its group.

namespace attest::classify {

namespace {

/// Elements by R-class.
struct Buckets {
    explicit Buckets(const Green& g) : first(g.r_classes + 1, 0), elements(g.r.size()) {
        for (const std::uint32_t c : g.r) ++first[c + 1];
        std::partial_sum(first.begin(), first.end(), first.begin());
        std::vector<std::uint32_t> at(first.begin(), first.end() - 1);
        for (std::uint32_t e = 0; e < g.r.size(); ++e) elements[at[g.r[e]]++] = e;
    }

    std::vector<std::uint32_t> first;  ///< by R-class, where it begins
    std::vector<Monoid::Element> elements;
};

}  // namespace

Green green(const Monoid& monoid) {
    Green g;
    const Components right = components(monoid.right_graph(), monoid.letters());
    const Components left = components(monoid.left_graph(), monoid.letters());
    g.r = right.of;
    g.l = left.of;
    g.r_classes = right.count;
    g.l_classes = left.count;
    g.idempotent.resize(monoid.size());
    for (Monoid::Element e = 0; e < monoid.size(); ++e) g.idempotent[e] = monoid.is_idempotent(e);
    g.identity.assign(monoid.size(), Green::none);
    const Buckets by_class(g);
    std::vector<Monoid::Element> of_left(g.l_classes, Green::none);
    std::vector<std::size_t> sizes(monoid.size(), 0);
    for (std::size_t c = 0; c < g.r_classes; ++c) {
        const auto begin = by_class.elements.begin() + by_class.first[c];
        const auto end = by_class.elements.begin() + by_class.first[c + 1];
        std::size_t idempotents = 0;
        for (auto e = begin; e != end; ++e)
            if (g.idempotent[*e]) of_left[g.l[*e]] = *e, ++idempotents;
        if (idempotents == 0) continue;
        if (idempotents > 1) ++g.r_classes_with_two;
        for (auto e = begin; e != end; ++e) {
            const Monoid::Element identity = of_left[g.l[*e]];
            if (identity == Green::none) continue;
            g.identity[*e] = identity;
            g.largest_group = std::max(g.largest_group, ++sizes[identity]);
        }
        for (auto e = begin; e != end; ++e) of_left[g.l[*e]] = Green::none;
    }
    return g;
}

std::vector<std::pair<std::uint32_t, std::uint32_t>> group_lengths(const Monoid& monoid, const Green& g) {
    if (g.largest_group == 1) return {};
    Components right;
    right.of = g.r;
    right.count = g.r_classes;
    const Periods lengths = periods(monoid.right_graph(), monoid.letters(), right);
    std::set<std::pair<std::uint32_t, std::uint32_t>> pairs;
    for (Monoid::Element x = 0; x < monoid.size(); ++x) {
        const Monoid::Element e = g.identity[x];
        if (e == Green::none || e == x) continue;
        const std::uint32_t p = lengths.period[g.r[x]];
        pairs.emplace(p, (lengths.potential[x] + p - lengths.potential[e]) % p);
    }
    return {pairs.begin(), pairs.end()};
}

bool is_modulus(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& lengths, std::uint64_t m) {
    return std::all_of(lengths.begin(), lengths.end(),
                       [&](const auto& pd) { return pd.second % std::gcd(std::uint64_t{pd.first}, m) != 0; });
}

std::optional<std::uint64_t> least_modulus(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& lengths) {
    for (const auto& [p, d] : lengths)
        if (d == 0) return std::nullopt;
    // The period of every class is a modulus for its groups; a common multiple is one for all, so the search ends.
    for (std::uint64_t m = 1;; ++m)
        if (is_modulus(lengths, m)) return m;
}

std::optional<Stability> stability(const Monoid& monoid, const base::Limits& limits) {
    using Set = std::vector<bool>;
    std::vector<Set> sets;
    std::set<std::pair<Set, std::size_t>> seen;
    Set now(monoid.size(), false);
    for (language::Symbol a = 0; a < monoid.letters(); ++a) now[monoid.letter(a)] = true;
    for (std::size_t t = 1;; ++t) {
        const auto before = seen.lower_bound({now, 0});
        if (before != seen.end() && before->first == now) {
            const std::size_t index = before->second, period = t - index;
            Stability result;
            result.index = (index + period - 1) / period * period;
            result.elements = sets[result.index - 1];
            result.semigroup =
                static_cast<std::size_t>(std::count(result.elements.begin(), result.elements.end(), true));
            return result;
        }
        if (limits.exceeded() || t * (monoid.size() / 4 + 64) > limits.memory_bytes) return std::nullopt;
        seen.emplace(now, t);
        sets.push_back(now);
        Set next(monoid.size(), false);
        for (Monoid::Element e = 0; e < monoid.size(); ++e)
            if (now[e])
                for (language::Symbol a = 0; a < monoid.letters(); ++a) next[monoid.right(e, a)] = true;
        now = std::move(next);
    }
}

}  // namespace attest::classify
