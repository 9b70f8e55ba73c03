#pragma once

#include <array>
#include <cstdint>
#include <optional>
#include <vector>

#include "grid.hpp"
#include "machine.hpp"

namespace attest::induction {

/// A machine no head of which looks to the right, so that a symbol leads to one state. What a layer remembers has a number, and so
/// has what it and all layers above it remember: a *stack*, the number of its own and the stack above. What a layer is given, a
/// vector in a phase, has a number too. What a stack makes of it is worked out once: what is above is the same for many states that
/// differ below. Only of the whole state nothing is kept, since a search asks each but once.
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
    /// What a layer alone does: what it remembers then, and what the layer above is given.
    struct Passed {
        std::uint32_t registers = 0, input = none;
    };
    struct Pair {
        std::uint32_t row, column;
    };
    /// Pairs by numbers, of which there are less than 2^30 - 1.
    class Pairs {
      public:
        std::uint32_t number(std::uint32_t row, std::uint32_t column);
        Pair operator[](std::uint32_t number) const { return pairs_[number]; }

      private:
        Grid<std::uint32_t> numbers_;
        Paged<Pair> pairs_;
    };
    using Inputs = Pairs;  ///< a vector, by its number in the machine, and a phase
    struct Level {
        base::Interner<Machine::State> registers;     ///< what the layer remembers
        Pairs stacks;                                 ///< the stack above, and that
        Inputs inputs;                                ///< what it is given
        std::array<Grid<std::uint64_t>, 2> alone;     ///< [registers × inputs]; whether it is the last position
        std::array<Grid<std::uint32_t>, 2> together;  ///< [stacks × inputs], likewise: with the layers above, packed
    };

    static std::uint32_t packed(Met met) { return met.stack << 2 | static_cast<std::uint32_t>(met.answer); }
    static Met unpacked(std::uint32_t met) {
        return {met >> 2 == none >> 2 ? none : met >> 2, static_cast<Answer>(met & 3)};
    }
    static std::optional<bool> said(Answer answer) {
        return answer == Answer::unknown ? std::nullopt : std::optional(answer == Answer::accepts);
    }
    Inputs& inputs_of(std::size_t l) { return l == levels_.size() ? inputs_above_ : levels_[l].inputs; }
    std::uint32_t embedded(std::uint32_t symbol, std::uint32_t phase);
    std::uint32_t state(std::uint32_t stack, std::uint32_t phase);
    Pair stack_and_phase(std::uint32_t state) const;
    Met known_or_met(std::size_t l, std::uint32_t stack, std::uint32_t input, bool last);
    Met meet(std::size_t l, std::uint32_t stack, std::uint32_t input, bool last);
    Passed through(std::size_t l, std::uint32_t registers, std::uint32_t input, bool last);
    Passed work_out(std::size_t l, std::uint32_t registers, std::uint32_t input, bool last);
    Answer above(std::uint32_t input);

    Machine& m_;
    std::vector<std::size_t> begins_;  ///< of a layer's registers in a state of the machine; one more at the end
    std::vector<Level> levels_;        ///< layers up to the last one with attention
    Inputs inputs_above_;
    std::vector<Answer> answers_;  ///< of inputs above them, as far as they are known
    Pairs states_;                 ///< a stack and a phase; where there is one phase a state is a stack
    std::vector<std::vector<std::uint32_t>> embedded_;  ///< [symbol × phase]
};

}  // namespace attest::induction
