#pragma once

#include <optional>
#include <vector>

#include "attest/decide/restriction/function.hpp"

namespace attest::restriction {

/// On which free positions each activation still depends, layer by layer.
struct LayerDependence {
    using Positions = std::vector<std::size_t>;  ///< of the word, from 0, ascending
    /// [boundary 0 … L][position of the sequence, from 0]; nothing where no later layer reads the activation.
    std::vector<std::vector<std::optional<Positions>>> on;
};

/// Whether an activation depends on a position is whether two words that the restriction admits, different only there, lead
/// to values that a later layer can tell apart. What no later layer reads of an activation does not count.
///
/// Exact   yes, on a solver's word for what it denies
/// Gives   nothing where a limit is exceeded
/// Cost    a call of the solver for each activation and each free position that its circuit contains
std::optional<LayerDependence> dependence_by_layer(const Function& function, const Restriction& restriction,
                                                   const base::Limits& limits);

}  // namespace attest::restriction
