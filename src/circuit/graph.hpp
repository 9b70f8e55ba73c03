#pragma once

// Circuit as a Boost.Graph graph: vertices are nodes, edges are wires directed from a gate to its fan-ins, so
// that out_edges needs no second index and nothing is copied. Models VertexListGraph, EdgeListGraph,
// IncidenceGraph and AdjacencyGraph. A topological_sort (which lists targets first) gives fan-ins before
// gates.

#include <boost/graph/graph_traits.hpp>
#include <boost/graph/properties.hpp>
#include <boost/iterator/counting_iterator.hpp>
#include <boost/iterator/iterator_facade.hpp>
#include <boost/property_map/property_map.hpp>
#include <cstddef>
#include <cstdint>
#include <utility>

#include "attest/circuit/circuit.hpp"

namespace attest::circuit {

/// A wire as an edge: from the gate that reads it to the node that drives it.
struct Wire {
    Node gate = 0;
    std::uint32_t place = 0;  ///< among all wires of the circuit
    auto operator<=>(const Wire&) const = default;
};

/// The wires of one gate.
class OutEdgeIterator : public boost::iterator_facade<OutEdgeIterator, Wire, boost::random_access_traversal_tag, Wire> {
  public:
    OutEdgeIterator() = default;
    OutEdgeIterator(Node gate, std::uint32_t place) : wire_{gate, place} {}

  private:
    friend class boost::iterator_core_access;
    Wire dereference() const { return wire_; }
    bool equal(const OutEdgeIterator& other) const { return wire_.place == other.wire_.place; }
    void increment() { ++wire_.place; }
    void decrement() { --wire_.place; }
    void advance(std::ptrdiff_t n) { wire_.place = static_cast<std::uint32_t>(wire_.place + n); }
    std::ptrdiff_t distance_to(const OutEdgeIterator& other) const {
        return std::ptrdiff_t{other.wire_.place} - std::ptrdiff_t{wire_.place};
    }

    Wire wire_;
};

/// All wires, gate by gate.
class EdgeIterator : public boost::iterator_facade<EdgeIterator, Wire, boost::forward_traversal_tag, Wire> {
  public:
    EdgeIterator() = default;
    EdgeIterator(const Circuit& circuit, Wire wire) : circuit_(&circuit), wire_(wire) { skip_nodes(); }

  private:
    friend class boost::iterator_core_access;
    Wire dereference() const { return wire_; }
    bool equal(const EdgeIterator& other) const { return wire_.place == other.wire_.place; }
    void increment() {
        ++wire_.place;
        skip_nodes();
    }
    void skip_nodes() {
        const std::size_t nodes = circuit_->node_count();
        while (wire_.gate < nodes && circuit_->first_wire(wire_.gate + 1) <= wire_.place) ++wire_.gate;
    }

    const Circuit* circuit_ = nullptr;
    Wire wire_;
};

/// The nodes that drive one gate.
class AdjacencyIterator
    : public boost::iterator_facade<AdjacencyIterator, Node, boost::random_access_traversal_tag, Node> {
  public:
    AdjacencyIterator() = default;
    explicit AdjacencyIterator(const Literal* fan_in) : fan_in_(fan_in) {}

  private:
    friend class boost::iterator_core_access;
    Node dereference() const { return fan_in_->node(); }
    bool equal(const AdjacencyIterator& other) const { return fan_in_ == other.fan_in_; }
    void increment() { ++fan_in_; }
    void decrement() { --fan_in_; }
    void advance(std::ptrdiff_t n) { fan_in_ += n; }
    std::ptrdiff_t distance_to(const AdjacencyIterator& other) const { return other.fan_in_ - fan_in_; }

    const Literal* fan_in_ = nullptr;
};

struct CircuitTraversal : virtual boost::vertex_list_graph_tag,
                          virtual boost::edge_list_graph_tag,
                          virtual boost::incidence_graph_tag,
                          virtual boost::adjacency_graph_tag {};

}  // namespace attest::circuit

template <>
struct boost::graph_traits<attest::circuit::Circuit> {
    using vertex_descriptor = attest::circuit::Node;
    using edge_descriptor = attest::circuit::Wire;
    using directed_category = boost::directed_tag;
    using edge_parallel_category = boost::allow_parallel_edge_tag;
    using traversal_category = attest::circuit::CircuitTraversal;
    using vertex_iterator = boost::counting_iterator<attest::circuit::Node>;
    using edge_iterator = attest::circuit::EdgeIterator;
    using out_edge_iterator = attest::circuit::OutEdgeIterator;
    using adjacency_iterator = attest::circuit::AdjacencyIterator;
    using in_edge_iterator = attest::circuit::OutEdgeIterator;  // never used; filtered_graph wants the name
    using vertices_size_type = std::size_t;
    using edges_size_type = std::size_t;
    using degree_size_type = std::size_t;
    static vertex_descriptor null_vertex() { return UINT32_MAX; }
};

template <>
struct boost::property_map<attest::circuit::Circuit, boost::vertex_index_t> {
    using type = boost::typed_identity_property_map<attest::circuit::Node>;
    using const_type = type;
};

namespace attest::circuit {

using GraphTraits = boost::graph_traits<Circuit>;

inline std::size_t num_vertices(const Circuit& c) { return c.node_count(); }
inline std::size_t num_edges(const Circuit& c) { return c.wire_count(); }
inline std::size_t out_degree(Node v, const Circuit& c) { return c.fan_ins(v).size(); }
inline Node source(const Wire& e, const Circuit&) { return e.gate; }
inline Node target(const Wire& e, const Circuit& c) { return c.wire(e.place).node(); }
inline bool complemented(const Wire& e, const Circuit& c) { return c.wire(e.place).complemented(); }

inline std::pair<GraphTraits::vertex_iterator, GraphTraits::vertex_iterator> vertices(const Circuit& c) {
    return {GraphTraits::vertex_iterator(0), GraphTraits::vertex_iterator(static_cast<Node>(c.node_count()))};
}
inline std::pair<EdgeIterator, EdgeIterator> edges(const Circuit& c) {
    const Wire end{static_cast<Node>(c.node_count()), static_cast<std::uint32_t>(c.wire_count())};
    return {EdgeIterator(c, {}), EdgeIterator(c, end)};
}
inline std::pair<OutEdgeIterator, OutEdgeIterator> out_edges(Node v, const Circuit& c) {
    return {OutEdgeIterator(v, c.first_wire(v)), OutEdgeIterator(v, c.first_wire(v + 1))};
}
inline std::pair<AdjacencyIterator, AdjacencyIterator> adjacent_vertices(Node v, const Circuit& c) {
    const std::span<const Literal> f = c.fan_ins(v);
    return {AdjacencyIterator(f.data()), AdjacencyIterator(f.data() + f.size())};
}

inline boost::typed_identity_property_map<Node> get(boost::vertex_index_t, const Circuit&) { return {}; }
inline Node get(boost::vertex_index_t, const Circuit&, Node v) { return v; }

}  // namespace attest::circuit
