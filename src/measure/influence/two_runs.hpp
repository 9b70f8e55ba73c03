#pragma once

#include "attest/measure/influence/change.hpp"

namespace attest::influence {

/// What is followed through a network: two runs, before and after one symbol is replaced, for all words of a set at
/// once. Their vectors are kept by class of positions and symbol there.
struct TwoRuns {
    const Network& net;
    const std::vector<std::int32_t>& partition;
    const Counts& words;
    Replacement replacement;
    std::size_t symbols, dimension, classes;
    std::size_t readout;  ///< the class that is the readout position

    const PositionClass& position_class(std::size_t k) const {
        return net.classes[static_cast<std::size_t>(partition[k])];
    }
    /// The symbols that may stand at a position of the class.
    std::size_t options(std::size_t k) const { return position_class(k).is_word ? symbols : 1; }
    bool replaces_at_readout() const { return replacement.where == Where::readout; }
    /// Whether the replaced position may be one of this class.
    bool replaceable(std::size_t k) const {
        return position_class(k).is_word && (k == readout) == replaces_at_readout();
    }
    /// Index of class k and symbol s.
    std::size_t entry(std::size_t k, std::size_t s) const { return k * symbols + s; }
    /// Index of class k and the symbol that is replaced.
    std::size_t replaced_entry(std::size_t k) const { return entry(k, replacement.from); }
};

/// The vectors at all positions.
struct Vectors {
    Box before;  ///< [class × symbol × d]
    Box drift;   ///< [class × symbol × d]: after − before, where the symbol stays
    Box flip;    ///< [class × d]: after − before, where the symbol is replaced
};

}  // namespace attest::influence
