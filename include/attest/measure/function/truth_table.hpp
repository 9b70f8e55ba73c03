#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::measure {

/// A word of n bits as a number: its first position is the most significant bit.
using Input = std::uint32_t;

/// The bit of an input that holds position i (from 1) of n.
constexpr unsigned bit_of(unsigned position, unsigned n) { return n - position; }

/// `0110`, first position first.
std::string spell(Input input, unsigned n);

/// A Boolean function of n variables by its values: bit x mod 64 of word x / 64 is the value on input x.
/// Bits beyond 2^n are 0.
///
/// Memory  2^n bits
class TruthTable {
  public:
    static constexpr unsigned most_variables = 30;

    /// The constant false.
    /// Throws  Unsupported for more than most_variables
    explicit TruthTable(unsigned variables);

    unsigned variables() const { return variables_; }
    std::uint64_t size() const { return std::uint64_t{1} << variables_; }
    bool operator[](Input x) const { return (words_[x / 64] >> x % 64 & 1U) != 0; }
    void set(Input x, bool value) {
        const std::uint64_t bit = std::uint64_t{1} << x % 64;
        words_[x / 64] = value ? words_[x / 64] | bit : words_[x / 64] & ~bit;
    }
    std::span<const std::uint64_t> words() const { return words_; }
    /// Needs   bits beyond 2^n stay 0
    std::span<std::uint64_t> words() { return words_; }
    /// The bits of a word that stand for inputs: all, unless n < 6.
    std::uint64_t used_bits() const { return variables_ < 6 ? (std::uint64_t{1} << size()) - 1 : ~std::uint64_t{0}; }
    std::uint64_t count_ones() const;
    TruthTable operator~() const;
    bool operator==(const TruthTable&) const = default;

  private:
    unsigned variables_;
    std::vector<std::uint64_t> words_;
};

/// The function by its definition, input after input.
TruthTable tabulate(unsigned variables, const std::function<bool(Input)>& value);

/// The function of a circuit's inputs, in their order, that a literal computes; 64 words of it and more at a
/// time, by so many threads.
///
/// Gives   undecided with reason memory, deadline, interrupted, or unsupported (too many inputs)
/// Exact   yes
/// Cost    O(2^n / 64 · gates)
std::variant<TruthTable, verdict::Undecided> tabulate(const circuit::Circuit& circuit, circuit::Literal root,
                                                      unsigned threads, const base::Limits& limits);

/// The function of some of the positions (from 1, ascending) that is left when all others are 0.
TruthTable keep_positions(const TruthTable& f, std::span<const unsigned> positions);

}  // namespace attest::measure
