#pragma once

#include <array>
#include <map>

#include "checker/core/rational.hpp"
#include "checker/network/tables.hpp"

namespace attest::checker {

/// By what heads of key dimension 1 choose (FORMAT.md section 9.7): a number for each key, a sign for each query; 0
/// where nothing is said.
struct NumberedKeys {
    std::map<std::array<std::size_t, 4>, Rational> numbers;  ///< [layer, head, position, value]
    std::map<std::array<std::size_t, 4>, int> signs;         ///< [layer, head, query position, its value]
};

/// Throws  Defect (place)
NumberedKeys read_keys(std::string_view bytes, const std::string& file, Tables& tables, Budget& budget);

/// Whether every head attended to the leftmost of the visible positions with the greatest number times sign, or, seeing
/// none, to itself.
bool obeys_keys(const Run& run, const NumberedKeys& keys, bool strict_mask, Budget& budget);

}  // namespace attest::checker
