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

    PairTable() : slots_(16) {}

    /// The value of a key; nothing if there is none. Good until the next `insert`.
    const std::uint64_t* find(std::uint64_t key) const {
        const Slot& slot = slots_[place(key)];
        return slot.key == key ? &slot.value : nullptr;
    }
    /// Needs   the key is new, and not `none`
    void insert(std::uint64_t key, std::uint64_t value) {
        if (2 * ++used_ > slots_.size()) grow();
        slots_[place(key)] = {key, value};
    }

  private:
    struct Slot {
        std::uint64_t key = none, value = 0;
    };

    std::size_t place(std::uint64_t key) const {
        const std::uint64_t hash = key * 0x9E3779B97F4A7C15ULL;
        std::size_t at = (hash ^ hash >> 32) & (slots_.size() - 1);
        while (slots_[at].key != none && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
        return at;
    }
    void grow();

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

/// A machine no head of which looks to the right, so that a symbol leads to one state. What a layer remembers has a number, and so
/// has what it and all layers above it remember: a *stack*, the number of its own and the stack above. What a stack makes of a vector
/// is worked out once: what is above is the same for many states that differ below.
class Layered {
  public:
    static constexpr std::uint32_t none = UINT32_MAX;

    /// What a symbol does.
    struct Move {
        std::uint32_t to = none;      ///< the state after it; none: it asks what the machine has yet to learn
        std::optional<bool> accepts;  ///< if it is the last one; nothing likewise, and where an end symbol is the last
    };

    static bool fits(const Machine& machine);

    /// Needs   the machine was restarted; it outlives this. Void if it grows
    explicit Layered(Machine& machine);

    std::uint32_t start();
    Move step(std::uint32_t state, std::uint32_t symbol);
    /// Whether the transformer accepts if this symbol is at the last position; nothing as above.
    std::optional<bool> last(std::uint32_t state, std::uint32_t symbol);

  private:
    enum class Answer : std::uint8_t { rejects, accepts, unknown };
    struct Met {
        std::uint32_t stack = none;
        Answer answer = Answer::unknown;
    };
    struct Pair {
        std::uint32_t first = 0, second = 0;
    };
    /// Pairs by numbers.
    class Pairs {
      public:
        std::uint32_t number(std::uint32_t first, std::uint32_t second);
        Pair operator[](std::uint32_t number) const { return pairs_[number]; }

      private:
        PairTable numbers_;
        std::vector<Pair> pairs_;
    };
    struct Level {
        base::Interner<Machine::State> registers;  ///< what the layer remembers
        Pairs stacks;                              ///< that, and the stack above
        std::array<PairTable, 2> alone;            ///< of registers and a vector, likewise: what the layer alone does
        std::array<PairTable, 2> met;              ///< of a stack and a vector; whether it is the last position
    };

    static std::optional<bool> said(Answer answer) {
        return answer == Answer::unknown ? std::nullopt : std::optional(answer == Answer::accepts);
    }
    std::uint32_t embedded(std::uint32_t symbol, std::uint32_t phase);
    Met meet(std::size_t l, std::uint32_t stack, std::uint32_t form, std::uint32_t phase, bool last);
    Met work_out(std::size_t l, std::uint32_t stack, std::uint32_t form, std::uint32_t phase, bool last);
    Pair through(std::size_t l, std::uint32_t registers, std::uint32_t form, std::uint32_t phase, bool last);
    Pair work_out_alone(std::size_t l, std::uint32_t registers, std::uint32_t form, std::uint32_t phase, bool last);
    Met above(std::uint32_t form, std::uint32_t phase);

    Machine& m_;
    std::vector<std::size_t> begins_;  ///< of a layer's registers in a state of the machine; one more at the end
    std::vector<Level> levels_;        ///< layers up to the last one with attention
    PairTable answers_;                ///< of a vector above them and a phase
    Pairs states_;                     ///< a phase and a stack
    std::vector<std::vector<std::uint32_t>> embedded_;  ///< [symbol × phase]
};

}  // namespace attest::induction
