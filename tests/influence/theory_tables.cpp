#include <catch2/catch.hpp>
#include <cmath>

#include "attest/measure/influence/study.hpp"
#include "attest/programs/zoo.hpp"
#include "measure/influence/fit.hpp"

// Numbers of the literature: what one symbol moves in the constructions of Chiang and Cholak, in closed form.

namespace attest::influence {

namespace {

/// 2 (E+O) sinh(2c) / (N Z) for N tokens and the scores ±c, c = 1: the change between two parities.
double parity_influence(std::int64_t length) {
    const double n = static_cast<double>(length + 1), e = std::ceil(n / 2), o = std::floor(n / 2), c = 1;
    const double z = e * e + o * o + 2 * e * o * std::cosh(2 * c);
    return 2 * (e + o) * std::sinh(2 * c) / (n * z);
}
/// e^c/(e^c + n): twice the output.
double first_influence(std::int64_t length) {
    const double e = std::exp(1);
    return e / (e + static_cast<double>(length));
}

template <typename ClosedForm>
void check_table(const std::string& name, const std::vector<std::int64_t>& lengths, ClosedForm expected) {
    const network::Transformer t = programs::zoo_model(name);
    for (const std::int64_t length : lengths) {
        CAPTURE(name, length);
        const Study study = influence::study(t, length, {}, {});
        CHECK(study.reached() == Approx(expected(length)).epsilon(1e-9));
        CHECK(study.ratio() <= 1.02);
        CHECK(study.ratio() >= 1);
    }
}

double exponent(const std::string& name, const std::vector<std::int64_t>& lengths) {
    const network::Transformer t = programs::zoo_model(name);
    std::vector<std::pair<double, double>> points;
    for (const std::int64_t length : lengths)
        points.emplace_back(t.sequence_length(length), influence::study(t, length, {}, {}).reached());
    return fit_power_law(points)->exponent;
}

}  // namespace

TEST_CASE("influence on PARITY without norm is its closed form, about 4 tanh(c)/N^2", "[influence]") {
    check_table("chiang-cholak-parity", {1, 2, 3, 4, 5, 8, 10, 16, 32, 50, 100, 300, 1000}, parity_influence);
}

TEST_CASE("influence on FIRST without norm is its closed form, about e^c/N", "[influence]") {
    check_table("chiang-cholak-first", {1, 2, 8, 10, 64, 100, 512, 1000, 4096}, first_influence);
}

TEST_CASE("only the first symbol moves FIRST", "[influence]") {
    const Study study = influence::study(programs::zoo_model("chiang-cholak-first"), 64, {}, {});
    CHECK(study.witness->position == 1);
    for (std::size_t p = 1; p < 64; ++p) CHECK(study.certified.by_position[p] <= 1e-12);
}

TEST_CASE("influence decays as the theory says", "[influence]") {
    CHECK(exponent("chiang-cholak-parity", {16, 32, 64, 128, 256}) == Approx(-2).margin(0.02));
    CHECK(exponent("chiang-cholak-first", {64, 128, 256, 512, 1024, 2048}) == Approx(-1).margin(0.02));
    CHECK(exponent("uniform-parity-3", {8, 12, 16, 24, 32}) == Approx(0).margin(0.01));
}

TEST_CASE("a norm with eps = 0 keeps the output at sqrt(10) however long the word", "[influence]") {
    network::Transformer t = programs::zoo_model("chiang-cholak-parity-norm");
    network::set_norm_eps(t, 0);
    for (const std::int64_t length : {1, 4, 20}) {
        const Study study = influence::study(t, length, {}, {});
        CAPTURE(length);
        CHECK(study.reached() == Approx(2 * std::sqrt(10)).epsilon(1e-9));
        CHECK(study.ratio() <= 1.02);
        CHECK_FALSE(study.lemma.applies);
    }
}

TEST_CASE("a power law is fitted with its interval", "[influence]") {
    const auto law = fit_power_law({{1, 8}, {2, 2}, {4, 0.5}, {8, 0.125}});
    REQUIRE(law);
    CHECK(law->exponent == Approx(-2));
    CHECK(law->high - law->low < 1e-6);
    CHECK(std::string(nearest_law(*law)) == "1/n^2");
    CHECK_FALSE(fit_power_law({{1, 8}, {2, 2}}));
    CHECK_FALSE(fit_power_law({{1, 0}, {2, 0}, {3, 0}}));
    // Slope, 95 % interval and residuals of a textbook regression: y = x^1 times e^(±0.1).
    const auto noisy = fit_power_law(
        {{1, std::exp(0.1)}, {std::exp(1), std::exp(0.9)}, {std::exp(2), std::exp(2.1)}, {std::exp(3), std::exp(2.9)}});
    CHECK(noisy->exponent == Approx(0.96));
    CHECK(noisy->high == Approx(0.96 + 4.303 * std::sqrt(0.032 / 2 / 5)).epsilon(1e-3));
}

}  // namespace attest::influence
