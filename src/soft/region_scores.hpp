#pragma once

#include <cstdint>
#include <memory>
#include <vector>

#include "attest/exact/interval.hpp"
#include "attest/network/transformer.hpp"
#include "soft/region.hpp"

namespace attest::soft {

/// What bounds say of all words of a region.
struct RegionScore {
    exact::Interval score;
    std::vector<double> influence;  ///< [position of the word]: by how much its symbol moves the score, roughly
    double slack = 0;               ///< width of the score that no symbol explains
};

/// Bounds for the scores of a softmax model on many words at once: each activation as an affine function of the word.
class RegionScores {
  public:
    /// Needs   supports_regions(transformer)
    RegionScores(const network::Transformer& transformer, std::int64_t length);
    ~RegionScores();
    RegionScores(RegionScores&&) noexcept;

    /// Needs   paths that are not empty
    /// Exact   encloses the score of each of its words
    RegionScore score(const Paths& paths) const;
    /// How many regions are worth the while: by their cost, which is counted, so that it is the same on every machine.
    std::uint64_t most_regions() const;

  private:
    class Implementation;
    std::unique_ptr<Implementation> implementation_;
};

bool supports_regions(const network::Transformer& transformer);

}  // namespace attest::soft
