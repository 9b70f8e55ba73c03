#pragma once

#include <gmpxx.h>

#include <algorithm>
#include <map>
#include <vector>

namespace attest::build {

/// What all rows of a matrix are orthogonal to; the matrix is held in reduced form.
///
/// Exact  yes: rationals
class NullSpace {
  public:
    using Row = std::vector<mpq_class>;

    explicit NullSpace(std::size_t columns) : columns_(columns) {}

    void add(Row row) {
        for (const auto& [lead, known] : rows_) eliminate(row, known, lead);
        const auto lead = std::find_if(row.begin(), row.end(), [](const mpq_class& x) { return x != 0; });
        if (lead == row.end()) return;
        const auto column = static_cast<std::size_t>(lead - row.begin());
        const mpq_class scale = 1 / *lead;
        for (mpq_class& x : row) x *= scale;
        for (auto& [other, known] : rows_) eliminate(known, row, column);
        rows_.emplace(column, std::move(row));
    }

    /// A vector for each free column.
    std::vector<Row> basis() const {
        std::vector<Row> basis;
        for (std::size_t free = 0; free < columns_; ++free) {
            if (rows_.contains(free)) continue;
            Row vector(columns_);
            vector[free] = 1;
            for (const auto& [lead, row] : rows_) vector[lead] = -row[free];
            basis.push_back(std::move(vector));
        }
        return basis;
    }

    /// The least number that makes a row whole.
    static mpz_class scale(const Row& row) {
        mpz_class scale = 1;
        for (const mpq_class& x : row) mpz_lcm(scale.get_mpz_t(), scale.get_mpz_t(), x.get_den_mpz_t());
        return scale;
    }

  private:
    static void eliminate(Row& row, const Row& by, std::size_t column) {
        if (row[column] == 0) return;
        const mpq_class times = row[column];
        for (std::size_t c = 0; c < row.size(); ++c)
            if (by[c] != 0) row[c] -= times * by[c];
    }

    std::size_t columns_;
    std::map<std::size_t, Row> rows_;  ///< by leading column
};

}  // namespace attest::build
