#include "attest/exact/matrix.hpp"

#include <cassert>

namespace attest::exact {

namespace {

bool is_whole(const Rational& x) { return mpz_cmp_ui(x.get_den_mpz_t(), 1) == 0; }

/// sum += a b. Whole numbers, as most are, have no common divisors to be looked for.
void add_product(Rational& sum, const Rational& a, const Rational& b, Rational& product) {
    if (is_whole(a) && is_whole(b) && is_whole(sum)) {
        mpz_addmul(sum.get_num_mpz_t(), a.get_num_mpz_t(), b.get_num_mpz_t());
        return;
    }
    product = a * b;
    sum += product;
}

}  // namespace

Vector apply(const AffineMap& map, const Vector& x) {
    assert(x.size() == map.inputs());
    Vector y(map.outputs());
    Rational product;
    for (std::size_t r = 0; r < y.size(); ++r) {
        if (!map.bias.empty()) y[r] = map.bias[r];
        for (const auto& [column, weight] : map.weight.rows[r]) {
            if (sgn(x[column]) == 0) continue;
            add_product(y[r], weight, x[column], product);
        }
    }
    return y;
}

Vector dense_row(const Matrix& matrix, std::size_t row) {
    Vector dense(matrix.columns);
    for (const auto& [column, value] : matrix.rows[row]) dense[column] = value;
    return dense;
}

Rational dot(const Vector& a, const Vector& b) {
    assert(a.size() == b.size());
    Rational sum, product;
    for (std::size_t k = 0; k < a.size(); ++k)
        if (sgn(a[k]) != 0 && sgn(b[k]) != 0) add_product(sum, a[k], b[k], product);
    return sum;
}

void add_to(Vector& a, const Vector& b) {
    assert(a.size() == b.size());
    for (std::size_t k = 0; k < a.size(); ++k)
        if (sgn(b[k]) != 0) a[k] += b[k];
}

void rectify(Vector& x) {
    for (Rational& value : x)
        if (sgn(value) < 0) value = 0;
}

}  // namespace attest::exact
