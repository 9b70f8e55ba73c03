#pragma once

#include <string>
#include <vector>

#include "attest/measure/function/measure.hpp"
#include "measure/function/bounds.hpp"

namespace attest::report {

/// `16`, `3/4 = 0.75`, `>= 3`, `<= 5`, `3 .. 5`; fractions beyond a few digits as decimals with `~`, since what
/// is shown to people is rounded.
std::string to_text(const verdict::Measurement& number);

/// The table for people, PARITY's value beside each.
std::string to_text(const measure::Measures& measures, const std::vector<std::string>& symbols);

/// What is measured of one output of a circuit of several.
struct OutputMeasures {
    std::string name;
    measure::Measures measures;
};

/// A row for each output.
std::string to_text(const std::vector<OutputMeasures>& outputs);

/// Influences by position and Fourier weights by level, as an SVG drawing.
std::string picture_svg(const measure::Measures& measures, const std::string& title);

/// Inequalities and what became of them.
std::string to_text(const std::vector<measure::Bound>& bounds);

}  // namespace attest::report
