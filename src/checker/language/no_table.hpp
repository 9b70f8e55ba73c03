#pragma once

#include <string>

#include "checker/kernel/defect.hpp"
#include "checker/language/language.hpp"

namespace attest::checker {

/// For claims about words of any length.
/// Throws  Defect, at this key of the manifest, if the language is a table, which is of one length
inline void require_no_table(const Language& language, const std::string& key) {
    if (language.family == Language::Family::table) throw Defect(key, "a table is of one length");
}

}  // namespace attest::checker
