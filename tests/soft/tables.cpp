#include <algorithm>
#include <catch2/catch.hpp>
#include <cmath>

#include "attest/programs/zoo.hpp"
#include "attest/soft/judge.hpp"
#include "base/random.hpp"
#include "seed.hpp"
#include "soft/rounding.hpp"

// The published numbers of the exact networks: margins in closed form and as printed.

namespace attest::soft {

namespace {

/// A word of N symbols of which the first `ones` are 1.
language::Word ones_first(std::size_t length, std::size_t ones) {
    language::Word word(length, 0);
    std::fill_n(word.begin(), ones, 1);
    return word;
}

double logit(const network::Transformer& t, std::size_t length, std::size_t ones) {
    return Evaluator(t, static_cast<std::int64_t>(length), 128).score(ones_first(length, ones)).middle();
}

/// Chiang and Cholak's PARITY in closed form.
exact::Ball closed_form(std::int64_t length, std::int64_t ones, long bits) {
    using exact::Ball;
    const long n = static_cast<long>(length) + 1;
    const Ball even((n + 1) / 2), odd(n / 2), e(exact::Rational(1), bits);
    const Ball two_c = e * Ball(2), sinh = (exp(two_c) - exp(-two_c)) / Ball(2),
               cosh = (exp(two_c) + exp(-two_c)) / Ball(2);
    const Ball z = even * even + odd * odd + Ball(2) * even * odd * cosh;
    const Ball size = Ball(2) * sinh / (Ball(n) * z);
    return ones % 2 == 1 ? size * even : -(size * odd);
}

/// Mean cross-entropy in bits over all words, where the logit depends on the number of 1s alone.
double cross_entropy_by_counts(const network::Transformer& t, std::size_t length, bool odd_is_member) {
    const Evaluator evaluator(t, static_cast<std::int64_t>(length), 128);
    double sum = 0, total = 0, choose = 1;
    for (std::size_t k = 0; k <= length; ++k) {
        const double z = evaluator.score(ones_first(length, k)).middle(),
                     margin = (k % 2 == 1) == odd_is_member ? z : -z;
        sum += choose * std::log2(1 + std::exp(-margin));
        total += choose;
        choose = choose * static_cast<double>(length - k) / static_cast<double>(k + 1);
    }
    return sum / total;
}

}  // namespace

TEST_CASE("Chiang and Cholak PARITY has its closed form", "[soft]") {
    const network::Transformer t = programs::zoo_model("chiang-cholak-parity");
    for (std::int64_t n = 0; n <= 24; ++n) {
        const Evaluator evaluator(t, n, 128);
        for (std::int64_t k = 0; k <= n; ++k) {
            CAPTURE(n, k);
            const exact::Ball difference =
                evaluator.score(ones_first(static_cast<std::size_t>(n), static_cast<std::size_t>(k))) -
                closed_form(n, k, 128);
            CHECK(difference.contains_zero());
            CHECK(difference.upper() < exact::Rational(1, mpz_class(1) << 100));
        }
    }
}

TEST_CASE("Chiang and Cholak PARITY: the table of margins and cross-entropies", "[soft]") {
    struct Row {
        std::size_t n;
        double even, odd, ce, ce_big_1;
    };
    const network::Transformer t = programs::zoo_model("chiang-cholak-parity"),
                               big = programs::zoo_model("chiang-cholak-parity-big-1");
    for (const Row& row :
         {Row{1, 3.807971e-1, 3.807971e-1, 0.751306, 0.856583}, Row{2, 1.206012e-1, 2.412024e-1, 0.876051, 0.933207},
          Row{3, 9.519927e-2, 9.519927e-2, 0.932962, 0.962661}, Row{4, 4.989975e-2, 7.484963e-2, 0.955736, 0.975828},
          Row{5, 4.231079e-2, 4.231079e-2, 0.969802, 0.983282}, Row{8, 1.683593e-2, 2.104491e-2, 0.986403, 0.992530},
          Row{10, 1.149906e-2, 1.379887e-2, 0.990905, 0.994998}, Row{16, 4.970491e-3, 5.591803e-3, 0.996196, 0.997906},
          Row{32, 1.357042e-3, 1.441857e-3, 0.998991, 0.999444},
          Row{50, 5.742618e-4, 5.972323e-4, 0.999578, 0.999767}}) {
        CAPTURE(row.n);
        CHECK(-logit(t, row.n, 0) == Approx(row.even).epsilon(1e-6));
        CHECK(-logit(t, row.n, row.n / 2 * 2) == Approx(row.even).epsilon(1e-6));
        CHECK(logit(t, row.n, 1) == Approx(row.odd).epsilon(1e-6));
        CHECK(cross_entropy_by_counts(t, row.n, true) == Approx(row.ce).margin(6e-7));
        CHECK(cross_entropy_by_counts(big, row.n, true) == Approx(row.ce_big_1).margin(6e-7));
    }
    // Half of the words are odd; both margins are the same for all counts.
    const auto entropy = [](double even, double odd) {
        return (std::log2(1 + std::exp(-even)) + std::log2(1 + std::exp(-odd))) / 2;
    };
    for (const Row& row : {Row{100, 1.478476e-4, 1.508045e-4, 0.999892, 0.999941},
                           Row{300, 1.675630e-5, 1.686801e-5, 0.999988, 0.999993},
                           Row{1000, 1.518629e-6, 1.521666e-6, 0.999999, 0.999999}}) {
        CAPTURE(row.n);
        const std::size_t ones = row.n / 2 + 1 - row.n / 2 % 2;
        CHECK(-logit(t, row.n, 0) == Approx(row.even).epsilon(1e-6));
        CHECK(logit(t, row.n, ones) == Approx(row.odd).epsilon(1e-6));
        CHECK(entropy(-logit(t, row.n, 0), logit(t, row.n, ones)) == Approx(row.ce).margin(6e-7));
        CHECK(entropy(-logit(big, row.n, 0), logit(big, row.n, ones)) == Approx(row.ce_big_1).margin(6e-7));
    }
}

TEST_CASE("Chiang and Cholak FIRST: plain and with log-length scaling", "[soft]") {
    const network::Transformer t = programs::zoo_model("chiang-cholak-first"),
                               scaled = programs::zoo_model("chiang-cholak-first-log");
    const auto entropy = [](double margin) { return std::log2(1 + std::exp(-margin)); };
    for (const auto& [n, size, bits] : {std::tuple<std::size_t, double, double>{10, 0.106865, 0.924972},
                                        {100, 0.0132317, 0.990487},
                                        {1000, 1.35546e-3, 0.999023}}) {
        CAPTURE(n);
        CHECK(entropy(logit(t, n, 1)) == Approx(bits).margin(6e-7));
        CHECK(logit(t, n, 1) == Approx(size).epsilon(5e-6));
        CHECK(logit(t, n, 0) == Approx(-size).epsilon(5e-6));
        CHECK(logit(t, n, n) == Approx(size).epsilon(5e-6));
        const double total = static_cast<double>(n) + 1;
        CHECK(logit(scaled, n, 1) == Approx(0.5 * total / (total + static_cast<double>(n))).epsilon(1e-12));
    }
    CHECK(entropy(logit(scaled, 1000, 1)) == Approx(0.830826).margin(1e-6));
}

TEST_CASE("Chiang and Cholak with layer norm: the table of cross-entropies", "[soft]") {
    const std::vector<std::size_t> lengths = {1, 2, 4, 8, 10};
    const std::vector<std::pair<const char*, std::vector<double>>> rows = {
        {"0", {.059811, .059811, .059811, .059811, .059811}},
        {"1/10000000000", {.059811, .059811, .059811, .059811, .059811}},
        {"1/10000000", {.059811, .059812, .059817, .059868, .059938}},
        {"1/100000", {.059827, .059904, .060382, .065537, .072522}},
        {"1/1000", {.061408, .069087, .114325, .378713, .517401}}};
    for (const auto& [eps, entropies] : rows) {
        network::Transformer t = programs::zoo_model("chiang-cholak-parity-norm");
        set_norm_eps(t, exact::Rational(eps));
        for (std::size_t k = 0; k < lengths.size(); ++k) {
            CAPTURE(eps, lengths[k]);
            CHECK(cross_entropy_by_counts(t, lengths[k], true) == Approx(entropies[k]).margin(1.1e-6));
        }
    }
    network::Transformer t = programs::zoo_model("chiang-cholak-parity-norm");
    const auto least = [&](std::size_t n) {
        double margin = 1e9;
        for (std::size_t k = 0; k <= n; ++k) margin = std::min(margin, std::abs(logit(t, n, k)));
        return margin;
    };
    CHECK(least(10) == Approx(2.70042).epsilon(2e-6));
    // At 100 a sample of words gives 0.0925, but all words are more: the least is at 1^100.
    CHECK(least(100) == Approx(0.0612594).epsilon(2e-6));
    set_norm_eps(t, 0);
    CHECK(logit(t, 10, 1) == Approx(std::sqrt(10.0)).epsilon(1e-12));
    network::Transformer first = programs::zoo_model("chiang-cholak-first-norm");
    set_norm_eps(first, 0);
    CHECK(logit(first, 10, 1) == Approx(std::sqrt(6.0)).epsilon(1e-12));
    CHECK(logit(first, 100, 0) == Approx(-std::sqrt(6.0)).epsilon(1e-12));
    CHECK(std::log2(1 + std::exp(-logit(first, 100, 1))) == Approx(0.119473).margin(6e-7));
}

TEST_CASE("Chiang and Cholak with layer norm: long words, sampled", "[soft]") {
    const std::vector<std::size_t> lengths = {20, 50, 100, 200, 500, 1000};
    const std::vector<std::pair<const char*, std::vector<double>>> rows = {
        {"0", {.059811, .059811, .059811, .059811, .059811, .059811}},
        {"1/10000000000", {.059813, .059872, .060735, .074172, .379403, .785902}},
        {"1/10000000", {.061497, .118603, .469127, .828904, .970677, .992618}},
        {"1/100000", {.203423, .746417, .929420, .981795, .997040, .999260}},
        {"1/1000", {.839692, .972007, .992782, .998171, .999704, .999926}}};
    const std::uint64_t seed = tests::seed();
    for (const auto& [eps, entropies] : rows) {
        network::Transformer t = programs::zoo_model("chiang-cholak-parity-norm");
        set_norm_eps(t, exact::Rational(eps));
        for (std::size_t k = 0; k < lengths.size(); ++k) {
            CAPTURE(seed, eps, lengths[k]);
            base::Random random(seed);
            const RoundedNetwork network(t, static_cast<std::int64_t>(lengths[k]), Float::binary64);
            double sum = 0;
            constexpr int sample = 40;
            for (int round = 0; round < sample; ++round) {
                language::Word word(lengths[k]);
                for (auto& symbol : word) symbol = static_cast<language::Symbol>(random.below(2));
                const double z = network.score(word);
                const bool member = std::count(word.begin(), word.end(), 1U) % 2 == 1;
                CHECK((z > 0) == member);
                sum += std::log2(1 + std::exp(member ? -z : z));
            }
            // The published means are over twenty words; these are over others.
            CHECK(sum / sample == Approx(entropies[k]).epsilon(0.04));
        }
    }
}

TEST_CASE("uniform constructions keep their margins", "[soft]") {
    const auto least = [](const char* name, std::size_t n) {
        const network::Transformer t = programs::zoo_model(name);
        const Evaluator evaluator(t, static_cast<std::int64_t>(n), 128);
        double margin = 1e9;
        language::Word word(n, 0);
        const language::Alphabet bits({"0", "1"});
        do {
            long ones = std::count(word.begin(), word.end(), 1U);
            const double z = evaluator.score(word).middle();
            margin = std::min(margin, ones % 2 == 0 ? z : -z);
        } while (language::next_word(word, bits));
        return margin;
    };
    CHECK(least("uniform-parity-3", 1) == Approx(1.0));
    CHECK(least("uniform-parity-3", 2) == Approx(0.99881).margin(6e-6));
    CHECK(least("uniform-parity-3", 3) == Approx(0.99552).margin(6e-6));
    CHECK(least("uniform-parity-3-causal", 3) == Approx(least("uniform-parity-3", 3)).epsilon(1e-12));
    for (std::size_t n = 4; n <= 9; ++n) CHECK(least("uniform-parity-3-causal", n) >= 0.9986);
    CHECK(least("uniform-parity-2", 2) == Approx(0.99928).margin(6e-6));
    for (std::size_t n = 3; n <= 9; ++n) CHECK(least("uniform-parity-2", n) >= 0.99997);
}

TEST_CASE("one head a bit: the margins of attention alone", "[soft]") {
    const std::vector<std::pair<std::size_t, double>> rows = {{1, .25},     {2, .0417},    {3, 6.25e-3},
                                                              {4, 1.12e-3}, {5, 2.09e-4},  {6, 3.26e-5},
                                                              {8, 1.01e-6}, {10, 2.81e-8}, {12, 8.61e-10}};
    for (const auto& [k, published] : rows) {
        const network::Transformer t = programs::zoo_model("head-parity-" + std::to_string(k));
        const Evaluator evaluator(t, static_cast<std::int64_t>(k), 128);
        double margin = 1e9;
        for (std::size_t ones = 0; ones <= k; ++ones) {
            const double z = evaluator.score(ones_first(k, ones)).middle();
            margin = std::min(margin, ones % 2 == 1 ? z : -z);
        }
        CAPTURE(k);
        CHECK(margin == Approx(published).epsilon(5e-3));
    }
}

}  // namespace attest::soft
