#pragma once

#include <string>
#include <vector>

#include "certify/definition.hpp"
#include "record/prove.hpp"

namespace attest::record {

/// `attest prove FORMULA.foc --json`: `words` are vectors of counts, one for all words that have it.
///
/// language  as the user named it
Prove definitions(const programs::foc::Program& program, const std::string& language,
                  const std::vector<certify::Definition>& results);

}  // namespace attest::record
