#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "machine.hpp"

namespace attest::induction {

/// Numbers for pairs of numbers, by open addressing.
class PairTable {
  public:
    static constexpr std::uint64_t none = UINT64_MAX;

    PairTable() : keys_(16, none), values_(16) {}

    /// The value of a key; nothing if there is none.
    const std::uint64_t* find(std::uint64_t key) const {
        const std::size_t at = slot(key);
        return keys_[at] == key ? &values_[at] : nullptr;
    }
    /// Needs   the key is new, and not `none`
    void insert(std::uint64_t key, std::uint64_t value);

  private:
    std::size_t slot(std::uint64_t key) const {
        std::uint64_t hash = key * 0x9E3779B97F4A7C15ULL;
        std::size_t at = (hash ^ hash >> 32) & (keys_.size() - 1);
        while (keys_[at] != none && keys_[at] != key) at = (at + 1) & (keys_.size() - 1);
        return at;
    }

    std::vector<std::uint64_t> keys_, values_;
    std::size_t used_ = 0;
};

/// A machine no head of which looks to the right, so that a symbol leads to one state. What a layer remembers has a number,
/// and what it makes of a vector is worked out once for each number and vector.
class Layered {
  public:
    static constexpr std::uint32_t none = UINT32_MAX;

    static bool fits(const Machine& machine);

    /// Needs   the machine was restarted; it outlives this. Void if it grows
    explicit Layered(Machine& machine);

    std::uint32_t start();
    /// The state after one more symbol, which is not the last; none: it asks what the machine has yet to learn.
    std::uint32_t step(std::uint32_t state, std::uint32_t symbol);
    /// Whether the transformer accepts if this symbol is at the last position; nothing likewise.
    std::optional<bool> last(std::uint32_t state, std::uint32_t symbol);

    std::size_t size() const { return states_.size() / width_; }

  private:
    struct Made {
        std::uint32_t registers = 0, form = none;
    };

    std::uint32_t intern(const std::vector<std::uint32_t>& state);
    std::uint32_t embedded(std::uint32_t symbol, std::uint32_t phase);
    Made make(std::size_t l, std::uint32_t registers, std::uint32_t form, std::uint32_t phase, bool last);
    Made work_out(std::size_t l, std::uint32_t registers, std::uint32_t form, std::uint32_t phase, bool last);

    Machine& m_;
    std::size_t width_;                  ///< numbers of a state: phase, then registers by layer
    std::vector<std::uint32_t> states_;  ///< [state × width]
    std::vector<std::uint32_t> slots_;   ///< a hash table of states
    std::vector<std::size_t> begins_;    ///< of a layer's registers in a state of the machine; one more at the end
    std::vector<base::Interner<Machine::State>> registers_;  ///< by layer
    std::vector<std::array<PairTable, 2>> made_;             ///< by layer, whether it is the last position
    std::vector<std::vector<std::uint32_t>> embedded_;       ///< [symbol × phase]
    std::vector<std::optional<bool>> accepts_;               ///< [form × phase]
    std::vector<std::uint32_t> next_;
};

}  // namespace attest::induction
