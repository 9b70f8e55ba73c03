#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "circuit/simulate.hpp"
#include "decide/induction/sequential.hpp"
#include "seed.hpp"
#include "sequential.hpp"
#include "trials.hpp"
#include "weighing_model.hpp"

// Heads that weigh content against how near a position is: what the machine says, and what the circuit does, against the evaluator on all
// words of small lengths.

using namespace attest;

namespace {

using language::Word;

/// Calls `use` on all words from the least to the longest length, with what the evaluator says of each.
template <typename Use>
void for_all_words(const network::Transformer& t, std::int64_t longest, const Use& use) {
    for (std::int64_t n = induction::least_length(t); n <= longest; ++n) {
        const network::Evaluator evaluator(t, n);
        Word word(static_cast<std::size_t>(n), 0);
        do use(word, evaluator.evaluate(word).accepts);
        while (language::next_word(word, t.alphabet));
    }
}

/// Whether `bad` is true after the word, in a circuit that has no guesses.
bool is_bad(const circuit::Sequential& circuit, const network::Transformer& t, const Word& word) {
    std::vector<circuit::Literal> roots{circuit.bad[0].literal};
    for (const circuit::Latch& latch : circuit.latches) roots.push_back(latch.next);
    std::vector<bool> latches(circuit.latches.size(), false);
    std::vector<language::Symbol> read = word;
    read.push_back(0);
    bool bad = false;
    for (const language::Symbol a : read) {
        std::vector<bool> inputs = induction::letter_inputs(t.alphabet.size(), a);
        inputs.insert(inputs.end(), latches.begin(), latches.end());
        const std::vector<bool> values = circuit::evaluate(circuit.step, roots, inputs);
        bad = values[0];
        latches.assign(values.begin() + 1, values.end());
    }
    return bad;
}

/// One head of an end symbol, 3 for a 1, with this mask and bias.
network::Transformer three_for_a_one(const std::string& mask, const std::string& bias) {
    return formats::parse_model(R"({"format": "attest/model", "version": 1, "name": "nearest", "alphabet": ["0", "1"],
        "end": "$", "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]},
        "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": ")" +
                                    mask + R"(", "heads": [
          {"query": {"weight": [[0, 0]], "bias": [1]}, "key": [[3, 0]], "value": [[1, 0]], "output": [[0], [1]],
           "bias": ")" + bias + R"("}]}}],
        "readout": {"position": "last", "weight": [0, 1], "bias": 0}})",
                                "test");
}

}  // namespace

TEST_CASE("Nearness: how far content reaches", "[induction]") {
    // mask, bias, and how many of the last symbols are looked at
    const std::vector<std::tuple<const char*, const char*, std::size_t>> rows = {
        {"strict", "j", 3}, {"strict", "2*j", 2}, {"strict", "j/3", 9}, {"none", "j", 2}, {"strict", "4*j", 1}};
    for (const auto& [mask, bias, reach] : rows) {
        INFO(mask << ", " << bias);
        const network::Transformer t = three_for_a_one(mask, bias);
        const auto found = tests::language_within(t, 20);
        REQUIRE(found);
        CHECK(found->automaton.size() == reach + 1);
        for_all_words(t, static_cast<std::int64_t>(reach) + 3, [&](const Word& word, bool accepts) {
            const std::size_t from = word.size() > reach ? word.size() - reach : 0;
            const bool expected =
                std::find(word.begin() + static_cast<std::ptrdiff_t>(from), word.end(), 1) != word.end();
            REQUIRE(accepts == expected);
            REQUIRE(found->automaton.accepts(word) == expected);
        });
    }
}

TEST_CASE("Nearness: what no window holds is not supported", "[induction]") {
    // The window would grow with the sequence; what is preferred is in the middle.
    for (const char* bias : {"8*j/n", "-abs(2*j-i)"}) {
        INFO(bias);
        CHECK_THROWS_AS(induction::language_of(three_for_a_one("strict", bias), {}), base::Unsupported);
    }
}

TEST_CASE("Nearness: random models, against the evaluator on all short words", "[induction]") {
    const std::uint64_t seed = tests::seed() + 31;
    std::size_t followed = 0, by_windows = 0, circuits = 0;
    const std::uint64_t models = tests::trials(80);
    for (std::uint64_t k = 0; k < models; ++k) {
        const std::string text = tests::WeighingModel(seed + k).text();
        INFO("seed " << seed + k << "\n" << text);
        const network::Transformer t = formats::parse_model(text, "test");
        const std::int64_t longest = t.alphabet.size() == 2 ? 8 : 5;
        std::optional<induction::ModelLanguage> found;
        try {
            found = tests::language_within(t, 1);
        } catch (const base::Unsupported&) {
            continue;
        }
        if (!found) continue;
        ++followed;
        if (found->closure.window > 0) ++by_windows;
        for_all_words(t, longest, [&](const Word& word, bool accepts) {
            INFO("on \"" << t.alphabet.spell(word) << "\"");
            REQUIRE(found->automaton.accepts(word) == accepts);
        });
        // Against a language of all words the circuit says on which the model rejects.
        language::Dfa all{t.alphabet, 0, {true}, {std::vector<std::uint32_t>(t.alphabet.size(), 0)}};
        std::vector<language::Symbol> same(t.alphabet.size());
        for (std::size_t s = 0; s < same.size(); ++s) same[s] = static_cast<language::Symbol>(s);
        circuit::Sequential circuit;
        try {
            circuit = induction::sequential_circuit(t, &all, same, induction::least_length(t));
        } catch (const base::Unsupported&) {
            continue;
        }
        ++circuits;
        for_all_words(t, longest - 2, [&](const Word& word, bool accepts) {
            INFO("on \"" << t.alphabet.spell(word) << "\"");
            REQUIRE(is_bad(circuit, t, word) != accepts);
        });
    }
    WARN(followed << " of " << models << " random models have a machine, " << by_windows << " with a window, "
                  << circuits << " a circuit");
    CHECK(by_windows >= models / 10);
    CHECK(circuits >= models / 10);
}
