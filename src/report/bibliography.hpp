#pragma once

#include <string>
#include <vector>

namespace attest::report {

/// The keys of the project's bibliography (src/SOURCES.bib) in its order.
std::vector<std::string> bibliography_keys();

/// The BibTeX entry of a key.
/// Throws  UsageError naming the nearest key
std::string bibtex(const std::string& key);

}  // namespace attest::report
