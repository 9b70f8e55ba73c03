#pragma once

#include <cstdint>
#include <optional>
#include <variant>
#include <vector>

#include "attest/language/alphabet.hpp"

namespace attest::language {

/// K kinds of brackets, each alone balanced, interleaved freely: a counter a kind.
struct Shuffle {
    std::uint32_t kinds = 1;
};
/// Brackets of one kind, and a letter after which nothing is open: one counter.
struct ResetDyck {};
/// Boolean expressions in prefix notation, atoms 0 and 1, an operator of each arity 1 … `arity`: one counter.
struct BooleanExpression {
    std::uint32_t arity = 1;
};

/// A language that counters decide, as a deterministic automaton whose state is what they hold.
///
/// Source  Bhattamishra, Ahuja & Goyal 2020 (counter languages)
class Counting {
  public:
    using Form = std::variant<Shuffle, ResetDyck, BooleanExpression>;
    using State = std::vector<std::uint32_t>;

    explicit Counting(Form form) : form_(form) {}

    State start() const;
    /// The state after one more symbol; none where no word of `left` further symbols can make up for it any more.
    std::optional<State> step(const State& state, Symbol symbol, std::uint64_t left) const;
    /// Whether a word that ends in this state is in the language.
    bool accepts(const State& state) const;

    const Form& form() const { return form_; }

  private:
    Form form_;
};

}  // namespace attest::language
