#pragma once

#include <cstddef>
#include <string>

namespace attest::benchmarks {

// Families of B-RASP programs that grow in depth, as texts.

/// `a` and `b` are seen in turn, k times: each level looks for the one before it.
std::string dot_depth(std::size_t k);

/// Whether there was an `a` just k positions before. Ends with the line of its output.
std::string y_depth(std::size_t k);

}  // namespace attest::benchmarks
