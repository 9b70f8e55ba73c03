#pragma once

#include <optional>

#include "checker/language/language.hpp"

namespace attest::checker {

/// An automaton of the language, not yet minimal; nothing where the family is not regular.
std::optional<Automaton> regular_automaton(const Language& language, Budget& budget);

}  // namespace attest::checker
