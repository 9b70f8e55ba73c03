#include "soft/affine_form.hpp"

#include <algorithm>
#include <cmath>
#include <limits>

namespace attest::soft {

Layout::Layout(const Paths& paths) : paths_(paths) {
    for (std::size_t p = 0; p < paths.length(); ++p) {
        const std::vector<language::Symbol>& symbols = paths.symbols(p);
        first_.push_back(columns_);
        columns_ += symbols.size() - 1;
        auto& offsets = offset_.emplace_back();
        for (const language::Symbol s : symbols) {
            offsets.resize(s + 1u);
            for (std::size_t k = 1; k < symbols.size(); ++k)
                offsets[s].push_back((symbols[k] == s ? 1.0 : 0.0) - paths.frequency(p, symbols[k]));
        }
    }
    first_.push_back(columns_);
}

std::vector<double> spread(const Form& form) {
    std::vector<double> sum(form.rows(), 0);
    for (std::size_t k = 0; k < form.slope.size(); k += form.rows())
        for (std::size_t r = 0; r < form.rows(); ++r) sum[r] += std::abs(form.slope[k + r]);
    for (double& x : sum) x *= upwards;
    return sum;
}

Form apply(const Matrix& map, const Form& x, std::size_t columns) {
    Form y(map.outputs);
    const auto multiply = [&](const double* from, double* to) {
        for (std::size_t i = 0; i < map.inputs; ++i) {
            const double* weight = map.weight.data() + i * map.outputs;
            const double factor = from[i];
            for (std::size_t o = 0; o < map.outputs; ++o) to[o] += weight[o] * factor;
        }
    };
    multiply(x.middle.data(), y.middle.data());
    if (!x.is_flat()) y.slope.assign(columns * map.outputs, 0);
    for (std::size_t k = 0; !x.is_flat() && k < columns; ++k)
        multiply(x.slope.data() + k * map.inputs, y.slope.data() + k * map.outputs);
    const double lost = rounding(map.inputs + columns);
    std::vector<double> wrong = spread(x);
    for (std::size_t i = 0; i < map.inputs; ++i) wrong[i] = x.error[i] + lost * (std::abs(x.middle[i]) + wrong[i]);
    for (std::size_t i = 0; i < map.inputs; ++i) {
        const double* weight = map.weight.data() + i * map.outputs;
        for (std::size_t o = 0; o < map.outputs; ++o) y.error[o] += std::abs(weight[o]) * wrong[i];
    }
    for (std::size_t o = 0; o < map.outputs; ++o) {
        y.error[o] = (y.error[o] + lost * std::abs(map.bias[o])) * upwards + 0x1p-100;
        y.middle[o] += map.bias[o];
    }
    return y;
}

void add(Form& sum, const Form& x) {
    if (sum.is_flat() && !x.is_flat()) sum.slope.assign(x.slope.size(), 0);
    const std::vector<double> mine = spread(sum), other = spread(x);
    for (std::size_t k = 0; k < x.slope.size(); ++k) sum.slope[k] += x.slope[k];
    for (std::size_t r = 0; r < sum.rows(); ++r) {
        const double size = std::abs(sum.middle[r]) + std::abs(x.middle[r]) + mine[r] + other[r];
        sum.middle[r] += x.middle[r];
        sum.error[r] = (sum.error[r] + x.error[r] + rounding(1) * size) * upwards;
    }
}

void give(Form& form, const Layout& layout, const Given& given) {
    const std::size_t count = layout.count(given.position), rows = form.rows();
    if (count == 0 || form.is_flat()) return;
    const std::vector<double>& offset = layout.offset(given.position, given.symbol);
    for (std::size_t k = 0; k < count; ++k) {
        double* column = form.slope.data() + (layout.first(given.position) + k) * rows;
        for (std::size_t r = 0; r < rows; ++r) {
            const double moved = offset[k] * column[r];
            form.middle[r] += moved;
            form.error[r] += rounding(2) * (std::abs(form.middle[r]) + std::abs(moved));
            column[r] = 0;
        }
    }
}

namespace {

/// The best sums over paths, above and below, row by row.
class Search {
  public:
    Search(const Form& form, const Layout& layout, const std::vector<Given>& given)
        : form_(form), layout_(layout), given_(given), rows_(form.rows()) {}

    void run(std::vector<double>& below, std::vector<double>& above) {
        low_.assign(rows_, 0), high_.assign(rows_, 0);
        const Paths& paths = layout_.paths();
        for (std::size_t p = 0; p < paths.length(); ++p) step(p);
        below = low_, above = high_;
    }

  private:
    bool is_allowed(std::size_t position, language::Symbol s) const {
        return std::all_of(given_.begin(), given_.end(),
                           [&](const Given& g) { return g.position != position || g.symbol == s; });
    }

