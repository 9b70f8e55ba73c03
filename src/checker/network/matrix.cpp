#include "checker/network/matrix.hpp"

// Affine maps by their entries that are not 0. Each product draws on the budget by the digits of its factors, since a
// few layers can square the size of a number each.

namespace attest::checker {
namespace {

/// sum += a * b
void add_product(Rational& sum, const Rational& a, const Rational& b, Rational& product, Budget& budget) {
    if (a == 0 || b == 0) return;
    product = a * b;
    budget.arithmetic(digits_of(product) + digits_of(sum));
    sum += product;
}

}  // namespace

Vector Affine::operator()(const Vector& x, Budget& budget) const {
    budget.step(outputs());
    Vector y = bias.empty() ? Vector(outputs()) : rationals(bias);
    Rational product, room;
    for (std::size_t r = 0; r < y.size(); ++r)
        for (const Matrix::Entry& entry : weight.rows[r])
            add_product(y[r], entry.value.in(room), x[entry.column], product, budget);
    return y;
}

Rational dot(const Vector& a, const Vector& b, Budget& budget) {
    budget.step(a.size());
    Rational sum;
    Rational product;
    for (std::size_t i = 0; i < a.size(); ++i) add_product(sum, a[i], b[i], product, budget);
    return sum;
}

void add_to(Vector& a, const Vector& b, Budget& budget) {
    budget.step(a.size());
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (b[i] == 0) continue;
        budget.arithmetic(digits_of(a[i]) + digits_of(b[i]));
        a[i] += b[i];
    }
}

}  // namespace attest::checker
