#pragma once

#include <string>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/language/language.hpp"
#include "attest/verdict/certified.hpp"
#include "certify/built_networks.hpp"
#include "certify/definition.hpp"
#include "certify/regular_claim.hpp"
#include "language/classify/witness.hpp"

namespace attest::certify {

/// That a language is not in a class, by words that the checker has run on its minimal automaton.
struct Outside {
    classify::Class id;
    classify::Witness witness;
    verdict::Verdict verdict;  ///< fails: it is outside; of lengths up to that of the longest word
};

/// A formula of FOC[+;MOD] for a language, or a C-RASP program, proved at every length, of programs but 0.
struct CountedBy {
    std::string text;  ///< as programs::foc or programs::crasp reads it; empty where none was found
    std::string why;   ///< none was
    std::optional<verdict::Verdict> verdict;  ///< of the formula or program
    std::size_t layers = 0, heads = 0;    ///< of the formula: of the network that it becomes; heads: most of a layer
    std::size_t counters = 0, depth = 0;  ///< of the program: how often it counts, how deep counts are nested
};

/// What a regular language is.
struct ClassReport {
    classify::Classification found;
    std::optional<classify::Stability> stability;  ///< nothing where a limit ended it
    std::vector<Outside> outside;                  ///< of each class in which it is not
    std::optional<CountedBy> formula;              ///< of a language in FOC[+;MOD]; not of a model's language
    std::optional<CountedBy> program;              ///< of a language in C-RASP; likewise
    std::vector<BuiltNetwork> networks;            ///< of those of its classes that have a construction; likewise
    std::vector<std::string> parts;                ///< of the archive's collection, in order
    double seconds = 0;
};

/// Classifies, writes a certificate for each class in which the language is not, and for the networks, the formula and the program
/// that show in which it is, and has the checker read them back.
///
/// Throws  Unsupported for a language that is not held as an automaton, or whose monoid is too large; InternalError if the
///         checker refuses a witness
ClassReport classify_language(const language::Language& language, const base::Limits& limits, Archive& archive);
/// The same of a language that is given by its automaton.
ClassReport classify_regular(const RegularSubject& language, const base::Limits& limits, Archive& archive);

/// The minimal automaton.
/// Throws  Unsupported for a language that is not held as one
const language::Dfa& minimal_automaton(const language::Language& language);

}  // namespace attest::certify
