#pragma once

#include <optional>
#include <vector>

#include "checker/soft/near.hpp"
#include "checker/soft/region_words.hpp"
#include "checker/soft/soft_instance.hpp"

namespace attest::checker {

/// A symbol that a word has at a position, from 0.
struct Known {
    std::size_t position;
    std::uint32_t symbol;
};

/// Which column tells which symbol: at each position, every symbol that may stand there but the first has one.
struct PairColumns {
    /// What it takes, which grows with the square of the symbols of a position, is drawn from the budget.
    PairColumns(const WordGraph& graph, Budget& budget);

    const WordGraph& words;
    std::vector<std::size_t> first;                       ///< [position], and one more: the number of all
    std::vector<std::vector<std::vector<double>>> moves;  ///< [position][symbol][column of the position]
    std::uint64_t path_steps = 1;                         ///< of the budget, for the extent of a row

    std::size_t count() const { return first.back(); }
    std::size_t count(std::size_t position) const { return first[position + 1] - first[position]; }
};

/// A vector that depends on the word: row r is within error[r] of at(r, 0) + Σ at(r, k) x_k, where x_k is 1 or 0, as the word has the
/// symbol of column k or not, less the frequency of that symbol there: so |x_k| <= 1.
struct Linear {
    std::size_t rows = 0, columns = 0;  ///< no columns: the same for all words
    std::vector<Near> entries;          ///< [row][0 … columns]
    std::vector<double> error;          ///< [row]

    Linear(std::size_t row_count, std::size_t column_count)
        : rows(row_count), columns(column_count), entries(row_count * (column_count + 1)), error(row_count, 0) {}
    Near& at(std::size_t r, std::size_t k) { return entries[r * (columns + 1) + k]; }
    Near at(std::size_t r, std::size_t k) const { return k <= columns ? entries[r * (columns + 1) + k] : Near{}; }
    double middle(std::size_t r) const { return at(r, 0).value; }
};

/// Each row's value less its middle is at least low and at most high.
struct Extent {
    std::vector<double> low, high;
    double size(std::size_t r) const { return std::max(-low[r], high[r]); }
};

/// Over all words that have the symbols that are known.
Extent extent_of(const Linear& x, const PairColumns& columns, const std::vector<Known>& known, Budget& budget);

/// For words with this symbol: what its columns say is a constant. `only`: of one row.
void settle(Linear& x, const PairColumns& columns, const Known& known, std::optional<std::size_t> only = std::nullopt);

/// x + y
Linear sum_of(const Linear& x, const Linear& y);

/// A map with numbers near its own.
struct NearMap {
    std::vector<std::vector<std::pair<std::size_t, Near>>> rows;
    std::vector<Near> bias;

    Linear operator()(const Linear& x) const;
};
NearMap near_map(const SoftMap& map);
std::vector<Near> near_vector(const Intervals& x);

/// Upper bound of a sum of few numbers that are not negative.
inline double upper(double x) { return x * (1 + 0x1p-30) + 0x1p-1000; }

}  // namespace attest::checker
