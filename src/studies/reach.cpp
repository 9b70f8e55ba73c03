#include "studies/reach.hpp"

#include "studies/power.hpp"

// How many vertices a vertex of D(n, p) reaches.
//
// A search from the vertex asks each pair in one direction only, so K has the law of the vertex's component in the undirected
// G(n, p): P(K = k) = C(n−1, k−1) C_k q^{k (n−k)}, where q = 1 − p and C_k is the probability that G(k, p) is connected.
//
// Gilbert's recursion for C_k subtracts numbers that are nearly equal, and in floating point nothing is left of it for n of some
// hundreds. Here is one that only adds. Take vertex 1 away from a connected graph on m vertices; the component S of vertex 2
// in what is left has j vertices, is connected, has an edge to vertex 1, none to the others, and the rest is connected
// with vertex 1:
//
//   C_m = Σ_{j=1}^{m−1} C(m−2, j−1) C_j (1 − q^j) q^{j (m−1−j)} C_{m−j},   C_1 = 1.
//
// With C_k = (k−1)! p^{k−1} q^{(k−1)(k−2)/2} J_k and y = 1/q all powers of q but one and all binomials fall out:
//
//   (m−1) J_m = Σ_{j=1}^{m−1} (1 + y + … + y^{j−1}) J_j J_{m−j},   J_1 = 1,
//
// a convolution of positive numbers. (k−1)! J_k is the enumerator of inversions of trees on k vertices, at y
// [mallows1968inversion], and this its recursion.

namespace attest::studies {

using exact::Ball;
using exact::Rational;

namespace {

void add_product(Rational& sum, const Rational& a, const Rational& b) { sum += a * b; }
void add_product(Ball& sum, const Ball& a, const Ball& b) { sum.add_product(a, b); }

/// J_1 … J_n, element 0 unused; nothing where a limit came first.
template <typename Number>
std::optional<std::vector<Number>> convolved(std::size_t nodes, const Number& y, const base::Limits& limits) {
    std::vector<Number> j(nodes + 1, Number(0)), weighted(nodes + 1, Number(0));
    Number sum_of_powers(1);
    j[1] = weighted[1] = Number(1);
    for (std::size_t m = 2; m <= nodes; ++m) {
        if (limits.exceeded()) return std::nullopt;
        Number sum(0);
        for (std::size_t k = 1; k < m; ++k) add_product(sum, weighted[k], j[m - k]);
        j[m] = sum / Number(static_cast<long>(m - 1));
        sum_of_powers = Number(1) + y * sum_of_powers;
        weighted[m] = sum_of_powers * j[m];
    }
    return j;
}

/// The exponent of q in P(K = k): that of C_k, and a pair for each vertex reached and each that is not.
std::size_t missing_edges(std::size_t nodes, std::size_t k) { return (k - 1) * (k - 2) / 2 + k * (nodes - k); }

/// Needs   0 < p < 1
template <typename Number>
std::optional<std::vector<Number>> sizes(std::size_t nodes, const Number& p, const Number& q,
                                         const base::Limits& limits) {
    const std::optional<std::vector<Number>> j = convolved(nodes, Number(Number(1) / q), limits);
    if (!j) return std::nullopt;
    std::vector<Number> law;
    Number ordered(1);  // (n−1)! / (n−k)! p^{k−1}: C(n−1, k−1) and the factorial of C_k
    for (std::size_t k = 1; k <= nodes; ++k) {
        if (limits.exceeded()) return std::nullopt;
        law.push_back(ordered * to_power(q, missing_edges(nodes, k)) * (*j)[k]);
        ordered = ordered * p * Number(static_cast<long>(nodes - k));
    }
    return law;
}

/// Where every pair is an edge, or none.
template <typename Number>
std::vector<Number> certain_sizes(std::size_t nodes, bool all) {
    std::vector<Number> law(nodes, Number(0));
    law[all ? nodes - 1 : 0] = Number(1);
    return law;
}

/// (E K − 1) / (n − 1) as a sum of positive numbers.
template <typename Number>
Number mean_reach(const std::vector<Number>& law) {
    Number sum(0);
    for (std::size_t k = 1; k < law.size(); ++k) add_product(sum, Number(static_cast<long>(k)), law[k]);
    return sum / Number(static_cast<long>(law.size() - 1));
}

}  // namespace

std::vector<Rational> reach_sizes(std::size_t nodes, const Rational& edge) {
    if (edge == 0 || edge == 1) return certain_sizes<Rational>(nodes, edge == 1);
    return *sizes<Rational>(nodes, edge, 1 - edge, {});
}

std::optional<std::vector<Ball>> reach_sizes(std::size_t nodes, const Rational& edge, long bits,
                                             const base::Limits& limits) {
    if (edge == 0 || edge == 1) return certain_sizes<Ball>(nodes, edge == 1);
    return sizes<Ball>(nodes, Ball(edge, bits), Ball(Rational(1 - edge), bits), limits);
}

Rational reach(std::size_t nodes, const Rational& edge) { return mean_reach(reach_sizes(nodes, edge)); }

std::optional<Ball> reach(std::size_t nodes, const Rational& edge, long bits, const base::Limits& limits) {
    const std::optional<std::vector<Ball>> law = reach_sizes(nodes, edge, bits, limits);
    if (!law) return std::nullopt;
    return mean_reach(*law);
}

}  // namespace attest::studies
