#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "checker/core/cursor.hpp"
#include "checker/core/text.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// The values of tables, each kept once: numbers that are equal stand for equal values.
class ValueNumbers {
  public:
    using Pairs = std::vector<std::pair<std::size_t, std::size_t>>;  // (position, number of a value)

    /// Shape   symbol: number in the alphabet, its size for the end symbol
    std::size_t symbol(std::size_t symbol, Budget& budget) { return number({0, symbol}, budget); }
    std::size_t activation(std::size_t a, Budget& budget) { return number({1, a}, budget); }
    std::size_t tuple(std::size_t own, const Pairs& attended, Budget& budget);

  private:
    std::size_t number(const std::vector<std::size_t>& value, Budget& budget);

    std::map<std::vector<std::size_t>, std::size_t> numbers_;
};

/// Generalized unique hard attention as tables (model format, tables). Layers, heads and positions count
/// from 1.
struct Tables {
    using Pairs = ValueNumbers::Pairs;

    std::vector<Symbol> alphabet;
    std::optional<Symbol> end;
    std::size_t length = 0;
    std::size_t layers = 0;
    std::size_t heads = 0;
    std::optional<std::size_t> activations;

    ValueNumbers values;
    std::map<std::array<std::size_t, 4>, Pairs> prefer;         ///< [layer, head, position, value]
    std::map<std::array<std::size_t, 3>, std::size_t> becomes;  ///< [layer, position, tuple]
    std::set<std::size_t> accept;

    std::size_t positions() const { return length + (end ? 1 : 0); }
    bool is_bounded(std::size_t layer) const { return activations && layer < layers; }
};

/// Whether the file says that it holds tables. Throws Defect for what is no JSON object.
bool holds_tables(const Json& json, const std::string& file);

/// Reads and validates tables. Throws Defect (place).
Tables read_tables(const Json& json, const std::string& file, Budget& budget);
Tables read_tables(std::string_view bytes, const std::string& file, Budget& budget);

/// A run on a word: the attention pattern, 0 where no query is made, and the activations.
struct Run {
    std::vector<std::vector<std::vector<std::size_t>>> pattern;  ///< [layer - 1][head - 1][position - 1]
    std::vector<std::vector<std::size_t>> activations;           ///< [boundary][position - 1]
};

/// Whether the tables accept the word, given as indices into their alphabet.
///
/// Needs   word.size() == tables.length
/// Exact   yes
/// Cost    O(layers * heads * n * length of lists); values that are met are kept
bool accepts(Tables& tables, const std::vector<std::size_t>& word, Budget& budget, Run* run = nullptr);

}  // namespace attest::checker
