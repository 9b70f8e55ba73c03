#pragma once

#include <limits>
#include <vector>

#include "words_columns.hpp"
#include "words_network.hpp"

namespace attest::soft::words {

/// A place at which few vectors may stand: one, or one for each symbol of the word at one position.
struct Choices {
    static constexpr std::size_t no_digit = std::numeric_limits<std::size_t>::max();

    Choices() = default;
    Choices(const Columns& columns, std::size_t symbols);

    std::size_t count = 0;         ///< 0: what stands there depends on several symbols
    std::size_t step = 0;          ///< columns from one to the next
    std::size_t digit = no_digit;  ///< which of the free symbols
};

/// First rows of what a head reads of a position.
struct ReadRows {
    std::size_t key, dk, value, dv;
    std::size_t key_square, value_square;  ///< rows of ‖key‖² and ‖value‖²
};

/// Keys and values of a head, choice by choice, at all positions where they are few.
class SymbolTable {
  public:
    /// seen, squares   by position; null: no one looks there
    void read(const ReadRows& rows, const std::vector<const Columns*>& seen, const std::vector<const Columns*>& squares,
              std::size_t symbols);

    const Choices& choices(std::size_t j) const { return places_[j].choices; }
    const double* key(std::size_t j, std::size_t choice) const {
        return keys_.data() + (places_[j].first + choice) * dk_;
    }
    /// Shape   dv numbers, the square of their length, 1
    const double* value(std::size_t j, std::size_t choice) const {
        return values_.data() + (places_[j].first + choice) * rows_;
    }
    std::size_t dk() const { return dk_; }
    std::size_t rows() const { return rows_; }
    /// The greatest ‖key‖² and ‖value‖² of all.
    double key_square() const { return key_square_; }
    double value_square() const { return value_square_; }

  private:
    struct Place {
        Choices choices;
        std::size_t first = 0;
    };

    std::size_t dk_ = 0, rows_ = 0;
    double key_square_ = 0, value_square_ = 0;
    std::vector<Place> places_;
    std::vector<double> keys_, values_;
};

/// For each word of a batch what a head finds at one position, before division: Σ e^t v, Σ e^t ‖v‖² and Σ e^t, t a score less
/// the greatest. Where the query, and each key and value, depend on one symbol at most, as in the first layer, a weight is worked
/// out once for each choice of symbols, and the sums grow symbol by symbol for all words at once: for |Σ|^N words they take
/// about 2 |Σ|^N additions a row, and not N |Σ|^N products.
class SymbolSums {
  public:
    explicit SymbolSums(const Kernels& kernels) : kernels_(kernels) {}

    /// Gives   false, and no sums, where something depends on several symbols, scores are further apart than most_apart, or
    ///         the words are too few for it to pay
    /// bias    of each position that is seen
    bool find(const SymbolTable& table, const Range& seen, const double* bias, const Columns& query,
              std::size_t query_row, std::size_t symbols, std::size_t period);

    /// The tile that begins with a column.
    In at(std::size_t column) const { return {sums_.data() + column, stride_}; }

    /// By what the weights differ more from true ones than those that are worked out word by word: in place of 0.38 n u (of
    /// words_bounds.hpp) stands 1.01 most_apart u.
    static constexpr double most_apart = 32, more = 2.02 * 1.01 * most_apart * unit;

  private:
    bool weigh(const SymbolTable& table, const Range& seen, const double* bias, In query);
    void tabulate(const SymbolTable& table, const Range& seen, const Choices& query, std::size_t choice,
                  std::size_t symbols);
    void add_up(std::size_t symbols);

    const Kernels& kernels_;
    std::size_t rows_ = 0, stride_ = 0, digits_ = 0;
    std::vector<double> query_, weights_;  ///< of what is seen, choice by choice; to whole tiles
    std::vector<double> added_;            ///< [1 + digit × symbols][row]: what always is added, what a symbol adds
    AlignedDoubles part_, next_, sums_;
};

}  // namespace attest::soft::words
