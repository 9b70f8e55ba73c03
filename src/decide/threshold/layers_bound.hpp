#pragma once

#include <cstdint>
#include <optional>

#include "attest/base/limits.hpp"
#include "attest/decide/threshold/synthesiser.hpp"

namespace attest::threshold {

/// Whether these stages say that no network of the class computes a language that every change of one symbol leads into or
/// out of at this length (FORMAT.md, section 9.11).
///
/// Exact   yes
/// Cost    layers · heads · width² products of integers
bool restricts_layers(const NetworkClass& network, std::int64_t length, const RestrictedLayers& stages);

/// Stages that say so, for two layers or more of any number of heads; nothing if none is found, or a limit was reached.
///
/// Exact   what is given satisfies `restricts_layers`; that nothing is found says nothing
/// Source  attest, by the method of [razborov1995bounded] for several decision lists at once
std::optional<RestrictedLayers> bounded_by_layers(const NetworkClass& network, std::int64_t length,
                                                  const base::Limits& limits);

/// How many codes there are for the first `asked` symbols that a canonical tree asks for, which goes through lists of terms
/// of this width, one more than heads.
///
/// Exact   upper bound
/// Cost    heads · asked² products of integers
mpz_class path_codes(std::int64_t asked, std::int64_t width, std::int64_t heads);

}  // namespace attest::threshold
