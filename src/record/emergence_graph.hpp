#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "studies/emergence_table.hpp"
#include "studies/known_graph.hpp"
#include "studies/reliability.hpp"

namespace attest::record {

/// `attest emerge --graph … --json`: one graph.
struct EmergenceGraph {
    /// A path from one vertex to another, where each edge is known with probability `recall`.
    struct Query {
        struct Influence {
            std::string edge, value;  ///< ∂P/∂s_e at the recall

            template <typename Self, typename Fields>
            static void list(Self& self, Fields& field) {
                field.required("edge", self.edge);
                field.required("value", self.value);
            }
        };

        std::string from, to, recall, probability;
        std::string way;  ///< `enumeration`, `diagram`
        std::optional<std::uint64_t> diagram_nodes;
        std::vector<std::string> polynomial;    ///< coefficients, from the power 0
        std::vector<std::string> working_sets;  ///< by number of edges, from 0
        std::vector<Influence> influences;
        std::string derivative;  ///< dP/ds, which is the sum of the influences

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("from", self.from);
            field.required("to", self.to);
            field.required("recall", self.recall);
            field.required("probability", self.probability);
            field.required("way", self.way);
            field.optional("diagram_nodes", self.diagram_nodes);
            field.required("polynomial", self.polynomial);
            field.required("working_sets", self.working_sets);
            field.required("influences", self.influences);
            field.required("derivative", self.derivative);
        }
    };

    struct Known {
        std::string model;
        std::uint64_t queries = 0, solved = 0, answered = 0, illegal = 0, unknown_edges = 0, false_edges = 0;
        std::vector<std::string> missing;
        bool is_least = false;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("model", self.model);
            field.required("queries", self.queries);
            field.required("solved", self.solved);
            field.required("answered", self.answered);
            field.required("illegal", self.illegal);
            field.required("unknown_edges", self.unknown_edges);
            field.required("false_edges", self.false_edges);
            field.required("missing", self.missing);
            field.required("least", self.is_least);
        }
    };

    std::string graph;
    std::uint64_t vertices = 0, edges = 0;
    bool is_directed = true;
    std::optional<Query> query;
    std::optional<Known> known;
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "emerge");
        field.required("graph", self.graph);
        field.required("vertices", self.vertices);
        field.required("edges", self.edges);
        field.required("directed", self.is_directed);
        field.optional("query", self.query);
        field.optional("known", self.known);
        field.required("seconds", self.seconds);
    }
};

EmergenceGraph emergence_graph(const studies::KnowledgeGraph& graph, double seconds);
EmergenceGraph::Query emergence_query(const studies::KnowledgeGraph& graph, const studies::Reliability& found,
                                      const exact::Rational& recall);
EmergenceGraph::Known emergence_known(const studies::KnowledgeGraph& truth, const studies::KnowledgeGraph& model,
                                      const studies::KnownGraph& found);

/// `attest emerge --thresholds … --json`: counts of a table of reported thresholds, in FLOPs.
struct EmergenceCounts {
    struct Share {
        std::string where, among;
        std::uint64_t rows = 0, of = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("where", self.where);
            field.required("among", self.among);
            field.required("rows", self.rows);
            field.required("of", self.of);
        }
    };

    std::string source;
    std::uint64_t rows = 0;
    std::string least, median, greatest;
    std::vector<Share> shares;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "emerge");
        field.required("thresholds", self.source);
        field.required("rows", self.rows);
        field.required("least", self.least);
        field.required("median", self.median);
        field.required("greatest", self.greatest);
        field.required("shares", self.shares);
    }
};

EmergenceCounts emergence_counts(const studies::EmergenceTable& table);

}  // namespace attest::record
