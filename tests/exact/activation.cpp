#include "attest/exact/activation.hpp"

#include <catch2/catch.hpp>
#include <string>

#include "base/random.hpp"
#include "seed.hpp"

// Activations in three arithmetics against each other and against values computed elsewhere (mpmath, 20 digits).

namespace attest::exact {

namespace {

using Kind = Activation::Kind;

const std::vector<Activation>& all() {
    static const std::vector<Activation> activations = {{Kind::relu, {}},
                                                        {Kind::leaky_relu, Rational(1, 100)},
                                                        {Kind::leaky_relu, Rational(-3, 2)},
                                                        {Kind::gelu, {}},
                                                        {Kind::gelu_tanh, {}},
                                                        {Kind::silu, {}},
                                                        {Kind::tanh, {}},
                                                        {Kind::sigmoid, {}}};
    return activations;
}

Ball ball(double x, long bits) { return {Rational(x), bits}; }

/// Up to the radius of the ball, which reaches beyond 1 where the function only comes near it.
bool holds(const Interval& x, const Ball& value) {
    const Rational radius = value.upper() - value.lower();
    const bool low = x.lo == -infinity || Rational(x.lo) <= value.lower() + radius;
    return low && (x.hi == infinity || Rational(x.hi) >= value.upper() - radius);
}

/// A number of some size, by its exponent.
double random_double(base::Random& random) {
    const double unit = static_cast<double>(random.below(std::uint64_t{1} << 53)) * 0x1p-53;
    return std::ldexp(random.chance(1, 2) ? unit : -unit, static_cast<int>(random.below(16)) - 8);
}

}  // namespace

TEST_CASE("activations have the values that were computed elsewhere", "[exact]") {
    const auto value = [](Kind kind, double x) { return activate({kind, {}}, ball(x, 128)); };
    const std::vector<std::pair<Ball, Rational>> known = {
        {value(Kind::gelu, 1), parse_decimal("0.84134474606854294859", "")},
        {value(Kind::gelu_tanh, 1), parse_decimal("0.84119199060827670478", "")},
        {value(Kind::silu, 1), parse_decimal("0.73105857863000487925", "")},
        {value(Kind::gelu, -3), parse_decimal("-0.0040496940948902835800", "")}};
    for (const auto& [actual, expected] : known) {
        CAPTURE(to_string(expected));
        const Rational slack(1, mpz_class("10000000000000000000"));
        CHECK(actual.lower() >= expected - slack);
        CHECK(actual.upper() <= expected + slack);
        CHECK(actual.upper() - actual.lower() < parse_decimal("1e-30", ""));
    }
}

TEST_CASE("intervals, balls and doubles agree at points", "[exact]") {
    const std::uint64_t seed = tests::seed();
    base::Random random(seed + 41);
    INFO("seed " << seed);
    for (const Activation& activation : all())
        for (int k = 0; k < 1000; ++k) {
            const double x = random_double(random);
            CAPTURE(to_string(activation.kind), x);
            const Ball y = activate(activation, ball(x, 256));
            CHECK(holds(activate(activation, Interval{x, x}), y));
            CHECK(activate(activation, x) == Approx(y.middle()).epsilon(1e-9).margin(1e-14));
            if (activation.is_rational()) CHECK(y.contains(activate(activation, Rational(x))));
        }
}

TEST_CASE("an interval holds the values at its points, and little more", "[exact]") {
    const std::uint64_t seed = tests::seed();
    base::Random random(seed + 42);
    INFO("seed " << seed);
    for (const Activation& activation : all())
        for (int k = 0; k < 300; ++k) {
            const double a = random_double(random), b = random.chance(1, 2) ? a + 1e-3 : random_double(random);
            const Interval x{std::min(a, b), std::max(a, b)}, y = activate(activation, x);
            CAPTURE(to_string(activation.kind), x.lo, x.hi);
            Ball hulled = activate(activation, ball(x.lo, 128));
            for (int t = 0; t <= 64; ++t) {
                const double point = std::clamp(x.lo + (x.hi - x.lo) * t / 64, x.lo, x.hi);
                const Ball value = activate(activation, ball(point, 128));
                CHECK(holds(y, value));
                hulled = hull(hulled, value);
            }
            // Between two of 65 points the functions move by at most the Lipschitz constant times half a step.
            const double step = (x.hi - x.lo) / 64 * lipschitz(activation) + 1e-9 + 1e-12 * y.magnitude();
            CHECK(y.lo >= hulled.lower().get_d() - step);
            CHECK(y.hi <= hulled.upper().get_d() + step);
        }
}

TEST_CASE("intervals around the least value hold it", "[exact]") {
    const std::vector<std::tuple<Kind, double, const char*>> least = {
        {Kind::gelu, -0.75179152469356445746, "-0.16997120747990366169"},
        {Kind::gelu_tanh, -0.75246142207101625849, "-0.17004075057125405064"},
        {Kind::silu, -1.2784645427610737951, "-0.27846454276107379511"}};
    for (const auto& [kind, place, text] : least) {
        const Activation activation{kind, {}};
        const Rational value = parse_decimal(text, "");
        CAPTURE(to_string(kind));
        for (const double width : {1e-12, 1e-6, 0.5, 100.0}) {
            const Interval y = activate(activation, Interval{place - width, place + width});
            CHECK(Rational(y.lo) <= value);
            CHECK(Rational(y.lo) >= value - parse_decimal("1e-10", ""));
        }
        // Beside the place the function is above the value, on both sides.
        for (const double side : {-1e-4, 1e-4}) CHECK(activate(activation, ball(place + side, 128)).lower() > value);
        CHECK(activate(activation, Interval{-infinity, infinity}).lo >= -0.2784645428);
        CHECK(activate(activation, Interval{-infinity, -40}).hi <= 0);
    }
}

TEST_CASE("no two values are further apart than the Lipschitz constant says", "[exact]") {
    const std::uint64_t seed = tests::seed();
    base::Random random(seed + 43);
    INFO("seed " << seed);
    for (const Activation& activation : all()) {
        double steepest = 0;
        for (int k = 0; k < 2000; ++k) {
            const double x = 4 * (static_cast<double>(random.below(1000000)) / 500000 - 1), step = 1e-3;
            const Ball slope = (activate(activation, ball(x + step, 128)) - activate(activation, ball(x, 128))) /
                               (ball(x + step, 128) - ball(x, 128));
            steepest = std::max(steepest, std::abs(slope.middle()));
        }
        CAPTURE(to_string(activation.kind), steepest);
        CHECK(steepest <= lipschitz(activation));
        CHECK(steepest >= lipschitz(activation) * 0.999);
    }
}

}  // namespace attest::exact
