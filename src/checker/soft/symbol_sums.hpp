#pragma once

#include <cstdint>
#include <limits>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/soft/word_columns.hpp"
#include "checker/soft/word_network.hpp"

namespace attest::checker {

/// The vectors that may stand at a position, where they depend on one symbol of the word at most: one for each symbol, or one.
struct Choices {
    static constexpr std::size_t no_digit = std::numeric_limits<std::size_t>::max();

    std::size_t count = 0;         ///< 0: they depend on several symbols
    std::size_t step = 0;          ///< columns between one and the next
    std::size_t digit = no_digit;  ///< which of the free symbols

    Choices() = default;
    Choices(const Columns& columns, std::size_t symbols);
};

/// Keys and values of a head at all positions, as far as they depend on one symbol of the word at most.
class SymbolTable {
  public:
    /// seen   by position, or null: keys and values
    void read(const WordHead& head, const std::vector<const Columns*>& seen, std::size_t symbols);

    const Choices& choices(std::size_t j) const { return places_[j].choices; }
    /// dk numbers.
    const double* key(std::size_t j, std::size_t choice) const {
        return keys_.data() + (places_[j].first + choice) * dk_;
    }
    /// The value, the square of its size, and 1.
    const double* value(std::size_t j, std::size_t choice) const {
        return values_.data() + (places_[j].first + choice) * rows_;
    }

  private:
    struct Place {
        Choices choices;
        std::size_t first = 0;
    };

    std::size_t dk_ = 0, rows_ = 0;
    std::vector<Place> places_;
    std::vector<double> keys_, values_;
};

/// Sums over the positions that a head sees from one position, of their values, weighted by e^(score − greatest), of the
/// squares of these values, and of the weights, where the query, and each key and value, depend on one symbol of the word at
/// most: as in the first layer. A weight is then found once for each symbol that may stand there, and the sums of all words
/// come by adding one symbol after the other, words with the same beginning together.
class SymbolSums {
  public:
    /// Of so many columns, at position p. False where something depends on several symbols, scores are too far apart, or the
    /// columns are few; then nothing is found.
    bool find(const SymbolTable& table, const WordHead& head, std::size_t p, const Columns& query, std::size_t symbols,
              std::size_t period, Budget& budget);

    /// Of a tile: values, row by row, the sum of their squares, weights.
    ConstRows at(std::size_t column) const { return {sums_.data() + column, stride_}; }

  private:
    bool weigh(const SymbolTable& table, const WordHead& head, std::size_t p, const ConstRows& query);
    void tabulate(const SymbolTable& table, const std::vector<std::size_t>& seen, std::size_t asking, std::size_t at,
                  std::size_t symbols);
    void add_up(std::size_t symbols);

    std::size_t rows_ = 0, stride_ = 0, digits_ = 0;
    std::vector<double> query_, weights_;  ///< of what is seen, choice by choice
    std::vector<double> added_;            ///< what always is; then for each digit, symbol by symbol
    AlignedDoubles part_, next_, sums_;    ///< of one query; of all
    std::size_t room_ = 0;
};

}  // namespace attest::checker
