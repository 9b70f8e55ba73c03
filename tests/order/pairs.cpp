#include <catch2/catch.hpp>
#include <map>
#include <numeric>

#include "attest/base/error.hpp"
#include "attest/programs/zoo.hpp"
#include "base/random.hpp"
#include "decide/order/pair.hpp"
#include "decide/order/syntax.hpp"
#include "formats/seq2seq/seq2seq.hpp"
#include "random_model.hpp"
#include "seed.hpp"
#include "shared_data.hpp"
#include "trials.hpp"

// Answers that depend on counts or on proportions alone: automata against all short words, the text of random models
// against their answers.

using namespace attest;
using namespace attest::tests;
using language::Dfa;
using language::Language;
using language::Word;
using order::Invariance;
using order::Pair;

namespace {

std::vector<std::uint64_t> counts_of(const Word& word, std::size_t symbols) {
    std::vector<std::uint64_t> counts(symbols);
    for (const language::Symbol a : word) ++counts[a];
    return counts;
}

bool are_alike(const Word& one, const Word& other, std::size_t symbols, Invariance invariance) {
    const auto a = counts_of(one, symbols), b = counts_of(other, symbols);
    if (invariance == Invariance::order) return a == b;
    if (one.empty() || other.empty()) return false;
    for (std::size_t s = 0; s < symbols; ++s)
        if (a[s] * other.size() != b[s] * one.size()) return false;
    return true;
}

std::vector<Word> words_up_to(const language::Alphabet& alphabet, std::size_t longest) {
    std::vector<Word> words;
    for (std::size_t length = 0; length <= longest; ++length) {
        Word word(length, 0);
        do words.push_back(word);
        while (language::next_word(word, alphabet));
    }
    return words;
}

/// By the definition, on words up to a length.
bool has_short_pair(const Dfa& dfa, Invariance invariance, std::size_t longest) {
    const std::vector<Word> words = words_up_to(dfa.alphabet, longest);
    for (std::size_t i = 0; i < words.size(); ++i)
        for (std::size_t j = 0; j < i; ++j)
            if (dfa.accepts(words[i]) != dfa.accepts(words[j]) &&
                are_alike(words[i], words[j], dfa.alphabet.size(), invariance))
                return true;
    return false;
}

Dfa random_dfa(base::Random& random, std::size_t states, std::size_t symbols) {
    std::vector<std::string> names;
    for (std::size_t a = 0; a < symbols; ++a) names.push_back(std::string(1, static_cast<char>('a' + a)));
    Dfa dfa{language::Alphabet(names), 0, {}, {}};
    for (std::size_t q = 0; q < states; ++q) {
        dfa.accepting.push_back(random.chance(1, 2));
        auto& row = dfa.transition.emplace_back();
        for (std::size_t a = 0; a < symbols; ++a) row.push_back(static_cast<Dfa::State>(random.below(states)));
    }
    return language::minimize(dfa);
}

std::string pair_of(const char* text, Invariance invariance) {
    const Language language = Language::parse(text, std::nullopt);
    const auto* regular = std::get_if<language::Regular>(&language.form());
    std::optional<Pair> pair;
    if (regular != nullptr) pair = order::find_pair(regular->automaton, invariance);
    else if (const auto found = order::find_pair(language, invariance, {}, {}); std::holds_alternative<Pair>(found))
        pair = std::get<Pair>(found);
    if (!pair) return "";
    CHECK(language.contains(pair->one) == pair->accepts);
    CHECK(language.contains(pair->other) != pair->accepts);
    CHECK(are_alike(pair->one, pair->other, language.alphabet().size(), invariance));
    return language.alphabet().spell(pair->one) + " " + language.alphabet().spell(pair->other);
}

}  // namespace

TEST_CASE("Counts and proportions: random automata against all short words", "[order]") {
    INFO("seed " << seed());
    base::Random random(seed());
    std::map<bool, int> seen;
    for (std::uint64_t trial = 0; trial < trials(600); ++trial) {
        const std::size_t symbols = 2 + random.below(2), states = 2 + random.below(symbols == 2 ? 3 : 1);
        const Dfa dfa = random_dfa(random, states, symbols);
        for (const Invariance invariance : {Invariance::order, Invariance::proportion}) {
            INFO("trial " << trial << ", " << to_string(invariance));
            const auto pair = order::find_pair(dfa, invariance);
            ++seen[pair.has_value()];
            if (pair) {
                CHECK(are_alike(pair->one, pair->other, symbols, invariance));
                CHECK(dfa.accepts(pair->one) == pair->accepts);
                CHECK(dfa.accepts(pair->other) != pair->accepts);
            } else {
                CHECK_FALSE(has_short_pair(dfa, invariance, symbols == 2 ? 6 : 4));
            }
        }
    }
    CHECK(seen[false] > 20);
    CHECK(seen[true] > 20);
}

