#include <catch2/catch.hpp>

#include "checker/network/evaluator.hpp"
#include "checker/translation/translation.hpp"
#include "checker_support.hpp"
#include "random_model.hpp"

using namespace checker_test;

namespace {

/// A model over 0 and 1 whose only layer and readout are given.
std::string bit_model(const std::string& layers, const std::string& readout, const std::string& more = "") {
    return R"({"format": "attest/model", "version": 1, "name": "m", "alphabet": ["0", "1"], "dimension": 2,)" + more +
           R"("embedding": {"0": [1, 0], "1": [0, 1], "^": [0, 0], "$": [0, 0]}, "layers": [)" + layers +
           R"(], "readout": )" + readout + "}";
}

std::string without_markers(std::string text) {
    const std::string markers = R"(, "^": [0, 0], "$": [0, 0])";
    text.erase(text.find(markers), markers.size());
    return text;
}

struct Comparison {
    std::size_t words = 0;
    std::size_t accepted = 0;
    std::size_t dropped = 0;    ///< words on which a dropped value occurs
    std::size_t different = 0;  ///< other words on which circuit and evaluator disagree
    std::size_t gates = 0;
};

Comparison compare(const Model& model, std::size_t length, const std::vector<Drop>& drops = {}) {
    Budget budget = ample();
    const Instance instance = instantiate(model, length, budget);
    const std::size_t symbols = model.alphabet.size();
    const WordInputs inputs{symbols, length};
    Circuit circuit(inputs.count(), budget);
    const ModelLiterals literals = translate_model(circuit, inputs, instance, drops, budget);
    Comparison result;
    result.gates = circuit.gates();
    for (const Word& word : all_words(symbols, length)) {
        const std::vector<bool> values = simulate(circuit, inputs_of(word, symbols));
        bool dropped = false;
        for (const Literal l : literals.dropped) dropped = dropped || holds(values, l);
        const bool accepted = accepts(instance, word, budget);
        ++result.words;
        result.accepted += accepted;
        result.dropped += dropped;
        result.different += !dropped && accepted != holds(values, literals.accept);
    }
    return result;
}

}  // namespace

TEST_CASE("A model without layers reads its embedding", "[checker]") {
    const Model model =
        model_of(without_markers(bit_model("", R"({"position": "last", "weight": [0, 1], "bias": 0})")));
    for (std::size_t length = 1; length <= 4; ++length) {
        const Comparison found = compare(model, length);
        CHECK(found.different == 0);
        CHECK(found.accepted == found.words / 2);
        CHECK(found.gates == 0);
    }
    Budget budget = ample();
    CHECK_THROWS_AS(instantiate(model, 0, budget), Defect);
}

TEST_CASE("Ties go to the leftmost or the rightmost position", "[checker]") {
    // All scores are 0, so that the head copies the first or the last symbol that the mask shows.
    const auto copies = [](const std::string& tie, const std::string& mask, const std::string& position,
                           const Word& word) {
        const std::string layer = R"({"attention": {"kind": "hard", "tie": ")" + tie + R"(", "mask": ")" + mask +
                                  R"(", "residual": false, "heads": [{"value": [[0, 1]], "output": [[0], [1]]}]}})";
        const Model model = model_of(
            without_markers(bit_model(layer, R"({"position": )" + position + R"(, "weight": [0, 1], "bias": 0})")));
        CHECK(compare(model, word.size()).different == 0);
        Budget budget = ample();
        return accepts(instantiate(model, word.size(), budget), word, budget);
    };
    CHECK(copies("left", "none", "2", {1, 0, 0}));
    CHECK(!copies("right", "none", "2", {1, 0, 0}));
    CHECK(copies("right", "causal", "2", {0, 1, 0}));
    CHECK(copies("left", "future", "2", {0, 1, 0}));
    CHECK(copies("right", "strict", "3", {0, 1, 0}));
    CHECK(copies("left", "strict-future", "1", {0, 1, 0}));
    CHECK(!copies("left", "strict", "1", {1, 1, 1}));
    CHECK(!copies("left", "strict-future", "-1", {1, 1, 1}));
}

