#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/base/json.hpp"
#include "attest/language/dfa.hpp"

// Automaton files of several formats. What a certificate keeps is always `attest/dfa`, complete: the checker reads nothing else.

namespace attest::language {

/// A deterministic automaton in which a state may have no way on by some symbol: the word is not accepted then.
struct PartialDfa {
    Alphabet alphabet;
    Dfa::State start = 0;
    std::vector<bool> accepting;                               ///< by state
    std::vector<std::vector<std::optional<Dfa::State>>> next;  ///< [state][symbol]
};

struct AutomatonFile {
    Dfa automaton;
    std::string source;              ///< the automaton as `attest/dfa`: the bytes of the file where it is one already
    std::vector<std::string> notes;  ///< how the file was read, where that goes without saying in no format
};

constexpr std::size_t most_states = 100000;

/// Throws  InputError, naming the format that was found where it is none that is read
AutomatonFile read_automaton(const std::string& path);
AutomatonFile parse_automaton(std::string bytes, const std::string& file);

/// The notes of the file of a `dfa:FILE` language; none for any other.
std::vector<std::string> notes_on_reading(const std::string& language);

/// An automaton as the bytes of an `attest/dfa` file.
std::string write_dfa(const Dfa& automaton);

/// The same as Hanoi Omega-Automata, as read_hoa reads them.
/// Throws  Unsupported for symbols of several characters
std::string write_hoa(const Dfa& automaton, const std::string& name);
/// The same drawn, for Graphviz: states that accept have two circles.
std::string write_dot(const Dfa& automaton, const std::string& name);

/// The symbols of a list, distinct and of one character each.
Alphabet read_symbols(const base::JsonNode& list);

/// `attest/dfa` in which a transition may be null.
PartialDfa read_partial_dfa(const base::JsonNode& document);
/// The parameters of a DFA of the Python package automata-lib, as JSON: `states`, `input_symbols`, `transitions`, ….
PartialDfa read_automata_lib(const base::JsonNode& document);
/// Hanoi Omega-Automata, version 1; adds what its reading for finite words takes for granted.
///
/// One atomic proposition: symbols 0 and 1, 1 where it holds. More: each has a name of one character, and is the symbol at which it
/// alone holds. States are accepting where they bear the mark of the one set of `Acceptance: 1 Inf(0)`.
PartialDfa read_hoa(const std::string& text, const std::string& file, std::vector<std::string>& notes);

}  // namespace attest::language
