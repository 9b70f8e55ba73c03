#include "attest/report/measures.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "measured_word.hpp"

namespace attest::report {

namespace {

using exact::Rational;
using nlohmann::ordered_json;
using verdict::Guarantee;
using verdict::Measurement;

ordered_json value_of(const Rational& value, bool whole) {
    if (whole && value.get_den() == 1 && value.get_num().fits_ulong_p()) return value.get_num().get_ui();
    return exact::to_string(value);
}

ordered_json to_json(const measure::Witnessed& witnessed, const std::vector<std::string>& symbols) {
    ordered_json object = report::to_json(witnessed.number, true);
    if (witnessed.input) object["word"] = spell(*witnessed.input, symbols);
    if (!witnessed.blocks.empty()) object["blocks"] = witnessed.blocks;
    return object;
}

ordered_json with_sides(const measure::Witnessed& all, const std::optional<measure::Witnessed> (&sides)[2],
                        const std::vector<std::string>& symbols) {
    ordered_json object = to_json(all, symbols);
    if (sides[0]) object["rejected"] = to_json(*sides[0], symbols);
    if (sides[1]) object["accepted"] = to_json(*sides[1], symbols);
    return object;
}

Guarantee weakest(const std::vector<Measurement>& numbers) {
    Guarantee result = Guarantee::exact;
    for (const Measurement& number : numbers)
        if (result == Guarantee::exact) result = number.guarantee();
    return result;
}

/// A list of numbers under one guarantee; intervals if not all are exact.
ordered_json to_json(const std::vector<Measurement>& numbers) {
    const Guarantee guarantee = weakest(numbers);
    ordered_json values = ordered_json::array();
    for (const Measurement& number : numbers) {
        if (guarantee == Guarantee::exact) values.push_back(exact::to_string(number.lower()));
        else values.push_back({exact::to_string(number.lower()), exact::to_string(number.upper())});
    }
    ordered_json object = {{"value", std::move(values)},
                           {"guarantee", to_string(guarantee == Guarantee::exact ? guarantee : Guarantee::interval)}};
    if (numbers.empty()) return object;
    if (!numbers.front().method.empty()) object["method"] = numbers.front().method;
    if (numbers.front().confidence) object["confidence"] = exact::to_string(*numbers.front().confidence);
    return object;
}

ordered_json shape_json(const measure::Shape& shape) {
    ordered_json object = {{"relevant_positions", shape.relevant_positions()},
                           {"symmetric", shape.by_weight.has_value()},
                           {"monotone", shape.monotone()},
                           {"unate", shape.unate()}};
    if (shape.by_weight) {
        std::string values;
        for (const bool v : *shape.by_weight) values += v ? '1' : '0';
        object["by_weight"] = values;
    }
    return object;
}

/// PARITY's values, beside ours.
void add_parity(unsigned n, ordered_json& object) {
    for (const char* key : {"sensitivity", "block_sensitivity", "certificate_complexity",
                            "certificate_complexity_minimum", "decision_tree_depth", "degree", "threshold_degree"})
        object[key]["parity"] = n;
    object["average_sensitivity"]["parity"] = std::to_string(n);
    object["influences"]["parity"] = std::vector<std::string>(n, "1");
    object["accepted_words"]["parity"] = value_of(Rational(n == 0 ? mpz_class(0) : mpz_class(1) << (n - 1)), true);
}

}  // namespace

ordered_json to_json(const Measurement& number, bool whole) {
    ordered_json object;
    switch (number.guarantee()) {
        case Guarantee::exact:
        case Guarantee::lower: object["value"] = value_of(number.lower(), whole); break;
        case Guarantee::upper: object["value"] = value_of(number.upper(), whole); break;
        case Guarantee::interval:
            object["value"] = {value_of(number.lower(), whole), value_of(number.upper(), whole)};
            break;
    }
    object["guarantee"] = to_string(number.guarantee());
    if (!number.method.empty()) object["method"] = number.method;
    if (!number.is_exact()) {
        object["lower"] = value_of(number.lower(), whole);
        object["upper"] = value_of(number.upper(), whole);
        if (!number.reason.empty()) object["reason"] = number.reason;
    }
    if (number.confidence) object["confidence"] = exact::to_string(*number.confidence);
    return object;
}

ordered_json to_json(const measure::Measures& m, const std::vector<std::string>& symbols) {
    ordered_json object;
    object["sensitivity"] = with_sides(m.sensitivity, m.sensitivity_of, symbols);
    object["average_sensitivity"] = to_json(m.average_sensitivity, false);
    object["block_sensitivity"] = with_sides(m.block_sensitivity, m.block_sensitivity_of, symbols);
    object["certificate_complexity"] = with_sides(m.certificate_complexity, m.certificate_complexity_of, symbols);
    object["certificate_complexity_minimum"] = to_json(m.certificate_minimum, symbols);
    object["decision_tree_depth"] = to_json(m.decision_tree_depth, true);
    object["degree"] = to_json(m.degree, true);
    object["threshold_degree"] = to_json(m.threshold_degree, true);
    object["influences"] = to_json(m.influences);
    object["accepted_words"] = to_json(m.accepted_words, true);
    add_parity(m.variables, object);
    if (!m.profile.empty()) object["sensitivity_profile"] = m.profile;
    if (m.shape) object["shape"] = shape_json(*m.shape);
    if (!m.level_weights.empty()) {
        ordered_json weights = ordered_json::array();
        for (const Rational& weight : m.level_weights) weights.push_back(exact::to_string(weight));
        object["fourier"] = {{"level_weights", std::move(weights)}};
        if (m.nonzero_coefficients) object["fourier"]["nonzero_coefficients"] = *m.nonzero_coefficients;
        for (const auto& [rho, stability] : m.noise_stability)
            object["fourier"]["noise_stability"].push_back(
                {{"rho", exact::to_string(rho)}, {"value", exact::to_string(stability)}, {"guarantee", "exact"}});
        for (const auto& [outside, level] : m.concentration)
            object["fourier"]["concentration"].push_back(
                {{"weight_above", exact::to_string(outside)}, {"level", level}, {"guarantee", "exact"}});
    }
    return object;
}

ordered_json to_json(const std::vector<measure::Bound>& bounds) {
    ordered_json list = ordered_json::array();
    for (const measure::Bound& b : bounds)
        list.push_back(
            {{"statement", b.statement}, {"here", b.here}, {"status", to_string(b.status)}, {"source", b.source}});
    return list;
}

}  // namespace attest::report
