#pragma once

#include <string>

#include "certify/straight.hpp"
#include "subject.hpp"

namespace attest::cli {

/// The text of a B-RASP program, and the language that it is asked about.
certify::StraightSubject load_straight(const std::string& operand, const std::string& language, const Map& map);

/// Whether a program is so large that it is asked about at all lengths itself, not what it is compiled to.
bool is_large(const programs::brasp::Program& program);

}  // namespace attest::cli
