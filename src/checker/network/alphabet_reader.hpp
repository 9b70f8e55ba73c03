#pragma once

#include <optional>
#include <string>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/text.hpp"

namespace attest::checker {

/// The member `alphabet` of a model or of tables: distinct symbols, at least one. With `long_symbols` they may have
/// several characters; if one does, words are written with blanks between their symbols, and no symbol holds a blank.
///
/// Throws  Defect (place)
std::vector<Symbol> read_alphabet(const Cursor& top, bool long_symbols);

/// The symbol outside the alphabet that this member names, if it is there and not null. Throws Defect (place).
std::optional<Symbol> read_marker(const Cursor& top, const char* key, const std::vector<Symbol>& alphabet);

}  // namespace attest::checker
