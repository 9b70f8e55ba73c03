#pragma once

#include <string>

#include "attest/certificate/certificate.hpp"
#include "attest/search/softmax_layer.hpp"

namespace attest::certificate {

/// Writes a claim about all softmax layers of so many heads (FORMAT.md, section 11) into an existing, empty directory.
///
/// Needs   the answer is decided
/// Gives   the digest of the manifest; nothing if a limit was exceeded
/// Throws  InputError if a file cannot be written
std::string write_softmax_threshold(const std::string& directory, const language::Language& language,
                                    std::int64_t heads, std::int64_t length, const search::SoftmaxAnswer& answer,
                                    const Provenance& provenance, const base::Limits& limits = {});

}  // namespace attest::certificate
