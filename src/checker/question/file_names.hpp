#pragma once

#include <string>
#include <vector>

#include "checker/core/files.hpp"
#include "checker/core/manifest.hpp"

namespace attest::checker {

/// Obligation `digest`: the directory holds the files that the claim and the evidence need, and no others.
/// Throws Defect.
///
/// Shape   companions: the tensor files of the models, under the names that they have here
void check_file_names(const Manifest& manifest, const Files& files, const std::vector<std::string>& companions);

}  // namespace attest::checker
