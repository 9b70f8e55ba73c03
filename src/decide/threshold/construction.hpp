#pragma once

#include <optional>

#include "attest/decide/threshold/specification.hpp"
#include "attest/network/guhat.hpp"

namespace attest::threshold {

/// One layer with a head for each symbol that the reader does not hold: it sees the whole word, and computes anything.
///
/// Gives   tables that accept the language's words; nothing for classes of fewer heads, more layers or without positions
/// Exact   yes
std::optional<network::Guhat> head_for_each_symbol(const Specification& specification);

}  // namespace attest::threshold
