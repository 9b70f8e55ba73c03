#include <catch2/catch.hpp>

#include "by_definition.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/soft/soft_evaluator.hpp"
#include "checker/translation/translation.hpp"
#include "checker_support.hpp"
#include "random_version_2.hpp"
#include "seed.hpp"

// Version 2 of the model format (MODEL.md, section 9): the checker's evaluators against the definitions.

using namespace checker_test;
using nlohmann::json;

namespace {

json small(const json& layers = json::array(), const json& more = json::object()) {
    json m = {{"format", "attest/model"},
              {"version", 2},
              {"alphabet", {"0", "1"}},
              {"dimension", 2},
              {"embedding", {{"0", {1, 0}}, {"1", {0, 1}}}},
              {"layers", layers},
              {"readout", {{"position", "last"}, {"weight", {0, 1}}, {"bias", 0}}}};
    m.update(more);
    return m;
}

bool accepted(const json& model, const Word& word) {
    Budget budget = ample();
    const Model read = model_of(model.dump());
    return accepts(instantiate(read, word.size(), budget), word, budget);
}

std::string refused(const json& model, const Word& word) {
    return refusal([&] { accepted(model, word); });
}

}  // namespace

TEST_CASE("Version 2: exact models answer as the definition says", "[checker][version 2]") {
    const std::uint64_t seed = attest::tests::seed();
    std::size_t words = 0, mixed = 0;
    for (std::uint64_t k = 0; k < 300; ++k) {
        const json text = RandomVersion2(seed + k).model(false);
        const Model model = model_of(text.dump());
        CAPTURE(seed + k, text.dump());
        REQUIRE(!model.is_soft());
        for (std::size_t length = text.contains("begin") || text.contains("end") ? 0 : 1; length <= 4; ++length) {
            Budget budget = ample();
            const Instance instance = instantiate(model, length, budget);
            std::size_t yes = 0;
            for (const Word& word : all_words(2, length)) {
                const double score = by_definition::Evaluation(text, word).score();
                if (std::abs(score) < 1e-6) continue;  // a tie, which doubles do not show
                const bool answer = accepts(instance, word, budget);
                CHECK(answer == (score > 0));
                yes += answer, ++words;
            }
            mixed += yes > 0 && yes < (std::size_t{1} << length);
        }
    }
    CHECK(words > 3000);
    CHECK(mixed > 80);
}

TEST_CASE("Version 2: enclosures hold what the definition gives", "[checker][version 2]") {
    const std::uint64_t seed = attest::tests::seed();
    std::size_t words = 0;
    for (std::uint64_t k = 0; k < 150; ++k) {
        const json text = RandomVersion2(seed + k).model(true);
        const Model model = model_of(text.dump());
        CAPTURE(seed + k, text.dump());
        REQUIRE(model.is_soft());
        const std::size_t length = 1 + k % 3;
        Budget budget = ample();
        const SoftInstance coarse = instantiate(model, length, 100, budget),
                           fine = instantiate(model, length, 300, budget);
        for (const Word& word : all_words(2, length)) {
            const Interval score = checker_test::score(fine, word, budget);
            REQUIRE(score.is_finite());
            const Rational width = score.high() - score.low();
            CHECK(width.get_d() < 1e-40);
            const double expected = by_definition::Evaluation(text, word).score();
            CHECK(score.low().get_d() == Approx(expected).epsilon(1e-7).margin(1e-7));
            const Interval wide = checker_test::score(coarse, word, budget);
            CHECK(wide.low() <= score.low());
            CHECK(score.high() <= wide.high());
            ++words;
        }
    }
    CHECK(words > 500);
}

TEST_CASE("Version 2: evaluation and translation agree on random hard models", "[checker][version 2]") {
    const std::uint64_t seed = attest::tests::seed();
    std::size_t mixed = 0, gates = 0;
    for (std::uint64_t k = 0; k < 600; ++k) {
        const json text = RandomVersion2(seed + k).hard_model();
        const Model model = model_of(text.dump());
        CAPTURE(seed + k, text.dump());
        REQUIRE(model.is_hard());
        const std::size_t length = 1 + k % 3;
        Budget budget = ample();
        const Instance instance = instantiate(model, length, budget);
        Circuit circuit(length, budget);
        const ModelLiterals literals = translate_model(circuit, WordInputs{2, length}, instance, {}, budget);
        std::size_t yes = 0;
        for (const Word& word : all_words(2, length)) {
            const bool answer = accepts(instance, word, budget);
            CHECK(answer == holds(simulate(circuit, inputs_of(word, 2)), literals.accept));
            yes += answer;
        }
        mixed += yes > 0 && yes < (std::size_t{1} << length);
        gates += circuit.gates();
    }
    CHECK(mixed > 30);
    CHECK(gates > 200);
}

