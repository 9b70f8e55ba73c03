#include "studies/reliability.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "studies/reliability_ways.hpp"

namespace attest::studies {

using exact::Rational;

namespace {

Rational raised(const Rational& x, std::size_t exponent) {
    Rational power = 1;
    for (std::size_t k = 0; k < exponent; ++k) power *= x;
    return power;
}

/// Σ_k counts[k] s^k (1 − s)^(m − k), m = counts.size() − 1
Rational weighted(const std::vector<mpz_class>& counts, const Rational& s) {
    Rational sum = 0;
    for (std::size_t k = 0; k < counts.size(); ++k)
        if (counts[k] != 0) sum += Rational(counts[k]) * raised(s, k) * raised(Rational(1 - s), counts.size() - 1 - k);
    return sum;
}

void require_russo(const Reliability& found) {
    const Rational half(1, 2);
    Rational sum = 0;
    for (std::size_t e = 0; e < found.pivotal.size(); ++e) sum += found.influence(e, half);
    if (sum != found.derivative(half))
        throw base::InternalError("reliability: the influences do not add up to the derivative of the polynomial");
}

}  // namespace

std::vector<mpz_class> Reliability::polynomial() const {
    const std::size_t m = working.size() - 1;
    std::vector<mpz_class> coefficients(m + 1, 0);
    for (std::size_t k = 0; k <= m; ++k)
        for (std::size_t j = 0; j <= m - k; ++j) {
            mpz_class ways;
            mpz_bin_uiui(ways.get_mpz_t(), m - k, j);
            coefficients[k + j] += (j % 2 == 0 ? working[k] : mpz_class(-working[k])) * ways;
        }
    return coefficients;
}

Rational Reliability::probability(const Rational& s) const { return weighted(working, s); }
Rational Reliability::influence(std::size_t edge, const Rational& s) const { return weighted(pivotal[edge], s); }

Rational Reliability::derivative(const Rational& s) const {
    const std::vector<mpz_class> p = polynomial();
    Rational sum = 0;
    for (std::size_t k = p.size() - 1; k > 0; --k) sum = sum * s + Rational(p[k]) * static_cast<unsigned long>(k);
    return sum;
}

std::variant<Reliability, verdict::Undecided> reliability(const KnowledgeGraph& graph,
                                                          std::optional<Reliability::Way> way,
                                                          const base::Limits& limits) {
    using Way = Reliability::Way;
    const std::size_t edges = graph.edges.size();
    const Way chosen = way.value_or(edges <= most_enumerated_edges ? Way::enumeration : Way::diagram);
    if (chosen == Way::enumeration && edges > most_enumerated_edges)
        throw base::Unsupported(fmt::format("enumeration: at most {} edges, found {}", most_enumerated_edges, edges));
    auto found = chosen == Way::enumeration ? count_sets(graph, limits) : count_on_diagram(graph, limits);
    if (const auto* counted = std::get_if<Reliability>(&found)) require_russo(*counted);
    return found;
}

}  // namespace attest::studies
