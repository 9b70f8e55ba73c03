#include "studies/emergence.hpp"

#include <algorithm>
#include <cmath>

namespace attest::studies {

Emergence::Agreement Emergence::agreement() const {
    Agreement found;
    const auto hold = [&](const Frequency& sampled, const exact::Ball& exact) {
        ++found.intervals;
        if (exact.lower() >= sampled.interval.lower && exact.upper() <= sampled.interval.upper) ++found.hits;
    };
    for (const Point& point : points) {
        if (!point.sample) continue;
        hold(point.sample->reach_true, point.exact.reach_true);
        hold(point.sample->emit, point.exact.emit);
        hold(point.sample->legal, point.exact.legal);
    }
    return found;
}

std::vector<std::size_t> Emergence::match_steps() const {
    std::vector<std::size_t> steps = {4, 16, 64};
    if (!points.empty() && points.back().exact.length.is_finite())
        steps.push_back(static_cast<std::size_t>(std::max(1L, std::lround(points.back().exact.length.middle()))));
    std::sort(steps.begin(), steps.end());
    steps.erase(std::unique(steps.begin(), steps.end()), steps.end());
    return steps;
}

}  // namespace attest::studies
