#include <mpfr.h>

#include <catch2/catch.hpp>
#include <random>

#include "checker/soft/activation.hpp"
#include "checker/soft/rotation.hpp"
#include "checker/soft/weights.hpp"
#include "seed.hpp"

// Enclosures of what is not exact, against values of four times their precision, computed from other formulas.

using namespace attest::checker;

namespace {

constexpr mpfr_prec_t bits = 80, fine = 400;

/// A number of mpfr, rounded to nearest at every step.
class Real {
  public:
    explicit Real(const Rational& value = 0) {
        mpfr_init2(x, fine);
        mpfr_set_q(x, value.get_mpq_t(), MPFR_RNDN);
    }
    Real(const Real& other) : Real() { mpfr_set(x, other.x, MPFR_RNDN); }
    Real& operator=(const Real& other) {
        mpfr_set(x, other.x, MPFR_RNDN);
        return *this;
    }
    ~Real() { mpfr_clear(x); }

    Real with(int (*function)(mpfr_t, mpfr_srcptr, mpfr_rnd_t)) const {
        Real y;
        function(y.x, x, MPFR_RNDN);
        return y;
    }
    friend Real operator+(const Real& a, const Real& b) { return Real().set(mpfr_add, a, b); }
    friend Real operator*(const Real& a, const Real& b) { return Real().set(mpfr_mul, a, b); }
    friend Real operator/(const Real& a, const Real& b) { return Real().set(mpfr_div, a, b); }

    Rational value() const {
        Rational q;
        mpfr_get_q(q.get_mpq_t(), x);
        return q;
    }

  private:
    Real& set(int (*f)(mpfr_t, mpfr_srcptr, mpfr_srcptr, mpfr_rnd_t), const Real& a, const Real& b) {
        f(x, a.x, b.x, MPFR_RNDN);
        return *this;
    }
    mpfr_t x;
};

Real pi() { return Real(-1).with(mpfr_acos); }

Real reference(ActivationFunction f, const Rational& at, const Rational& slope) {
    const Real x(at), half(Rational(1, 2)), one(1);
    switch (f) {
        case ActivationFunction::relu: return Real(at > 0 ? at : Rational(0));
        case ActivationFunction::leaky_relu: return Real(at >= 0 ? at : Rational(slope * at));
        case ActivationFunction::gelu: return half * x * (one + (x / Real(2).with(mpfr_sqrt)).with(mpfr_erf));
        case ActivationFunction::gelu_tanh: {
            const Real inner = (Real(2) / pi()).with(mpfr_sqrt) * (x + Real(Rational(44715, 1000000)) * x * x * x);
            return half * x * (one + inner.with(mpfr_tanh));
        }
        case ActivationFunction::silu: return x / (one + (Real(-1) * x).with(mpfr_exp));
        case ActivationFunction::tanh: return x.with(mpfr_tanh);
        case ActivationFunction::sigmoid: return half * (one + (half * x).with(mpfr_tanh));
    }
    return x;
}

constexpr ActivationFunction all[] = {
    ActivationFunction::relu, ActivationFunction::leaky_relu, ActivationFunction::gelu,   ActivationFunction::gelu_tanh,
    ActivationFunction::silu, ActivationFunction::tanh,       ActivationFunction::sigmoid};

/// Whether it lies in the interval, give or take what the reference may be wrong by.
bool holds(const Interval& x, const Rational& value) {
    const Rational slack = (abs(value) + Rational(1)) / Rational(mpz_class(1) << 300);
    return x.is_finite() && x.low() <= value + slack && value - slack <= x.high();
}

Rational random_number(std::mt19937_64& random) {
    const long magnitudes[] = {1, 1, 3, 10, 40};
    Rational r(static_cast<long>(random() % 2'000'001) - 1'000'000, 1'000'000);
    r.canonicalize();
    return r * magnitudes[random() % 5];
}

Interval between(const Rational& a, const Rational& b) { return hull(Interval(a, bits), Interval(b, bits)); }

}  // namespace

TEST_CASE("Activations: intervals hold the values of all points in them", "[checker][version 2]") {
    const std::uint64_t seed = attest::tests::seed();
    INFO(seed);
    std::mt19937_64 random(seed);
    const Rational slope(1, 100);
    for (int k = 0; k < 3000; ++k) {
        const Rational a = random_number(random), width = abs(random_number(random)) / (k % 3 == 0 ? 1 : 1 << (k % 30));
        const Interval x = between(a, a + width);
        for (const ActivationFunction f : all) {
            const Interval y = activation_of(f, x, Interval(slope, bits));
            CAPTURE(static_cast<int>(f), a.get_d(), width.get_d());
            for (int t = 0; t <= 4; ++t)
                CHECK(
                    holds(y, reference(f, a + width * Rational(t == 4 ? 1000 : random() % 1001, 1000), slope).value()));
            CHECK(holds(y, reference(f, a, slope).value()));
        }
    }
}

