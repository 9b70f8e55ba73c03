#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "paged.hpp"

namespace attest::induction {

/// Values of 64-bit keys, by open addressing.
class KeyTable {
  public:
    static constexpr std::uint64_t none = UINT64_MAX;

    KeyTable() : slots_(1) {}

    /// The value of a key; `none` if there is none.
    std::uint64_t at(std::uint64_t key) const {
        const Slot& slot = slots_[place(key)];
        return slot.key == key ? slot.value : none;
    }
    /// Needs   the key is new; neither is `none`
    void put(std::uint64_t key, std::uint64_t value) {
        if (2 * ++used_ > slots_.size()) grow();
        slots_[place(key)] = {key, value};
    }

  private:
    struct Slot {
        std::uint64_t key = none, value = none;
    };

    std::size_t place(std::uint64_t key) const {
        const std::uint64_t hash = key * 0x9E3779B97F4A7C15ULL;
        std::size_t at = (hash ^ hash >> 32) & (slots_.size() - 1);
        while (slots_[at].key != none && slots_[at].key != key) at = (at + 1) & (slots_.size() - 1);
        return at;
    }
    void grow() {
        const std::vector<Slot> old = std::move(slots_);
        slots_.assign(2 * old.size(), {});
        for (const Slot& slot : old)
            if (slot.key != none) slots_[place(slot.key)] = slot;
    }

    std::vector<Slot> slots_;
    std::size_t used_ = 0;
};

/// Values by row and column, two numbers that were given in order of first appearance: a matrix as long as a fair part of it is
/// filled, since then neighbours in it are asked for together and nothing is searched for; by open addressing beyond.
///
/// Value   unsigned; its greatest value stands for none
template <typename Value>
class Grid {
  public:
    static constexpr Value none = std::numeric_limits<Value>::max();

    /// `none` if there is none.
    Value at(std::uint32_t row, std::uint32_t column) const {
        if (is_sparse_) return static_cast<Value>(sparse_.at(key(row, column)));
        const std::size_t cell = std::size_t{row} * width_ + column;
        return column < width_ && cell < cells_.size() ? cells_[cell] : none;
    }
    /// Needs   there is no value; this one is not `none`
    void put(std::uint32_t row, std::uint32_t column, Value value) {
        ++used_;
        const std::size_t cell = std::size_t{row} * width_ + column;
        if (!is_sparse_ && column < width_ && cell < cells_.size()) cells_[cell] = value;
        else put_beyond(row, column, value);
    }

  private:
    /// Cells of the matrix for each value in it, at most, but for a few.
    static constexpr std::size_t most_empty = 8, few = 1024;

    static std::uint64_t key(std::uint32_t row, std::uint32_t column) { return std::uint64_t{row} << 32 | column; }
    void put_beyond(std::uint32_t row, std::uint32_t column, Value value) {
        const std::size_t width = column < width_ ? width_ : column + 1 + column / 4;
        const std::size_t size = std::max(std::size_t{row} + 1, cells_.size() / width_) * width;
        if (!is_sparse_ && size > most_empty * used_ + few) become_sparse();
        if (is_sparse_) return sparse_.put(key(row, column), value);
        if (width != width_) widen(width);
        cells_.resize(std::max(size, cells_.size()), none);
        cells_[std::size_t{row} * width_ + column] = value;
    }
    void widen(std::size_t width) {
        Paged<Value> wider;
        wider.resize(cells_.size() / width_ * width, none);
        for (std::size_t k = 0; k < cells_.size(); ++k) wider[k / width_ * width + k % width_] = cells_[k];
        cells_ = std::move(wider);
        width_ = width;
    }
    void become_sparse() {
        is_sparse_ = true;
        for (std::size_t k = 0; k < cells_.size(); ++k)
            if (cells_[k] != none)
                sparse_.put(key(static_cast<std::uint32_t>(k / width_), static_cast<std::uint32_t>(k % width_)),
                            cells_[k]);
        cells_ = {};
    }

    Paged<Value> cells_;
    std::size_t width_ = 1;
    std::size_t used_ = 0;
    bool is_sparse_ = false;
    KeyTable sparse_;
};

}  // namespace attest::induction