TEST_CASE("Version 2: a layer that repeats is the layer written out", "[checker][version 2]") {
    // Each time all symbols move one to the right.
    json layer = {{"attention",
                   {{"kind", "hard"},
                    {"residual", false},
                    {"mask", "strict"},
                    {"tie", "right"},
                    {"heads", {{{"value", {{1, 0}, {0, 1}}}, {"output", {{1, 0}, {0, 1}}}}}}}}};
    const json repeats[] = {0, 1, 2, "n - 1", "3 - n"};
    for (const json& repeat : repeats)
        for (const Word& word : all_words(2, 3)) {
            json repeated = layer;
            repeated["repeat"] = repeat;
            const std::size_t times = repeat.is_number() ? repeat.get<std::size_t>() : repeat == "n - 1" ? 2 : 0;
            CAPTURE(repeat);
            CHECK(accepted(small(json::array({repeated})), word) == accepted(small(json(times, layer)), word));
            CHECK(accepted(small(json::array({repeated})), word) == (word[2 - times] == 1));
        }
    for (const json& wrong : {json(-1), json(65537), json(0.5), json("sqrt(1)"), json("i")}) {
        layer["repeat"] = wrong;
        CHECK(refused(small(json::array({layer})), {1}).find("layers[0].repeat") != std::string::npos);
    }
    layer["repeat"] = "n/2";
    CHECK(accepted(small(json::array({layer})), {1, 0}));
    CHECK(refused(small(json::array({layer})), {1, 0, 0}).find("cannot stand 3/2 times") != std::string::npos);
}

TEST_CASE("Version 2: the first of several greatest classes is the answer", "[checker][version 2]") {
    const auto readout = [](const json& weight, const json& accept) {
        return json{
            {"readout", {{"position", "last"}, {"weight", weight}, {"classes", {"x", "y", "z"}}, {"accept", accept}}}};
    };
    const json tie_of_x_and_y = {{1, 1}, {1, 1}, {0, 0}};
    CHECK(accepted(small(json::array(), readout(tie_of_x_and_y, {"x"})), {0}));
    CHECK(!accepted(small(json::array(), readout(tie_of_x_and_y, {"y"})), {0}));
    const json bits = {{1, 0}, {0, 1}, {-1, 0}};
    CHECK(!accepted(small(json::array(), readout(bits, {"y", "z"})), {0}));
    CHECK(accepted(small(json::array(), readout(bits, {"y", "z"})), {1}));
    CHECK(refused(small(json::array(), readout(bits, {"w"})), {1}).find("not one of the classes") != std::string::npos);
    CHECK(refused(small(json::array(), readout(bits, json::array())), {1}).find("readout.accept") != std::string::npos);
    CHECK(refused(small(json::array(), readout(bits, {"x", "y", "z"})), {1}).find("readout.accept") !=
          std::string::npos);
    json task = small(json::array(), readout(bits, {"y"}));
    task["readout"].erase("accept");
    CHECK(refused(task, {1}).find("accepts and rejects nothing") != std::string::npos);
    task["readout"]["position"] = "each";
    CHECK(refused(task, {1}).find("accepts and rejects nothing") != std::string::npos);
}

TEST_CASE("Version 2: a model is for the positions and lengths that it says", "[checker][version 2]") {
    const json table = {{"position", {{"table", {{0, -1}, {0, 1}, {0, 0}}}, {"first", 1}}}};
    CHECK(!accepted(small(json::array(), table), {1}));
    CHECK(accepted(small(json::array(), table), {0, 0}));
    CHECK(refused(small(json::array(), table), {0, 0, 0, 0}).find("the model has positions 1 to 3") !=
          std::string::npos);
    json late = table;
    late["position"]["first"] = 2;
    CHECK(refused(small(json::array(), late), {1}).find("the model has positions 2 to 4") != std::string::npos);
    CHECK(accepted(small(json::array(), {{"max_length", 2}}), {0, 1}));
    CHECK(refused(small(json::array(), {{"max_length", 2}}), {0, 1, 1}).find("at most 2 symbols") != std::string::npos);
    CHECK(refused(small(json::array(), {{"max_length", -1}}), {0}).find("max_length") != std::string::npos);
}
