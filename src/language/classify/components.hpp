#pragma once

#include <cstdint>
#include <span>
#include <vector>

namespace attest::classify {

/// Strongly connected components of a graph in which each vertex has one edge a letter.
struct Components {
    std::vector<std::uint32_t> of;  ///< by vertex; numbered such that edges lead to the same or a smaller number
    std::size_t count = 0;
};

/// edges  [vertex × letter]
/// Cost   linear (Tarjan)
Components components(std::span<const std::uint32_t> edges, std::size_t letters);

/// The lengths of cycles in each component: their greatest common divisor, 0 where there is none, and for each vertex
/// the length modulo it of the paths from the component's first vertex.
struct Periods {
    std::vector<std::uint32_t> period;     ///< by component
    std::vector<std::uint32_t> potential;  ///< by vertex
};

Periods periods(std::span<const std::uint32_t> edges, std::size_t letters, const Components& components);

}  // namespace attest::classify
