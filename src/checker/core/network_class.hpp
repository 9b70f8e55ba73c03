#pragma once

#include <cstddef>
#include <optional>

#include "checker/core/cursor.hpp"

namespace attest::checker {

/// A class of networks (FORMAT.md section 9).
struct NetworkClass {
    std::size_t layers = 0;
    std::size_t heads = 0;
    std::optional<std::size_t> activations;  ///< none: unbounded
    bool reads_end = true;                   ///< at an end symbol, else at the last position of the word
    bool strict_mask = false;
    bool sees_positions = true;
    bool one_key_dimension = false;

    bool is_bounded(std::size_t layer) const { return activations && layer < layers; }
    /// Whether the preferences of a head are strict orders on pairs of position and value.
    bool has_strict_orders() const { return sees_positions && !one_key_dimension; }
};

/// Throws  Defect: unknown or missing keys, and combinations that the definition excludes
NetworkClass read_network_class(const Cursor& at);

}  // namespace attest::checker
