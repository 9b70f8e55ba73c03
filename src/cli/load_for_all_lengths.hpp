#pragma once

#include <string>

#include "attest/formats/file.hpp"

namespace attest::cli {

/// A network that words of all lengths are asked about: the text of a program is compiled.
/// Throws  Unsupported for tables, which are of one length, and for programs over finite values
formats::ModelFile load_for_all_lengths(const std::string& operand, const std::string& eps = {});

}  // namespace attest::cli
