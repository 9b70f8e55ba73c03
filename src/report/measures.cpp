#include "attest/report/measures.hpp"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

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

std::string spell(const std::vector<bool>& input, const std::vector<std::string>& symbols) {
    std::string text;
    for (const bool bit : input) text += symbols[bit ? 1 : 0];
    return text;
}

ordered_json to_json(const query::Witnessed& witnessed, const std::vector<std::string>& symbols) {
    ordered_json object = report::to_json(witnessed.number, true);
    if (witnessed.input) object["word"] = spell(*witnessed.input, symbols);
    if (!witnessed.blocks.empty()) object["blocks"] = witnessed.blocks;
    return object;
}

ordered_json with_sides(const query::Witnessed& all, const std::optional<query::Witnessed> (&sides)[2], const std::vector<std::string>& symbols) {
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
    ordered_json object = {{"value", std::move(values)}, {"guarantee", to_string(guarantee == Guarantee::exact ? guarantee : Guarantee::interval)}};
    if (numbers.empty()) return object;
    if (!numbers.front().method.empty()) object["method"] = numbers.front().method;
    if (numbers.front().confidence) object["confidence"] = exact::to_string(*numbers.front().confidence);
    return object;
}

ordered_json shape_json(const analysis::Shape& shape) {
    ordered_json object = {{"relevant_positions", shape.relevant_positions()}, {"symmetric", shape.by_weight.has_value()},
                           {"monotone", shape.monotone()}, {"unate", shape.unate()}};
    if (shape.by_weight) {
        std::string values;
        for (const bool v : *shape.by_weight) values += v ? '1' : '0';
        object["by_weight"] = values;
    }
    return object;
}

/// Six significant digits; `~` if that is not all.
std::string decimal(const Rational& value) {
    const std::string text = fmt::format("{:.6g}", value.get_d());
    Rational back;
    const bool plain = text.find_first_of("en") == std::string::npos;
    if (plain) {
        const std::size_t point = text.find('.');
        std::string digits = text;
        mpz_class scale = 1;
        if (point != std::string::npos) {
            mpz_ui_pow_ui(scale.get_mpz_t(), 10, text.size() - point - 1);
            digits.erase(point, 1);
        }
        back = Rational(mpz_class(digits, 10), scale);
        back.canonicalize();
    }
    return plain && back == value ? text : "~" + text;
}

struct Line {
    std::string name, value, parity, detail;
};

std::string plural(std::size_t count, const char* noun) {
    return fmt::format("{} {}{}", count, noun, count == 1 ? "" : "s");
}

}  // namespace