TEST_CASE("Average attention takes the mean of all best positions", "[checker]") {
    // The mean of [symbol = 1] is above 1/2: majority.
    const std::string layer = R"({"attention": {"kind": "average", "residual": false,
                                  "heads": [{"value": [[0, 1]], "output": [[0], [1]]}]}})";
    const Model model =
        model_of(without_markers(bit_model(layer, R"({"position": "last", "weight": [0, 1], "bias": -0.5})")));
    Budget budget = ample();
    for (std::size_t length = 1; length <= 6; ++length) {
        const Instance instance = instantiate(model, length, budget);
        for (const Word& word : all_words(2, length)) {
            const auto ones = std::count(word.begin(), word.end(), 1);
            CHECK(accepts(instance, word, budget) == (2 * static_cast<std::size_t>(ones) > length));
        }
    }
}

TEST_CASE("Markers take positions of their own", "[checker]") {
    const std::string markers = R"("begin": "^", "end": "$",)";
    const Model model = model_of(bit_model("", R"({"position": 2, "weight": [0, 1], "bias": 0})", markers));
    CHECK(compare(model, 0).accepted == 0);
    CHECK(compare(model, 3).accepted == 4);
    CHECK(compare(model, 3).different == 0);
    const Model first = model_of(bit_model("", R"({"position": "first", "weight": [0, 1], "bias": 1})", markers));
    CHECK(compare(first, 0).accepted == 1);
    CHECK(compare(first, 2).accepted == 4);
}

TEST_CASE("Evaluation and translation agree on random models", "[checker]") {
    std::size_t undecided = 0;
    std::size_t gates = 0;
    for (unsigned seed = 1; seed <= 600; ++seed) {
        const std::size_t symbols = 1 + seed % 3;
        const std::string text = RandomModel(seed, symbols).text();
        const Model model = model_of(text);
        const bool marked = model.begin || model.end;
        for (std::size_t length = marked ? 0 : 1; length <= (symbols == 3 ? 4u : 5u); ++length) {
            INFO("seed " << seed << " length " << length << " model " << text);
            const Comparison found = compare(model, length);
            REQUIRE(found.different == 0);
            undecided += found.accepted != 0 && found.accepted != found.words;
            gates += found.gates;
        }
    }
    // The models must not all be trivial, or this test shows nothing.
    CHECK(undecided > 300);
    CHECK(gates > 10000);
}

TEST_CASE("Where no dropped value occurs the translation is right", "[checker]") {
    std::size_t used = 0;
    std::size_t partial = 0;
    for (unsigned seed = 1; seed <= 300; ++seed) {
        const Model model = model_of(RandomModel(seed, 2).text());
        std::mt19937 random(seed);
        for (int attempt = 0; attempt < 10; ++attempt) {
            std::vector<Drop> drops;
            for (std::size_t k = 0; k <= random() % 2; ++k)
                drops.push_back({random() % (model.layers.size() + 1), 1 + random() % 4, random() % 3});
            Comparison found;
            if (!refusal([&] { found = compare(model, 4, drops); }).empty()) continue;
            INFO("seed " << seed << " attempt " << attempt);
            REQUIRE(found.different == 0);
            ++used;
            partial += found.dropped > 0 && found.dropped < found.words;
        }
    }
    CHECK(used > 200);
    CHECK(partial > 100);
}

TEST_CASE("Drops that name no value, twice the same, or all values are refused", "[checker]") {
    const Model model =
        model_of(without_markers(bit_model("", R"({"position": "last", "weight": [0, 1], "bias": 0})")));
    CHECK(compare(model, 2, {{0, 2, 0}}).dropped == 2);
    CHECK(!refusal([&] { compare(model, 2, {{0, 2, 2}}); }).empty());
    CHECK(!refusal([&] { compare(model, 2, {{0, 1, 0}}); }).empty());
    CHECK(!refusal([&] { compare(model, 2, {{1, 2, 0}}); }).empty());
    CHECK(!refusal([&] { compare(model, 2, {{0, 2, 0}, {0, 2, 0}}); }).empty());
    CHECK(!refusal([&] { compare(model, 2, {{0, 2, 0}, {0, 2, 1}}); }).empty());
}
