#pragma once

#include <string>

#include "attest/certify/certificate.hpp"
#include "attest/decide/threshold/softmax_layer.hpp"

namespace attest::certify {

/// Writes a claim about all softmax layers of so many heads (FORMAT.md, section 11) into an existing, empty directory.
///
/// Needs   the answer is decided
/// Gives   the digest of the manifest; nothing if a limit was exceeded
/// Throws  InputError if a file cannot be written
std::string write_softmax_threshold(const std::string& directory, const language::Language& language,
                                    std::int64_t heads, std::int64_t length, const threshold::SoftmaxAnswer& answer,
                                    const Provenance& provenance, const base::Limits& limits = {});

}  // namespace attest::certify
