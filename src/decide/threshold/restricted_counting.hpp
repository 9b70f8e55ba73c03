#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>

#include "attest/decide/threshold/synthesiser.hpp"

namespace attest::threshold {

/// Whether this restriction says that no network of two layers computes a language that every change of one symbol leads
/// into or out of at this length (FORMAT.md, section 9.14).
///
/// Exact   yes
/// Cost    O(heads) products of rationals of O(width + heads) digits
bool restricts_then_counts(const NetworkClass& network, std::int64_t length, const RestrictedCounting& by);

/// A restriction that says so; nothing if none is found. Better than `bounded_by_counting` from some twenty heads on.
///
/// Exact   what is given satisfies `restricts_then_counts`; that nothing is found says nothing
/// Source  attest
std::optional<RestrictedCounting> bounded_after_restriction(const NetworkClass& network, std::int64_t length);

/// P(S ≥ t), S being the sum of `heads` independent numbers that are at least k with probability q^k.
///
/// Exact   yes
mpq_class chance_of_more(std::int64_t t, const mpq_class& q, std::int64_t heads);

}  // namespace attest::threshold
