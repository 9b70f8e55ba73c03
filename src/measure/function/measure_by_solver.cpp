#include <algorithm>

#include "attest/base/error.hpp"
#include "measuring.hpp"

namespace attest::measure {

namespace {

using verdict::Measurement;

/// Gates of all flipped copies of a function.
constexpr std::size_t most_copied_gates = 20'000'000;

Witnessed witnessed(const MostSensitive& found, unsigned n) {
    Witnessed w{
        found.upper == n ? Measurement::at_least(found.lower, n) : Measurement::between(found.lower, found.upper),
        found.input,
        {}};
    w.number.method = "solver";
    if (!w.number.is_exact()) w.number.reason = found.reason;
    return w;
}

/// What was known without the solver must lie between its bounds.
void compare(const std::optional<Witnessed>& known, const MostSensitive& found) {
    const bool wrong = known ? found.never || (known->number.is_exact() && (known->number.lower() < found.lower ||
                                                                            known->number.lower() > found.upper))
                             : found.input.has_value();
    if (wrong) throw base::InternalError("a solver and another way to sensitivity disagree: please report this");
}

}  // namespace

void measure_by_solver(const Function& function, const MeasureOptions& options, const base::Limits& limits,
                       Measures& m) {
    if (function.circuit->gate_count() * m.variables > most_copied_gates) return;
    const bool known = m.sensitivity.number.is_exact();
    const SensitiveOptions asked{options.seed, options.most_conflicts, options.check, options.keep, options.progress};
    std::optional<Witnessed> sides[2];
    for (const bool value : {false, true}) {
        if (options.progress) options.progress("sensitivity by a solver");
        const MostSensitive found = most_sensitive(*function.circuit, function.root, value, asked, limits);
        if (found.stopped && !m.stopped) m.stopped = verdict::Undecided{*found.stopped, found.reason};
        if (known) compare(m.sensitivity_of[value ? 1 : 0], found);
        else if (!found.never) sides[value ? 1 : 0] = witnessed(found, m.variables);
    }
    if (known) return;
    const Witnessed* most = nullptr;
    Measurement both = Measurement::exactly(0);
    for (const auto& side : sides) {
        if (!side) continue;
        if (most == nullptr || side->number.lower() > most->number.lower()) most = &*side;
        both = Measurement::between(most->number.lower(), std::max(both.upper(), side->number.upper()));
    }
    if (most == nullptr) throw base::InternalError("a solver found neither of two values: please report this");
    m.sensitivity.input = most->input;
    m.sensitivity.number = both.upper() == m.variables ? Measurement::at_least(both.lower(), m.variables) : both;
    m.sensitivity.number.method = "solver";
    for (std::size_t v = 0; v < 2; ++v) {
        if (sides[v] && !sides[v]->number.is_exact() && !m.sensitivity.number.is_exact())
            m.sensitivity.number.reason = sides[v]->number.reason;
        m.sensitivity_of[v] = std::move(sides[v]);
    }
}

}  // namespace attest::measure
