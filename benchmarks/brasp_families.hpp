#pragma once

#include <cstddef>
#include <string>

namespace attest::benchmarks {

// Families of B-RASP programs that grow in depth, as texts.

/// `a` and `b` are seen in turn, k times: each level looks for the one before it.
std::string dot_depth(std::size_t k);

/// Whether there was an `a` just k positions before. Ends with the line of its output.
std::string y_depth(std::size_t k);

/// Whether there were k marks `m` among `a`s: each mark looks for the one before it.
std::string marks(std::size_t k);

/// Whether the symbol is the one just before the mark that was last, if that was the k-th or a later one; marks among `a`s and `b`s.
std::string marked_same(std::size_t k);

}  // namespace attest::benchmarks
