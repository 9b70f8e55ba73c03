#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/verdict/verdict.hpp"
#include "studies/knowledge_graph.hpp"

namespace attest::studies {

/// What a model that believes in one graph can do where another is true. A query is an ordered pair of vertices; an answer, a
/// path in the model's graph.
struct KnownGraph {
    std::uint64_t queries = 0;   ///< with a path of true edges
    std::uint64_t solved = 0;    ///< with one that the model knows
    std::uint64_t answered = 0;  ///< with a path in the model's graph
    std::uint64_t illegal = 0;   ///< answered where there is no path of true edges
    std::size_t unknown_edges = 0, false_edges = 0;
    std::vector<KnowledgeGraph::Edge> missing;  ///< unknown true edges with which all queries would be solved
    bool is_least = false;                      ///< fewer would not do; else none of them can be left out
};

/// Least by search where at most twenty edges are open after those without which some pair has no path at all; in acyclic
/// graphs there are none.
///
/// Needs   both graphs have the same vertices, in any order, and are both directed or not
/// Gives   undecided with reason deadline or interrupted
/// Throws  InputError (`model_path`) where they have not
/// Exact   yes
/// Cost    O(n m) words of n bits for each edge that is looked at
std::variant<KnownGraph, verdict::Undecided> compare(const KnowledgeGraph& truth, const KnowledgeGraph& model,
                                                     const std::string& model_path, const base::Limits& limits);

}  // namespace attest::studies
