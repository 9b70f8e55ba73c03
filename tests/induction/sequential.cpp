#include "decide/induction/sequential.hpp"

#include <catch2/catch.hpp>
#include <chrono>
#include <set>
#include <sstream>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "circuit/simulate.hpp"
#include "outside.hpp"
#include "random_sequential.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

// Models as circuits with latches, against the evaluator word by word, and against what another prover says of them.

using namespace attest;

namespace {

using language::Word;

std::size_t guesses_of(const circuit::Sequential& circuit, const network::Transformer& t) {
    return circuit.input_count() - (t.alphabet.size() - 1);
}

/// Whether the circuit's port is true of a word for some guesses: in the frame after it, whatever comes, or, if it reads the begin symbol
/// in the first one, in the frame of its last letter.
bool says_of(const circuit::Sequential& circuit, const network::Transformer& t, const Word& word,
             circuit::Literal port) {
    const std::size_t letters = t.alphabet.size(), guesses = guesses_of(circuit, t);
    std::vector<language::Symbol> read = word;
    if (t.begin && guesses > 0) read.insert(read.begin(), 0);
    else read.push_back(0);
    std::vector<circuit::Literal> roots{port};
    for (const circuit::Latch& latch : circuit.latches) roots.push_back(latch.next);
    std::set<std::vector<bool>> reached{std::vector<bool>(circuit.latches.size(), false)};
    bool said = false;
    for (const language::Symbol a : read) {
        said = false;
        std::set<std::vector<bool>> after;
        for (const auto& latches : reached)
            for (std::size_t guess = 0; guess < std::size_t{1} << guesses; ++guess) {
                std::vector<bool> inputs = induction::letter_inputs(letters, a);
                for (std::size_t g = 0; g < guesses; ++g) inputs.push_back((guess >> g & 1) != 0);
                inputs.insert(inputs.end(), latches.begin(), latches.end());
                const std::vector<bool> values = circuit::evaluate(circuit.step, roots, inputs);
                said = said || values[0];
                after.emplace(values.begin() + 1, values.end());
            }
        reached = std::move(after);
    }
    return said;
}

bool is_bad(const circuit::Sequential& circuit, const network::Transformer& t, const Word& word) {
    return says_of(circuit, t, word, circuit.bad[0].literal);
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
            REQUIRE(is_bad(circuit, t, word) == differs);
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

TEST_CASE("Sequential circuits: heads that look to the right below the top guess, word by word", "[induction]") {
    // The first symbol is asked whether it is 1 or a 1 is to its right: by the last symbol, or by an end symbol.
    const std::string by_last =
        R"({"format": "attest/model", "version": 1, "name": "looks-right", "alphabet": ["0", "1"],
            "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0]},
            "layers": [{"attention": {"kind": "hard", "tie": "left", "mask": "strict-future",
              "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[1, 0, 0]], "value": [[1, 0, 0]],
                         "output": [[0], [1], [0]]}]}},
             {"attention": {"kind": "hard", "tie": "left", "mask": "none",
              "heads": [{"value": [[1, 1, 0]], "output": [[0], [0], [1]], "bias": "0"}]}}],
            "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})";
    std::string by_end = by_last;
    by_end.replace(by_end.find("\"dimension\""), 0, "\"end\": \"$\", ");
    by_end.replace(by_end.find("\"1\": [1, 0, 0]"), 0, "\"$\": [0, 0, 0], ");
    by_end.replace(by_end.find("\"mask\": \"none\""), 14, "\"mask\": \"strict\"");
    for (const auto& [bytes, text] :
         {std::pair(by_last, "contains:1"), std::pair(by_last, "contains:11"), std::pair(by_end, "contains:1")}) {
        INFO(bytes << " and " << text);
        const network::Transformer t = formats::parse_model(bytes, "test");
        const language::Dfa dfa = induction::automaton_of(language::Language::parse(text, t.alphabet));
        const std::int64_t from = induction::least_length(t);
        compare(t, induction::sequential_circuit(t, &dfa, same(t), from), dfa, from, 4);
        // Without a language both answers have a port.
        const circuit::Sequential alone = induction::sequential_circuit(t, nullptr, {}, from);
        const auto outputs = alone.step.outputs();
        REQUIRE(outputs.size() == 2);
        for (std::int64_t n = from; n <= 3; ++n) {
            const network::Evaluator evaluator(t, n);
            Word word(static_cast<std::size_t>(n), 0);
            do {
                const bool accepts = evaluator.evaluate(word).accepts;
                CHECK(says_of(alone, t, word, outputs[0].literal) == accepts);
                CHECK(says_of(alone, t, word, outputs[1].literal) == !accepts);
            } while (language::next_word(word, t.alphabet));
        }
    }
}

TEST_CASE("Sequential circuits: random models, word by word", "[induction]") {
    base::Random random(tests::seed() + 7);
    INFO("seed " << tests::seed() + 7);
    std::size_t made = 0;
    for (std::uint64_t k = 0; k < tests::trials(10); ++k) {
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
        if (guesses_of(circuit, t) > 4) continue;
        ++made;
        compare(t, circuit, dfa, from, t.alphabet.size() == 2 ? 6 : 4);
        if (from == 1) CHECK_FALSE(is_bad(circuit, t, {}));
    }
    WARN(made << " random models have a circuit");
    CHECK(made >= 2);
}

TEST_CASE("Sequential circuits: another prover says the same of the zoo", "[induction]") {
    if (!tests::have("berkeley-abc")) {
        WARN("berkeley-abc is not installed: nothing was compared");
        return;
    }
    const std::vector<std::pair<const char*, const char*>> right = {
        {"tomita-4", "tomita:4"},       {"tomita-7", "tomita:7"},          {"contains-11", "contains:11"},
        {"alternating", "regex:(01)*"}, {"zeros-then-ones", "regex:0*1*"}, {"dyck-1-depth-1", "dyck:1,1"},
        {"dyck-1-depth-2", "dyck:1,2"}};
    for (const auto& [name, text] : right) {
        INFO(name);
        CHECK_THAT(told_by_abc(programs::zoo_model(name), text), Catch::Contains("Property proved"));
    }
    const std::vector<std::pair<const char*, const char*>> wrong = {
        {"tomita-4", "tomita:7"}, {"first", "last"}, {"dyck-1-depth-2", "dyck:1,3"}};
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
