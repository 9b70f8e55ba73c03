#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace attest::cli {

/// A length `N` of words.
/// Throws  UsageError naming the option
std::int64_t parse_length(const std::string& text, const std::string& option);

/// Whether a list may name a length twice.
enum class Repeated { allowed, refused };

/// Lengths as `N`, `A..B`, `A..B*F` (each F times the one before) or a list of these with commas; ascending, each once.
/// Throws  UsageError naming the option
std::vector<std::int64_t> parse_lengths(const std::string& text, const std::string& option,
                                        Repeated repeated = Repeated::allowed);

}  // namespace attest::cli
