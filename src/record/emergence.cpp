#include "record/emergence.hpp"

#include "fields.hpp"

namespace attest::record {

namespace {

constexpr int digits_told = 12;

Value enclosed(const exact::Ball& x) {
    return {{{x.lower_text(digits_told), true}, {x.upper_text(digits_told), true}}};
}
Value fraction(const exact::Rational& x) { return {{{exact::to_string(x), true}}}; }

Emergence::Frequency frequency(const studies::Frequency& found) {
    return {found.successes, {found.interval.lower.get_d(), found.interval.upper.get_d()}};
}

Emergence::Point point(const studies::Emergence::Point& found) {
    const studies::ToyPoint& x = found.exact;
    Emergence::Point point{exact::to_string(x.recall),
                           enclosed(x.reach_true),
                           enclosed(x.emit),
                           enclosed(x.legal),
                           {},
                           enclosed(x.limit),
                           {}};
    if (x.fractions) {
        point.reach_true = fraction(x.fractions->at(0)), point.emit = fraction(x.fractions->at(1));
        point.legal = fraction(x.fractions->at(2));
    }
    if (x.length.is_finite()) point.length = enclosed(x.length);
    if (found.sample)
        point.sample = {frequency(found.sample->reach_true), frequency(found.sample->emit),
                        frequency(found.sample->legal)};
    return point;
}

Emergence::Rise rise(const studies::Rise& found) {
    return {enclosed(found.at[0]), enclosed(found.at[1]), enclosed(found.at[2]), enclosed(found.width())};
}

Emergence::Transition transition(const studies::Emergence& found) {
    const studies::Transition& t = *found.transition;
    Emergence::Transition record;
    record.kind = t.threshold < 1 ? "continuous" : "none";
    record.threshold = exact::to_string(t.threshold), record.emit_threshold = exact::to_string(t.emit_threshold);
    for (const studies::FiniteSize& size : t.sizes)
        record.sizes.push_back({size.nodes, rise(size.rise), enclosed(size.critical)});
    if (t.limit) record.limit = rise(*t.limit);
    for (const std::size_t steps : found.match_steps())
        record.exact_match.push_back({steps, rise(studies::exact_match(steps))});
    return record;
}

}  // namespace

Emergence emergence(const studies::Emergence& found, double seconds) {
    Emergence record;
    record.nodes = found.model.nodes;
    record.degree = exact::to_string(found.model.degree);
    record.hallucination = exact::to_string(found.model.hallucination);
    record.seed = found.seed, record.samples = found.trials;
    for (const studies::Emergence::Point& p : found.points) record.points.push_back(point(p));
    if (found.transition) record.transition = transition(found);
    record.is_whole = found.is_whole;
    record.seconds = seconds;
    return record;
}

template nlohmann::ordered_json write(const Emergence&);
template std::optional<Emergence> read(const base::Json&);

}  // namespace attest::record
