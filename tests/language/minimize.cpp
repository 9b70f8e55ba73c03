#include <catch2/catch.hpp>
#include <numeric>

#include "words.hpp"

namespace attest::language {

using namespace test;

namespace {

/// The same automaton under other state numbers, with an unreachable state more.
Dfa renumbered(const Dfa& automaton, base::Random& random) {
    const std::size_t m = automaton.size();
    std::vector<Dfa::State> number(m);
    std::iota(number.begin(), number.end(), Dfa::State{0});
    for (std::size_t i = m; i > 1; --i) std::swap(number[i - 1], number[random.below(i)]);

    Dfa result{automaton.alphabet, number[automaton.start], std::vector<bool>(m + 1), {}};
    result.transition.resize(m + 1);
    for (std::size_t q = 0; q < m; ++q) {
        result.accepting[number[q]] = automaton.accepting[q];
        for (const auto target : automaton.transition[q]) result.transition[number[q]].push_back(number[target]);
    }
    result.accepting[m] = true;
    result.transition[m].assign(automaton.alphabet.size(), static_cast<Dfa::State>(m));
    return result;
}

/// Each state twice, transitions choosing either copy: as many equivalent pairs as can be.
Dfa doubled(const Dfa& automaton, base::Random& random) {
    const std::size_t m = automaton.size();
    Dfa result{automaton.alphabet, automaton.start, automaton.accepting, {}};
    result.accepting.insert(result.accepting.end(), automaton.accepting.begin(), automaton.accepting.end());
    for (std::size_t q = 0; q < 2 * m; ++q) {
        std::vector<Dfa::State> row;
        for (const auto target : automaton.transition[q % m])
            row.push_back(static_cast<Dfa::State>(target + m * random.below(2)));
        result.transition.push_back(row);
    }
    return result;
}

}  // namespace

TEST_CASE("the minimal automaton of random automata is equivalent, minimal and canonical", "[language]") {
    for (std::uint64_t seed = 0; seed < 600; ++seed) {
        base::Random random(seed);
        const std::size_t states = 1 + random.below(30);
        const std::size_t symbols = 1 + random.below(3);
        CAPTURE(seed, states, symbols);
        const Dfa automaton = random_automaton(random, states, symbols);
        const Dfa minimal = minimize(automaton);
        REQUIRE(minimal.size() <= states);
        REQUIRE(equivalent(automaton, minimal));
        REQUIRE(all_distinguishable(minimal));
        REQUIRE(numbered_breadth_first(minimal));
        REQUIRE(identical(minimize(minimal), minimal));
        REQUIRE(identical(minimize(renumbered(automaton, random)), minimal));
        REQUIRE(identical(minimize(doubled(automaton, random)), minimal));
    }
}

TEST_CASE("an automaton accepts as its minimal one does, word by word", "[language]") {
    for (std::uint64_t seed = 1000; seed < 1030; ++seed) {
        base::Random random(seed);
        CAPTURE(seed);
        const Dfa automaton = random_automaton(random, 8, 2);
        const Dfa minimal = minimize(automaton);
        for_each_word(automaton.alphabet, 8,
                      [&](const Word& word) { REQUIRE(automaton.accepts(word) == minimal.accepts(word)); });
    }
}

TEST_CASE("the empty and the full language have one state", "[language]") {
    Dfa automaton{letters(2), 1, {true, false, false}, {{0, 0}, {2, 1}, {1, 1}}};
    CHECK(identical(minimize(automaton), Dfa{letters(2), 0, {false}, {{0, 0}}}));
    automaton.accepting = {false, true, true};
    CHECK(identical(minimize(automaton), Dfa{letters(2), 0, {true}, {{0, 0}}}));
}

TEST_CASE("a long chain of states is minimised quickly", "[language]") {
    // Moore's method needs a round for each state here; Hopcroft's is quasilinear.
    constexpr Dfa::State length = 100000;
    Dfa chain{letters(1), 0, std::vector<bool>(length, false), {}};
    for (Dfa::State q = 0; q < length; ++q) chain.transition.push_back({q + 1 < length ? q + 1 : q});
    chain.accepting.back() = true;
    CHECK(identical(minimize(chain), chain));
}

}  // namespace attest::language
