#include "soft/rounding.hpp"

#include <catch2/catch.hpp>
#include <cmath>

#include "attest/programs/zoo.hpp"
#include "soft/blowup.hpp"

namespace attest::soft {

TEST_CASE("rounding breaks what is exact", "[soft]") {
    // Twelve heads cancel eighteen digits: no double has them.
    const network::Transformer t = programs::zoo_model("head-parity-12");
    const auto failure = find_rounding_failure(t, 12, Float::binary64, 0, 30, {});
    REQUIRE(failure);
    CHECK(failure->score.sign() != exact::Sign::unknown);
    CHECK((failure->rounded > 0) != (failure->score.sign() == exact::Sign::positive));
    CHECK(!find_rounding_failure(programs::zoo_model("head-parity-2"), 2, Float::binary64, 0, 20, {}));
}

TEST_CASE("binary32 is enough for Chiang and Cholak PARITY at short lengths", "[soft]") {
    const network::Transformer t = programs::zoo_model("chiang-cholak-parity");
    for (const std::int64_t n : {10, 100}) CHECK(!find_rounding_failure(t, n, Float::binary32, 0, 12, {}));
    const RoundedNetwork single(t, 10, Float::binary32), twice(t, 10, Float::binary64);
    const language::Word word(10, 1);
    CHECK(single.score(word) == Approx(twice.score(word)).epsilon(1e-4));
    CHECK(single.score(word) != twice.score(word));
    CHECK(single.score(word) == static_cast<double>(static_cast<float>(single.score(word))));
}

TEST_CASE("blowup of layer norms", "[soft]") {
    const language::Word word = {0, 1, 1, 0};
    const Blowup none = blowup(programs::zoo_model("chiang-cholak-parity"), word, 128);
    CHECK((none.product - exact::Ball(1)).is_zero());
    CHECK(!none.least_variance);

    // The last of four norms sees ±s twice among twenty entries: its variance is s²/10.
    network::Transformer t = programs::zoo_model("chiang-cholak-parity-norm");
    set_norm_eps(t, 0);
    const Blowup stretched = blowup(t, word, 128);
    REQUIRE(stretched.least_variance);
    CHECK(stretched.product.middle() > 1 / std::sqrt(stretched.least_variance->middle()));
    const double before = stretched.product.middle();
    set_norm_eps(t, exact::Rational(1, 100));
    CHECK(blowup(t, word, 128).product.middle() < before);
    CHECK(blowup(t, word, 128).product.middle() > 1);
}

TEST_CASE("the squared norm of parameters", "[soft]") {
    // MAJORITY: embeddings ±1, a value and an output entry, a readout entry.
    CHECK(squared_parameter_norm(programs::zoo_model("uniform-majority")) == 5);
}

TEST_CASE("cross-entropy in bits and its floor", "[soft]") {
    CHECK((cross_entropy(0, true) - exact::Ball(1)).contains_zero());
    CHECK(cross_entropy(exact::Ball(exact::Rational(3), 128), true).middle() == Approx(std::log2(1 + std::exp(-3.0))));
    CHECK(cross_entropy(exact::Ball(exact::Rational(3), 128), false).middle() == Approx(std::log2(1 + std::exp(3.0))));
    CHECK(cross_entropy(exact::Ball(exact::Rational(-100000), 128), false).middle() == Approx(0).margin(1e-300));
    CHECK(cross_entropy_floor(exact::Ball(exact::Rational(1, 10), 128)).middle() ==
          Approx(std::log2(1 + std::exp(-0.05))));
    CHECK(cross_entropy_floor(exact::Ball(exact::Rational(1, 10), 128)).lower() >=
          1 - exact::Rational(1, 10) / (4 * exact::Rational(693147, 1000000)));
}

}  // namespace attest::soft
