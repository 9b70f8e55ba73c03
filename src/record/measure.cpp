#include "record/measure.hpp"

#include <algorithm>

#include "attest/language/alphabet.hpp"
#include "fields.hpp"

namespace attest::record {

namespace {

using exact::Rational;
using verdict::Guarantee;
using verdict::Measurement;

/// Whole numbers as numbers if `whole`, others as text.
Number number_of(const Rational& value, bool whole) {
    const bool plain = whole && value.get_den() == 1 && value.get_num().fits_ulong_p();
    return {plain ? value.get_num().get_str() : exact::to_string(value), !plain};
}

Value value_of(const Measurement& number, bool whole) {
    switch (number.guarantee()) {
        case Guarantee::exact:
        case Guarantee::lower: return Value{{number_of(number.lower(), whole)}};
        case Guarantee::upper: return Value{{number_of(number.upper(), whole)}};
        case Guarantee::interval: return Value{{number_of(number.lower(), whole), number_of(number.upper(), whole)}};
    }
    return {};
}

Found found_of(const Measurement& number, bool whole) {
    Found found;
    found.value = value_of(number, whole);
    found.guarantee = to_string(number.guarantee());
    if (!number.method.empty()) found.method = number.method;
    if (!number.is_exact()) {
        found.lower = number_of(number.lower(), whole);
        found.upper = number_of(number.upper(), whole);
        if (!number.reason.empty()) found.reason = number.reason;
    }
    if (number.confidence) found.confidence = exact::to_string(*number.confidence);
    return found;
}

using Symbols = std::vector<std::string>;

Found found_of(const measure::Witnessed& witnessed, const Symbols& symbols) {
    Found found = found_of(witnessed.number, true);
    if (const auto& input = witnessed.input)
        found.word = language::Alphabet(symbols).spell(language::Word(input->begin(), input->end()));
    if (!witnessed.blocks.empty()) found.blocks = witnessed.blocks;
    return found;
}

Measured measured_of(Found found, Number parity) {
    Measured measured;
    static_cast<Found&>(measured) = std::move(found);
    measured.parity = std::move(parity);
    return measured;
}

Measured measured_of(const measure::Witnessed& all, const std::optional<measure::Witnessed> (&sides)[2],
                     const Symbols& symbols, Number parity) {
    Measured measured = measured_of(found_of(all, symbols), std::move(parity));
    if (sides[0]) measured.rejected = found_of(*sides[0], symbols);
    if (sides[1]) measured.accepted = found_of(*sides[1], symbols);
    return measured;
}

/// Numbers under one guarantee: intervals if not all are exact.
Measures::Influences influences_of(const std::vector<Measurement>& numbers, unsigned n) {
    const bool exact = std::all_of(numbers.begin(), numbers.end(), [](const Measurement& m) { return m.is_exact(); });
    Measures::Influences influences;
    for (const Measurement& m : numbers) {
        Value& value = influences.value.emplace_back();
        value.ends = {Number{exact::to_string(m.lower()), true}};
        if (!exact) value.ends.push_back({exact::to_string(m.upper()), true});
    }
    influences.guarantee = to_string(exact ? Guarantee::exact : Guarantee::interval);
    if (!numbers.empty() && !numbers.front().method.empty()) influences.method = numbers.front().method;
    if (!numbers.empty() && numbers.front().confidence)
        influences.confidence = exact::to_string(*numbers.front().confidence);
    influences.parity.assign(n, "1");
    return influences;
}

Measures::Shape shape_of(const measure::Shape& shape) {
    Measures::Shape record{
        shape.relevant_positions(), shape.by_weight.has_value(), shape.monotone(), shape.unate(), {}};
    if (!shape.by_weight) return record;
    record.by_weight.emplace();
    for (const bool v : *shape.by_weight) *record.by_weight += v ? '1' : '0';
    return record;
}

Measures::Fourier fourier_of(const measure::Measures& m) {
    Measures::Fourier fourier;
    for (const Rational& weight : m.level_weights) fourier.level_weights.push_back(exact::to_string(weight));
    fourier.nonzero_coefficients = m.nonzero_coefficients;
    if (!m.noise_stability.empty()) fourier.noise_stability.emplace();
    for (const auto& [rho, stability] : m.noise_stability)
        fourier.noise_stability->push_back({exact::to_string(rho), exact::to_string(stability), "exact"});
    if (!m.concentration.empty()) fourier.concentration.emplace();
    for (const auto& [outside, level] : m.concentration)
        fourier.concentration->push_back({exact::to_string(outside), level, "exact"});
    return fourier;
}

/// PARITY accepts half of all words, if there are two.
Number accepted_by_parity(unsigned n) {
    return number_of(Rational(n == 0 ? mpz_class(0) : mpz_class(1) << (n - 1)), true);
}

}  // namespace

Measures measures(const measure::Measures& m, const std::vector<measure::Bound>& bounds, const Symbols& symbols) {
    const Number n{std::to_string(m.variables), false}, quoted_n{std::to_string(m.variables), true};
    Measures r;
    r.sensitivity = measured_of(m.sensitivity, m.sensitivity_of, symbols, n);
    r.average_sensitivity = measured_of(found_of(m.average_sensitivity, false), quoted_n);
    r.block_sensitivity = measured_of(m.block_sensitivity, m.block_sensitivity_of, symbols, n);
    r.certificate_complexity = measured_of(m.certificate_complexity, m.certificate_complexity_of, symbols, n);
    r.certificate_complexity_minimum = measured_of(found_of(m.certificate_minimum, symbols), n);
    r.decision_tree_depth = measured_of(found_of(m.decision_tree_depth, true), n);
    r.degree = measured_of(found_of(m.degree, true), n);
    r.threshold_degree = measured_of(found_of(m.threshold_degree, true), n);
    r.influences = influences_of(m.influences, m.variables);
    r.accepted_words = measured_of(found_of(m.accepted_words, true), accepted_by_parity(m.variables));
    if (!m.profile.empty()) r.sensitivity_profile = m.profile;
    if (m.shape) r.shape = shape_of(*m.shape);
    if (!m.level_weights.empty()) r.fourier = fourier_of(m);
    for (const measure::Bound& b : bounds) r.bounds.push_back({b.statement, b.here, to_string(b.status), b.source});
    return r;
}

template nlohmann::ordered_json write(const Measure&);
template nlohmann::ordered_json write(const MeasureOutputs&);
template std::optional<Measure> read(const base::Json&);
template std::optional<MeasureOutputs> read(const base::Json&);

}  // namespace attest::record
