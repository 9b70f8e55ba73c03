#include "studies/known_graph.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "attest/base/error.hpp"
#include "base/quote.hpp"

// Which edges are missing. A set A of unknown true edges is enough if the known ones and A connect just the pairs that all true
// edges do; for that, only the ends of unknown edges need to be connected. An unknown edge without which its ends are
// not connected by other true edges is in every such set (in an acyclic graph these alone are enough: they are the edges of its
// transitive reduction). An edge whose ends are connected by what is known or needed is in no least one. What is left is on
// cycles, where the least set is searched by size.

namespace attest::studies {

namespace {

using Edge = KnowledgeGraph::Edge;
using Edges = std::vector<Edge>;
constexpr std::size_t most_open = 20;

/// Which vertices are reached from which, a row of bits each.
class Closure {
  public:
    Closure(std::size_t vertices, const Edges& edges, bool directed) : out_(vertices), reached_(vertices) {
        for (const auto& [from, to] : edges) {
            out_[from].push_back(to);
            if (!directed) out_[to].push_back(from);
        }
    }

    bool reaches(std::size_t from, std::size_t to) {
        if (reached_[from].empty()) search(from);
        return reached_[from][to];
    }

  private:
    void search(std::size_t start) {
        std::vector<bool>& seen = reached_[start];
        seen.assign(out_.size(), false);
        seen[start] = true;
        std::vector<std::size_t> queue = {start};
        for (std::size_t head = 0; head < queue.size(); ++head)
            for (const std::size_t next : out_[queue[head]])
                if (!seen[next]) seen[next] = true, queue.push_back(next);
    }

    std::vector<std::vector<std::size_t>> out_;
    std::vector<std::vector<bool>> reached_;
};

class Comparison {
  public:
    Comparison(const KnowledgeGraph& truth, Edges model, const base::Limits& limits)
        : truth_(truth), vertices_(truth.vertices.size()), model_(std::move(model)), limits_(limits) {
        const std::set<Edge> believed = both_ways(model_), true_ones = both_ways(truth.edges);
        for (const Edge& edge : truth.edges) (believed.count(edge) != 0 ? known_ : unknown_).push_back(edge);
        found_.unknown_edges = unknown_.size();
        for (const Edge& edge : model_) found_.false_edges += true_ones.count(edge) == 0 ? 1 : 0;
    }

    /// Nothing where a limit came first.
    std::optional<KnownGraph> run() {
        if (!count_pairs()) return std::nullopt;
        Edges needed, open;
        if (!divide(needed, open)) return std::nullopt;
        found_.is_least = open.size() <= most_open;
        const std::optional<Edges> more = found_.is_least ? least(needed, open) : without_spare(needed, open);
        if (!more) return std::nullopt;
        found_.missing = needed;
        found_.missing.insert(found_.missing.end(), more->begin(), more->end());
        return found_;
    }

  private:
    std::set<Edge> both_ways(const Edges& edges) const {
        std::set<Edge> all(edges.begin(), edges.end());
        if (!truth_.directed)
            for (const auto& [from, to] : edges) all.emplace(to, from);
        return all;
    }

    Closure closure(const Edges& edges) const { return {vertices_, edges, truth_.directed}; }

    bool count_pairs() {
        Closure real = closure(truth_.edges), known = closure(known_), believed = closure(model_);
        for (std::size_t from = 0; from < vertices_; ++from) {
            if (limits_.exceeded()) return false;
            for (std::size_t to = 0; to < vertices_; ++to) {
                if (from == to) continue;
                const bool has_path = real.reaches(from, to), answered = believed.reaches(from, to);
                found_.queries += has_path ? 1 : 0, found_.solved += known.reaches(from, to) ? 1 : 0;
                found_.answered += answered ? 1 : 0, found_.illegal += answered && !has_path ? 1 : 0;
            }
        }
        return true;
    }

