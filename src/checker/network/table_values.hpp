#pragma once

#include "checker/core/cursor.hpp"
#include "checker/network/tables.hpp"

namespace attest::checker {

/// A whole number between two bounds; refused where there is none.
std::size_t read_natural_between(const Cursor& at, std::size_t least, std::size_t most);

/// Reads values, which must be such as a position can hold after a layer, by the head of tables that is read already.
class TableValues {
  public:
    TableValues(Tables& tables, Budget& budget) : t_(tables), budget_(budget) {}

    std::size_t value(const Cursor& at, std::size_t layer, std::size_t position);
    /// [position, value of the layer]
    std::pair<std::size_t, std::size_t> pair(const Cursor& at, std::size_t layer);
    /// A pair for each head, from the element `first` on.
    Tables::Pairs pairs(const Cursor& list, std::size_t first, std::size_t layer);

  private:
    std::size_t symbol(const Cursor& at, std::size_t position);

    Tables& t_;
    Budget& budget_;
};

}  // namespace attest::checker
