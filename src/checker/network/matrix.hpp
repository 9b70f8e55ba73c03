#pragma once

#include <cstddef>
#include <vector>

#include "checker/core/kept_rational.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// A matrix by its entries that are not zero; the patterns of FORMAT.md section 5 are its shape.
struct Matrix {
    struct Entry {
        std::size_t column;
        KeptRational value;
    };

    std::size_t columns = 0;
    std::vector<std::vector<Entry>> rows;  ///< each row in ascending order of columns
};

/// y = weight x + bias.
struct Affine {
    Matrix weight;
    KeptVector bias;  ///< empty where it is 0

    std::size_t inputs() const { return weight.columns; }
    std::size_t outputs() const { return weight.rows.size(); }

    /// Needs x.size() == inputs().
    Vector operator()(const Vector& x, Budget& budget) const;
};

/// Needs vectors of one size.
Rational dot(const Vector& a, const Vector& b, Budget& budget);

void add_to(Vector& a, const Vector& b, Budget& budget);

}  // namespace attest::checker
