#include "language/classify/cascade.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "attest/base/error.hpp"
#include "components.hpp"

// Heights. Letters lead from a set to its images, and a set to its tiles; a strongly connected component of these edges is a
// class of sets of one size, between which letters are bijections. The height of a class is one more than the greatest
// height of those below.
//
// Tiles of a class. In one set of the class tiles are numbered; by the letters of a spanning tree the numbers are carried to
// the others. If the automaton is aperiodic all letters inside the class agree with that, since a cycle of letters is a
// permutation of the set, which is the identity. So a letter that stays in the class does not change the number of the tile.

namespace attest::classify {

namespace {

using language::Symbol;

std::vector<State> image(const Table& table, const std::vector<State>& states, Symbol a) {
    std::vector<State> result;
    for (const State q : states) result.push_back(table.at(q, a));
    std::sort(result.begin(), result.end());
    result.erase(std::unique(result.begin(), result.end()), result.end());
    return result;
}

bool inside(const std::vector<State>& small, const std::vector<State>& large) {
    return std::includes(large.begin(), large.end(), small.begin(), small.end());
}

}  // namespace

Cascade::Cascade(const Table& table, std::uint64_t modulus, const base::Limits& limits, std::size_t most)
    : modulus_(modulus) {
    std::vector<std::set<State>> reached(modulus);
    std::vector<std::pair<State, std::uint64_t>> queue{{0, 0}};
    reached[0].insert(0);
    for (std::size_t k = 0; k < queue.size(); ++k)
        for (Symbol a = 0; a < table.letters; ++a) {
            const std::pair next(table.at(queue[k].first, a), (queue[k].second + 1) % modulus);
            if (reached[next.second].insert(next.first).second) queue.push_back(next);
        }
    for (std::uint32_t r = 0; r < modulus; ++r) roots_.push_back(intern(r, {reached[r].begin(), reached[r].end()}));
    for (std::uint32_t r = 0; r < modulus; ++r)
        for (const State q : reached[r]) (void)intern(r, {q});
    close(table, limits, most);
    find_tiles();
    find_heights(table.letters);
    agree_on_tiles(table.letters);
    find_initial();
}

Cascade::Set Cascade::intern(std::uint32_t type, std::vector<State> states) {
    const auto [at, is_new] = numbers_.try_emplace({type, states}, static_cast<Set>(nodes_.size()));
    if (is_new) nodes_.push_back({type, std::move(states), 0, {}, {}});
    return at->second;
}

void Cascade::close(const Table& table, const base::Limits& limits, std::size_t most) {
    for (std::size_t k = 0; k < nodes_.size(); ++k) {
        if (nodes_.size() > most)
            throw base::Unsupported(fmt::format("build: the cascade has more than {} sets of states", most));
        if (k % 256 == 255 && limits.exceeded())
            throw base::Unsupported(fmt::format("build: a limit ended it at {} sets of states", nodes_.size()));
        const auto type = static_cast<std::uint32_t>((nodes_[k].type + 1) % modulus_);
        for (Symbol a = 0; a < table.letters; ++a) {
            const Set next = intern(type, image(table, nodes_[k].states, a));
            nodes_[k].next.push_back(next);
        }
    }
}

void Cascade::find_tiles() {
    for (Node& node : nodes_) {
        std::vector<Set> smaller;
        for (Set s = 0; s < nodes_.size(); ++s)
            if (nodes_[s].type == node.type && nodes_[s].states.size() < node.states.size() &&
                inside(nodes_[s].states, node.states))
                smaller.push_back(s);
        for (const Set s : smaller)
            if (std::none_of(smaller.begin(), smaller.end(), [&](Set t) {
                    return nodes_[t].states.size() > nodes_[s].states.size() &&
                           inside(nodes_[s].states, nodes_[t].states);
                }))
                node.tiles.push_back(s);
    }
}

void Cascade::find_heights(std::size_t letters) {
    // Each set has an edge a letter and one a tile; sets with fewer tiles lead to themselves instead.
    std::size_t tiles = 0;
    for (const Node& node : nodes_) tiles = std::max(tiles, node.tiles.size());
    std::vector<std::uint32_t> edges;
    for (Set s = 0; s < nodes_.size(); ++s) {
        edges.insert(edges.end(), nodes_[s].next.begin(), nodes_[s].next.end());
        for (std::size_t k = 0; k < tiles; ++k) edges.push_back(k < nodes_[s].tiles.size() ? nodes_[s].tiles[k] : s);
    }
    const Components classes = components(edges, letters + tiles);
    class_of_ = classes.of;
    std::vector<std::vector<Set>> members(classes.count);
    for (Set s = 0; s < nodes_.size(); ++s) members[class_of_[s]].push_back(s);
    std::vector<std::size_t> heights(classes.count, 0);
    for (std::size_t c = 0; c < classes.count; ++c)  // those below have smaller numbers
        for (const Set s : members[c])
            for (std::size_t k = 0; k < letters + tiles && nodes_[s].states.size() > 1; ++k) {
                const std::uint32_t to = class_of_[edges[s * (letters + tiles) + k]];
                if (to != c) heights[c] = std::max(heights[c], 1 + heights[to]);
            }
    for (Set s = 0; s < nodes_.size(); ++s) nodes_[s].height = heights[class_of_[s]];
    for (const Set root : roots_) height_ = std::max(height_, nodes_[root].height);
}

void Cascade::agree_on_tiles(std::size_t letters) {
    std::vector<bool> numbered(nodes_.size(), false);
    for (Set first = 0; first < nodes_.size(); ++first) {
        if (numbered[first] || nodes_[first].height == 0) continue;
        numbered[first] = true;
        std::vector<Set> queue{first};
        for (std::size_t k = 0; k < queue.size(); ++k)
            for (Symbol a = 0; a < letters; ++a) {
                const Node& from = nodes_[queue[k]];
                const Set next = from.next[a];
                if (class_of_[next] != class_of_[first]) continue;
                std::vector<Set> carried;
                for (const Set tile : from.tiles) carried.push_back(nodes_[tile].next[a]);
                if (numbered[next]) {
                    if (carried != nodes_[next].tiles)
                        throw base::InternalError("a class of sets is permuted: the automaton is not quasi-aperiodic");
                    continue;
                }
                nodes_[next].tiles = std::move(carried);
                numbered[next] = true;
                queue.push_back(next);
            }
    }
}

void Cascade::find_initial() {
    initial_.assign(height_, 0);
    Set at = roots_[0];
    for (std::size_t level = height_; level > 0; --level) {
        const Node& node = nodes_[at];
        if (node.height != level) continue;
        while (!inside({0}, nodes_[node.tiles[initial_[level - 1]]].states)) ++initial_[level - 1];
        at = node.tiles[initial_[level - 1]];
    }
}

std::optional<std::uint32_t> Cascade::reset(std::size_t level, Symbol a, Set before, Set after) const {
    const Node& target = nodes_[after];
    if (target.height < level) return std::nullopt;
    const Set moved = nodes_[before].next[a];
    if (nodes_[before].height == level && moved == after) return std::nullopt;
    std::uint32_t tile = 0;
    while (!inside(nodes_[moved].states, nodes_[target.tiles[tile]].states)) ++tile;
    return tile;
}

}  // namespace attest::classify
