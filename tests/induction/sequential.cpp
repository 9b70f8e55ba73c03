#include "decide/induction/sequential.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "outside.hpp"
#include "random_sequential.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

// Models as circuits with latches, against the evaluator word by word, and against what another prover says of them.

using namespace attest;

namespace {

using language::Word;

/// What the circuit's port says of a word: in the frame after it, whatever comes.
circuit::SequentialRun read(const circuit::Sequential& circuit, std::size_t letters, const Word& word) {
    std::vector<std::vector<bool>> inputs;
    for (const language::Symbol a : word) inputs.push_back(induction::letter_inputs(letters, a));
    inputs.emplace_back(circuit.input_count(), false);
    return circuit::run(circuit, inputs);
}

std::vector<language::Symbol> same(const network::Transformer& t) {
    std::vector<language::Symbol> meaning(t.alphabet.size());
    for (std::size_t s = 0; s < meaning.size(); ++s) meaning[s] = static_cast<language::Symbol>(s);
    return meaning;
}

/// Compares `bad` with the evaluator and the automaton on all words of at most so many symbols.
void compare(const network::Transformer& t, const circuit::Sequential& circuit, const language::Dfa& dfa,
             std::int64_t from, std::int64_t longest) {
    for (std::int64_t n = from; n <= longest; ++n) {
        const network::Evaluator evaluator(t, n);
        Word word(static_cast<std::size_t>(n), 0);
        do {
            INFO("on \"" << t.alphabet.spell(word) << "\"");
            const bool differs = evaluator.evaluate(word).accepts != dfa.accepts(word);
            REQUIRE(read(circuit, t.alphabet.size(), word).bad == differs);
        } while (language::next_word(word, t.alphabet));
    }
}

/// What berkeley-abc says of a model and a language.
std::string told_by_abc(const network::Transformer& t, const std::string& text,
                        const std::vector<std::pair<std::string, std::string>>& map = {}) {
    std::optional<language::Alphabet> over = t.alphabet;
    if (!map.empty()) over.reset();
    const language::Language language = language::Language::parse(text, over);
    const language::Dfa dfa = induction::automaton_of(language);
    const circuit::Sequential circuit = induction::sequential_circuit(
        t, &dfa, relate(t.alphabet, language.alphabet(), map), induction::least_length(t));
    std::ostringstream bytes;
    write_aiger_binary(circuit, bytes);
    const base::DirectoryInProgress scratch;
    base::write_file(scratch.path() + "/m.aig", bytes.view());
    return tests::output_of("cd " + scratch.path() + " && berkeley-abc -q 'read_aiger m.aig; pdr' 2>&1");
}

}  // namespace

TEST_CASE("Sequential circuits: the zoo, word by word", "[induction]") {
    for (const char* name : {"all-ones", "contains-1", "contains-11", "first", "last", "tomita-1", "tomita-2",
                             "tomita-4", "tomita-7", "zeros-then-ones", "alternating", "previous-token"}) {
        INFO(name);
        const network::Transformer t = programs::zoo_model(name);
        const language::Dfa dfa =
            induction::automaton_of(language::Language::parse("contains:" + t.alphabet.symbol(1), t.alphabet));
        const std::int64_t from = induction::least_length(t);
        const circuit::Sequential circuit = induction::sequential_circuit(t, &dfa, same(t), from);
        compare(t, circuit, dfa, from, t.alphabet.size() == 2 ? 7 : 4);
    }
}

TEST_CASE("Sequential circuits: heads that look to the right below the top have none", "[induction]") {
    CHECK_THROWS_AS(induction::sequential_circuit(programs::zoo_model("dyck-1-depth-2"), nullptr, {}, 0),
                    base::Unsupported);
}

TEST_CASE("Sequential circuits: random models, word by word", "[induction]") {
    base::Random random(tests::seed() + 7);
    INFO("seed " << tests::seed() + 7);
    std::size_t made = 0;
    for (std::uint64_t k = 0; k < tests::trials(20); ++k) {
        INFO("model " << k);
        const network::Transformer t = tests::random_sequential(random);
        language::Dfa dfa{t.alphabet, 0, {true}, {}};
        dfa.transition.emplace_back(t.alphabet.size(), 0);
        const std::int64_t from = random.chance(1, 2) ? 1 : induction::least_length(t);
        circuit::Sequential circuit;
        try {
            circuit = induction::sequential_circuit(t, &dfa, same(t), from);
        } catch (const base::Unsupported&) {
            continue;
        }
        ++made;
        compare(t, circuit, dfa, from, t.alphabet.size() == 2 ? 6 : 4);
        if (from == 1) CHECK_FALSE(read(circuit, t.alphabet.size(), {}).bad);
    }
    WARN(made << " random models have a circuit");
    CHECK(made >= 2);
}

TEST_CASE("Sequential circuits: another prover says the same of the zoo", "[induction]") {
    if (!tests::have("berkeley-abc")) {
        WARN("berkeley-abc is not installed: nothing was compared");
        return;
    }
    const std::vector<std::pair<const char*, const char*>> right = {{"tomita-4", "tomita:4"},
                                                                    {"tomita-7", "tomita:7"},
                                                                    {"contains-11", "contains:11"},
                                                                    {"alternating", "regex:(01)*"},
                                                                    {"zeros-then-ones", "regex:0*1*"}};
    for (const auto& [name, text] : right) {
        INFO(name);
        CHECK_THAT(told_by_abc(programs::zoo_model(name), text), Catch::Contains("Property proved"));
    }
    const std::vector<std::pair<const char*, const char*>> wrong = {{"tomita-4", "tomita:7"}, {"first", "last"}};
    for (const auto& [name, text] : wrong) {
        INFO(name);
        CHECK_THAT(told_by_abc(programs::zoo_model(name), text), Catch::Contains("was asserted in frame"));
    }
}

TEST_CASE("Sequential circuits: another prover says the same of models of regular languages", "[induction]") {
    if (!tests::have("berkeley-abc")) return;
    for (const auto& [name, text] :
         {std::pair("D2", "nested:2"), std::pair("D3", "nested:3"), std::pair("Tomita3", "tomita:3"),
          std::pair("_ab_bba__", "regex:(ab|bba)*"), std::pair("_aa_bb__", "regex:(aa|bb)*")}) {
        const auto path = tests::shared_data("regular/" + std::string(name) + ".json");
        if (!path) return;
        INFO(name);
        const formats::NetworkFile file = formats::read_network(path->string());
        const network::Transformer& t = std::get<formats::ModelFile>(file).transformer;
        CHECK_THAT(told_by_abc(t, text), Catch::Contains("Property proved"));
        CHECK_THAT(told_by_abc(t, "contains:" + t.alphabet.symbol(0)), Catch::Contains("was asserted in frame"));
    }
}
