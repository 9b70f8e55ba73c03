// A power law through points: least squares in logarithms.
//
// Statement. For log y = a + b log x + error with independent normal errors of one variance, b̂ = S_xy / S_xx has the
// confidence interval b̂ ± t √(RSS / ((m − 2) S_xx)), where t is the 97.5 % point of Student's distribution with m − 2
// degrees of freedom. What is fitted here is no sample: the interval says how well a power law describes the points,
// not how sure the points are.
//
// Source  [draper1998applied]; t beyond ten degrees by its expansion, [abramowitz1964handbook, 26.7.5]

#include "measure/influence/fit.hpp"

#include <cmath>

namespace attest::influence {

namespace {

/// The 97.5 % point of Student's distribution with k degrees of freedom, to three digits: a table for few, then its
/// expansion around the normal distribution.
double student(std::size_t k) {
    constexpr double few[] = {12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228};
    if (k <= 10) return few[k - 1];
    const double z = 1.959964, n = static_cast<double>(k);
    return z + (z * z * z + z) / (4 * n) + (5 * std::pow(z, 5) + 16 * z * z * z + 3 * z) / (96 * n * n);
}

}  // namespace

std::optional<PowerLaw> fit_power_law(const std::vector<std::pair<double, double>>& points) {
    std::vector<std::pair<double, double>> logs;
    for (const auto& [x, y] : points)
        if (x > 0 && y > 0 && std::isfinite(y)) logs.emplace_back(std::log10(x), std::log10(y));
    if (logs.size() < 3) return std::nullopt;
    const double count = static_cast<double>(logs.size());
    double mean_x = 0, mean_y = 0, xx = 0, xy = 0, rest = 0;
    for (const auto& [x, y] : logs) mean_x += x / count, mean_y += y / count;
    for (const auto& [x, y] : logs) xx += (x - mean_x) * (x - mean_x), xy += (x - mean_x) * (y - mean_y);
    if (xx == 0) return std::nullopt;
    PowerLaw law;
    law.points = logs.size();
    law.exponent = xy / xx;
    law.log10_constant = mean_y - law.exponent * mean_x;
    for (const auto& [x, y] : logs) rest += std::pow(y - law.log10_constant - law.exponent * x, 2);
    const double half = student(logs.size() - 2) * std::sqrt(rest / (count - 2) / xx);
    law.low = law.exponent - half;
    law.high = law.exponent + half;
    return law;
}

const char* nearest_law(const PowerLaw& law) {
    if (std::abs(law.exponent + 2) <= 0.25) return "1/n^2";
    if (std::abs(law.exponent + 1) <= 0.25) return "1/n";
    if (std::abs(law.exponent) <= 0.25) return "constant";
    return "none of these";
}

}  // namespace attest::influence
