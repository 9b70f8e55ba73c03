#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attest::studies {

/// A graph of what is true, or of what a model believes.
struct KnowledgeGraph {
    using Vertex = std::size_t;  ///< from 0
    using Edge = std::pair<Vertex, Vertex>;

    std::string name;
    bool directed = true;  ///< if not, an edge leads both ways
    std::vector<std::string> vertices;
    std::vector<Edge> edges;    ///< each once
    std::optional<Edge> query;  ///< from where to where a path is asked for

    std::string spell(const Edge& edge) const;
};

/// A file `attest/graph`, version 1: {"format", "version", "name", "directed" (true if missing), "vertices": [names], "edges":
/// [[from, to], …], "from", "to"}, read strictly; `from` and `to` stand both or not at all.
///
/// Throws  InputError with the place
KnowledgeGraph read_graph(const std::string& path);

}  // namespace attest::studies
