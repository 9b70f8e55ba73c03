#pragma once

#include "attest/exact/ball.hpp"
#include "attest/exact/matrix.hpp"

namespace attest::soft {

/// An affine map with its numbers in balls, row by row.
class BallMap {
  public:
    BallMap(const exact::AffineMap& map, long bits) {
        for (std::size_t r = 0; r < map.outputs(); ++r) {
            auto& row = rows_.emplace_back();
            if (!map.bias.empty()) row.bias = exact::Ball(map.bias[r], bits);
            for (const auto& [column, value] : map.weight.rows[r])
                row.entries.emplace_back(column, exact::Ball(value, bits));
        }
    }

    std::size_t outputs() const { return rows_.size(); }
    /// Whether the output is the constant 0.
    bool is_zero(std::size_t row) const { return rows_[row].entries.empty() && rows_[row].bias.is_zero(); }
    exact::Ball apply(std::size_t row, const exact::BallVector& x) const {
        exact::Ball sum = rows_[row].bias;
        for (const auto& [column, value] : rows_[row].entries) sum.add_product(value, x[column]);
        return sum;
    }
    /// The rows that are marked; the others are left 0.
    exact::BallVector apply(const exact::BallVector& x, const std::vector<bool>& rows) const {
        exact::BallVector y(rows_.size());
        for (std::size_t r = 0; r < rows_.size(); ++r)
            if (rows[r]) y[r] = apply(r, x);
        return y;
    }
    exact::BallVector apply(const exact::BallVector& x) const {
        return apply(x, std::vector<bool>(rows_.size(), true));
    }
    /// The inputs that these outputs use.
    std::vector<bool> used(const std::vector<bool>& rows, std::size_t inputs) const {
        std::vector<bool> marks(inputs, false);
        for (std::size_t r = 0; r < rows_.size(); ++r)
            if (rows[r])
                for (const auto& entry : rows_[r].entries) marks[entry.first] = true;
        return marks;
    }

  private:
    struct Row {
        exact::Ball bias;
        std::vector<std::pair<std::uint32_t, exact::Ball>> entries;
    };
    std::vector<Row> rows_;
};

}  // namespace attest::soft
