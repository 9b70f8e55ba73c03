#pragma once

#include <gmpxx.h>

#include <vector>

#include "attest/language/dfa.hpp"

namespace attest::build {

/// A number for each state of a component and one for each class and letter, such that each edge inside adds to the one what
/// the other says of its class and letter: whole numbers.
struct Potential {
    std::vector<mpz_class> of_state;                ///< by place in the component
    std::vector<std::vector<mpz_class>> of_letter;  ///< [class][letter]; 0 where there is no edge
};

/// A round: classes that are known, and what tells more.
struct Round {
    std::vector<std::size_t> class_of;  ///< by place in the component, before the round
    std::size_t classes = 1;
    std::vector<Potential> potentials;
};

/// The rounds after which each class is one state, or nothing (no rounds for more than one state) where there are none.
struct Rounds {
    std::vector<Round> rounds;
    std::vector<std::size_t> class_of;  ///< after all rounds
    std::size_t classes = 1;
};

/// component  states that reach each other
/// Exact      yes: null spaces in rationals
Rounds separate(const language::Dfa& automaton, const std::vector<language::Dfa::State>& component);

}  // namespace attest::build
