#pragma once

#include <string>

namespace attest::report {

/// Text as LaTeX shows it.
std::string latex(const std::string& text);

}  // namespace attest::report
