#pragma once

#include <string>
#include <string_view>

namespace attest::programs {

/// A symbol as LineReader::symbol reads it: as it is, or in quotation marks.
///
/// `comment`: what begins one, also within quotation marks
/// Throws  InputError for a symbol that the texts of programs cannot hold
std::string symbol_text(const std::string& symbol, std::string_view comment);

}  // namespace attest::programs
