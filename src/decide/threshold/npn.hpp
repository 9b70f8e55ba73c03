#pragma once

#include <cstdint>
#include <string>
#include <vector>

namespace attest::threshold {

/// The functions of some inputs that are one up to permutation and complement of inputs and complement of the output.
struct NpnClass {
    std::uint32_t table = 0;  ///< the least of them: bit x is the value at the x-th word, word 0…0 first
    std::uint32_t size = 0;   ///< how many they are
};

/// All classes, ascending: 4, 14, 222, 616126 for 2, 3, 4, 5 inputs.
///
/// Needs   inputs 2 to 5
/// Cost    a tenth of a second and 16 MiB for 5 inputs
std::vector<NpnClass> npn_classes(unsigned inputs);

/// The name of a table as a language: `table:6996`.
///
/// Needs   inputs 2 to 5
std::string table_name(std::uint32_t table, unsigned inputs);

}  // namespace attest::threshold
