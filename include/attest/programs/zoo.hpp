#pragma once

#include <optional>
#include <string>
#include <vector>

#include "attest/network/transformer.hpp"

namespace attest::programs {

/// One construction of the zoo, or a family of them with numbers in its name.
struct ZooEntry {
    std::string name;  ///< `palindrome`; for a family the pattern, `parity-tree-L-H`
    network::AttentionKind kind;
    std::string language;               ///< what it is meant to recognise, as the command line writes languages
    std::string lengths;                ///< where it is right: `all`, `N >= 1`, `N <= 3`, `N = (H+1)^L - 1`, `no claim`
    std::string source;                 ///< key of the bibliography
    std::string summary;                ///< one line: how it works
    std::vector<std::string> examples;  ///< full names, e.g. `parity-tree-2-2`; the name itself if it is no family
};

/// All entries, by name.
const std::vector<ZooEntry>& zoo();

/// The model of this full name (`parity-tree-2-2`).
/// Throws  UsageError for an unknown name (with the nearest) or numbers out of range.
network::Transformer zoo_model(const std::string& name);

/// The entry to which a full name belongs, with the language and lengths of that very model filled in.
ZooEntry zoo_entry(const std::string& name);

}  // namespace attest::programs
