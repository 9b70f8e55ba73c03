#include "planes.hpp"

#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "planes_bounds.hpp"

// Cutting planes: what they decide, against all words, and where weights are so large that sums cannot be counted.

namespace attest::decide {

namespace {

const language::Alphabet bits({"0", "1"});

/// The word as a binary fraction, against a bound: accepts iff it is above.
network::Transformer above(const std::string& bound) {
    const std::string text =
        R"raw({"format": "attest/model", "version": 1, "name": "above", "alphabet": ["0", "1"], "dimension": 5,
        "embedding": {"0": [0, 0, 0, 0, 0], "1": [1, 0, 0, 0, 0]}, "position": [0, "2^(-i)", 0, "[i=1]", 0],
        "layers": [{"feedforward": {"maps": [{"weight": [[1, 1, 0, 0, 0]], "bias": [-1]}, [[0], [0], [1], [0], [0]]],
                                    "residual": true}},
                   {"attention": {"kind": "average", "residual": true,
                                  "heads": [{"value": [[0, 0, 1, ")raw" +
        bound + R"raw(", 0]], "output": [[0], [0], [0], [0], [1]]}]}}],
        "readout": {"position": "last", "weight": [0, 0, 0, 0, 1], "bias": 0}})raw";
    return formats::parse_model(text, "above.json");
}

Outcome planes(const network::Transformer& t, const std::string& language, std::int64_t length) {
    const language::Language l = language::Language::parse(language, bits);
    ProveOptions options;
    options.method = Method::planes;
    options.planes = true;
    return prove({t, l, language::relate(t.alphabet, l.alphabet(), {}), length}, options, {});
}

}  // namespace

TEST_CASE("weights that double from symbol to symbol are decided by cutting planes", "[query]") {
    const network::Transformer third = above("-1/3"), half = above("-1/2");
    for (const std::int64_t length : {1, 2, 3, 8, 9, 64, 200}) {
        CAPTURE(length);
        const Outcome holds = planes(third, "regex:(01)*1(0|1)*", length);
        REQUIRE(holds.planes() != nullptr);
        CHECK(holds.evidence() == verdict::Evidence::refutation);
        CHECK(holds.planes()->proof.size() < 200 + 100 * static_cast<std::size_t>(length * length));
    }
    // Above one half: the first symbol is 1, and another; one word is the bound itself.
    const Outcome fails = planes(half, "first", 40);
    REQUIRE(fails.fails());
    CHECK(fails.counterexample()->word == bits.parse("1" + std::string(39, '0'), "word"));
    CHECK(fails.counterexample()->expected);
}

TEST_CASE("cutting planes decide by bounds and residues, and never against all words", "[query]") {
    std::size_t decided = 0, held = 0;
    for (const char* model : {"average-parity", "average-majority", "cookbook-quadratic-lookup"})
        for (const char* language : {"parity", "even", "majority", "first", "mod:4,1", "mod:3,0", "all-ones"})
            for (std::int64_t length = 1; length <= 6; ++length) {
                CAPTURE(model, language, length);
                const network::Transformer t = programs::zoo_model(model);
                const Outcome found = planes(t, language, length);
                const language::Language l = language::Language::parse(language, bits);
                ProveOptions all;
                all.method = Method::exhaustion;
                const Outcome truth = prove({t, l, {0, 1}, length}, all, {});
                if (found.undecided() != nullptr) continue;
                ++decided;
                held += found.holds() ? 1 : 0;
                REQUIRE(found.holds() == truth.holds());
            }
    CHECK(held >= 18);
    CHECK(decided >= 60);
}

TEST_CASE("extreme sums and residues of runs are those of all words", "[query]") {
    const language::Language l = language::Language::parse("mod:3,1", bits);
    const network::Transformer t = programs::zoo_model("average-majority");
    const auto asked = planes_question({t, l, {0, 1}, 5}, 1000, {});
    const PlanesRuns& runs = std::get<PlanesQuestion>(asked).formula.runs;
    const SymbolWeights weights{{{0, 3}, {1, -2}, {0, 7}, {4, 1}, {0, 3}}};
    const Potentials most = extreme_sums(runs, weights, true), least = extreme_sums(runs, weights, false);
    std::vector<std::vector<mpz_class>> sums(3);
    language::Word word(5, 0);
    do {
        mpz_class sum = 0;
        std::size_t ones = 0;
        for (std::size_t i = 0; i < 5; ++i) sum += weights.of[i][word[i]], ones += word[i];
        sums[ones % 3].push_back(sum);
    } while (language::next_word(word, bits));
    for (std::size_t q = 0; q < 3; ++q) {
        CHECK(most.back()[q] == *std::max_element(sums[q].begin(), sums[q].end()));
        CHECK(least.back()[q] == *std::min_element(sums[q].begin(), sums[q].end()));
    }
    // 3, −3, 7 ≡ 1, −3 and 3: no modulus but 3 tells the state, and it does not.
    CHECK(!residues(runs, weights));
    const SymbolWeights ones{{{0, 1}, {0, 1}, {0, 1}, {0, 1}, {0, 1}}};
    const auto found = residues(runs, ones);
    REQUIRE(found);
    CHECK(found->modulus == 3);
}

}  // namespace attest::decide
