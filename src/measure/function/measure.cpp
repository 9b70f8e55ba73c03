#include "attest/measure/function/measure.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "measuring.hpp"

namespace attest::measure {

using exact::Rational;
using verdict::Measurement;

Rational rational(const mpz_class& value) { return Rational(value); }

Rational over_power_of_two(const mpz_class& numerator, unsigned exponent) {
    Rational q(numerator, mpz_class(1) << exponent);
    q.canonicalize();
    return q;
}

std::vector<bool> bits(measure::Input x, unsigned n) {
    std::vector<bool> result;
    for (unsigned i = 1; i <= n; ++i) result.push_back((x >> measure::bit_of(i, n) & 1U) != 0);
    return result;
}

Measurement unknown(unsigned n) { return Measurement::at_most(n, 0); }

Measurement exactly(Rational value, const std::string& method) {
    Measurement result = Measurement::exactly(std::move(value));
    result.method = method;
    return result;
}

bool out_of_limits(const base::Limits& limits, Measures& m) {
    if (m.stopped) return true;
    if (const auto limit = limits.exceeded())
        m.stopped = verdict::Undecided{verdict::reason_of(*limit), "not all measures were begun"};
    return m.stopped.has_value();
}

namespace {

/// A function that is not constant has a threshold degree of at least 1; one of degree 1 is unate.
void signs_by_shape(Measures& m) {
    const unsigned least = m.shape->relevant_positions().empty() ? 0 : m.shape->unate() ? 1 : 2;
    if (m.threshold_degree.lower() >= least) return;
    m.threshold_degree.raise_lower(least);
    if (m.threshold_degree.method.empty()) m.threshold_degree.method = least == 2 ? "not unate" : "not constant";
}

/// With terms of C1 positions that cover what is accepted: their sum is 0 or at least 1, so half less has the right sign.
void signs_by_terms(Measures& m) {
    for (const auto& side : m.certificate_complexity_of) {
        if (!side || side->number.upper() >= m.threshold_degree.upper()) continue;
        m.threshold_degree.reduce_upper(side->number.upper());
        if (m.threshold_degree.is_exact()) m.threshold_degree.reason.clear();
        m.threshold_degree.method = "from the others, by inequalities";
    }
}

/// Lets each number bound its neighbours: as ≤ s ≤ bs ≤ C ≤ D, deg ≤ D, deg± ≤ deg, D ≤ relevant positions.
void draw_together(Measures& m) {
    const auto inferred = [](Measurement& number) {
        if (number.method.empty() || number.is_exact()) number.method = "from the others, by inequalities";
    };
    const auto below = [&](Measurement& small, Measurement& great) {
        if (small.lower() > great.lower()) {
            great.raise_lower(small.lower());
            inferred(great);
        }
        if (great.upper() < small.upper()) {
            small.reduce_upper(great.upper());
            inferred(small);
        }
    };
    if (m.shape) signs_by_shape(m);
    if (m.shape)
        m.decision_tree_depth.reduce_upper(Rational(static_cast<unsigned long>(m.shape->relevant_positions().size())));
    for (int again = 0; again < 2; ++again) {
        for (std::size_t v = 0; v < 2; ++v) {
            auto &s = m.sensitivity_of[v], &bs = m.block_sensitivity_of[v], &c = m.certificate_complexity_of[v];
            if (s && bs) below(s->number, bs->number);
            if (bs && c) below(bs->number, c->number);
            if (c) below(c->number, m.certificate_complexity.number);
        }
        below(m.sensitivity.number, m.block_sensitivity.number);
        below(m.block_sensitivity.number, m.certificate_complexity.number);
        below(m.certificate_complexity.number, m.decision_tree_depth);
        below(m.certificate_minimum.number, m.certificate_complexity.number);
        below(m.degree, m.decision_tree_depth);
        below(m.threshold_degree, m.degree);
        signs_by_terms(m);
    }
}

/// What a truth table is too large for.
void complete_by_diagram(const Function& function, const MeasureOptions& options, const base::Limits& limits,
                         Measures& m) {
    const bool certificates = !m.certificate_complexity.number.is_exact(), weights = m.level_weights.empty();
    if ((!certificates && !weights) || out_of_limits(limits, m)) return;
    if (options.progress) options.progress("a decision diagram");
    const auto found = measure::diagram(*function.circuit, function.root, {options.most_diagram_nodes}, limits);
    const auto* d = std::get_if<measure::Diagram>(&found);
    if (d == nullptr) return;
    if (weights) measure_weights(*d, limits, m);
    if (certificates) measure_certificates(*d, limits, m);
}

/// Whether a number is left between bounds that parts of a function may settle.
bool is_open(const Measures& m) {
    for (const Witnessed* w : {&m.sensitivity, &m.block_sensitivity, &m.certificate_complexity, &m.certificate_minimum})
        if (!w->number.is_exact()) return true;
    return !m.decision_tree_depth.is_exact() || !m.degree.is_exact();
}

void look_at_spectrum(const MeasureOptions& options, Measures& m) {
    if (m.level_weights.empty()) return;
    for (const Rational& rho : options.noise)
        m.noise_stability.emplace_back(rho, measure::noise_stability(m.level_weights, rho));
    for (const Rational& outside : options.outside)
        m.concentration.emplace_back(outside, measure::concentration(m.level_weights, outside));
}

}  // namespace

Measures measure(const Function& function, const MeasureOptions& options, const base::Limits& limits) {
    Measures m;
    const unsigned n = m.variables = function.variables;
    for (Witnessed* w : {&m.sensitivity, &m.block_sensitivity, &m.certificate_complexity, &m.certificate_minimum})
        w->number = unknown(n);
    for (Measurement* number : {&m.average_sensitivity, &m.decision_tree_depth, &m.degree, &m.threshold_degree})
        *number = unknown(n);
    m.influences.assign(n, Measurement::at_most(1, 0));
    mpz_class words;
    mpz_ui_pow_ui(words.get_mpz_t(), 2, n);
    m.accepted_words = Measurement::at_most(Rational(words), 0);

    m.table = function.table;
    if (!m.table && function.circuit && n <= options.most_table_variables) {
        if (options.progress) options.progress("the truth table");
        auto table = measure::tabulate(*function.circuit, function.root, options.threads, limits);
        if (auto* why = std::get_if<verdict::Undecided>(&table)) m.stopped = std::move(*why);
        else m.table = std::move(std::get<measure::TruthTable>(table));
    }
    if (m.table) measure_by_table(options, limits, m);
    if (m.table && function.circuit) complete_by_diagram(function, options, limits, m);
    if (m.table && m.level_weights.empty() && !m.stopped)
        m.stopped = verdict::Undecided{verdict::Reason::memory, m.degree.reason};
    if (!m.table && function.circuit) measure_by_circuit(function, options, limits, m);
    if (function.circuit && is_open(m) && !out_of_limits(limits, m)) measure_by_parts(function, limits, m);
    const bool ask = options.keep || !m.sensitivity.number.is_exact();
    if (ask && function.circuit && !out_of_limits(limits, m)) measure_by_solver(function, options, limits, m);
    draw_together(m);
    look_at_spectrum(options, m);
    return m;
}

}  // namespace attest::measure
