#include "permutations.hpp"

#include <algorithm>
#include <map>
#include <set>

// A group of a transformation monoid permutes the image of its identity, and is faithful there. Its derived group is what
// the commutators of generators, their conjugates and products of these are.

namespace attest::classify {

namespace {

Permutation times(const Permutation& f, const Permutation& g) {
    Permutation result(f.size());
    for (std::size_t k = 0; k < f.size(); ++k) result[k] = g[f[k]];
    return result;
}

Permutation inverse(const Permutation& f) {
    Permutation result(f.size());
    for (std::size_t k = 0; k < f.size(); ++k) result[f[k]] = static_cast<std::uint16_t>(k);
    return result;
}

/// Generators of the derived group, none of them in the group that the others before it generate.
std::vector<Permutation> derived(const std::vector<Permutation>& generators) {
    std::vector<Permutation> queue, kept;
    for (const Permutation& f : generators)
        for (const Permutation& g : generators) queue.push_back(times(times(inverse(f), inverse(g)), times(f, g)));
    std::vector<Permutation> group = generated_group({});
    for (std::size_t k = 0; k < queue.size(); ++k) {
        const Permutation h = queue[k];
        if (std::is_sorted(h.begin(), h.end()) || std::binary_search(group.begin(), group.end(), h)) continue;
        kept.push_back(h);
        group = generated_group(kept);
        std::sort(group.begin(), group.end());
        for (const Permutation& f : generators) queue.push_back(times(times(inverse(f), h), f));
    }
    return kept;
}

/// The group's elements as permutations of the image of its identity.
struct Acting {
    std::vector<State> states;
    std::vector<Monoid::Element> elements;
    std::vector<Permutation> permutations;
};

Acting acting(const Monoid& monoid, const Green& green, Monoid::Element identity) {
    Acting group;
    std::map<State, std::uint16_t> place;
    for (State q = 0; q < monoid.states(); ++q)
        if (monoid.map(identity)[q] == q) {
            place[q] = static_cast<std::uint16_t>(group.states.size());
            group.states.push_back(q);
        }
    for (Monoid::Element e = 0; e < monoid.size(); ++e) {
        if (green.identity[e] != identity) continue;
        group.elements.push_back(e);
        Permutation& permutation = group.permutations.emplace_back();
        for (const State q : group.states) permutation.push_back(place.at(monoid.map(e)[q]));
    }
    return group;
}

/// Identities of groups of at least so many elements.
std::vector<Monoid::Element> large_groups(const Green& green, std::size_t least) {
    std::map<Monoid::Element, std::size_t> sizes;
    for (const Monoid::Element e : green.identity)
        if (e != Green::none) ++sizes[e];
    std::vector<Monoid::Element> result;
    for (const auto& [e, size] : sizes)
        if (size >= least) result.push_back(e);
    return result;
}

constexpr std::size_t least_unsolvable = 60;  ///< the alternating group of five points

}  // namespace

std::vector<Permutation> generated_group(const std::vector<Permutation>& generators) {
    if (generators.empty()) return {};
    Permutation identity(generators.front().size());
    for (std::size_t k = 0; k < identity.size(); ++k) identity[k] = static_cast<std::uint16_t>(k);
    std::set<Permutation> seen{identity};
    std::vector<Permutation> group{identity};
    for (std::size_t k = 0; k < group.size(); ++k)
        for (const Permutation& f : generators) {
            Permutation next = times(group[k], f);
            if (seen.insert(next).second) group.push_back(std::move(next));
        }
    return group;
}

bool is_solvable(const std::vector<Permutation>& generators) {
    std::vector<Permutation> now = generators;
    std::size_t size = generated_group(now).size();
    while (size >= least_unsolvable) {
        now = derived(now);
        const std::size_t next = now.empty() ? 1 : generated_group(now).size();
        if (next == size) return false;
        size = next;
    }
    return true;
}

bool groups_are_solvable(const Monoid& monoid, const Green& green) {
    if (green.largest_group < least_unsolvable) return true;
    for (const Monoid::Element identity : large_groups(green, least_unsolvable)) {
        const Acting group = acting(monoid, green, identity);
        // Few generators, so that commutators are few: each of them doubles the group at least.
        std::vector<Permutation> generators, reached;
        for (const Permutation& f : group.permutations) {
            if (std::binary_search(reached.begin(), reached.end(), f)) continue;
            generators.push_back(f);
            reached = generated_group(generators);
            std::sort(reached.begin(), reached.end());
        }
        if (!is_solvable(generators)) return false;
    }
    return true;
}

std::optional<Unsolvable> find_unsolvable(const Monoid& monoid, const Green& green) {
    for (const Monoid::Element identity : large_groups(green, least_unsolvable)) {
        const Acting group = acting(monoid, green, identity);
        for (std::size_t second = 1; second < group.elements.size(); ++second)
            for (std::size_t first = 0; first < second; ++first)
                if (!is_solvable({group.permutations[first], group.permutations[second]}))
                    return Unsolvable{group.elements[first], group.elements[second], group.states};
    }
    return std::nullopt;
}

}  // namespace attest::classify
