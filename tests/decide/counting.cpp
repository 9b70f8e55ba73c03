#include <catch2/catch.hpp>

#include "attest/decide/recognise/prove.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"

// Models that count: decided through their circuits at lengths where words are too many.

namespace {

using namespace attest;

decide::Outcome ask(const network::Transformer& model, const std::string& name, std::int64_t length) {
    const language::Language language = language::Language::parse(name, model.alphabet);
    std::vector<language::Symbol> meaning;
    for (language::Symbol a = 0; a < model.alphabet.size(); ++a) meaning.push_back(a);
    return decide::prove({model, language, meaning, length}, {.method = decide::Method::circuit}, {});
}

}  // namespace

TEST_CASE("counting against counting is refuted state by state, without search", "[decide]") {
    const network::Transformer parity = programs::zoo_model("average-parity");
    for (const std::int64_t length : {1, 2, 3, 4, 5, 8, 33, 64}) {
        CAPTURE(length);
        const decide::Outcome outcome = ask(parity, "parity", length);
        REQUIRE(outcome.refutation() != nullptr);
        CHECK(!outcome.refutation()->proof.empty());
        if (length > 3) CHECK(outcome.refutation()->solver == "simulation from left to right");
    }
    const decide::Outcome counted = ask(parity, "mod:2,1", 40);
    CHECK(counted.holds());
}

TEST_CASE("majority by average attention is the gates of the language", "[decide]") {
    const decide::Outcome outcome = ask(programs::zoo_model("average-majority"), "majority", 100);
    REQUIRE(outcome.refutation() != nullptr);
    CHECK(outcome.statistics.gates == 0);
}

TEST_CASE("balanced brackets by average attention are refuted state by state where an answer is assumed", "[decide]") {
    const network::Transformer dyck = programs::zoo_model("average-dyck-1");
    for (const std::int64_t length : {7, 12, 20, 40}) {
        CAPTURE(length);
        const decide::Outcome outcome = ask(dyck, "dyck:1", length);
        REQUIRE(outcome.refutation() != nullptr);
        CHECK(!outcome.refutation()->proof.empty());
        if (length % 2 == 0) CHECK(outcome.refutation()->solver == "simulation from left to right");
    }
}

TEST_CASE("what counts otherwise is refuted by a word", "[decide]") {
    for (const auto& [model, language] : {std::pair{"average-parity", "even"},
                                          {"average-parity", "majority"},
                                          {"average-majority", "parity"},
                                          {"average-majority", "all-ones"},
                                          {"average-dyck-1", "dyck:1,3"}}) {
        CAPTURE(model, language);
        const decide::Outcome outcome = ask(programs::zoo_model(model), language, 24);
        REQUIRE(outcome.counterexample() != nullptr);
        CHECK(outcome.counterexample()->expected != outcome.counterexample()->actual);
    }
}
