#include "logic/lemma_proof.hpp"

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "formulas.hpp"
#include "seed.hpp"
#include "strict_checker.hpp"

// Proofs that are written lemma by lemma, against the strict checker and against truth tables.

using namespace attest;
using namespace attest::logic;
using namespace attest::logic::test;

namespace {

std::string wrong_with(const Cnf& formula, const std::string& proof) {
    return StrictChecker(formula, false).check(proof);
}

/// Of formulas of few variables: whether the clause holds wherever the formula does.
bool follows(const Cnf& formula, const std::vector<std::int32_t>& clause) {
    for (std::uint32_t a = 0; a < 1U << formula.variables; ++a) {
        const auto holds = [&](std::span<const std::int32_t> literals) {
            for (const std::int32_t l : literals)
                if (((a >> (std::abs(l) - 1)) & 1U) == (l > 0 ? 1U : 0U)) return true;
            return false;
        };
        bool all = true;
        for (std::size_t c = 0; c < formula.size() && all; ++c) all = holds(formula.clause(c));
        if (all && !holds(clause)) return false;
    }
    return true;
}

}  // namespace

TEST_CASE("Lemmas: what follows by propagation is taken, what does not is not", "[logic]") {
    Cnf formula;
    formula.variables = 3;
    formula.add({1, 2});
    formula.add({1, -2});
    formula.add({-1, 3});
    LemmaProof proof(formula);
    CHECK_FALSE(proof.add({2}));
    CHECK(proof.add({1}));
    CHECK(proof.add({3}));  // follows from the units already
    CHECK_FALSE(proof.refuted());
    CHECK(proof.lemmas() == 1);

    formula.add({-3, -1});
    LemmaProof refutation(formula);
    CHECK(refutation.add({1}));
    REQUIRE(refutation.refuted());
    CHECK(wrong_with(formula, refutation.refutation()).empty());
}

TEST_CASE("Lemmas: lemmas that nothing needs are not in the proof", "[logic]") {
    Cnf formula;
    formula.variables = 4;
    for (const int a : {1, -1})
        for (const int b : {2, -2}) formula.add({a, b});
    formula.add({3, 4});
    formula.add({3, -4});
    LemmaProof proof(formula);
    CHECK(proof.add({3}));
    CHECK(proof.add({2}));
    REQUIRE(proof.refuted());
    CHECK(wrong_with(formula, proof.refutation()).empty());
    CHECK(proof.refutation().starts_with("7 2 0 "));
}

TEST_CASE("Lemmas: random formulas and lemmas", "[logic]") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    std::size_t refuted = 0, taken = 0;
    for (int k = 0; k < 400; ++k) {
        Cnf formula;
        formula.variables = 6;
        const auto clause = [&](std::size_t size) {
            std::vector<std::int32_t> literals;
            while (literals.size() < size) {
                const auto v = static_cast<std::int32_t>(1 + random.below(6));
                const bool used =
                    std::any_of(literals.begin(), literals.end(), [&](int l) { return std::abs(l) == v; });
                if (!used) literals.push_back(random.chance(1, 2) ? v : -v);
            }
            return literals;
        };
        for (std::size_t c = 0; c < 18 + random.below(16); ++c) formula.add(clause(2 + random.below(2)));
        LemmaProof proof(formula);
        for (int l = 0; l < 60 && !proof.refuted(); ++l) {
            const auto lemma = clause(1 + random.below(3));
            if (!proof.add(lemma)) continue;
            ++taken;
            CHECK(follows(formula, lemma));
        }
        if (proof.refuted()) {
            ++refuted;
            CHECK(wrong_with(formula, proof.refutation()).empty());
        } else {
            CHECK(wrong_with(formula, proof.all_lemmas()) == "no empty clause");
            CHECK(proof.extended().size() == formula.size() + proof.lemmas());
        }
    }
    CHECK(refuted > 20);
    CHECK(taken > 400);
}
