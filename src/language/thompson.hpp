#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/language/alphabet.hpp"
#include "regex_syntax.hpp"

namespace attest::language {

/// A nondeterministic automaton with empty moves: each state has any number of these and at most one move
/// that reads a symbol of a set.
struct Nfa {
    using State = std::uint32_t;
    struct Move {
        std::uint32_t set;
        State target;
    };

    std::vector<std::vector<bool>> sets;  ///< [set][symbol]
    std::vector<std::vector<State>> empty_moves;
    std::vector<std::optional<Move>> move;
    State start = 0;
    State accept = 0;

    std::size_t size() const { return move.size(); }
};

/// Gives   at most three states for each place of the pattern, repetitions written out
/// Throws  InputError at `where:column` for a literal outside the alphabet; Unsupported for an automaton too
/// large.
Nfa thompson(const RegexSyntax& syntax, const Alphabet& alphabet, const std::string& where);

}  // namespace attest::language
