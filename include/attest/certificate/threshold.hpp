#pragma once

#include <string>

#include "attest/certificate/certificate.hpp"
#include "attest/search/synthesiser.hpp"

namespace attest::certificate {

/// Writes the files of a certificate about a class of networks into an existing, empty directory.
///
/// Needs   the existence is decided: with a network, or with a proof
/// Gives   the digest of its manifest; nothing if a limit was exceeded
/// Throws  InputError if a file cannot be written
std::string write_threshold(const std::string& directory, const search::Specification& specification,
                            const search::Existence& existence, const Provenance& provenance,
                            const base::Limits& limits = {});

}  // namespace attest::certificate
