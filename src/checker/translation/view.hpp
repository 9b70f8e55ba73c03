#pragma once

#include <vector>

#include "checker/network/need.hpp"

namespace attest::checker {

/// What later maps read of the vectors at one boundary (FORMAT.md section 5): equal views, equal
/// future.
class Views {
  public:
    Views(const Instance& instance, const Needs& needs, std::size_t boundary, Budget& budget);

    /// Needs the position to be needed at the boundary.
    Vector view(std::size_t p, const Vector& y) const;

  private:
    Vector readout_view(const Vector& y) const;

    const Instance& instance_;
    Budget& budget_;
    const Layer* next_ = nullptr;  ///< null at the last boundary
    const std::vector<std::optional<Reads>>* reads_ = nullptr;
    std::vector<std::vector<std::optional<Coordinates>>> key_side_;  ///< [head][j - 1]: where the image is read
};

}  // namespace attest::checker
