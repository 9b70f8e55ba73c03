#pragma once

#include <map>
#include <string>

#include "checker/core/manifest.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A certificate's files by name, as they were hashed.
using Files = std::map<std::string, std::string>;

/// Obligation `digest`: the files are those listed, byte for byte. Throws Defect, Unreadable.
Files read_files(const std::string& directory, const Manifest& manifest, Budget& budget);

}  // namespace attest::checker
