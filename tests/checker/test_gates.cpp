#include <catch2/catch.hpp>

#include "checker/gates/question_formula.hpp"
#include "checker/gates/runs.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/planes/proof.hpp"
#include "checker_support.hpp"
#include "random_model.hpp"

// Models as threshold gates, and the inequalities of a question: against evaluation and membership by definition, on all words.

namespace {

using namespace checker_test;

std::string averaging(std::string text) {
    const std::string hard = "\"hard\"";
    for (std::size_t at = text.find(hard); at != std::string::npos; at = text.find(hard))
        text.replace(at, hard.size(), "\"average\"");
    return text;
}

/// The values of nodes on a word.
std::vector<bool> nodes_on(const ThresholdCircuit& circuit, const std::vector<bool>& inputs) {
    std::vector<bool> values{false};
    values.insert(values.end(), inputs.begin(), inputs.end());
    for (const ThresholdCircuit::Gate& gate : circuit.gates()) {
        mpz_class sum = 0;
        for (const auto& [node, weight] : gate.wires)
            if (values[node]) sum += weight;
        values.push_back(sum >= gate.bound);
    }
    return values;
}

/// Nodes, then the steps of the run on the word.
std::vector<bool> honest(const ModelGates& model, const Runs& runs, const Word& word, std::size_t symbols,
                         std::size_t start) {
    std::vector<bool> values = nodes_on(model.circuit, inputs_of(word, symbols));
    values.resize(runs.last + 1);
    std::size_t state = start;
    for (std::size_t t = 0; t < word.size(); ++t)
        for (const Edge& edge : runs.at[t])
            if (edge.state == state && edge.symbol == word[t]) {
                values[edge.variable] = true;
                state = edge.target;
                break;
            }
    return values;
}

bool holds(const Inequality& inequality, const std::vector<bool>& values) {
    mpz_class sum = 0;
    for (const auto& [variable, weight] : inequality.terms)
        if (values[variable]) sum += weight;
    return sum >= inequality.bound;
}

/// On each word: the gates answer as the model, and the inequalities hold but for the last two, which say that the answers differ.
/// Gives the number of words that are accepted.
std::size_t check_all_words(const Model& model, const std::string& text, std::size_t length) {
    Budget budget = ample();
    const Language language = read_language(text, model.alphabet, length, "", budget);
    std::vector<std::size_t> letters;
    for (std::size_t a = 0; a < model.alphabet.size(); ++a) letters.push_back(a);
    const Instance instance = instantiate(model, length, budget);
    const ModelGates gates = model_gates(instance, budget);
    const QuestionFormula formula = question_formula(instance, language, letters, budget);
    REQUIRE(formula.gates == gates.circuit.gates().size());
    const Layered automaton = runs_automaton(language, length, budget);
    const auto first = static_cast<std::uint32_t>(1 + gates.circuit.inputs() + gates.circuit.gates().size());
    const Runs runs = runs_of(automaton, letters, length, first, budget);
    const std::vector<Inequality>& all = formula.inequalities.all();
    std::size_t accepted = 0;
    for (const Word& word : all_words(model.alphabet.size(), length)) {
        const bool accepts = attest::checker::accepts(instance, word, budget);
        const std::vector<bool> values = honest(gates, runs, word, model.alphabet.size(), automaton.start);
        accepted += accepts ? 1 : 0;
        REQUIRE((values[gates.accept / 2] != ((gates.accept & 1) != 0)) == accepts);
        for (std::size_t k = 0; k + 2 < all.size(); ++k) REQUIRE(holds(all[k], values));
        const bool differ = language.contains(word, budget) != accepts;
        REQUIRE((holds(all[all.size() - 2], values) && holds(all[all.size() - 1], values)) == differ);
    }
    return accepted;
}

}  // namespace

TEST_CASE("threshold gates answer as the model does, and inequalities hold on all words", "[checker]") {
    std::size_t told_apart = 0;
    for (unsigned seed = 1; seed <= 60; ++seed)
        for (const bool average : {false, true}) {
            const std::size_t symbols = 2 + seed % 2;
            const std::string text = RandomModel(seed, symbols).text();
            CAPTURE(seed, average, text);
            const Model model = model_of(average ? averaging(text) : text);
            const std::size_t length = 1 + seed % 3;
            const std::size_t accepted =
                check_all_words(model, symbols == 2 ? "regex:a(a|b)*" : "regex:(ab|c)*", length);
            std::size_t words = 1;
            for (std::size_t i = 0; i < length; ++i) words *= symbols;
            told_apart += accepted > 0 && accepted < words ? 1 : 0;
        }
    CHECK(told_apart > 20);
}

TEST_CASE("rules of cutting planes keep every solution", "[checker]") {
    std::mt19937 random(20261130);
    const auto below = [&](int n) { return static_cast<int>(random() % static_cast<unsigned>(n)); };
    Budget budget = ample();
    constexpr std::uint32_t variables = 5;
    std::size_t strict = 0;
    for (int round = 0; round < 2000; ++round) {
        CAPTURE(round);
        std::vector<Inequality> there;
        for (int k = 0; k < 3; ++k) {
            Inequality one;
            for (std::uint32_t v = 1; v <= variables; ++v)
                if (const int weight = below(13) - 6) one.terms.emplace_back(v, weight);
            one.bound = below(9) - 4;
            there.push_back(one);
        }
        Derived derived(there[0], budget);
        for (int step = 0; step < 6; ++step) try {
                switch (below(6)) {
                    case 0: derived.add(Derived(there[static_cast<std::size_t>(below(3))], budget), budget); break;
                    case 1: derived.multiply(1 + below(4), budget); break;
                    case 2: derived.divide(1 + below(4), budget); break;
                    case 3: derived.saturate(budget); break;
                    case 4: derived.weaken(static_cast<std::uint32_t>(1 + below(variables))); break;
                    default:
                        derived.add(Derived(static_cast<std::uint32_t>(1 + below(variables)), below(2) == 1), budget);
                }
            } catch (const Defect&) {
                // What always holds is not rounded.
            }
        const Inequality found = derived.inequality();
        bool cuts = false;
        for (unsigned bits = 0; bits < 1u << variables; ++bits) {
            std::vector<bool> values{false};
            for (std::uint32_t v = 0; v < variables; ++v) values.push_back((bits >> v & 1) != 0);
            const bool solution = holds(there[0], values) && holds(there[1], values) && holds(there[2], values);
            if (solution) REQUIRE(holds(found, values));
            cuts = cuts || !holds(found, values);
        }
        strict += cuts ? 1 : 0;
    }
    CHECK(strict > 500);
}