TEST_CASE("Counts and proportions: the languages that have names", "[order]") {
    for (const char* text : {"all-ones", "contains:1", "tomita:1"})
        CHECK(pair_of(text, Invariance::proportion).empty());
    for (const char* text : {"parity", "even", "mod:3,1", "tomita:5", "tomita:6"}) {
        INFO(text);
        CHECK(pair_of(text, Invariance::order).empty());
        CHECK_FALSE(pair_of(text, Invariance::proportion).empty());
    }
    CHECK(pair_of("parity", Invariance::proportion) == "1 11");
    for (const char* text : {"first", "last", "dyck:1", "palindrome", "anbn", "anbncn", "shuffle:2", "reset-dyck",
                             "boolexpr:1", "nested:2", "tomita:2", "tomita:3", "tomita:4", "tomita:7"}) {
        INFO(text);
        CHECK_FALSE(pair_of(text, Invariance::order).empty());
        CHECK_FALSE(pair_of(text, Invariance::proportion).empty());
    }
    CHECK(pair_of("regex:(ab)*", Invariance::order) == "ab ba");
    CHECK(pair_of("majority", Invariance::proportion).empty());
}

// That the text shows it is enough: no words of random models disprove it.
TEST_CASE("Counts and proportions: what the text of random models shows holds of their answers", "[order]") {
    INFO("seed " << seed());
    base::Random random(seed());
    std::map<std::string, int> shown;
    for (std::uint64_t trial = 0; trial < trials(300); ++trial) {
        RandomModelOptions options;
        options.kind = random.chance(1, 2) ? network::AttentionKind::average : network::AttentionKind::hard;
        network::Transformer t = random_model(random, options);
        if (random.chance(3, 4)) t.position.clear();
        for (network::Layer& layer : t.layers) {
            if (!layer.attention || random.chance(1, 8)) continue;
            layer.attention->mask = network::Mask::none;
            for (network::Head& head : layer.attention->heads) {
                head.mask.reset();
                if (random.chance(7, 8)) head.bias = exact::Expression(exact::Rational(1));
            }
        }
        if (random.chance(1, 2)) t.begin.reset(), t.end.reset();
        if (random.chance(1, 2)) t.readout.reading = network::Readout::Reading::mean;
        for (const Invariance invariance : {Invariance::order, Invariance::proportion}) {
            if (order::obstacle(t, invariance)) continue;
            ++shown[to_string(invariance)];
            order::PairOptions few;
            few.longest = 5;
            INFO("trial " << trial << ", " << to_string(invariance));
            CHECK(std::holds_alternative<verdict::Undecided>(order::find_pair(t, invariance, few, {})));
        }
    }
    CHECK(shown["order"] > 20);
    CHECK(shown["proportion"] > 5);
}

TEST_CASE("Counts and proportions: models of the zoo, where they are read", "[order]") {
    const network::Transformer majority = programs::zoo_model("uniform-majority");
    CHECK_FALSE(order::obstacle(majority, Invariance::order));
    const network::Transformer first = programs::zoo_model("first");
    CHECK(order::obstacle(first, Invariance::order));
    const auto found = order::find_pair(first, Invariance::order, {}, {});
    REQUIRE(std::holds_alternative<Pair>(found));
    CHECK(std::get<Pair>(found).one == Word{0, 1});
    for (const order::Reading& reading : order::readings(majority))
        if (reading.where == "symbol") CHECK_FALSE(reading.order);
}

// The positive example of the paper: (#a − #b)/n.
TEST_CASE("Counts and proportions: an encoder-decoder", "[order]") {
    const auto folder = shared_data("turing");
    if (!folder) return;
    const auto nope = formats::read_seq2seq((*folder / "majority-nope.net.json").string());
    CHECK_FALSE(order::obstacle(nope.network, Invariance::proportion));
    CHECK(std::holds_alternative<verdict::Undecided>(
        order::find_pair(nope.network, Invariance::proportion, {6, 200, 6, {}}, {})));
    const auto parity = formats::read_seq2seq((*folder / "perez-parity.net.json").string());
    CHECK(order::obstacle(parity.network, Invariance::order));
    const auto found = order::find_pair(parity.network, Invariance::order, {3, 50, 12, {}}, {});
    REQUIRE(std::holds_alternative<Pair>(found));
    CHECK(std::get<Pair>(found).time.has_value());
}
