#pragma once

#include <string>

#include "attest/network/program.hpp"

namespace attest::formats {

/// The program as a document of the format; reading it gives the same program.
/// Throws  Unsupported for texts that the format takes for something else
std::string write_program(const network::Program& program);

}  // namespace attest::formats