ordered_json to_json(const Measurement& number, bool whole) {
    ordered_json object;
    switch (number.guarantee()) {
        case Guarantee::exact:
        case Guarantee::lower:
            object["value"] = value_of(number.lower(), whole);
            break;
        case Guarantee::upper:
            object["value"] = value_of(number.upper(), whole);
            break;
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

ordered_json to_json(const query::Measures& m, const std::vector<std::string>& symbols) {
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
    if (!m.profile.empty()) object["sensitivity_profile"] = m.profile;
    if (m.shape) object["shape"] = shape_json(*m.shape);
    if (!m.level_weights.empty()) {
        ordered_json weights = ordered_json::array();
        for (const Rational& weight : m.level_weights) weights.push_back(exact::to_string(weight));
        object["fourier"] = {{"level_weights", std::move(weights)}};
        if (m.nonzero_coefficients) object["fourier"]["nonzero_coefficients"] = *m.nonzero_coefficients;
    }
    return object;
}

std::string to_text(const Measurement& number) {
    const auto one = [](const Rational& value) {
        if (value.get_den() == 1 && mpz_sizeinbase(value.get_num_mpz_t(), 10) <= 12) return value.get_num().get_str();
        return decimal(value);
    };
    switch (number.guarantee()) {
        case Guarantee::exact:
            return one(number.lower());
        case Guarantee::lower:
            return ">= " + one(number.lower());
        case Guarantee::upper:
            return "<= " + one(number.upper());
        case Guarantee::interval:
            return one(number.lower()) + " .. " + one(number.upper());
    }
    return "";
}

std::string to_text(const query::Measures& m, const std::vector<std::string>& symbols) {
    std::vector<Line> lines;
    const std::string parity = std::to_string(m.variables);
    const auto detail = [&](const query::Witnessed& w) {
        std::string text = w.number.method;
        if (w.input) text += fmt::format("{}on {}", text.empty() ? "" : ", ", spell(*w.input, symbols));
        if (!w.number.reason.empty()) text += fmt::format("{}{}", text.empty() ? "" : "; ", w.number.reason);
        return text;
    };
    const auto add = [&](const char* name, const query::Witnessed& w) { lines.push_back({name, to_text(w.number), parity, detail(w)}); };
    const auto add_sides = [&](const char* rejected, const char* accepted, const std::optional<query::Witnessed> (&sides)[2]) {
        if (sides[0]) add(rejected, *sides[0]);
        if (sides[1]) add(accepted, *sides[1]);
    };
    const auto add_number = [&](const char* name, const Measurement& number, std::string beside) {
        lines.push_back({name, to_text(number), std::move(beside), detail({number, std::nullopt, {}})});
    };
    add("sensitivity s", m.sensitivity);
    add_sides("  rejected words, s0", "  accepted words, s1", m.sensitivity_of);
    add_number("average sensitivity as", m.average_sensitivity, parity);
    add("block sensitivity bs", m.block_sensitivity);
    add("certificates C", m.certificate_complexity);
    add_sides("  rejected words, C0", "  accepted words, C1", m.certificate_complexity_of);
    add("  least, Cmin", m.certificate_minimum);
    add_number("decision tree depth D", m.decision_tree_depth, parity);
    add_number("degree", m.degree, parity);
    add_number("threshold degree", m.threshold_degree, parity);
    const std::string half = m.variables == 0 ? "0" : m.variables <= 40 ? std::to_string(std::uint64_t{1} << (m.variables - 1)) : fmt::format("2^{}", m.variables - 1);
    add_number("accepted words", m.accepted_words, half);

    std::size_t wide = 8;
    for (const Line& line : lines) wide = std::max(wide, line.value.size());
    std::string text = fmt::format("  {:<24}  {:>{}}  {:>8}  how\n", "measure", "value", wide, "PARITY");
    for (const Line& line : lines) text += fmt::format("  {:<24}  {:>{}}  {:>8}  {}\n", line.name, line.value, wide, line.parity, line.detail);
    std::vector<std::string> influences;
    for (const Measurement& influence : m.influences) influences.push_back(to_text(influence));
    text += fmt::format("  influences (PARITY: all 1)  {}\n", fmt::join(influences, " "));
    if (m.shape) {
        const std::size_t relevant = m.shape->relevant_positions().size();
        text += fmt::format("  depends on {} of {}; {}symmetric, {}monotone, {}unate\n", relevant, plural(m.variables, "position"), m.shape->by_weight ? "" : "not ",
                            m.shape->monotone() ? "" : "not ", m.shape->unate() ? "" : "not ");
    }
    if (!m.level_weights.empty()) {
        std::vector<std::string> weights;
        for (const Rational& weight : m.level_weights) weights.push_back(decimal(weight));
        text += fmt::format("  Fourier weight by level 0 .. {} (PARITY: all on the last)  {}\n", m.variables, fmt::join(weights, " "));
    }
    return text;
}

ordered_json to_json(const std::vector<query::Bound>& bounds) {
    ordered_json list = ordered_json::array();
    for (const query::Bound& b : bounds)
        list.push_back({{"statement", b.statement}, {"here", b.here}, {"status", to_string(b.status)}, {"source", b.source}});
    return list;
}

std::string to_text(const std::vector<query::Bound>& bounds) {
    std::size_t wide = 0, here = 0;
    for (const query::Bound& b : bounds) {
        wide = std::max(wide, b.statement.size());
        here = std::max(here, b.here.size());
    }
    std::string text = "  bounds held against these values\n";
    for (const query::Bound& b : bounds) text += fmt::format("  {:<{}}  {:<{}}  {:<12}  {}\n", b.statement, wide, b.here, here, to_string(b.status), b.source);
    return text;
}

}  // namespace attest::report
