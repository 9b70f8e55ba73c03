#pragma once

#include <string>

#include "record/emergence.hpp"
#include "studies/emergence.hpp"

namespace attest::cli {

/// The curves, what they say of a transition, and an exact match beside, for people. record: of what was found
std::string emergence_text(const studies::Emergence& found, const record::Emergence& record);

}  // namespace attest::cli
