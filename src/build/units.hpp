#pragma once

#include <utility>
#include <vector>

#include "attest/network/layer.hpp"

namespace attest::build {

/// Hidden units of a feed-forward part without residual that each turn on one coordinate.
class Units {
  public:
    explicit Units(std::size_t width)
        : in_{width, {}}, out_{0, std::vector<std::vector<exact::Matrix::Entry>>(width)} {}

    /// Turns on `to` by ReLU(Σ entries + bias); entries in ascending order of coordinates.
    void add(std::vector<exact::Matrix::Entry> entries, int bias, std::uint32_t to) {
        out_.rows[to].emplace_back(static_cast<std::uint32_t>(in_.rows.size()), 1);
        in_.rows.push_back(std::move(entries));
        bias_.emplace_back(bias);
    }

    network::FeedForward finish() {
        out_.columns = in_.rows.size();
        network::FeedForward part;
        part.maps = {exact::AffineMap{std::move(in_), std::move(bias_)}, exact::AffineMap{std::move(out_), {}}};
        part.residual = false;
        return part;
    }

  private:
    exact::Matrix in_, out_;
    exact::Vector bias_;
};

}  // namespace attest::build
