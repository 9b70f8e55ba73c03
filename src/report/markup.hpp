#pragma once

#include <string>
#include <string_view>

namespace attest::report {

/// Foreign text as a reader should see it: bytes that are no UTF-8, control characters, and characters that would turn
/// the direction of what follows or show nothing, are spelled out (`\x1b`, `\u202e`).
std::string visible(std::string_view text);

/// `visible`, with the five characters that markup uses escaped: for elements and attributes of XML and HTML.
std::string escaped(std::string_view text);

}  // namespace attest::report
