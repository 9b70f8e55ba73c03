#include "checker/matrix.hpp"

namespace attest::checker {

Vector Affine::operator()(const Vector& x) const {
    Vector y = bias;
    Rational product;
    for (std::size_t r = 0; r < y.size(); ++r) {
        for (const Matrix::Entry& entry : weight.rows[r]) {
            if (x[entry.column] == 0) continue;
            product = entry.value * x[entry.column];
            y[r] += product;
        }
    }
    return y;
}

Rational dot(const Vector& a, const Vector& b) {
    Rational sum;
    Rational product;
    for (std::size_t i = 0; i < a.size(); ++i) {
        if (a[i] == 0 || b[i] == 0) continue;
        product = a[i] * b[i];
        sum += product;
    }
    return sum;
}

void add_to(Vector& a, const Vector& b) {
    for (std::size_t i = 0; i < a.size(); ++i)
        if (b[i] != 0) a[i] += b[i];
}

}  // namespace attest::checker
