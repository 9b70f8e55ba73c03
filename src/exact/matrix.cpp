#include "attest/exact/matrix.hpp"

#include <cassert>

namespace attest::exact {

Vector apply(const AffineMap& map, const Vector& x) {
    assert(x.size() == map.inputs());
    Vector y(map.outputs());
    Rational product;
    for (std::size_t r = 0; r < y.size(); ++r) {
        if (!map.bias.empty()) y[r] = map.bias[r];
        for (const auto& [column, weight] : map.weight.rows[r]) {
            if (sgn(x[column]) == 0) continue;
            product = weight * x[column];
            y[r] += product;
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
    Rational sum;
    for (std::size_t k = 0; k < a.size(); ++k)
        if (sgn(a[k]) != 0 && sgn(b[k]) != 0) sum += a[k] * b[k];
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
