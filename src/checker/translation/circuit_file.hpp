#pragma once

#include <string>
#include <string_view>

#include "checker/translation/miter.hpp"

namespace attest::checker {

/// Throws  Defect (file and gate) unless the file describes this circuit, gate for gate, with these roots
void check_circuit_file(const Miter& miter, std::string_view bytes, const std::string& file, Budget& budget);

}  // namespace attest::checker
