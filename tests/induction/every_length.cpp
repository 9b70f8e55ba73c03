#include <algorithm>
#include <catch2/catch.hpp>
#include <chrono>
#include <fstream>
#include <tuple>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/decide/induction/induction.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "seed.hpp"
#include "sequential.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

// Every length at once, against the exact evaluator on all words of small lengths.

using namespace attest;
using namespace attest::tests;

namespace {

using language::Word;
using Map = std::vector<std::pair<std::string, std::string>>;

language::Language language_over(const std::string& text, const language::Alphabet& alphabet, const Map& map = {}) {
    if (map.empty()) return language::Language::parse(text, alphabet);
    std::vector<std::string> meant;
    for (const auto& entry : map)
        if (std::find(meant.begin(), meant.end(), entry.second) == meant.end()) meant.push_back(entry.second);
    std::sort(meant.begin(), meant.end());
    return language::Language::parse(text, language::Alphabet(meant));
}

induction::Outcome prove(const network::Transformer& t, const std::string& text, const Map& map = {},
                         const base::Limits& limits = {}) {
    const language::Language language = language_over(text, t.alphabet, map);
    return induction::prove({t, language, relate(t.alphabet, language.alphabet(), map), induction::least_length(t)},
                            limits);
}

std::string spelled(const network::Transformer& t, const induction::Outcome& outcome) {
    const auto* c = outcome.counterexample();
    return c == nullptr ? "no word" : t.alphabet.spell(c->word);
}

/// Whether the automaton says of all words of these lengths what the evaluator does; the first on which it does not.
std::optional<Word> first_difference(const network::Transformer& t, const language::Dfa& dfa, std::int64_t longest) {
    for (std::int64_t n = induction::least_length(t); n <= longest; ++n) {
        const network::Evaluator evaluator(t, n);
        Word word(static_cast<std::size_t>(n), 0);
        do
            if (evaluator.evaluate(word).accepts != dfa.accepts(word)) return word;
        while (language::next_word(word, t.alphabet));
    }
    return std::nullopt;
}

}  // namespace

TEST_CASE("Every length: the zoo's finite-state models", "[induction]") {
    const std::vector<std::pair<std::string, std::string>> rows = {{"all-ones", "all-ones"},
                                                                   {"contains-1", "contains:1"},
                                                                   {"contains-11", "contains:11"},
                                                                   {"first", "first"},
                                                                   {"last", "last"},
                                                                   {"tomita-1", "tomita:1"},
                                                                   {"tomita-2", "tomita:2"},
                                                                   {"tomita-4", "tomita:4"},
                                                                   {"tomita-7", "tomita:7"},
                                                                   {"zeros-then-ones", "regex:0*1*"},
                                                                   {"alternating", "regex:(01)*"},
                                                                   {"previous-token", "regex:(0|1)*1(0|1)"},
                                                                   {"dyck-1-depth-1", "dyck:1,1"},
                                                                   {"dyck-1-depth-2", "dyck:1,2"},
                                                                   {"dyck-1-depth-3", "dyck:1,3"},
                                                                   {"dyck-2-depth-2", "dyck:2,2"}};
    for (const auto& [name, text] : rows) {
        INFO(name);
        const network::Transformer t = programs::zoo_model(name);
        const induction::Outcome outcome = prove(t, text);
        INFO(spelled(t, outcome));
        CHECK((outcome.closure() != nullptr || outcome.invariant() != nullptr));
    }
}

TEST_CASE("Every length: the shortest word, where a model is wrong", "[induction]") {
    const auto wrong = [](const char* name, const char* text) {
        const network::Transformer t = programs::zoo_model(name);
        return spelled(t, prove(t, text));
    };
    CHECK(wrong("tomita-4", "tomita:7") == "000");
    CHECK(wrong("dyck-1-depth-2", "dyck:1,3") == "((()))");
    CHECK(wrong("first", "last") == "01");
    CHECK(wrong("all-ones", "tomita:4") == "0");
    CHECK(wrong("contains-1", "contains:11") == "1");
}

TEST_CASE("Every length: models that no finite machine follows are not supported", "[induction]") {
    for (const char* name :
         {"anbn", "palindrome", "majority-attempt", "chiang-cholak-parity-hard", "chiang-cholak-parity"}) {
        INFO(name);
        CHECK_THROWS_AS(induction::language_of(programs::zoo_model(name), within(20)), base::Unsupported);
    }
    CHECK_THROWS_AS(prove(programs::zoo_model("first"), "majority"), base::Unsupported);
    CHECK_THROWS_AS(prove(programs::zoo_model("first"), "palindrome"), base::Unsupported);
}

TEST_CASE("Every length: without begin and end there is no empty word to ask about", "[induction]") {
    network::Transformer t = programs::zoo_model("last");
    t.end.reset();
    const language::Language last = language_over("last", t.alphabet);
    CHECK_THROWS_AS(induction::prove({t, last, {0, 1}, 0}, {}), base::UsageError);
}

