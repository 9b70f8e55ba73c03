#pragma once

#include <string>

#include "attest/certify/certificate.hpp"
#include "attest/decide/threshold/synthesiser.hpp"

namespace attest::certify {

/// Writes the files of a certificate about a class of networks into an existing, empty directory.
///
/// Needs   the existence is decided: with a network, or with a proof
/// Gives   the digest of its manifest; nothing if a limit was exceeded
/// Throws  InputError if a file cannot be written
std::string write_threshold(const std::string& directory, const threshold::Specification& specification,
                            const threshold::Existence& existence, const Provenance& provenance,
                            const base::Limits& limits = {});

}  // namespace attest::certify
