#pragma once

#include <cstdint>

#include "attest/base/limits.hpp"
#include "attest/certify/archive.hpp"
#include "attest/verdict/certified.hpp"
#include "decide/threshold/one_bit_census.hpp"

namespace attest::certify {

/// Whether networks of two layers with one head and two activations compute every function of so many bits.
///
/// Writes the networks of a census as a certificate (FORMAT.md, section 9.16), and has the checker go through them.
///
/// Gives   holds, or undecided: that a class has no network is not said
/// Throws  InternalError if the checker refuses a network; InputError if a file cannot be written
verdict::Verdict certify_census(const threshold::OneBitCensus& census, std::uint64_t seed, const base::Limits& limits,
                                Archive& archive);

}  // namespace attest::certify
