#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "measure/function/diagram_counts.hpp"
#include "measuring.hpp"

namespace attest::measure {

namespace {

constexpr std::size_t most_coefficients = 1 << 22;

}  // namespace

void measure_weights(const measure::Diagram& d, const base::Limits& limits, Measures& m) {
    auto found = measure::level_weights(d, most_coefficients, limits);
    if (auto* why = std::get_if<verdict::Undecided>(&found)) {
        if (limits.exceeded() && !m.stopped) m.stopped = std::move(*why);
        return;
    }
    const auto& by_level = std::get<std::vector<mpz_class>>(found);
    exact::Rational sum = 0, moment = 0;
    unsigned degree = 0;
    m.level_weights.clear();
    for (unsigned k = 0; k <= m.variables; ++k) {
        m.level_weights.push_back(over_power_of_two(by_level[k], 2 * m.variables));
        sum += m.level_weights.back();
        moment += k * m.level_weights.back();
        if (by_level[k] != 0) degree = k;
    }
    if (sum != 1 || moment != m.average_sensitivity.lower())
        throw base::InternalError("the Fourier weights do not sum to what Parseval and the average sensitivity say");
    m.degree = exactly(degree, fmt::format("decision diagram of {} nodes", d.nodes.size()));
}

}  // namespace attest::measure
