#pragma once

#include "checker/network/array_reader.hpp"
#include "checker/network/model.hpp"

namespace attest::checker {

/// Reads the readout (MODEL.md, sections 8 and 9.7). Throws Defect (place).
Readout read_readout(const Cursor& at, const ArrayReader& arrays, std::size_t dimension, Budget& budget);

}  // namespace attest::checker
