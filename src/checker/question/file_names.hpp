#pragma once

#include <optional>
#include <string>

#include "checker/core/files.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// Obligation `digest`: the directory holds the files that the claim and the evidence need, and no others.
/// Throws Defect.
///
/// Shape   companion: the tensor file that the model names
void check_file_names(const Manifest& manifest, const Files& files, const std::optional<std::string>& companion);

}  // namespace attest::checker