    const double* cost(std::size_t position, language::Symbol s) {
        const std::size_t count = layout_.count(position);
        const std::vector<double>& offset = layout_.offset(position, s);
        cost_.assign(rows_, 0);
        for (std::size_t k = 0; k < count; ++k) {
            const double* column = form_.slope.data() + (layout_.first(position) + k) * rows_;
            for (std::size_t r = 0; r < rows_; ++r) cost_[r] += offset[k] * column[r];
        }
        return cost_.data();
    }

    void step(std::size_t position) {
        const Paths& paths = layout_.paths();
        constexpr double none = std::numeric_limits<double>::infinity();
        next_low_.assign(paths.nodes(position + 1) * rows_, none),
            next_high_.assign(paths.nodes(position + 1) * rows_, -none);
        for (const language::Symbol s : paths.symbols(position)) {
            if (!is_allowed(position, s)) continue;
            const double* moved = cost(position, s);
            for (const Paths::Edge& edge : paths.edges(position)) {
                if (edge.symbol != s) continue;
                const double *low = low_.data() + edge.from * rows_, *high = high_.data() + edge.from * rows_;
                double *to_low = next_low_.data() + edge.to * rows_, *to_high = next_high_.data() + edge.to * rows_;
                for (std::size_t r = 0; r < rows_; ++r) {
                    const double a = low[r] + moved[r], b = high[r] + moved[r];
                    to_low[r] = a < to_low[r] ? a : to_low[r];
                    to_high[r] = b > to_high[r] ? b : to_high[r];
                }
            }
        }
        low_.swap(next_low_), high_.swap(next_high_);
    }

    const Form& form_;
    const Layout& layout_;
    const std::vector<Given>& given_;
    std::size_t rows_;
    std::vector<double> low_, high_, next_low_, next_high_, cost_;
};

}  // namespace

Reach reach(const Form& form, const Layout& layout, const std::vector<Given>& given) {
    Reach result{std::vector<double>(form.rows(), 0), std::vector<double>(form.rows(), 0)};
    if (!form.is_flat()) {
        const std::size_t rows = form.rows(), last = layout.paths().nodes(layout.paths().length());
        std::vector<double> below, above;
        Search(form, layout, given).run(below, above);
        for (std::size_t r = 0; r < rows; ++r) {
            double low = below[r], high = above[r];
            for (std::size_t node = 1; node < last; ++node)
                low = std::min(low, below[node * rows + r]), high = std::max(high, above[node * rows + r]);
            if (low > high) low = high = 0;  // no word has these symbols
            result.below[r] = low, result.above[r] = high;
        }
        const std::vector<double> sizes = spread(form);
        const double lost = rounding(layout.columns() + layout.paths().length());
        for (std::size_t r = 0; r < rows; ++r) {
            const double wrong = lost * sizes[r];
            result.below[r] -= wrong, result.above[r] += wrong;
        }
    }
    for (std::size_t r = 0; r < form.rows(); ++r) {
        const double more =
            form.error[r] + (upwards - 1) * (std::abs(result.below[r]) + std::abs(result.above[r]) + form.error[r]);
        result.below[r] -= more;
        result.above[r] += more;
    }
    return result;
}

namespace {

/// A convex function: its chord lies above, a tangent below.
template <typename Function, typename Slope, typename Where>
Line line_of_convex(double at, double lo, double hi, const Function& f, const Slope& slope, const Where& where) {
    const double width = hi - lo, at_lo = f(lo), at_hi = f(hi);
    const double a = width > 0x1p-26 * (std::abs(lo) + std::abs(hi)) ? (at_hi - at_lo) / width : slope(lo);
    const double t = std::clamp(where(a), lo, hi);
    const double above = std::max(at_lo - a * lo, at_hi - a * hi);
    const double below = f(t) - a * t - std::abs(slope(t) - a) * width;
    const double lost =
        0x1p-48 * (std::abs(at_lo) + std::abs(at_hi) + std::abs(a) * (std::abs(lo) + std::abs(hi) + std::abs(at)));
    return {(above + below) / 2 + a * at, a, ((above - below) / 2 + lost) * upwards};
}

}  // namespace

Line line_of_inverse_root(double at, double lo, double hi) {
    return line_of_convex(
        at, lo, hi, [](double x) { return 1 / std::sqrt(x); }, [](double x) { return -0.5 / (x * std::sqrt(x)); },
        [](double a) { return a < 0 ? std::pow(-2 * a, -2.0 / 3) : 0x1p200; });
}

Line line_of_inverse(double at, double lo, double hi) {
    return line_of_convex(
        at, lo, hi, [](double x) { return 1 / x; }, [](double x) { return -1 / (x * x); },
        [](double a) { return a < 0 ? 1 / std::sqrt(-a) : 0x1p200; });
}

Line line_of_exp(double at, double lo, double hi) {
    const auto exponential = [](double x) { return std::exp(x); };
    return line_of_convex(at, lo, hi, exponential, exponential,
                          [](double a) { return a > 0 ? std::log(a) : -0x1p200; });
}

}  // namespace attest::soft
