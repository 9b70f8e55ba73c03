#pragma once

#include "attest/language/language.hpp"
#include "manifest.hpp"

namespace attest::certify {

/// What claims about a regular language begin with (FORMAT.md, sections 22 and 23).
Manifest::Json regular_claim_json(const char* kind, const language::Language& language);
/// The automaton file, where the language is given by one.
void write_regular_language(Manifest& manifest, const language::Language& language);

}  // namespace attest::certify
