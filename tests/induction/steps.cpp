#include <atomic>
#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "attest/network/evaluate.hpp"
#include "attest/programs/zoo.hpp"
#include "decide/induction/chain.hpp"
#include "decide/induction/invariant.hpp"
#include "decide/induction/one_length.hpp"
#include "seed.hpp"
#include "step_support.hpp"
#include "trials.hpp"

// The circuit of one step against the evaluator, on all short words; and one length by the machine against all its words.

using namespace attest;
using namespace attest::tests;
using language::Word;

TEST_CASE("Steps: bad is where the evaluator and the automaton differ", "[induction]") {
    base::Random random(tests::seed());
    INFO("seed " << tests::seed());
    std::size_t followed = 0, guessed = 0;
    const std::uint64_t models = tests::trials(120);
    for (std::uint64_t k = 0; k < models; ++k) {
        INFO("model " << k);
        const network::Transformer t = random_sequential(random);
        const language::Dfa automaton = random_automaton(random, t.alphabet);
        const auto step = step_of(t, automaton);
        if (!step) continue;
        ++followed;
        guessed += step->right_guesses.empty() ? 0 : 1;
        const std::int64_t longest = t.alphabet.size() == 2 ? 6 : 4;
        for (std::int64_t n = 1; n <= (step->guess_inputs > 2 ? 3 : longest); ++n) {
            const network::Evaluator evaluator(t, n);
            Word word(static_cast<std::size_t>(n), 0);
            do {
                const bool differs = evaluator.evaluate(word).accepts != automaton.accepts(word);
                if (is_bad(*step, word, t.alphabet.size()) != differs) FAIL_CHECK(t.alphabet.spell(word));
            } while (language::next_word(word, t.alphabet));
        }
    }
    WARN(followed << " of " << models << " random models have a circuit of a step, " << guessed << " of section 40");
    CHECK(guessed >= models / 60);
    CHECK(followed >= models / 10);
}

TEST_CASE("Steps: invariants of models in the zoo", "[induction]") {
    for (const auto& [name, text] : std::vector<std::pair<const char*, const char*>>{
             {"contains-1", "contains:1"}, {"all-ones", "all-ones"}, {"last", "last"}}) {
        INFO(name);
        const network::Transformer t = programs::zoo_model(name);
        const language::Language language = language::Language::parse(text, t.alphabet);
        const auto proved = [&](const language::Language& l) {
            return induction::prove({t, l, identity(t.alphabet), induction::least_length(t), induction::Way::invariant},
                                    {});
        };
        const induction::Outcome outcome = proved(language);
        REQUIRE(outcome.invariant() != nullptr);
        CHECK(outcome.invariant()->conjuncts > 0);
        // Of another language there is none.
        CHECK(proved(language::Language::parse("contains:11", t.alphabet)).invariant() == nullptr);
    }
}

TEST_CASE("Steps: what a network knows of an automaton is looked for within bounds", "[induction]") {
    const network::Transformer t = programs::zoo_model("contains-1");
    const auto chain_of = [&](const induction::StepCircuit& step, const language::Dfa& automaton,
                              const base::Limits& limits) {
        return induction::closed_chain(step, automaton, identity(t.alphabet), limits);
    };
    const auto automaton_of = [&](const char* text) {
        return induction::automaton_of(language::Language::parse(text, t.alphabet));
    };
    const language::Dfa small = automaton_of("contains:1");
    const auto step = step_of(t, small);
    REQUIRE(step);
    const auto chain = chain_of(*step, small, {});
    REQUIRE(chain);
    CHECK(induction::invariant_of(*chain, *step));
    base::Limits little;
    little.memory_bytes = 256;
    CHECK(!chain_of(*step, small, little));
    const std::atomic<bool> stop{true};
    base::Limits stopped;
    stopped.interrupted = &stop;
    CHECK(!chain_of(*step, small, stopped));

    // All words of one length: 1,500 states, more pairs of which than an invariant may have conjuncts.
    language::Dfa long_words{t.alphabet, 0, {}, {}};
    for (std::uint32_t q = 0; q < 1500; ++q) {
        const std::uint32_t next = std::min<std::uint32_t>(q + 1, 1499);
        long_words.transition.push_back({next, next});
        long_words.accepting.push_back(q == 1498);
    }
    const auto wide = step_of(t, long_words);
    REQUIRE(wide);
    const auto long_chain = chain_of(*wide, long_words, {});
    REQUIRE(long_chain);
    CHECK(!induction::invariant_of(*long_chain, *wide));
}

TEST_CASE("One length: the machine against all words", "[induction]") {
    base::Random random(tests::seed() + 7);
    INFO("seed " << tests::seed() + 7);
    std::size_t followed = 0, differences = 0;
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        INFO("model " << k);
        const network::Transformer t = random_sequential(random);
        const language::Language language =
            language::Language::parse(random.chance(1, 2) ? "last" : "contains:" + t.alphabet.symbol(1),
                                      t.alphabet.size() == 2 ? language::Alphabet({"0", "1"}) : t.alphabet);
        if (language.alphabet().size() != t.alphabet.size()) continue;
        for (std::int64_t n = induction::least_length(t); n <= 5; ++n) {
            const auto found = induction::prove_at_length({t, language, identity(t.alphabet), n}, 100'000, within(5));
            if (!found) continue;
            ++followed;
            bool same = true;
            const network::Evaluator evaluator(t, n);
            Word word(static_cast<std::size_t>(n), 0);
            do same &= evaluator.evaluate(word).accepts == language.contains(word);
            while (language::next_word(word, t.alphabet));
            if (std::holds_alternative<induction::Closure>(*found)) CHECK(same);
            if (const auto* word_found = std::get_if<decide::Counterexample>(&*found)) {
                ++differences;
                CHECK(static_cast<std::int64_t>(word_found->word.size()) == n);
            }
        }
    }
    CHECK(followed > 5);
    CHECK(differences > 2);
}