    /// Into edges that every set has, and those that some least one may have.
    bool divide(Edges& needed, Edges& open) const {
        for (const Edge& edge : unknown_) {
            if (limits_.exceeded()) return false;
            Edges others;
            std::copy_if(truth_.edges.begin(), truth_.edges.end(), std::back_inserter(others),
                         [&](const Edge& other) { return other != edge; });
            if (!closure(others).reaches(edge.first, edge.second)) needed.push_back(edge);
        }
        Edges certain = known_;
        certain.insert(certain.end(), needed.begin(), needed.end());
        Closure connected = closure(certain);
        for (const Edge& edge : unknown_)
            if (!connected.reaches(edge.first, edge.second)) open.push_back(edge);
        return true;
    }

    bool is_enough(const Edges& needed, const Edges& more) const {
        Edges all = known_;
        all.insert(all.end(), needed.begin(), needed.end());
        all.insert(all.end(), more.begin(), more.end());
        Closure connected = closure(all);
        return std::all_of(unknown_.begin(), unknown_.end(),
                           [&](const Edge& edge) { return connected.reaches(edge.first, edge.second); });
    }

    std::optional<Edges> least(const Edges& needed, const Edges& open) const {
        for (std::size_t size = 0; size <= open.size(); ++size) {
            std::vector<bool> chosen(open.size(), false);
            std::fill_n(chosen.begin(), size, true);
            do {
                if (limits_.exceeded()) return std::nullopt;
                Edges more;
                for (std::size_t k = 0; k < open.size(); ++k)
                    if (chosen[k]) more.push_back(open[k]);
                if (is_enough(needed, more)) return more;
            } while (std::prev_permutation(chosen.begin(), chosen.end()));
        }
        throw base::InternalError("graphs: all true edges together do not connect what they connect");
    }

    /// All open edges, less each that can be left out, one after the other.
    std::optional<Edges> without_spare(const Edges& needed, const Edges& open) const {
        Edges kept = open;
        for (const Edge& edge : open) {
            if (limits_.exceeded()) return std::nullopt;
            Edges fewer;
            std::copy_if(kept.begin(), kept.end(), std::back_inserter(fewer), [&](const Edge& e) { return e != edge; });
            if (is_enough(needed, fewer)) kept = std::move(fewer);
        }
        return kept;
    }

    const KnowledgeGraph& truth_;
    std::size_t vertices_;
    Edges model_, known_, unknown_;
    const base::Limits& limits_;
    KnownGraph found_;
};

/// The model's edges between the truth's vertices, by name.
Edges translated(const KnowledgeGraph& truth, const KnowledgeGraph& model, const std::string& model_path) {
    if (model.directed != truth.directed)
        throw base::InputError(model_path + ":directed", fmt::format("{}, as the other graph has it", truth.directed),
                               fmt::format("{}", model.directed));
    std::vector<std::size_t> number;
    for (const std::string& name : model.vertices) {
        const auto found = std::find(truth.vertices.begin(), truth.vertices.end(), name);
        if (found == truth.vertices.end())
            throw base::InputError(model_path + ":vertices", "the vertices of the other graph", base::quoted(name));
        number.push_back(static_cast<std::size_t>(found - truth.vertices.begin()));
    }
    if (number.size() != truth.vertices.size())
        throw base::InputError(model_path + ":vertices",
                               fmt::format("{} vertices, as the other graph has", truth.vertices.size()),
                               fmt::format("{}", number.size()));
    Edges edges;
    for (const auto& [from, to] : model.edges) edges.emplace_back(number[from], number[to]);
    return edges;
}

}  // namespace

std::variant<KnownGraph, verdict::Undecided> compare(const KnowledgeGraph& truth, const KnowledgeGraph& model,
                                                     const std::string& model_path, const base::Limits& limits) {
    Comparison comparison(truth, translated(truth, model, model_path), limits);
    if (std::optional<KnownGraph> found = comparison.run()) return *found;
    return verdict::Undecided{verdict::reason_of(limits.exceeded().value_or(base::Limit::deadline)),
                              "the graphs were not compared to the end"};
}

}  // namespace attest::studies
