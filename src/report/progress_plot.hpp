#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "record/progress.hpp"
#include "report/svg.hpp"

namespace attest::report {

/// The progress measures of a training run, for a drawing.
struct ProgressPlot {
    struct Curve {
        std::string name;
        std::string role;            ///< of the drawing's roles
        std::vector<double> values;  ///< by checkpoint; positive where the axis is logarithmic
    };
    std::string title;
    std::string across;                                                     ///< what the checkpoints are numbered by
    std::vector<double> at;                                                 ///< of each checkpoint, ascending
    std::vector<Curve> losses;                                              ///< logarithmic
    std::vector<Curve> shares;                                              ///< from 0 to 1
    std::vector<std::pair<std::string, std::pair<double, double>>> phases;  ///< name, from where to where
};

/// Above the losses, logarithmic; below what lies between 0 and 1; phases shaded through both.
/// Needs   two checkpoints or more
Svg draw_progress(const ProgressPlot& plot);

/// Of what `attest progress` measured; nothing for fewer than two checkpoints.
std::optional<ProgressPlot> progress_plot(const record::Progress& progress);

}  // namespace attest::report
