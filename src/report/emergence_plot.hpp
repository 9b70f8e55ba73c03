#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "record/emergence.hpp"
#include "report/svg.hpp"

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

/// Of what `attest emerge --nodes` found; points that are no numbers from 0 to 1 are left out.
EmergencePlot emergence_plot(const record::Emergence& emergence);

/// Both axes from 0 to 1: the three exact curves with their sampled intervals, the limit, the threshold, and s^L.
Svg draw_emergence(const EmergencePlot& plot);

// The answer in words: what kind of transition it is, and what follows, a sentence each.
std::string emergence_kind(const record::Emergence& emergence);
std::vector<std::string> emergence_verdict(const record::Emergence& emergence);

}  // namespace attest::report
