#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "report/svg.hpp"

namespace attest::report {

/// A curve over the square from 0 to 1, and a place that is marked on it.
struct CurveChart {
    std::string title, across, up;
    std::vector<std::pair<double, double>> curve;
    std::optional<double> mark;
};

/// Nothing for fewer than two points.
std::optional<Svg> draw_curve(const CurveChart& chart);

}  // namespace attest::report
