#include "checker/machine/line.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// FORMAT.md, section 21, "Phases": vectors that are affine in their own position.

namespace attest::checker {
namespace {

/// A coordinate without its negative part, wherever the position is.
void cut_at_zero(Rational& fixed, Rational& slope, const Phase& phase, Budget& budget) {
    budget.arithmetic(digits_of(fixed) + digits_of(slope));
    const Rational first = fixed + slope * phase.first;
    const int rise = phase.step == 0 ? 0 : sgn(slope);
    if (first >= 0 && rise >= 0) return;
    if (first > 0 || rise > 0) throw Defect("", "a coordinate changes its side of 0 with the position");
    fixed = 0;
    slope = 0;
}

/// Of a vector that does not depend on the position.
Vector feed_forward(const FeedForward& part, const Vector& x, Budget& budget) {
    Vector z = x;
    for (std::size_t k = 0; k < part.maps.size(); ++k) {
        if (k > 0)
            for (Rational& coordinate : z)
                if (coordinate < 0) coordinate = 0;
        z = part.maps[k](z, budget);
    }
    if (part.residual) add_to(z, x, budget);
    return z;
}

}  // namespace

bool Line::depends() const {
    return std::any_of(slope.begin(), slope.end(), [](const Rational& s) { return s != 0; });
}

bool Line::operator<(const Line& other) const {
    const VectorLess less;
    if (less(fixed, other.fixed)) return true;
    if (less(other.fixed, fixed)) return false;
    return less(slope, other.slope);
}

Line image(const Affine& map, const Line& x, Budget& budget) {
    Line y{map(x.fixed, budget), Vector(map.outputs())};
    if (x.depends()) y.slope = Affine{map.weight, {}}(x.slope, budget);
    return y;
}

void add(Line& x, const Line& y, Budget& budget) {
    add_to(x.fixed, y.fixed, budget);
    if (y.depends()) add_to(x.slope, y.slope, budget);
}

std::optional<bool> positive(const Rational& fixed, const Rational& slope, const Phase& phase, Budget& budget) {
    budget.arithmetic(digits_of(fixed) + digits_of(slope));
    const bool at_first = fixed + slope * phase.first > 0;
    const int rise = phase.step == 0 ? 0 : sgn(slope);
    if ((at_first && rise < 0) || (!at_first && rise > 0)) return std::nullopt;
    return at_first;
}

Line feed_forward(const FeedForward& part, const Line& x, const Phase& phase, Budget& budget) {
    if (!x.depends()) {
        Line z{feed_forward(part, x.fixed, budget), {}};
        z.slope.resize(z.fixed.size());
        return z;
    }
    Line z = x;
    for (std::size_t k = 0; k < part.maps.size(); ++k) {
        if (k > 0)
            for (std::size_t c = 0; c < z.fixed.size(); ++c) cut_at_zero(z.fixed[c], z.slope[c], phase, budget);
        z = image(part.maps[k], z, budget);
    }
    if (part.residual) add(z, x, budget);
    return z;
}

}  // namespace attest::checker
