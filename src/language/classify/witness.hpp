#pragma once

#include <string>
#include <utility>
#include <vector>

#include "attest/exact/rational.hpp"
#include "language/classify/classes.hpp"

namespace attest::classify {

/// That V(first) = V(second) for every counter: these edges' equations, so often, add up to it.
struct Combination {
    struct Edge {
        State from = 0;
        language::Symbol letter = 0;
        exact::Rational times;
    };
    State first = 0, second = 0;
    std::vector<Edge> edges;
};

/// Why a language is not in a class: words, and numbers, of which a rule says what is to be seen on the minimal automaton
/// (src/certify/FORMAT.md, section 22).
struct Witness {
    std::string rule;
    std::vector<std::pair<std::string, language::Word>> words;  ///< by name, in the order of the rule
    std::vector<std::pair<std::string, std::uint64_t>> numbers;
    std::vector<State> states;                ///< that the words permute: rule `solvable`
    std::vector<std::vector<State>> classes;  ///< that counters do not tell apart: rule `C-RASP`
    std::vector<Combination> combinations;
};

/// The witness that the language is not in the class.
///
/// automaton  minimal
/// Needs      it is not in the class
/// Throws     InternalError where it is
/// Cost       as to decide the class, but for `AC0`: O(|M| |Σ|) for each length up to that of the witness
Witness find_witness(const language::Dfa& automaton, const Monoid& monoid, const Green& green, Class outside);

/// `x = "a", v = "ab", y = "", q = 2`
std::string spell(const Witness& witness, const language::Alphabet& alphabet);

}  // namespace attest::classify
