#pragma once

#include "checker/language/language.hpp"
#include "checker/translation/letters.hpp"

namespace attest::checker {

/// The circuit of "the word is balanced, within the depth": FORMAT.md section 6.4.
Literal dyck_literal(Circuit& circuit, const Letters& letters, const Language& language);

}  // namespace attest::checker
