#include "checker/soft/linear.hpp"

#include <algorithm>
#include <limits>
#include <tuple>

// Vectors that are linear in the word, with an error. What such a row can be over the words of a graph is a shortest and a longest
// path, since each symbol adds what its columns say (Bellman): exact but for rounding, for which something is added.

namespace attest::checker {

namespace {

constexpr std::uint64_t of_a_step = 16;  // sums and comparisons

}  // namespace

PairColumns::PairColumns(const WordGraph& graph, Budget& budget) : words(graph) {
    first.push_back(0);
    for (std::size_t p = 0; p < graph.edges.size(); ++p) {
        const std::vector<std::uint32_t>& symbols = graph.symbols[p];
        first.push_back(first.back() + symbols.size() - 1);
        budget.step(symbols.size(), symbols.size());
        path_steps += symbols.size() * (symbols.size() + graph.edges[p].size()) / of_a_step;
        budget.memory(symbols.size(), 16 * symbols.size());
        budget.memory(graph.frequencies[p].size(), 24);
        std::vector<std::vector<double>>& of_position = moves.emplace_back(graph.frequencies[p].size());
        for (const std::uint32_t s : symbols)
            for (std::size_t k = 1; k < symbols.size(); ++k)
                of_position[s].push_back((symbols[k] == s ? 1.0 : 0.0) - graph.frequencies[p][symbols[k]]);
    }
}

namespace {

/// Σ over the columns of a position of what they say of a symbol.
double moved_by(const Linear& x, std::size_t r, const PairColumns& columns, std::size_t position,
                std::uint32_t symbol) {
    double sum = 0;
    const std::vector<double>& moves = columns.moves[position][symbol];
    for (std::size_t k = 0; k < moves.size(); ++k)
        sum += moves[k] * x.entries[r * (x.columns + 1) + 1 + columns.first[position] + k].value;
    return sum;
}

/// The least and the greatest sum along a path.
class PathSums {
  public:
    PathSums(const PairColumns& columns, const std::vector<Known>& known) : columns_(columns), known_(known) {}

    std::pair<double, double> of(const Linear& x, std::size_t r) {
        constexpr double none = std::numeric_limits<double>::infinity();
        low_.assign(1, 0), high_.assign(1, 0);
        const WordGraph& words = columns_.words;
        for (std::size_t p = 0; p < words.edges.size(); ++p) {
            later_low_.assign(words.nodes[p + 1], none), later_high_.assign(words.nodes[p + 1], -none);
            for (const std::uint32_t s : words.symbols[p]) {
                if (!is_possible(p, s)) continue;
                const double moved = moved_by(x, r, columns_, p, s);
                for (const WordGraph::Edge& edge : words.edges[p]) {
                    if (edge.symbol != s) continue;
                    later_low_[edge.to] = std::min(later_low_[edge.to], low_[edge.from] + moved);
                    later_high_[edge.to] = std::max(later_high_[edge.to], high_[edge.from] + moved);
                }
            }
            low_.swap(later_low_), high_.swap(later_high_);
        }
        return {*std::min_element(low_.begin(), low_.end()), *std::max_element(high_.begin(), high_.end())};
    }

  private:
    bool is_possible(std::size_t position, std::uint32_t symbol) const {
        for (const Known& each : known_)
            if (each.position == position && each.symbol != symbol) return false;
        return true;
    }

    const PairColumns& columns_;
    const std::vector<Known>& known_;
    std::vector<double> low_, high_, later_low_, later_high_;
};

}  // namespace

Extent extent_of(const Linear& x, const PairColumns& columns, const std::vector<Known>& known, Budget& budget) {
    Extent extent{std::vector<double>(x.rows), std::vector<double>(x.rows)};
    PathSums sums(columns, known);
    for (std::size_t r = 0; r < x.rows; ++r) {
        double low = 0, high = 0, sizes = 0, errors = x.at(r, 0).error;
        for (std::size_t k = 1; k <= x.columns; ++k) {
            sizes += std::abs(x.at(r, k).value);
            errors += x.at(r, k).error;
        }
        if (x.columns > 0) {
            budget.step(columns.path_steps);
            std::tie(low, high) = sums.of(x, r);
        }
        if (low > high) low = high = 0;  // no word has these symbols: whatever is said of them holds
        const double terms = static_cast<double>(x.columns + columns.words.edges.size() + 8);
        const double lost = upper(errors + x.error[r] + terms * 0x1p-52 * sizes);
        const double width = std::abs(low) + std::abs(high) + lost;
        const bool is_known = width < HUGE_VAL;
        extent.low[r] = is_known ? low - lost - 0x1p-50 * width : -HUGE_VAL;
        extent.high[r] = is_known ? high + lost + 0x1p-50 * width : HUGE_VAL;
    }
    return extent;
}

void settle(Linear& x, const PairColumns& columns, const Known& known, std::optional<std::size_t> only) {
    const std::vector<double>& moves = columns.moves[known.position][known.symbol];
    if (x.columns == 0) return;
    for (std::size_t r = only.value_or(0); r < (only ? *only + 1 : x.rows); ++r)
        for (std::size_t k = 0; k < moves.size(); ++k) {
            Near& entry = x.at(r, 1 + columns.first[known.position] + k);
            x.at(r, 0) = x.at(r, 0) + Near{moves[k], 0x1p-53} * entry;
            entry = {};
        }
}

Linear sum_of(const Linear& x, const Linear& y) {
    Linear sum(x.rows, std::max(x.columns, y.columns));
    for (std::size_t r = 0; r < x.rows; ++r) {
        for (std::size_t k = 0; k <= sum.columns; ++k) sum.at(r, k) = x.at(r, k) + y.at(r, k);
        sum.error[r] = upper(x.error[r] + y.error[r]);
    }
    return sum;
}

Linear NearMap::operator()(const Linear& x) const {
    Linear y(rows.size(), x.columns);
    for (std::size_t r = 0; r < rows.size(); ++r) {
        double error = 0;
        y.at(r, 0) = bias[r];
        for (const auto& [column, weight] : rows[r]) {
            for (std::size_t k = 0; k <= x.columns; ++k) y.at(r, k) = y.at(r, k) + weight * x.at(column, k);
            error += weight.size() * x.error[column];
        }
        y.error[r] = upper(error);
    }
    return y;
}

NearMap near_map(const SoftMap& map) {
    NearMap result{{}, near_vector(map.bias)};
    for (const auto& row : map.rows) {
        auto& entries = result.rows.emplace_back();
        for (const SoftMap::Entry& entry : row) entries.emplace_back(entry.column, near(entry.value));
    }
    return result;
}

std::vector<Near> near_vector(const Intervals& x) {
    std::vector<Near> result;
    for (const Interval& entry : x) result.push_back(near(entry));
    return result;
}

}  // namespace attest::checker
