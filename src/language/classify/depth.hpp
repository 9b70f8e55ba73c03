#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "language/classify/layers.hpp"
#include "language/classify/monoid.hpp"

namespace attest::classify {

/// How many layers of unique hard attention with a strict mask and rightmost ties the languages of a table need, read at
/// the last symbol, whichever states accept.
class Depths {
  public:
    /// modulus  positions are known modulo this
    /// Needs    the table is quasi-aperiodic for the modulus; at most 16 states
    /// Cost     up to `most` states for each number of layers
    Depths(const Table& table, std::uint64_t modulus, std::size_t most = 20'000);

    struct Bounds {
        std::size_t least = 0, most = 0;
        bool is_exact() const { return least == most; }
    };
    /// Of the language of these accepting states.
    /// Gives   least: no network of less layers tells two words apart of which one is in the language; most: some network
    ///         of so many layers recognises it
    Bounds of(std::uint32_t accepting) const;

  private:
    /// What layers take for one, after the last symbol.
    struct Level {
        std::vector<std::uint32_t> pairs;  ///< of states, as bits
        bool is_closed = false;
    };

    Level merged(std::size_t layers, std::size_t most) const;

    const Table& table_;
    std::uint64_t modulus_;
    std::vector<Level> levels_;  ///< by layers
    std::size_t enough_ = 0;     ///< for all that the table recognises
};

/// The layers of a network that knows what any network of `layers` layers may know, and then narrows the rest down as the
/// cascade of the automaton does.
///
/// Gives   nothing where what the layers may know has more than `most` states together with the cascade
/// Source  the register of a level is set by what the letter and the levels above tell; where layers tell that, the levels
///         above are not needed
std::optional<std::size_t> grafted_layers(const Table& table, std::uint64_t modulus, std::size_t layers,
                                          std::size_t most = 20'000);

}  // namespace attest::classify
