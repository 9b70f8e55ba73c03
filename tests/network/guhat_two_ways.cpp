#include <catch2/catch.hpp>

#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "random_guhat.hpp"
#include "random_model.hpp"
#include "seed.hpp"
#include "tabulate.hpp"

using namespace attest;

namespace {

std::vector<std::string> letters(const language::Alphabet& alphabet, const language::Word& word) {
    std::vector<std::string> text;
    for (const language::Symbol s : word) text.push_back(alphabet.symbol(s));
    return text;
}

/// Calls with all words of the tables' length.
template <typename Visit>
void each_word(const network::Guhat& tables, Visit visit) {
    language::Word word(static_cast<std::size_t>(tables.length), 0);
    do visit(word);
    while (language::next_word(word, tables.alphabet));
}

}  // namespace

TEST_CASE("Random tables: the evaluator says what the text of the format says", "[guhat]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed());
    std::size_t accepted = 0, rejected = 0;
    for (int k = 0; k < 400; ++k) {
        const nlohmann::ordered_json file = tests::random_guhat(random);
        INFO(file.dump());
        network::GuhatEvaluator evaluator(formats::parse_guhat(file.dump(), "t.json"));
        each_word(evaluator.guhat(), [&](const language::Word& word) {
            const bool expected = tests::naive_guhat_accepts(file, letters(evaluator.guhat().alphabet, word));
            REQUIRE(evaluator.accepts(word) == expected);
            (expected ? accepted : rejected) += 1;
        });
    }
    CHECK(accepted > 100);
    CHECK(rejected > 100);
}

TEST_CASE("Random tables: what is written is read as the same tables and written as the same bytes", "[guhat]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 1);
    for (int k = 0; k < 200; ++k) {
        const nlohmann::ordered_json file = tests::random_guhat(random);
        INFO(file.dump());
        const network::Guhat tables = formats::parse_guhat(file.dump(), "t.json");
        const std::string written = formats::write_guhat(tables);
        const network::Guhat again = formats::parse_guhat(written, "t.json");
        REQUIRE(formats::write_guhat(again) == written);
        network::GuhatEvaluator before(tables), after(again);
        each_word(tables, [&](const language::Word& word) { REQUIRE(before.accepts(word) == after.accepts(word)); });
    }
}

TEST_CASE("The bytes of tables do not depend on the order in which their values were made", "[guhat]") {
    const std::string head =
        R"({"format":"attest/guhat","version":1,"alphabet":["0","1"],"length":2,"layers":1,"heads":1,"activations":null,)";
    const std::string a = R"({"layer":1,"head":1,"position":2,"value":"0","prefer":[[1,"0"]]})";
    const std::string b = R"({"layer":1,"head":1,"position":2,"value":"1","prefer":[[2,"1"]]})";
    const auto written = [&](const std::string& entries, const std::string& accept) {
        return formats::write_guhat(
            formats::parse_guhat(head + R"("attention":[)" + entries + R"(],"accept":[)" + accept + "]}", "t.json"));
    };
    const std::string x = R"(["1",[2,"1"]])", y = R"(["0",[1,"1"]])", z = R"(["1",[1,"0"]])";
    CHECK(written(a + "," + b, x + "," + y + "," + z) == written(b + "," + a, z + "," + y + "," + x));
}

TEST_CASE("Models as tables: at one length the tables accept what the model accepts", "[guhat]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 2);
    std::size_t compared = 0, accepted = 0;
    for (int k = 0; k < 600; ++k) {
        network::Transformer t = tests::random_model(
            random,
            {.symbols = 1 + random.below(3), .layers = random.below(3), .heads = 1 + random.below(2), .dimension = 3});
        if (t.begin) continue;  // tables have no begin symbol
        t.readout.position = -1;
        const auto length = static_cast<std::int64_t>(random.below(5));
        if (t.sequence_length(length) == 0) continue;
        const auto tables = tests::tabulate(t, length);
        if (!tables) continue;
        const network::Evaluator model(t, length);
        const std::string text = formats::write_guhat(*tables);
        network::GuhatEvaluator evaluator(formats::parse_guhat(text, "t.json"));
        each_word(*tables, [&](const language::Word& word) {
            INFO(formats::write_model(t) << text << t.alphabet.spell(word));
            const bool accepts = model.evaluate(word).accepts;
            REQUIRE(evaluator.accepts(word) == accepts);
            ++compared;
            accepted += accepts ? 1 : 0;
        });
    }
    CHECK(compared > 1000);
    CHECK(accepted > 100);
}
