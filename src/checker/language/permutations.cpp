#include "checker/language/permutations.hpp"

#include <set>

// A group is solvable iff the series G, G′ = ⟨commutators⟩, G″, … ends in the identity. It ends, since groups get smaller
// or stay what they are for ever. The derived group of ⟨S⟩ is the least group that has the commutators of S and, with each
// element, its conjugates by S.

namespace attest::checker {
namespace {

using Group = std::set<Permutation>;

Permutation product(const Permutation& f, const Permutation& g) {
    Permutation result(f.size());
    for (std::size_t k = 0; k < f.size(); ++k) result[k] = g[f[k]];
    return result;
}

Permutation inverted(const Permutation& f) {
    Permutation result(f.size());
    for (std::size_t k = 0; k < f.size(); ++k) result[f[k]] = static_cast<std::uint32_t>(k);
    return result;
}

Permutation identity(std::size_t points) {
    Permutation result(points);
    for (std::size_t k = 0; k < points; ++k) result[k] = static_cast<std::uint32_t>(k);
    return result;
}

/// All products of the generators.
Group closure(const std::vector<Permutation>& generators, std::size_t points, Budget& budget) {
    Group group{identity(points)};
    std::vector<const Permutation*> queue{&*group.begin()};
    for (std::size_t k = 0; k < queue.size(); ++k)
        for (const Permutation& f : generators) {
            budget.step(32 + points);
            const auto [at, is_new] = group.insert(product(*queue[k], f));
            if (!is_new) continue;
            budget.memory(96 + 4 * points);
            queue.push_back(&*at);
        }
    return group;
}

/// Generators of the derived group of the group that these generate.
std::vector<Permutation> derived(const std::vector<Permutation>& generators, std::size_t points, Budget& budget) {
    std::vector<Permutation> waiting, kept;
    for (const Permutation& f : generators)
        for (const Permutation& g : generators)
            waiting.push_back(product(product(inverted(f), inverted(g)), product(f, g)));
    Group group = closure(kept, points, budget);
    while (!waiting.empty()) {
        const Permutation h = waiting.back();
        waiting.pop_back();
        if (group.contains(h)) continue;
        kept.push_back(h);
        group = closure(kept, points, budget);
        for (const Permutation& f : generators) waiting.push_back(product(product(inverted(f), h), f));
    }
    return kept;
}

}  // namespace

bool is_solvable(const Permutation& first, const Permutation& second, Budget& budget) {
    const std::size_t points = first.size();
    std::vector<Permutation> generators{first, second};
    std::size_t size = closure(generators, points, budget).size();
    while (size > 1) {
        const Budget::Temporary temporary(budget);
        generators = derived(generators, points, budget);
        const std::size_t smaller = closure(generators, points, budget).size();
        if (smaller == size) return false;
        size = smaller;
    }
    return true;
}

}  // namespace attest::checker
