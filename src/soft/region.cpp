#include "soft/region.hpp"

#include <algorithm>
#include <map>
#include <numeric>

namespace attest::soft {

namespace {

using Counts = std::vector<std::uint32_t>;

/// All counts of `size` symbols with no more of each than `most`, in lexicographic order.
void for_each_count(std::uint32_t size, const Counts& most, const std::function<void(const Counts&)>& visit) {
    Counts counts(most.size(), 0);
    std::vector<std::uint32_t> room(most.size() + 1, 0);  // for the symbols from each on
    for (std::size_t s = most.size(); s-- > 0;) room[s] = room[s + 1] + most[s];
    const std::function<void(std::size_t, std::uint32_t)> choose = [&](std::size_t s, std::uint32_t left) {
        if (s == most.size()) return visit(counts);
        const std::uint32_t least = left > room[s + 1] ? left - room[s + 1] : 0;
        for (std::uint32_t k = least; k <= std::min(left, most[s]); ++k) {
            counts[s] = k;
            choose(s + 1, left - k);
        }
    };
    choose(0, size);
}

}  // namespace

bool Region::Segment::is_settled() const {
    return size() == 0 || std::find(counts.begin(), counts.end(), size()) != counts.end();
}

Region Region::all(std::uint32_t length) { return {{{0, length, {}}}}; }

std::vector<Region> Region::split(std::size_t segment, std::size_t symbols) const {
    std::vector<Region> result;
    const Segment& old = segments[segment];
    if (old.counts.empty()) {
        for_each_count(old.size(), Counts(symbols, old.size()), [&](const Counts& counts) {
            result.push_back(*this);
            result.back().segments[segment].counts = counts;
        });
        return result;
    }
    const std::uint32_t middle = old.first + old.size() / 2;
    for_each_count(middle - old.first, old.counts, [&](const Counts& counts) {
        Counts rest = old.counts;
        for (std::size_t s = 0; s < rest.size(); ++s) rest[s] -= counts[s];
        Region& part = result.emplace_back(*this);
        part.segments[segment] = {middle, old.last, rest};
        part.segments.insert(part.segments.begin() + static_cast<std::ptrdiff_t>(segment), {old.first, middle, counts});
    });
    return result;
}

Paths::Paths(const Region& region, const Side& side, std::size_t symbols) {
    using Node = std::pair<std::uint32_t, Counts>;  // state, counts in the segment so far
    std::map<Node, std::uint32_t> layer{{{side.start, {}}, 0}};
    nodes_.push_back(1);
    for (const Region::Segment& segment : region.segments)
        for (std::uint32_t p = segment.first; p < segment.last; ++p) {
            std::map<Node, std::uint32_t> after;
            auto& edges = edges_.emplace_back();
            for (const auto& [node, from] : layer)
                for (std::size_t s = 0; s < symbols; ++s) {
                    Node to{side.next[node.first][s], node.second};
                    if (!segment.counts.empty()) {
                        to.second.resize(symbols, 0);
                        if (++to.second[s] > segment.counts[s]) continue;
                        if (p + 1 == segment.last) to.second.clear();
                    }
                    const auto number = static_cast<std::uint32_t>(after.size());
                    edges.push_back(
                        {from, after.emplace(std::move(to), number).first->second, static_cast<language::Symbol>(s)});
                }
            nodes_.push_back(after.size());
            layer = std::move(after);
        }
    std::vector<std::vector<double>> ways(nodes_.size());  // from a node to the end
    ways.back().assign(nodes_.back(), 0);
    for (const auto& [node, number] : layer) ways.back()[number] = side.wanted[node.first] ? 1 : 0;
    for (std::size_t p = edges_.size(); p-- > 0;) {
        ways[p].assign(nodes_[p], 0);
        std::erase_if(edges_[p], [&](const Edge& edge) { return ways[p + 1][edge.to] == 0; });
        for (const Edge& edge : edges_[p]) ways[p][edge.from] += ways[p + 1][edge.to];
    }
    words_ = ways[0][0];
    symbols_.resize(edges_.size());
    frequency_.assign(edges_.size(), std::vector<double>(symbols, 0));
    if (words_ == 0) return;
    std::vector<double> before{1};
    for (std::size_t p = 0; p < edges_.size(); ++p) {
        std::vector<double> after(nodes_[p + 1], 0);
        for (const Edge& edge : edges_[p]) {
            after[edge.to] += before[edge.from];
            frequency_[p][edge.symbol] += before[edge.from] * ways[p + 1][edge.to] / words_;
        }
        for (std::size_t s = 0; s < symbols; ++s)
            if (frequency_[p][s] > 0) symbols_[p].push_back(static_cast<language::Symbol>(s));
        before = std::move(after);
    }
}

language::Word Paths::some_word() const {
    language::Word word;
    std::uint32_t node = 0;
    for (const std::vector<Edge>& layer : edges_) {
        const auto edge = std::find_if(layer.begin(), layer.end(), [&](const Edge& e) { return e.from == node; });
        word.push_back(edge->symbol);
        node = edge->to;
    }
    return word;
}

language::Word Paths::random_word(base::Random& random) const {
    language::Word word;
    std::uint32_t node = 0;
    for (const std::vector<Edge>& layer : edges_) {
        std::vector<Edge> out;
        std::copy_if(layer.begin(), layer.end(), std::back_inserter(out),
                     [&](const Edge& e) { return e.from == node; });
        const Edge& edge = out[random.below(out.size())];
        word.push_back(edge.symbol);
        node = edge.to;
    }
    return word;
}

}  // namespace attest::soft
