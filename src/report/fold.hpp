#pragma once

#include <cstddef>
#include <string>

namespace attest::report {

/// Text whose lines are at most `width` columns long, as far as its words allow that. Rows of a table, which
/// are lines of one block with columns of blanks between them, go on under their last column where it holds
/// text, else in whole columns; other lines go on a little indented. What fits stays byte for byte.
///
/// Needs   width >= 20; one column a code point
std::string fold(const std::string& text, std::size_t width);

}  // namespace attest::report