TEST_CASE("Every length: models of regular languages", "[induction]") {
    const Map brackets = {{"a", "("}, {"b", ")"}};
    const std::vector<std::tuple<std::string, std::string, Map>> rows = {
        {"D2", "nested:2", {}},           {"D3", "nested:3", {}},
        {"D4", "nested:4", {}},           {"D4", "dyck:1,4", brackets},
        {"Tomita3", "tomita:3", {}},      {"_ab_bba__", "regex:(ab|bba)*", {}},
        {"_abbc__", "regex:(abbc)*", {}}, {"aa_bb_cc_dd_ee_", "regex:a+b+c+d+e+", {}},
        {"_aa__", "regex:(aa)*", {}},     {"_aa_bb__", "regex:(aa|bb)*", {}}};
    for (const auto& [name, text, map] : rows) {
        const auto path = tests::shared_data("regular/" + name + ".json");
        if (!path) return;
        INFO(name);
        const formats::NetworkFile file = formats::read_network(path->string());
        const network::Transformer& t = std::get<formats::ModelFile>(file).transformer;
        const induction::Outcome outcome = prove(t, text, map);
        INFO(spelled(t, outcome));
        CHECK((outcome.closure() != nullptr || outcome.invariant() != nullptr));
    }
}

TEST_CASE("Every length: random models, against the evaluator on all short words", "[induction]") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    std::size_t followed = 0, looked_right = 0;
    const std::uint64_t models = tests::trials(40);
    for (std::uint64_t k = 0; k < models; ++k) {
        INFO("model " << k);
        const network::Transformer t = tests::random_sequential(random);
        std::optional<induction::ModelLanguage> found;
        try {
            found = language_within(t, 1);
        } catch (const base::Unsupported&) {
            continue;
        }
        if (!found) continue;  // more states than there is time for
        ++followed;
        for (std::size_t l = 0; l + 1 < t.layers.size(); ++l)
            if (t.layers[l].attention && t.layers[l].attention->mask != network::Mask::causal &&
                t.layers[l].attention->mask != network::Mask::strict)
                ++looked_right;
        const auto difference = first_difference(t, found->automaton, t.alphabet.size() == 2 ? 7 : 5);
        INFO((difference ? t.alphabet.spell(*difference) : ""));
        CHECK_FALSE(difference);
    }
    WARN(followed << " of " << models << " random models have a machine, " << looked_right << " layers look right");
    CHECK(followed >= models / 4);
}

TEST_CASE("Every length: a model against the language that it has, and against one beside it", "[induction]") {
    base::Random random(tests::seed() + 1);
    INFO("seed " << tests::seed() + 1);
    for (std::uint64_t k = 0; k < tests::trials(10); ++k) {
        INFO("model " << k);
        const network::Transformer t = tests::random_sequential(random);
        std::optional<induction::ModelLanguage> found;
        try {
            found = language_within(t, 1);
        } catch (const base::Unsupported&) {
            continue;
        }
        if (!found) continue;
        // Another language: one accepting state is none.
        language::Dfa other = found->automaton;
        const std::size_t changed = random.below(other.size());
        other.accepting[changed] = !other.accepting[changed];
        std::vector<language::Symbol> same(t.alphabet.size());
        for (std::size_t s = 0; s < same.size(); ++s) same[s] = static_cast<language::Symbol>(s);
        const auto shortest =
            distance(found->automaton, other, same, static_cast<std::size_t>(induction::least_length(t)));
        for (const bool own : {true, false}) {
            const language::Dfa& dfa = own ? found->automaton : other;
            std::string file = R"({"format": "attest/dfa", "version": 1, "alphabet": [)";
            for (std::size_t s = 0; s < same.size(); ++s)
                file += (s == 0 ? "\"" : ", \"") + t.alphabet.symbol(same[s]) + "\"";
            file += "], \"states\": " + std::to_string(dfa.size()) + ", \"start\": " + std::to_string(dfa.start) +
                    ", \"accept\": [";
            std::string accept, rows;
            for (std::size_t q = 0; q < dfa.size(); ++q) {
                if (dfa.accepting[q]) accept += (accept.empty() ? "" : ", ") + std::to_string(q);
                std::string row;
                for (const auto to : dfa.transition[q]) row += (row.empty() ? "" : ", ") + std::to_string(to);
                rows += (rows.empty() ? "[" : ", [") + row + "]";
            }
            file += accept + "], \"transitions\": [" + rows + "]}";
            const base::DirectoryInProgress scratch;
            const std::string path = scratch.path() + "/language.json";
            std::ofstream(path) << file;
            const induction::Outcome outcome = prove(t, "dfa:" + path, {}, within(5));
            if (outcome.undecided() != nullptr) continue;
            INFO(spelled(t, outcome));
            if (own || !shortest) {
                CHECK((outcome.closure() != nullptr || outcome.invariant() != nullptr));
            } else {
                REQUIRE(outcome.counterexample() != nullptr);
                CHECK(outcome.counterexample()->word.size() == *shortest);
            }
        }
    }
}
