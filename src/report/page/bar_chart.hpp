#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/svg.hpp"

namespace attest::report {

/// Numbers from 0, one bar each. A number that is only enclosed has its upper end as a paler bar behind its lower one.
struct BarChart {
    struct Bar {
        std::string label;
        double lower = 0, upper = 0;
        std::string tip;  ///< the number as its source has it
    };
    std::string title, description;
    std::string across, up;  ///< what the axes count
    std::vector<Bar> bars;
    std::string role = "a";
};

/// Nothing for no bars or more than 256, which is more than can be told apart.
std::optional<Svg> draw_bars(const BarChart& chart);

}  // namespace attest::report
