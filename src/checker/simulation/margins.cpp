#include "checker/kernel/defect.hpp"
#include "checker/machine/polynomial.hpp"
#include "checker/simulation/construction.hpp"

// Obligation `margin` (FORMAT.md, section 28.5). Each inequality between two scores is, without its denominators, that a
// polynomial in variables from 0 on is positive; it is since its constant is, and no coefficient is negative.

namespace attest::checker {
namespace {

class Terms {
  public:
    Terms(const Rational& weight, Budget& budget) : budget_(budget), p_(weight.get_num()), q_(weight.get_den()) {}

    std::size_t check() {
        const Polynomial one = Polynomial::of(1), a = Polynomial::variable(0), b = Polynomial::variable(1),
                         w = Polynomial::variable(2), e = Polynomial::variable(3);
        const Polynomial v = add(one, a), later = add(add(Polynomial::of(2), a), b), s = add(one, b),
                         distance = add(one, e), beyond = add(v, w), after = add(add(Polynomial::of(2), a), w);
        positive(subtract(square(later), square(v)), "A");
        for (const int sign : {1, -1}) positive(other_cell(v, s, beyond, distance, sign), sign > 0 ? "B+" : "B-");
        for (const int sign : {1, -1})
            for (const int last : {1, -1})
                positive(new_cell(v, after, distance, sign, last),
                         std::string("C") + (sign > 0 ? "+" : "-") + (last > 0 ? "+" : "-"));
        return coefficients_;
    }

  private:
    Polynomial add(const Polynomial& x, const Polynomial& y) { return sum(x, y, budget_); }
    Polynomial subtract(const Polynomial& x, const Polynomial& y) { return difference(x, y, budget_); }
    Polynomial times(const Polynomial& x, const Polynomial& y) { return product(x, y, budget_); }
    Polynomial square(const Polynomial& x) { return times(x, x); }
    Polynomial scaled(const Rational& number, const Polynomial& x) { return times(Polynomial::of(number), x); }

    /// q D u v s² ± p s² − p v²
    Polynomial other_cell(const Polynomial& v, const Polynomial& s, const Polynomial& u, const Polynomial& d,
                          int sign) {
        const Polynomial far = scaled(q_, times(times(d, times(u, v)), square(s)));
        return subtract(add(far, scaled(sign * p_, square(s))), scaled(p_, square(v)));
    }

    /// u² (q D u v ± p) − v² (q u² ± p)
    Polynomial new_cell(const Polynomial& v, const Polynomial& u, const Polynomial& d, int sign, int last) {
        const Polynomial far = add(scaled(q_, times(d, times(u, v))), Polynomial::of(sign * p_));
        const Polynomial near = add(scaled(q_, square(u)), Polynomial::of(last * p_));
        return subtract(times(square(u), far), times(square(v), near));
    }

    void positive(const Polynomial& polynomial, const std::string& name) {
        const std::string place =
            "network.json: decoder.layers[2].self.heads[0].query, w = " + Rational(p_ / q_).get_str();
        coefficients_ += polynomial.terms.size();
        if (polynomial.constant() <= 0)
            throw Defect(place, "the constant of polynomial " + name + " is " + polynomial.constant().get_str());
        if (!polynomial.never_negative()) throw Defect(place, "polynomial " + name + " has a negative coefficient");
    }

    Budget& budget_;
    Rational p_, q_;
    std::size_t coefficients_ = 0;
};

}  // namespace

std::size_t check_margins(const Rational& weight, Budget& budget) {
    if (weight <= 0)
        throw Defect("network.json: decoder.layers[2].self.heads[0].query",
                     "w = " + weight.get_str() + " is not positive");
    return Terms(weight, budget).check();
}

}  // namespace attest::checker
