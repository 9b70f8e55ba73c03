#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <unordered_map>
#include <vector>

namespace attest::programs::extract {

/// A Boolean at each position of a word: 2 · (its number + 1), + 1 for its negation, after the two constants.
using Literal = std::uint32_t;
constexpr Literal no = 0, yes = 1;

/// What is true at a position, as a graph of conjunctions and negations in which equal parts are one: symbols, the position
/// before the word, and what else somebody knows (`detail` is a number of theirs). Operands have smaller numbers.
class Bits {
  public:
    enum class Kind : std::uint8_t { begin, symbol, known, both };
    struct Bit {
        Kind kind = Kind::begin;
        std::uint32_t detail = 0;  ///< symbol: its index; known: whatever
        Literal left = no,
                right = no;  ///< known: what it says of the position that is found, if its group is not `alone`
        std::uint32_t group = alone;  ///< known: those of one group speak of one position, or all are false
    };
    static constexpr std::uint32_t alone = UINT32_MAX;

    /// `symbols`: of the alphabet
    explicit Bits(std::size_t symbols) : symbol_count_(symbols) {}

    Literal begin() { return keep(begin_, {Kind::begin}); }
    Literal symbol(std::uint32_t index) { return keep(symbols_[index], {Kind::symbol, index}); }
    /// One that is not known to be any other; `value` is what it says of the position that its group finds.
    Literal known(std::uint32_t detail, std::uint32_t group = alone, Literal value = no);
    Literal both(Literal a, Literal b);
    Literal either(Literal a, Literal b) { return both(a ^ 1U, b ^ 1U) ^ 1U; }

    const std::vector<Bit>& all() const { return bits_; }
    std::size_t symbol_count() const { return symbol_count_; }
    static std::size_t number(Literal literal) { return literal / 2 - 1; }

    /// Whether a literal can be true at a position: false only if not. At each position stands exactly one symbol or the
    /// begin; which position a group finds is free, so that true may be never.
    /// Cost    a solver on what the literal is made of, here and at positions that are found
    bool may_be_true(Literal literal) const;

  private:
    Literal keep(Literal& at, const Bit& bit);
    Literal add(const Bit& bit);

    std::size_t symbol_count_;
    std::vector<Bit> bits_;
    Literal begin_ = no;
    std::unordered_map<std::uint32_t, Literal> symbols_;
    std::unordered_map<std::uint64_t, Literal> both_;
};

}  // namespace attest::programs::extract
