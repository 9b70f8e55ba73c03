#pragma once

#include <cstdint>
#include <vector>

#include "studies/sample.hpp"
#include "studies/toy_model.hpp"
#include "studies/transition.hpp"

namespace attest::studies {

/// What is found of one toy model, as far as it was found.
struct Emergence {
    struct Point {
        ToyPoint exact;
        std::optional<ToySample> sample;
    };
    ToyModel model;
    std::uint64_t seed = 0, trials = 0;
    std::vector<Point> points;             ///< by ascending recall
    std::optional<Transition> transition;  ///< none where the mean degree is 0
    bool is_whole = false;                 ///< no limit came first

    /// How many of the intervals were drawn, and in how many the exact value lies.
    struct Agreement {
        std::size_t intervals = 0, hits = 0;
    };
    Agreement agreement() const;
    /// For how many steps an exact match is told beside: 4, 16, 64, and the mean length of an answer at the greatest recall;
    /// ascending.
    std::vector<std::size_t> match_steps() const;
};

}  // namespace attest::studies
