#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attest::report {

/// The curves of the knowledge-graph toy model against recall, for a drawing.
struct EmergencePlot {
    struct Point {
        double recall = 0, reach_true = 0, emit = 0, legal = 0;
        std::optional<std::pair<double, double>> reach_true_ends, legal_ends;  ///< of intervals from samples
    };
    std::string title;
    std::vector<Point> points;                     ///< ascending
    std::vector<std::pair<double, double>> limit;  ///< of reach-true for n → ∞
    std::optional<double> threshold;               ///< s*
    std::size_t steps = 1;                         ///< of the exact match that is drawn beside
};

/// Both axes from 0 to 1: the three exact curves with their sampled intervals, the limit, the threshold, and s^L.
std::string emergence_svg(const EmergencePlot& plot);

}  // namespace attest::report
