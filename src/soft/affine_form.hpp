#pragma once

#include <cstddef>
#include <vector>

#include "soft/region.hpp"

namespace attest::soft {

/// Which numbers of a form belong to which symbol at which position: at each position that is not settled all symbols but
/// the first that may stand there have a column.
class Layout {
  public:
    explicit Layout(const Paths& paths);

    std::size_t columns() const { return columns_; }
    /// The columns of a position; none: 0 of them.
    std::size_t first(std::size_t position) const { return first_[position]; }
    std::size_t count(std::size_t position) const { return first_[position + 1] - first_[position]; }
    /// By how much a word with this symbol there moves from the middle, for each column of the position.
    const std::vector<double>& offset(std::size_t position, language::Symbol s) const { return offset_[position][s]; }
    const Paths& paths() const { return paths_; }

  private:
    const Paths& paths_;
    std::vector<std::size_t> first_;
    std::vector<std::vector<std::vector<double>>> offset_;  ///< [position][symbol][column of the position]
    std::size_t columns_ = 0;
};

/// A symbol that a word is known to have.
struct Given {
    std::size_t position;
    language::Symbol symbol;
};

/// A vector that depends on the word w of a region: row r is within error[r] of middle[r] + Σ slope[r][k] x_k, where x_k is 1 or 0, as
/// w has the symbol of column k or not, less the frequency of that symbol (so |x_k| <= 1).
struct Form {
    std::vector<double> middle, error;
    std::vector<double> slope;  ///< [column][row]; empty: 0

    Form() = default;
    explicit Form(std::size_t rows) : middle(rows, 0), error(rows, 0) {}
    std::size_t rows() const { return middle.size(); }
    bool is_flat() const { return slope.empty(); }
};

/// How far the rows of a form are from their middles, errors included.
struct Reach {
    std::vector<double> below, above;  ///< [row]: below <= above

    double size(std::size_t row) const { return -below[row] > above[row] ? -below[row] : above[row]; }
};

/// y = W x + b, column by column.
struct Matrix {
    std::size_t inputs = 0, outputs = 0;
    std::vector<double> weight;  ///< [input][output]
    std::vector<double> bias;    ///< [output]
};

Form apply(const Matrix& map, const Form& x, std::size_t columns);
void add(Form& sum, const Form& x);
/// The form for words that have this symbol.
void give(Form& form, const Layout& layout, const Given& given);
/// Over all words of the region that have these symbols.
Reach reach(const Form& form, const Layout& layout, const std::vector<Given>& given);
/// Σ |slope|, from above.
std::vector<double> spread(const Form& form);

/// γ(k): sums of k products are wrong by at most this times the sum of their sizes, parameters' errors included.
inline double rounding(std::size_t terms) { return 1.02 * static_cast<double>(terms + 8) * 0x1p-53; }
constexpr double upwards = 1 + 0x1p-30;  ///< makes up for the rounding of bounds themselves

/// A function on an interval as a line: f(x) is within error of value + slope (x - at) there.
struct Line {
    double value, slope, error;
};
/// Of 1/√x for x in [lo, hi], at 0 < lo <= hi.
Line line_of_inverse_root(double at, double lo, double hi);
Line line_of_inverse(double at, double lo, double hi);
Line line_of_exp(double at, double lo, double hi);

}  // namespace attest::soft
