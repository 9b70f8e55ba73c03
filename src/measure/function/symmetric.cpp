#include "measure/function/symmetric.hpp"

#include <algorithm>

// Let a … b be the numbers of ones around k on which the function has the same value.
//   Sensitivity at k: the k ones if k = a > 0, and the n − k zeros if k = b < n.
//   Certificate: a ones and n − b zeros must be known, and suffice.
//   Blocks: a minimal one is k − a + 1 ones or b + 1 − k zeros, and ones and zeros do not get in each other's way.
//   Decision trees: whoever answers can keep two neighbouring numbers of different value possible up to the last
//   question, so the depth is n unless the function is constant.
//   Degree: that of the polynomial in one variable through the values, by differences (Minsky and Papert 1969).
//   Threshold degree: the changes of value along the numbers of ones (the same).

namespace attest::measure {

namespace {

struct Stretch {
    unsigned first, last;
};

Stretch around(const std::vector<bool>& values, unsigned k) {
    Stretch i{k, k};
    while (i.first > 0 && values[i.first - 1] == values[k]) --i.first;
    while (i.last + 1 < values.size() && values[i.last + 1] == values[k]) ++i.last;
    return i;
}

void raise(std::optional<ExtremumByWeight>& most, unsigned value, unsigned weight) {
    if (!most || value > most->value) most = ExtremumByWeight{value, weight};
}

unsigned degree(const std::vector<bool>& values) {
    std::vector<mpz_class> differences(values.begin(), values.end());
    unsigned result = 0;
    for (unsigned k = 1; k < values.size(); ++k) {
        for (std::size_t j = 0; j + k < values.size(); ++j) differences[j] = differences[j + 1] - differences[j];
        if (differences[0] != 0) result = k;
    }
    return result;
}

}  // namespace

SymmetricMeasures symmetric_measures(const std::vector<bool>& values) {
    const auto n = static_cast<unsigned>(values.size()) - 1;
    SymmetricMeasures m;
    m.least_certificate = {n + 1, 0};
    for (unsigned k = 0; k <= n; ++k) {
        const Stretch same = around(values, k);
        const std::size_t v = values[k] ? 1 : 0;
        const bool below = same.first > 0, above = same.last < n;
        raise(m.sensitivity[v], (below && k == same.first ? k : 0) + (above && k == same.last ? n - k : 0), k);
        raise(m.block_sensitivity[v],
              (below ? k / (k - same.first + 1) : 0) + (above ? (n - k) / (same.last + 1 - k) : 0), k);
        const unsigned certificate = same.first + n - same.last;
        raise(m.certificates[v], certificate, k);
        if (certificate < m.least_certificate.value) m.least_certificate = {certificate, k};
        mpz_class inputs;
        mpz_bin_uiui(inputs.get_mpz_t(), n, k);
        if (values[k]) m.ones += inputs;
        if (k == n || values[k] == values[k + 1]) continue;
        ++m.threshold_degree;
        mpz_bin_uiui(inputs.get_mpz_t(), n - 1, k);
        m.boundary += 2 * inputs;
    }
    m.decision_tree_depth = m.threshold_degree > 0 ? n : 0;
    m.degree = degree(values);
    return m;
}

// Over inputs with w ones, (−1)^(ones in S) sums to the coefficient of z^w in (1 − z)^k (1 + z)^(n − k), where |S| = k.
std::vector<mpz_class> symmetric_level_weights(const std::vector<bool>& values) {
    const auto n = static_cast<unsigned>(values.size()) - 1;
    std::vector<mpz_class> polynomial(n + 1), weights;  // that of k, from (1 + z)^n on
    for (unsigned w = 0; w <= n; ++w) mpz_bin_uiui(polynomial[w].get_mpz_t(), n, w);
    for (unsigned k = 0; k <= n; ++k) {
        mpz_class coefficient, count;
        for (unsigned w = 0; w <= n; ++w) values[w] ? coefficient -= polynomial[w] : coefficient += polynomial[w];
        mpz_bin_uiui(count.get_mpz_t(), n, k);
        weights.push_back(count * coefficient * coefficient);
        // Times (1 − z) / (1 + z): r_w = p_w − p_(w−1) − r_(w−1).
        mpz_class before = 0, quotient = 0;
        for (unsigned w = 0; w <= n && k < n; ++w) {
            quotient = polynomial[w] - before - quotient;
            std::swap(before, polynomial[w]);
            polynomial[w] = quotient;
        }
    }
    return weights;
}

}  // namespace attest::measure