TEST_CASE("Activations: on one number nothing but rounding is added, on narrow intervals little",
          "[checker][version 2]") {
    const std::uint64_t seed = attest::tests::seed();
    INFO(seed);
    std::mt19937_64 random(seed);
    for (int k = 0; k < 500; ++k) {
        const Rational a = random_number(random), width(1, 1L << 40);
        for (const ActivationFunction f : all) {
            CAPTURE(static_cast<int>(f), a.get_d());
            const Interval point = activation_of(f, Interval(a, bits), Interval(Rational(1, 3), bits));
            CHECK(Rational(point.high() - point.low()).get_d() < 1e-20);
            const Interval narrow = activation_of(f, between(a, a + width), Interval(Rational(1, 3), bits));
            // No activation moves by more than 1.13 times its argument.
            CHECK(Rational(narrow.high() - narrow.low()) <= width * Rational(114, 100) + Rational(1, 1L << 60));
        }
    }
    for (const ActivationFunction f :
         {ActivationFunction::gelu, ActivationFunction::gelu_tanh, ActivationFunction::silu})
        CHECK(activation_of(f, between(-50, 50), Interval(bits)).is_finite());
}

TEST_CASE("Activations: known values", "[checker][version 2]") {
    const auto near = [](ActivationFunction f, long x, const char* digits) {
        const Interval y = activation_of(f, Interval(Rational(x), 128), Interval(128));
        return holds(y, decimal(digits)) ||
               abs(Rational(y.low() - decimal(digits))) < Rational(1, 1'000'000'000'000'000'000L);
    };
    CHECK(near(ActivationFunction::gelu, 1, "0.84134474606854294859"));
    CHECK(near(ActivationFunction::gelu_tanh, 1, "0.84119199060827670478"));
    CHECK(near(ActivationFunction::silu, 1, "0.73105857863000487925"));
    CHECK(near(ActivationFunction::gelu, -3, "-0.0040496940948902835800"));
}

TEST_CASE("Rotations turn pairs by the angles of the format", "[checker][version 2]") {
    Budget budget(1'000'000'000, 1'000'000'000);
    const auto turned = [&](bool halves) {
        Rotary rotary;
        rotary.base = 10000, rotary.dims = 4, rotary.halves = halves, rotary.factor = 1;
        Intervals v;
        for (long c = 1; c <= 5; ++c) v.emplace_back(Rational(c), 128);
        Rotation(rotary, 6, 128, budget).turn(v, 4, budget);  // angles 3 and 0.03
        std::vector<double> result;
        for (const Interval& entry : v) result.push_back(entry.low().get_d());
        return result;
    };
    const std::vector<double> half{-1.413352520780, 1.879118066688, -2.828857481741, 4.058191135401, 5};
    const std::vector<double> pairs{-1.272232512720, -1.838864985141, 2.878668100437, 4.088186635603, 5};
    for (std::size_t c = 0; c < 5; ++c) {
        CHECK(turned(true)[c] == Approx(half[c]).epsilon(1e-11));
        CHECK(turned(false)[c] == Approx(pairs[c]).epsilon(1e-11));
    }
}

TEST_CASE("Sparsemax: weights are the projection of the scores onto the simplex", "[checker][version 2]") {
    const std::uint64_t seed = attest::tests::seed();
    INFO(seed);
    std::mt19937_64 random(seed);
    Budget budget(10'000'000'000, 1'000'000'000);
    for (int k = 0; k < 500; ++k) {
        std::vector<Rational> scores;
        Intervals exact, wide;
        for (std::size_t j = 0; j < 1 + random() % 6; ++j) {
            scores.push_back(random_number(random) / 8);
            exact.emplace_back(scores.back(), bits);
            const Rational below = scores.back() - abs(random_number(random)) / 1000;
            wide.push_back(between(below, scores.back() + abs(random_number(random)) / 1000));
        }
        const Intervals p = sparsemax_weights(exact, budget), q = sparsemax_weights(wide, budget);
        // The nearest point of the simplex: s_j - p_j is one number where p_j > 0, and at least s_j elsewhere.
        Rational sum;
        double common = -1e9;
        for (std::size_t j = 0; j < p.size(); ++j) {
            sum += p[j].low();
            CHECK(q[j].low() <= p[j].low());
            CHECK(p[j].high() <= q[j].high());
            if (p[j].low() > 0) common = Rational(scores[j] - p[j].low()).get_d();
        }
        CHECK(sum.get_d() == Approx(1).epsilon(1e-12));
        for (std::size_t j = 0; j < p.size(); ++j) {
            if (p[j].low() > 0) CHECK(Rational(scores[j] - p[j].low()).get_d() == Approx(common).margin(1e-12));
            else CHECK(scores[j].get_d() <= common + 1e-12);
        }
    }
}
