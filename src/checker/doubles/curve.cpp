#include "checker/doubles/curve.hpp"

#include <cmath>

#include "checker/doubles/exponential.hpp"
#include "checker/doubles/gaussian.hpp"

// What a function f makes of bounds: if f moves no two numbers further apart than by a factor of λ, and is computed
// with an error of at most ε (|x| + 1), then the vectors are no further apart than λ error + ε (size + √rows), and
// ‖f(x̂)‖ is at most |f|-size as said below.
//
// relu, leaky-relu: λ = 1; relu is exact, leaky-relu has one product and the slope's own error.
// sigmoid: σ(x) = 1 / (1 + e^-x) from an exponential of relative error 2^-47 (and e^-700 for what is cut off): a sum
// and a quotient make 2^-46 at most, of σ <= 1. λ = 1/4.
// tanh x = 2 σ(2 x) − 1: 2^-45 + 2 u. λ = 1.
// silu: x σ(x): 2^-45 |x|. f' = σ + x σ (1 − σ), and |x| σ (1 − σ) <= |x| e^-|x| <= 1/e, so λ <= 1.4.
// gelu-tanh: x σ(v), v = 2 √(2/π) (x + 0.044715 x³). v is computed from terms of one sign with a relative error below
// 16 u, and |v| σ'(v) <= 1/e, so σ(v) has an error of 2^-46 + 8 u < 2^-45. f' = σ + x σ'(v) v', where |x v'| <= 3 |v|:
// λ <= 1 + 3/e < 2.2.
// gelu: x Φ(x), Φ with an error of 2^-47. f' = Φ + x φ(x), |x| φ(x) <= φ(1) < 0.25: λ <= 1.25.
// All have |f(x)| <= |x|, but sigmoid, which is at most 1; the sizes below leave room for rounding.
// What is no number must not become one: where |x| reaches 2^200 the size, and so the error, is infinite already.

namespace attest::checker {
namespace {

constexpr double error_of_curve = 0x1p-44;

ATTEST_INLINE void sigmoid(Lanes& x) {
    x = -x;
    exponential(x);
    x = 1 / (1 + x);
}

double stretch(Curve curve) {
    switch (curve) {
        case Curve::relu:
        case Curve::leaky_relu:
        case Curve::tanh: return 1;
        case Curve::sigmoid: return 0.25;
        case Curve::gelu: return 1.25;
        case Curve::silu: return 1.4;
        case Curve::gelu_tanh: return 2.2;
    }
    return infinite;
}

}  // namespace

ATTEST_LANES void bend_relu(double slope, std::size_t rows, double* x) {
    const Lanes zero = {};
    for (double* entry = x; entry < x + rows * tile; entry += lanes) {
        const Lanes value = at(entry);
        at(entry) = value > zero ? value : value * slope;
    }
}

ATTEST_LANES void bend_sigmoid(std::size_t rows, double* x) {
    for (double* entry = x; entry < x + rows * tile; entry += lanes) {
        Lanes value = at(entry);
        sigmoid(value);
        at(entry) = value;
    }
}

ATTEST_LANES void bend_tanh(std::size_t rows, double* x) {
    for (double* entry = x; entry < x + rows * tile; entry += lanes) {
        Lanes value = 2 * at(entry);
        sigmoid(value);
        at(entry) = 2 * value - 1;
    }
}

ATTEST_LANES void bend_silu(std::size_t rows, double* x) {
    for (double* entry = x; entry < x + rows * tile; entry += lanes) {
        Lanes value = at(entry);
        sigmoid(value);
        at(entry) *= value;
    }
}

ATTEST_LANES void bend_gelu_tanh(std::size_t rows, double* x) {
    constexpr double twice_root = 0x1.9884533d43651p+0;  // 2 √(2/π)
    for (double* entry = x; entry < x + rows * tile; entry += lanes) {
        const Lanes value = at(entry);
        Lanes gate = twice_root * (value + 0.044715 * (value * value * value));
        sigmoid(gate);
        at(entry) *= gate;
    }
}

void bend_gelu(std::size_t rows, double* x) {
    for (std::size_t r = 0; r < rows; ++r) multiply_by_gaussian(x + r * tile);
}

void bend(Curve curve, double slope, std::size_t rows, double* x) {
    switch (curve) {
        case Curve::relu: return bend_relu(0, rows, x);
        case Curve::leaky_relu: return bend_relu(slope, rows, x);
        case Curve::gelu: return bend_gelu(rows, x);
        case Curve::gelu_tanh: return bend_gelu_tanh(rows, x);
        case Curve::silu: return bend_silu(rows, x);
        case Curve::tanh: return bend_tanh(rows, x);
        case Curve::sigmoid: return bend_sigmoid(rows, x);
    }
}

Bound bent(Curve curve, double slope, double radius, std::size_t rows, const Bound& x) {
    const double root = std::sqrt(static_cast<double>(rows));
    if (curve == Curve::relu) return bounded(x.error, x.size);
    if (curve == Curve::leaky_relu)
        return bounded((1 + slope * unit) * x.error + (radius + unit) * (x.size + x.error), x.size);
    const double size = curve == Curve::sigmoid ? root : x.size;
    return bounded(stretch(curve) * x.error + error_of_curve * (x.size + root), 1.001 * size + error_of_curve * root);
}

}  // namespace attest::checker
