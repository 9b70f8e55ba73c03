#pragma once

#include "studies/reliability.hpp"

namespace attest::studies {

// The two ways, which share nothing but the graph.

/// All sets of edges, 64 at a time: a bit a set.
/// Needs   at most 24 edges
std::variant<Reliability, verdict::Undecided> count_sets(const KnowledgeGraph& graph, const base::Limits& limits);

/// The decision diagram of "there is a path" over the edges.
std::variant<Reliability, verdict::Undecided> count_on_diagram(const KnowledgeGraph& graph, const base::Limits& limits);

}  // namespace attest::studies
