#include "compile/tables.hpp"

#include <catch2/catch.hpp>

#include "assignment.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/formats/file.hpp"
#include "circuit/simulate.hpp"
#include "circuit/structure.hpp"
#include "random_guhat.hpp"
#include "seed.hpp"

// Tables as circuits, against the evaluator of tables on all words.

namespace {

using namespace attest;

struct Agreement {
    std::size_t accepted = 0, rejected = 0, dropped = 0;

    void check(const network::Guhat& tables, compile::Form form, bool find_drops) {
        circuit::Builder builder(std::size_t{1} << 30);
        const compile::Inputs inputs(builder, tables.alphabet, tables.length);
        compile::Options options;
        options.form = form;
        options.keep_values = true;
        if (find_drops) options.never_true = decide::find_never_true(inputs, 7, {});
        auto result = compile::compile_guhat(builder, inputs, tables, options, {});
        REQUIRE(std::holds_alternative<compile::CompiledModel>(result));
        const auto& compiled = std::get<compile::CompiledModel>(result);
        dropped += compiled.sizes.dropped;
        if (form == compile::Form::constant_depth)
            CHECK(static_cast<std::int64_t>(circuit::levels(builder.circuit())[compiled.accept.node()]) <=
                  2 * tables.layers + 1);
        network::GuhatEvaluator evaluator(tables);
        language::Word word(static_cast<std::size_t>(tables.length), 0);
        do {
            const std::vector<bool> x = tests::assignment(word, tables.alphabet.size());
            const bool expected = evaluator.accepts(word);
            INFO("word " << tables.alphabet.spell(word) << ", compact " << (form == compile::Form::compact)
                         << ", drops " << find_drops);
            REQUIRE(circuit::evaluate(builder.circuit(), compiled.accept, x) == expected);
            (expected ? accepted : rejected) += 1;
            check_values(builder.circuit(), compiled, x, tables.layers);
        } while (language::next_word(word, tables.alphabet));
    }

    /// A position holds one value.
    static void check_values(const circuit::Circuit& circuit, const compile::CompiledModel& compiled,
                             const std::vector<bool>& x, std::int64_t layers) {
        REQUIRE(compiled.values.size() == static_cast<std::size_t>(layers) + 1);
        for (std::size_t b = 0; b < compiled.values.size(); ++b) {
            if (layers > 0 && b == static_cast<std::size_t>(layers)) continue;  // the answer alone
            for (const auto& position : compiled.values[b]) {
                std::size_t held = 0;
                for (const circuit::Literal l : position) held += circuit::evaluate(circuit, l, x) ? 1 : 0;
                REQUIRE(held == 1);
            }
        }
    }
};

}  // namespace

TEST_CASE("circuits of random tables agree with the evaluator on all words", "[compile]") {
    INFO("seed " << tests::seed());
    base::Random random(tests::seed() + 41);
    Agreement agreement;
    for (int k = 0; k < 300; ++k) {
        const nlohmann::ordered_json file = tests::random_guhat(random);
        INFO(file.dump());
        const network::Guhat tables = formats::parse_guhat(file.dump(), "t.json");
        for (const compile::Form form : {compile::Form::constant_depth, compile::Form::compact})
            for (const bool drops : {false, true}) agreement.check(tables, form, drops);
    }
    CHECK(agreement.accepted > 300);
    CHECK(agreement.rejected > 300);
    CHECK(agreement.dropped > 0);
}

TEST_CASE("a limit on values or cases stops the compilation of tables", "[compile]") {
    const network::Guhat tables = formats::parse_guhat(
        R"({"format":"attest/guhat","version":1,"alphabet":["0","1"],"end":"$","length":4,"layers":2,"heads":2,"activations":null,"attention":[],"accept":[]})",
        "t.json");
    for (const bool values : {true, false}) {
        circuit::Builder builder(std::size_t{1} << 30);
        const compile::Inputs inputs(builder, tables.alphabet, tables.length);
        compile::Options options;
        (values ? options.most_values : options.most_cases) = 1;
        const auto result = compile::compile_guhat(builder, inputs, tables, options, {});
        REQUIRE(std::holds_alternative<verdict::Undecided>(result));
        CHECK(std::get<verdict::Undecided>(result).reason == verdict::Reason::memory);
    }
}
