#pragma once

#include "attest/measure/influence/change.hpp"

namespace attest::influence {

/// What is followed through a network: by class of positions and symbol there, two runs, before and after one symbol is
/// replaced.
struct TwoRuns {
    const Network& net;
    const std::vector<std::int32_t>& partition;
    const Counts& words;
    Replacement replaced;
    std::size_t symbols, dimension, classes;
    std::size_t reader;  ///< the class that is the readout position

    const PositionClass& cls(std::size_t k) const { return net.classes[static_cast<std::size_t>(partition[k])]; }
    std::size_t options(std::size_t k) const { return cls(k).is_word ? symbols : 1; }
    bool reads_replaced() const { return replaced.where == Where::readout; }
    bool replaceable(std::size_t k) const { return cls(k).is_word && (k == reader) == reads_replaced(); }
};

/// The vectors at all positions.
struct Vectors {
    Box y, change;  ///< [class × symbol × d]: the vector before, and after − before where the symbol stays
    Box flip;       ///< [class × d]: after − before where the symbol is replaced
};

}  // namespace attest::influence
