#pragma once

#include <cstdint>
#include <utility>
#include <vector>

#include "attest/exact/ball.hpp"
#include "attest/exact/interval.hpp"
#include "attest/exact/matrix.hpp"

namespace attest::exact {

/// sum += a b, in the way of the arithmetic.
template <typename Number>
void add_product(Number& sum, const Number& a, const Number& b) {
    sum += a * b;
}
inline void add_product(Ball& sum, const Ball& a, const Ball& b) { sum.add_product(a, b); }

/// An affine map by its entries that are not zero, in numbers of another arithmetic than its own: balls, intervals, rounded
/// numbers.
template <typename Number>
class Affine {
  public:
    struct Row {
        Number bias{};
        std::vector<std::pair<std::uint32_t, Number>> entries;  ///< column, value
    };

    Affine() = default;
    /// convert  takes a rational to a Number
    template <typename Convert>
    Affine(const AffineMap& map, const Convert& convert) : inputs_(map.inputs()) {
        for (std::size_t r = 0; r < map.outputs(); ++r) {
            Row& row = rows_.emplace_back();
            if (!map.bias.empty()) row.bias = convert(map.bias[r]);
            for (const auto& [column, value] : map.weight.rows[r]) row.entries.emplace_back(column, convert(value));
        }
    }

    std::size_t inputs() const { return inputs_; }
    std::size_t outputs() const { return rows_.size(); }
    const Row& row(std::size_t r) const { return rows_[r]; }
    const std::vector<Row>& rows() const { return rows_; }

    /// One row of W x, added to `sum` from left to right. x: anything with [column]
    template <typename Vector>
    void accumulate(std::size_t r, const Vector& x, Number& sum) const {
        for (const auto& [column, value] : rows_[r].entries) add_product(sum, value, x[column]);
    }
    /// One row of W x + b, the bias first.
    template <typename Vector>
    Number apply(std::size_t r, const Vector& x) const {
        Number sum = rows_[r].bias;
        accumulate(r, x, sum);
        return sum;
    }
    /// The rows that are marked; the others are left 0.
    template <typename Vector>
    std::vector<Number> apply(const Vector& x, const std::vector<bool>& rows) const {
        std::vector<Number> y(rows_.size());
        for (std::size_t r = 0; r < rows_.size(); ++r)
            if (rows[r]) y[r] = apply(r, x);
        return y;
    }
    template <typename Vector>
    std::vector<Number> apply(const Vector& x) const {
        return apply(x, std::vector<bool>(rows_.size(), true));
    }

    /// y = W x + b; y: [outputs]
    template <typename Vector>
    void apply_to(const Vector& x, Number* y) const {
        for (std::size_t r = 0; r < rows_.size(); ++r) y[r] = apply(r, x);
    }
    /// y = W x, for differences
    template <typename Vector>
    void apply_linear(const Vector& x, Number* y) const {
        for (std::size_t r = 0; r < rows_.size(); ++r) {
            y[r] = Number{};
            accumulate(r, x, y[r]);
        }
    }

  private:
    std::vector<Row> rows_;
    std::size_t inputs_ = 0;
};

/// The inputs that these outputs of a map use: what is needed before it, from what is needed after it.
inline std::vector<bool> inputs_used(const AffineMap& map, const std::vector<bool>& outputs) {
    std::vector<bool> inputs(map.inputs(), false);
    std::size_t unused = inputs.size();
    for (std::size_t r = 0; r < map.outputs() && unused > 0; ++r) {
        if (!outputs[r]) continue;
        for (const auto& entry : map.weight.rows[r]) {
            if (inputs[entry.first]) continue;
            inputs[entry.first] = true;
            --unused;
        }
    }
    return inputs;
}

/// Whether this output is the constant 0.
inline bool is_zero_row(const AffineMap& map, std::size_t row) {
    return map.weight.rows[row].empty() && (map.bias.empty() || map.bias[row] == 0);
}

}  // namespace attest::exact
