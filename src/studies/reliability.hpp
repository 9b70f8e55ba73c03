#pragma once

#include <gmpxx.h>

#include <optional>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/exact/rational.hpp"
#include "attest/verdict/verdict.hpp"
#include "studies/knowledge_graph.hpp"

namespace attest::studies {

/// How the sets of edges that connect a query are counted; each set stands for the edges that a model knows.
struct Reliability {
    enum class Way { enumeration, diagram };
    Way way = Way::enumeration;
    std::size_t diagram_nodes = 0;   ///< of the decision diagram, if one was made
    std::vector<mpz_class> working;  ///< by number of edges: sets with a path
    std::vector<std::vector<mpz_class>>
        pivotal;  ///< by edge and number of others: sets of others for which the edge decides

    /// P(s): the probability of a path where each edge is there with probability s, as coefficients of powers of s.
    std::vector<mpz_class> polynomial() const;
    exact::Rational probability(const exact::Rational& s) const;
    /// ∂P/∂s_e where all edges have probability s: that the edge decides.
    exact::Rational influence(std::size_t edge, const exact::Rational& s) const;
    /// dP/ds, from the coefficients. By Russo's identity it is the sum of all influences.
    exact::Rational derivative(const exact::Rational& s) const;
};

/// Up to so many edges all sets are gone through.
constexpr std::size_t most_enumerated_edges = 24;

/// way: none chooses by the number of edges.
///
/// Needs   graph.query
/// Gives   undecided with reason memory where no decision diagram is small enough, deadline or interrupted
/// Throws  Unsupported where all sets are asked for of more edges; InternalError if Russo's identity fails at s = 1/2
/// Exact   yes
/// Cost    2^m / 64 searches of m steps each; or that of the diagram, and two whole numbers of m² bits a node
/// Source  [russo1981critical]
std::variant<Reliability, verdict::Undecided> reliability(const KnowledgeGraph& graph,
                                                          std::optional<Reliability::Way> way,
                                                          const base::Limits& limits);

}  // namespace attest::studies
