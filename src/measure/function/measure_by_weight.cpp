#include "attest/base/error.hpp"
#include "measure/function/symmetric.hpp"
#include "measuring.hpp"

namespace attest::measure {

namespace {

constexpr const char* method = "closed form of a symmetric function";

Witnessed witnessed(const measure::ExtremumByWeight& e, unsigned n) {
    std::vector<bool> input(n, false);
    for (unsigned k = 0; k < e.weight; ++k) input[n - 1 - k] = true;
    return {exactly(e.value, method), std::move(input)};
}

/// The greater side, and both.
void set(const measure::SymmetricMeasures::Sides& found, unsigned n, Witnessed& all,
         std::optional<Witnessed> (&sides)[2]) {
    const measure::ExtremumByWeight* most = nullptr;
    for (std::size_t v = 0; v < 2; ++v) {
        if (!found[v]) continue;
        sides[v] = witnessed(*found[v], n);
        if (most == nullptr || found[v]->value > most->value) most = &*found[v];
    }
    all = witnessed(*most, n);
}

}  // namespace

void measure_by_weight(Measures& m) {
    const unsigned n = m.variables;
    const measure::SymmetricMeasures found = measure::symmetric_measures(*m.shape->by_weight);
    set(found.sensitivity, n, m.sensitivity, m.sensitivity_of);
    set(found.block_sensitivity, n, m.block_sensitivity, m.block_sensitivity_of);
    set(found.certificates, n, m.certificate_complexity, m.certificate_complexity_of);
    m.certificate_minimum = witnessed(found.least_certificate, n);
    m.decision_tree_depth = exactly(found.decision_tree_depth, method);
    m.degree = exactly(found.degree, method);
    m.threshold_degree = exactly(found.threshold_degree, method);
    m.accepted_words = exactly(rational(found.ones), method);
    m.influences.assign(n, exactly(over_power_of_two(found.boundary, n), method));
    m.average_sensitivity = exactly(over_power_of_two(found.boundary * n, n), method);
}

void measure_by_sum(const std::vector<bool>& values, Measures& m) {
    const unsigned n = m.variables;
    measure::Direction direction;
    for (unsigned k = 0; k < n; ++k) {
        direction.rises = direction.rises || (!values[k] && values[k + 1]);
        direction.falls = direction.falls || (values[k] && !values[k + 1]);
    }
    m.shape = measure::Shape{std::vector<measure::Direction>(n, direction), values};
    measure_by_weight(m);
    exact::Rational sum = 0, moment = 0;
    const std::vector<mpz_class> by_level = measure::symmetric_level_weights(values);
    for (unsigned k = 0; k <= n; ++k) {
        m.level_weights.push_back(over_power_of_two(by_level[k], 2 * n));
        sum += m.level_weights.back();
        moment += k * m.level_weights.back();
    }
    if (sum != 1 || moment != m.average_sensitivity.lower())
        throw base::InternalError(
            "the Fourier weights of a symmetric function do not sum to what Parseval and the average sensitivity say");
}

}  // namespace attest::measure
