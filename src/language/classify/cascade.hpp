#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "language/classify/monoid.hpp"

namespace attest::classify {

/// The cascade of registers that an aperiodic automaton is, by the holonomy method, typed by the length modulo m.
///
/// A *set* is a set of states together with the number of letters read modulo m. Its *tiles* are the greatest sets inside
/// it. A register holds the number of a tile at each level from the height of the whole down to 1: what is known of the
/// state is narrowed down tile by tile until it is one state. A letter leaves a register as it is or sets it to a tile
/// that the letter and the registers above it determine.
class Cascade {
  public:
    using Set = std::uint32_t;

    struct Node {
        std::uint32_t type = 0;     ///< letters read modulo m
        std::vector<State> states;  ///< ascending
        std::size_t height = 0;     ///< 0: one state
        std::vector<Set> tiles;     ///< of height ≥ 1
        std::vector<Set> next;      ///< by letter
    };

    /// table    of a minimal automaton; start 0
    /// modulus  for which it is quasi-aperiodic
    /// Throws   InternalError if a class of sets is permuted, so that it is not; Unsupported beyond `most` sets
    /// Cost     O(sets² |Q|)
    /// Source   Krohn–Rhodes, in the form of holonomy
    Cascade(const Table& table, std::uint64_t modulus, const base::Limits& limits = {}, std::size_t most = 20'000);

    const std::vector<Node>& sets() const { return nodes_; }
    /// All states that are reached by so many letters modulo m.
    Set root(std::uint64_t type) const { return roots_[type % modulus_]; }
    std::uint64_t modulus() const { return modulus_; }
    std::size_t height() const { return height_; }
    /// The tile numbers of levels 1, 2, … (at index level − 1) that narrow the first root down to the start.
    const std::vector<std::uint32_t>& initial() const { return initial_; }

    /// What a letter does to a register, given the set before and after it as far as the levels above know.
    /// Gives   the tile to which it is set; none if it stays
    std::optional<std::uint32_t> reset(std::size_t level, language::Symbol a, Set before, Set after) const;

  private:
    Set intern(std::uint32_t type, std::vector<State> states);
    void close(const Table& table, const base::Limits& limits, std::size_t most);
    void find_tiles();
    void find_heights(std::size_t letters);
    void agree_on_tiles(std::size_t letters);
    void find_initial();

    std::uint64_t modulus_;
    std::size_t height_ = 0;
    std::vector<Node> nodes_;
    std::vector<Set> roots_;
    std::vector<std::uint32_t> class_of_, initial_;
    std::map<std::pair<std::uint32_t, std::vector<State>>, Set> numbers_;
};

}  // namespace attest::classify
