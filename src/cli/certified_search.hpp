#pragma once

#include <string>

#include "attest/search/synthesiser.hpp"
#include "session.hpp"

namespace attest::cli {

/// A search whose evidence the checker has read back.
struct CertifiedSearch {
    search::Existence existence;  ///< undecided with the reason `unchecked` where the checker refused
    std::string certificate;      ///< digest of the manifest; empty if none was kept
    double check_seconds = 0;
};

/// Searches, writes the certificate (to a place of its own where `directory` is empty), and has the checker read it:
/// only then a solver's no counts.
///
/// Throws  InternalError if the checker refuses a network
CertifiedSearch certified_search(const Session& session, const search::Specification& specification, const search::SynthesisOptions& options,
                                 const base::Limits& limits, const std::string& directory);

/// `possible`, `impossible` or `undecided`.
const char* answer_word(const search::Existence& existence);

}  // namespace attest::cli
