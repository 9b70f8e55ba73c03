#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "circuit/simulate.hpp"
#include "compile/program.hpp"
#include "random_program.hpp"
#include "seed.hpp"
#include "trials.hpp"

using namespace attest;

namespace {

std::optional<network::Program> random_one(base::Random& random, std::string& text) {
    text = tests::random_program(random).dump();
    try {
        return formats::parse_program(text, "random.json");
    } catch (const base::InputError&) {
        return std::nullopt;  // a value twice, written in two ways
    }
}

/// Whether the program accepts; nothing where it has no value.
std::optional<bool> by_definition(const network::Program& p, const language::Word& word) {
    try {
        return network::accepts(p, network::answers(p, word));
    } catch (const base::InputError&) {
        return std::nullopt;
    }
}

std::vector<bool> inputs_of(const compile::Inputs& inputs, const circuit::Circuit& circuit,
                            const language::Word& word) {
    std::vector<bool> values(circuit.input_count(), false);
    for (std::size_t i = 0; i < word.size(); ++i) {
        const circuit::Literal present = inputs.present(static_cast<std::int64_t>(i) + 1, word[i]);
        if (!present.complemented()) values[present.node() - 1] = true;
    }
    return values;
}

/// Faults of variables that the last answer does not need are faults, too: then the two are held together only in that.
void compare(const network::Program& p, std::int64_t length, std::size_t& right, std::size_t& faults) {
    circuit::Builder builder(1 << 30);
    const compile::Inputs inputs(builder, p.alphabet, length);
    auto compiled = compile_program(builder, inputs, p, {}, {});
    if (std::holds_alternative<verdict::Undecided>(compiled)) return;
    const auto& found = std::get<compile::CompiledModel>(compiled);
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        const auto expected = by_definition(p, word);
        const auto values = circuit::evaluate(builder.circuit(), std::vector{found.accept, found.drop_literals[0]},
                                              inputs_of(inputs, builder.circuit(), word));
        if (values[1]) {
            ++faults;
            continue;
        }
        REQUIRE(expected == values[0]);
        ++right;
    } while (language::next_word(word, p.alphabet));
}

}  // namespace

TEST_CASE("Programs: the circuit accepts what the definition accepts, and tells where there is no value", "[program]") {
    base::Random random(tests::seed() + 2);
    INFO("seed " << tests::seed());
    std::size_t right = 0, faults = 0;
    for (std::uint64_t trial = 0; trial < tests::trials(300); ++trial) {
        std::string text;
        const auto p = random_one(random, text);
        if (!p) continue;
        INFO(text);
        for (std::int64_t length = 1; length <= 4; ++length) compare(*p, length, right, faults);
    }
    CHECK(right > 1000);
    CHECK(faults > 100);
}
