#pragma once

#include <optional>
#include <utility>
#include <vector>

namespace attest::influence {

/// y = constant · x^exponent, fitted by least squares in logarithms.
struct PowerLaw {
    double exponent = 0;
    double low = 0, high = 0;  ///< 95 % interval of the exponent, if the deviations in the logarithm are normal
    double log10_constant = 0;
    std::size_t points = 0;
};

/// Exact   estimate
/// Gives   nothing for fewer than three points with x, y > 0 and at least two distinct x
std::optional<PowerLaw> fit_power_law(const std::vector<std::pair<double, double>>& points);

/// `1/n^2`, `1/n` or `constant`: the law whose exponent is nearest, where it is within 0.25; else `none of these`.
const char* nearest_law(const PowerLaw& law);

}  // namespace attest::influence
