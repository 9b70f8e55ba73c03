#pragma once

#include <cstdint>
#include <optional>

#include "attest/language/alphabet.hpp"

/// Membership as the languages are defined (FORMAT.md, section 3): by counting, comparing and stacking, with
/// no automaton in between, so that automata and circuits can be held against it. Words over {0, 1} have the
/// symbol 1 for `1`.
namespace attest::language::definition {

std::uint64_t ones(const Word& word);

bool parity(const Word& word);
bool even(const Word& word);
bool majority(const Word& word);
bool first(const Word& word);
bool last(const Word& word);
bool all_ones(const Word& word);
bool contains(const Word& word, const Word& factor);
bool modulo(const Word& word, std::uint64_t modulus, std::uint64_t remainder);
/// Brackets: symbol 2k opens and 2k + 1 closes the kind k.
bool dyck(const Word& word, const std::optional<std::uint64_t>& depth);
bool palindrome(const Word& word);
/// Symbol 0 is `a`, 1 is `b`.
bool equal_blocks(const Word& word, Symbol letters);
bool shuffle(const Word& word, std::uint32_t kinds);
bool reset_dyck(const Word& word);
bool boolean_expression(const Word& word);
/// A truth table; Needs 2^|word| <= accepts.size().
bool table(const Word& word, const std::vector<bool>& accepts);

bool ten_repeated(const Word& word);                   ///< Tomita 2
bool no_odd_ones_before_odd_zeros(const Word& word);   ///< Tomita 3
bool no_three_zeros(const Word& word);                 ///< Tomita 4
bool even_zeros_and_even_ones(const Word& word);       ///< Tomita 5
bool difference_divisible_by_three(const Word& word);  ///< Tomita 6
bool at_most_four_blocks(const Word& word);            ///< Tomita 7

}  // namespace attest::language::definition
