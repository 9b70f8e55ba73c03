#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace attest::base {

/// The code points of a UTF-8 text, each as its own string.
/// Throws  InputError (`where`) if the bytes are not UTF-8.
std::vector<std::string> code_points(std::string_view text, const std::string& where);

/// The text as it can stand inside a one-line message: control characters and bytes that are not
/// UTF-8 are escaped, long texts are cut in the middle.
std::string printable(std::string_view text, std::size_t at_most = 80);

/// `1 layer`, `2 layers`: a count and its noun, with an s where it is not one.
std::string counted(std::size_t count, const std::string& noun);

/// The candidate nearest to `word` by edit distance, if it is near enough to be a likely slip; else empty.
std::string nearest(std::string_view word, const std::vector<std::string>& candidates);

}  // namespace attest::base
