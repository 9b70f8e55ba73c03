#include "form.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"

namespace attest::induction {

using exact::Rational;
using exact::Vector;

bool Form::operator<(const Form& other) const {
    return constant != other.constant ? constant < other.constant : slope < other.slope;
}

Form form(Vector constant, Vector slope) {
    if (std::all_of(slope.begin(), slope.end(), [](const Rational& s) { return s == 0; })) slope.clear();
    return {std::move(constant), std::move(slope)};
}

Form apply(const exact::AffineMap& map, const Form& x) {
    Form y{exact::apply(map, x.constant), {}};
    if (!x.moves()) return y;
    return form(std::move(y.constant), exact::apply({map.weight, {}}, x.slope));
}

void add_to(Form& x, const Form& y) {
    exact::add_to(x.constant, y.constant);
    if (!y.moves()) return;
    if (!x.moves()) x.slope.resize(x.constant.size());
    exact::add_to(x.slope, y.slope);
    x = form(std::move(x.constant), std::move(x.slope));
}

int is_positive(const Rational& constant, const Rational& slope, const Phase& phase) {
    const Rational first = constant + slope * Rational(phase.first);
    if (phase.step == 0 || slope == 0) return first > 0 ? 1 : 0;
    if (slope > 0) return first > 0 ? 1 : -1;
    return first <= 0 ? 0 : -1;
}

void rectify(Form& x, const Phase& phase, const std::string& place) {
    if (!x.moves()) return exact::rectify(x.constant);
    for (std::size_t c = 0; c < x.constant.size(); ++c) {
        const Rational& slope = x.slope[c];
        const Rational first = x.constant[c] + slope * Rational(phase.first);
        const bool never_negative = slope >= 0 && first >= 0;
        if (never_negative) continue;
        if (phase.step > 0 && (slope > 0 || first > 0))
            throw base::Unsupported(fmt::format(
                "{}: the input of unit {} changes its sign with the position, which no finite machine is made for",
                place, c + 1));
        x.constant[c] = 0;
        x.slope[c] = 0;
    }
    x = form(std::move(x.constant), std::move(x.slope));
}

}  // namespace attest::induction
