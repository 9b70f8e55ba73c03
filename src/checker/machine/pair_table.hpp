#pragma once

#include <algorithm>
#include <cstdint>
#include <vector>

#include "checker/machine/key_table.hpp"

namespace attest::checker {

/// What is known of pairs of numbers, each counted from 0 in order of first appearance: a matrix while one in eight of its places
/// is used, a KeyTable from then on.
class PairTable {
  public:
    /// No value.
    static constexpr std::uint32_t none = UINT32_MAX;

    explicit PairTable(Budget& budget) : budget_(budget), keys_(budget) {}

    /// `none` where nothing is known.
    std::uint32_t find(std::uint32_t row, std::uint32_t column) const {
        if (has_keys_) {
            const std::uint64_t* known = keys_.find(key(row, column));
            return known == nullptr ? none : static_cast<std::uint32_t>(*known);
        }
        budget_.step(4);
        return row < rows_ && column < columns_ ? places_[row * columns_ + column] : none;
    }
    /// Needs  nothing is known of the pair; the value is not `none`
    void insert(std::uint32_t row, std::uint32_t column, std::uint32_t value) {
        ++used_;
        if (!has_keys_ && (row >= rows_ || column >= columns_)) make_room(row, column);
        if (has_keys_) keys_.insert(key(row, column), value);
        else places_[row * columns_ + column] = value;
    }

  private:
    static std::uint64_t key(std::uint64_t row, std::uint64_t column) { return row << 32 | column; }

    void make_room(std::uint64_t row, std::uint64_t column) {
        const std::uint64_t rows = std::max(row + 1, rows_);
        const std::uint64_t columns = column < columns_ ? columns_ : column + 1 + column / 4;
        if (rows * columns > 8 * used_ + 1024) return use_keys();
        if (columns != columns_) {
            budget_.memory(8 * rows * columns);
            budget_.step(rows * columns);
            std::vector<std::uint32_t> wider(rows * columns, none);
            for (std::uint64_t k = 0; k < places_.size(); ++k)
                wider[k / columns_ * columns + k % columns_] = places_[k];
            places_ = std::move(wider);
        } else {
            budget_.memory(8 * (rows - rows_) * columns);
            places_.resize(rows * columns, none);
        }
        rows_ = rows;
        columns_ = columns;
    }
    void use_keys() {
        has_keys_ = true;
        for (std::uint64_t k = 0; k < places_.size(); ++k)
            if (places_[k] != none) keys_.insert(key(k / columns_, k % columns_), places_[k]);
        places_ = {};
    }

    Budget& budget_;
    std::uint64_t used_ = 0, rows_ = 0, columns_ = 1;
    std::vector<std::uint32_t> places_;  ///< [rows × columns]
    bool has_keys_ = false;
    KeyTable keys_;
};

}  // namespace attest::checker
