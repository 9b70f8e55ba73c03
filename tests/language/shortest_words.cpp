#include "language/shortest_words.hpp"

#include <catch2/catch.hpp>

#include "base/random.hpp"
#include "language/automaton_file.hpp"
#include "seed.hpp"

using namespace attest;
using language::Dfa;
using language::Word;

namespace {

/// By looking at all words.
std::vector<Word> by_enumeration(const Dfa& dfa, bool accepted, std::size_t most, std::size_t from,
                                 std::size_t longest) {
    std::vector<Word> found;
    for (std::size_t n = from; n <= longest; ++n) {
        Word word(n, 0);
        do
            if (dfa.accepts(word) == accepted && found.size() < most) found.push_back(word);
        while (language::next_word(word, dfa.alphabet));
    }
    return found;
}

Dfa random_dfa(base::Random& random) {
    Dfa dfa{language::Alphabet({"a", "b"}), 0, {}, {}};
    const std::size_t states = 1 + random.below(5);
    for (std::size_t q = 0; q < states; ++q) {
        dfa.accepting.push_back(random.chance(1, 3));
        dfa.transition.push_back(
            {static_cast<Dfa::State>(random.below(states)), static_cast<Dfa::State>(random.below(states))});
    }
    return dfa;
}

}  // namespace

TEST_CASE("Shortest words: as enumeration finds them") {
    const std::uint64_t seed = tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (int trial = 0; trial < 200; ++trial) {
        const Dfa dfa = random_dfa(random);
        for (const bool accepted : {true, false})
            for (const std::size_t from : {0U, 1U}) {
                INFO("trial " << trial);
                CHECK(language::shortest_words(dfa, accepted, 6, from) ==
                      by_enumeration(dfa, accepted, 6, from, from + 2 * dfa.size()));
            }
    }
}

TEST_CASE("Automata written as HOA are read as they were, and DOT names each state that accepts") {
    const std::uint64_t seed = tests::seed();
    INFO("ATTEST_TEST_SEED=" << seed);
    base::Random random(seed);
    for (int trial = 0; trial < 50; ++trial) {
        Dfa dfa = random_dfa(random);
        if (trial % 2 == 0) dfa.alphabet = language::Alphabet({"0", "1"});
        const Dfa again = language::parse_automaton(language::write_hoa(dfa, "a \"name\""), "file.hoa").automaton;
        CHECK(again.alphabet == dfa.alphabet);
        CHECK(again.start == dfa.start);
        CHECK(again.accepting == dfa.accepting);
        CHECK(again.transition == dfa.transition);
        const std::string drawn = language::write_dot(dfa, "name");
        for (std::size_t q = 0; q < dfa.size(); ++q)
            CHECK((drawn.find("  " + std::to_string(q) + " [shape=doublecircle]") != std::string::npos) ==
                  dfa.accepting[q]);
    }
}
