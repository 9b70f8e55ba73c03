#pragma once

#include <optional>
#include <vector>

#include "checker/network/instance.hpp"

namespace attest::checker {

/// A set of coordinates.
using Coordinates = std::vector<bool>;

/// What a layer reads at one of the positions that are needed after it (P of FORMAT.md section 5).
struct Reads {
    Coordinates mid;         ///< read of the attention part's result
    Coordinates carried;     ///< read of the vector before the layer by the residual
    std::vector<bool> live;  ///< [head]
};

struct Needs {
    std::vector<std::vector<std::optional<Coordinates>>> need;  ///< [boundary 0 … L][p - 1]
    std::vector<std::vector<std::optional<Reads>>> reads;       ///< [layer, from 0][p - 1]
};

/// What is read of the model (FORMAT.md section 5).
Needs needs_of(const Shape& shape, Budget& budget);

}  // namespace attest::checker
