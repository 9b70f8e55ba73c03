#pragma once

#include <string>

#include "attest/language/language.hpp"
#include "manifest.hpp"

namespace attest::certify {

/// A regular language as certificates name it.
struct RegularSubject {
    std::string text;                ///< as a claim has it
    std::string source;              ///< of its automaton file; empty where the text says all
    const language::Dfa& automaton;  ///< the minimal one
};

/// Throws  Unsupported for a language that is not held as an automaton
RegularSubject regular_subject(const language::Language& language);

/// What claims about a regular language begin with (FORMAT.md, sections 22 and 23).
Manifest::Json regular_claim_json(const char* kind, const RegularSubject& language);
/// The automaton file, where the language is given by one.
void write_regular_language(Manifest& manifest, const RegularSubject& language);

}  // namespace attest::certify
