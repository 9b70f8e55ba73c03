#pragma once

#include <cstdint>
#include <string>

#include "attest/certify/certificate.hpp"
#include "attest/decide/induction/induction.hpp"

namespace attest::certify {

/// Writes a certificate for a length of which a machine reads all words (FORMAT.md, section 31.1). Gives as write_certificate.
///
/// Needs  a subject without `without` and `robust`
std::string write_closure_at_length(const Place& place, const Subject& subject, std::int64_t length,
                                    const induction::Closure& closure, const Provenance& provenance,
                                    const base::Limits& limits);

}  // namespace attest::certify
