#include "studies/knowledge_graph.hpp"

#include <fmt/format.h>

#include <map>
#include <set>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/json.hpp"
#include "base/quote.hpp"
#include "base/text.hpp"

namespace attest::studies {

namespace {

using base::JsonNode;

constexpr std::size_t most_vertices = 4096;

class GraphReader {
  public:
    explicit GraphReader(const JsonNode& file) : file_(file) {}

    KnowledgeGraph read() {
        file_.allow_keys({"format", "version", "name", "directed", "vertices", "edges", "from", "to"});
        if (const JsonNode format = file_.at("format"); format.as_string() != "attest/graph")
            format.fail("\"attest/graph\"");
        file_.at("version").as_integer(1, 1);
        graph_.name = file_.has("name") ? file_.at("name").as_string() : "graph";
        if (file_.has("directed")) graph_.directed = file_.at("directed").as_bool();
        read_vertices(file_.at("vertices"));
        std::set<KnowledgeGraph::Edge> seen;
        for (const JsonNode& edge : file_.at("edges").elements()) read_edge(edge, seen);
        if (file_.has("from") || file_.has("to")) {
            graph_.query = {vertex(file_.at("from")), vertex(file_.at("to"))};
            if (graph_.query->first == graph_.query->second) file_.at("to").fail("another vertex than \"from\"");
        }
        return std::move(graph_);
    }

  private:
    void read_vertices(const JsonNode& vertices) {
        if (vertices.size() < 2 || vertices.size() > most_vertices)
            vertices.fail(fmt::format("a list of 2 to {} names", most_vertices));
        for (const JsonNode& name : vertices.elements()) {
            if (!numbers_.emplace(name.as_string(), graph_.vertices.size()).second) name.fail("each vertex once");
            graph_.vertices.push_back(name.as_string());
        }
    }

    KnowledgeGraph::Vertex vertex(const JsonNode& name) const {
        const auto found = numbers_.find(name.as_string());
        if (found == numbers_.end()) name.fail("the name of a vertex");
        return found->second;
    }

    void read_edge(const JsonNode& edge, std::set<KnowledgeGraph::Edge>& seen) {
        if (edge.size() != 2) edge.fail("a list of two vertices");
        const KnowledgeGraph::Edge read = {vertex(edge.elements()[0]), vertex(edge.elements()[1])};
        if (read.first == read.second) edge.fail("an edge between two vertices");
        const bool is_new = seen.insert(read).second;
        if (!is_new || (!graph_.directed && seen.count({read.second, read.first}) != 0)) edge.fail("each edge once");
        graph_.edges.push_back(read);
    }

    const JsonNode& file_;
    KnowledgeGraph graph_;
    std::map<std::string, KnowledgeGraph::Vertex> numbers_;
};

}  // namespace

std::string KnowledgeGraph::spell(const Edge& edge) const {
    return fmt::format("{}{}{}", base::printable(vertices[edge.first]), directed ? "->" : "-",
                       base::printable(vertices[edge.second]));
}

KnowledgeGraph read_graph(const std::string& path) {
    const base::Json document = base::Json::parse(base::read_file(path), path);
    const JsonNode file(document, path);
    return GraphReader(file).read();
}

}  // namespace attest::studies
