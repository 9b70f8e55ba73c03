#include "checker/soft/region_words.hpp"

#include <algorithm>
#include <map>

// Regions of words and the words in them. That every word of a region is in exactly one of those that it falls into is plain:
// a word has one vector of counts in a segment, and one in its first half, with which the rest of the counts are those of the
// second half. The graph has a node for each state of the automaton and each vector of counts within the segment so far;
// a count beyond that of the segment has no edge, so at a segment's end all counts are reached.

namespace attest::checker {
namespace {

using SymbolCounts = std::vector<std::size_t>;

/// From entry `at` on the first vector in lexicographic order that has this sum, no entry above that of `most`.
///
/// Needs   the entries of `most` from there on have at least this sum
void fill_from_behind(std::size_t sum, const SymbolCounts& most, std::size_t at, SymbolCounts& counts) {
    for (std::size_t s = most.size(); s-- > at;) {
        counts[s] = std::min(sum, most[s]);
        sum -= counts[s];
    }
}

/// The next one: the last entry that can grow does, by one of what stands behind it.
bool next_counts(const SymbolCounts& most, SymbolCounts& counts) {
    std::size_t behind = 0;
    for (std::size_t s = most.size(); s-- > 0;) {
        if (behind > 0 && counts[s] < most[s]) {
            ++counts[s];
            fill_from_behind(behind - 1, most, s + 1, counts);
            return true;
        }
        behind += counts[s];
    }
    return false;
}

}  // namespace

std::vector<WordRegion> split_region(const WordRegion& region, std::size_t k, std::size_t symbols,
                                     const std::string& place, Budget& budget) {
    if (k >= region.size()) throw Defect(place, "there is no such segment");
    const WordSegment& old = region[k];
    const std::size_t size = old.last - old.first;
    if (std::find(old.counts.begin(), old.counts.end(), size) != old.counts.end())
        throw Defect(place, "the segment leaves no choice");
    std::vector<WordRegion> parts;
    const std::size_t half = size / 2;
    const bool told = !old.counts.empty();
    const SymbolCounts most = told ? old.counts : SymbolCounts(symbols, size);
    SymbolCounts found(symbols, 0);
    fill_from_behind(told ? half : size, most, 0, found);
    do {
        budget.step(64 * (region.size() + 1) + symbols);
        budget.memory(64 * (region.size() + 2), symbols);
        WordRegion& part = parts.emplace_back(region);
        if (!told) {
            part[k].counts = found;
            continue;
        }
        SymbolCounts rest = old.counts;
        for (std::size_t s = 0; s < symbols; ++s) rest[s] -= found[s];
        part[k] = {old.first, old.first + half, found};
        part.insert(part.begin() + static_cast<std::ptrdiff_t>(k) + 1, {old.first + half, old.last, rest});
    } while (next_counts(most, found));
    return parts;
}

std::vector<std::size_t> WordGraph::word() const {
    std::vector<std::size_t> result;
    for (const std::vector<Edge>& layer : edges) result.push_back(layer.front().symbol);
    return result;
}

WordGraph graph_of(const WordRegion& region, const Automaton& automaton, bool accepted, Budget& budget) {
    using Node = std::pair<std::size_t, SymbolCounts>;
    WordGraph graph;
    std::map<Node, std::uint32_t> layer{{{automaton.start, {}}, 0}};
    graph.nodes.push_back(1);
    for (const WordSegment& segment : region)
        for (std::size_t p = segment.first; p < segment.last; ++p) {
            std::map<Node, std::uint32_t> later;
            std::vector<WordGraph::Edge>& edges = graph.edges.emplace_back();
            for (const auto& [node, from] : layer)
                for (std::uint32_t s = 0; s < automaton.symbols; ++s) {
                    budget.step(64);
                    Node to{automaton.next[node.first][s], node.second};
                    if (!segment.counts.empty()) {
                        if (to.second.empty()) to.second.assign(automaton.symbols, 0);
                        if (to.second[s] == segment.counts[s]) continue;
                        ++to.second[s];
                        if (p + 1 == segment.last) to.second.clear();
                    }
                    const auto number = static_cast<std::uint32_t>(later.size());
                    const auto [place, is_new] = later.emplace(std::move(to), number);
                    if (is_new) budget.memory(192 + 8 * place->first.second.size());
                    budget.memory(2 * sizeof(WordGraph::Edge));
                    edges.push_back({from, place->second, s});
                }
            graph.nodes.push_back(later.size());
            layer = std::move(later);
        }
    const std::size_t length = graph.edges.size();
    budget.memory(length, 32 * automaton.symbols);
    std::vector<std::vector<double>> ways(length + 1);  // from each node to the end; positive where there is one
    ways[length].assign(graph.nodes[length], 0);
    for (const auto& [node, number] : layer) ways[length][number] = automaton.accepting[node.first] == accepted ? 1 : 0;
    for (std::size_t p = length; p-- > 0;) {
        ways[p].assign(graph.nodes[p], 0);
        std::erase_if(graph.edges[p], [&](const WordGraph::Edge& edge) { return ways[p + 1][edge.to] == 0; });
        for (const WordGraph::Edge& edge : graph.edges[p]) ways[p][edge.from] += ways[p + 1][edge.to];
    }
    graph.is_empty = ways[0][0] == 0;
    graph.is_one_word = ways[0][0] == 1;
    std::vector<double> before{1};
    for (std::size_t p = 0; p < length && !graph.is_empty; ++p) {
        std::vector<double> after(graph.nodes[p + 1], 0), part(automaton.symbols, 0);
        std::vector<bool> occurs(automaton.symbols, false);
        for (const WordGraph::Edge& edge : graph.edges[p]) {
            after[edge.to] += before[edge.from];
            part[edge.symbol] += before[edge.from] / ways[0][0] * ways[p + 1][edge.to];
            occurs[edge.symbol] = occurs[edge.symbol] || before[edge.from] > 0;
        }
        std::erase_if(graph.edges[p], [&](const WordGraph::Edge& edge) { return before[edge.from] == 0; });
        std::vector<std::uint32_t>& symbols = graph.symbols.emplace_back();
        for (std::uint32_t s = 0; s < automaton.symbols; ++s)
            if (occurs[s]) symbols.push_back(s);
        for (double& x : part) x = std::min(1.0, x);
        graph.frequencies.push_back(std::move(part));
        before = std::move(after);
    }
    return graph;
}

}  // namespace attest::checker
