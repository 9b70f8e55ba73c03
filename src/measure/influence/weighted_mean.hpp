#pragma once

#include <cstdint>
#include <vector>

#include "attest/measure/influence/counts.hpp"
#include "attest/measure/influence/network.hpp"

namespace attest::influence {

/// Positions over which one head takes its mean: by class, how many there are and how many symbols each may hold.
struct Places {
    struct Place {
        double count = 0;
        std::size_t options = 0;
    };
    std::vector<Place> by_class;
    std::size_t symbols = 0;  ///< f[class · symbols + option]
    Counts words;             ///< of the word positions among them

    /// What f takes at one position of a class, whichever symbol of these words is there.
    /// Needs   by_class[k].count > 0
    Interval range(std::size_t k, const Box& f) const;
    /// The range of Σ_j f(j, x_j) over all words.
    Interval sum(const Box& f) const;
};

/// The weights e^score of one head for one query position, scaled so that the greatest is about 1.
struct Weights {
    Box weight;      ///< [class × symbol]
    Interval total;  ///< over all words; positive where it is of use
    double top = 0;  ///< weight = e^(score − top)
};

Weights weigh(const Places& places, Box scores);

/// The range of Σ w g / Σ w over all words.
///
/// For any t, the mean is t + Σ w (g − t) / Σ w: numerator and denominator are bounded apart, but with t near the mean
/// little is lost by that.
Interval weighted_mean(const Places& places, const Weights& weights, const Box& g);

}  // namespace attest::influence
