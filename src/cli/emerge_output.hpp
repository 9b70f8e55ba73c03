#pragma once

#include <string>

#include "studies/emergence.hpp"

namespace attest::cli {

/// The curves, what they say of a transition, and an exact match beside, for people.
std::string emergence_text(const studies::Emergence& found, double seconds);

/// The curves as a drawing.
std::string emergence_picture(const studies::Emergence& found);

}  // namespace attest::cli
