#include "checker/kernel/defect.hpp"
#include "checker/soft/soft_instance.hpp"

// Norms by their definition (MODEL.md, sections 7 and 9.3).

namespace attest::checker {
namespace {

/// v - mean, or with `rms` v.
Intervals centred(bool rms, const Intervals& v, const Interval& d) {
    if (rms) return v;
    Interval mean(d.bits());
    for (const Interval& entry : v) mean += entry;
    mean = mean / d;
    Intervals result;
    for (const Interval& entry : v) result.push_back(entry - mean);
    return result;
}

}  // namespace

Intervals SoftNorm::operator()(const Intervals& v, std::size_t p, Budget& budget) const {
    if (v.size() == gain.size()) return of_block(v, p, budget);
    Intervals result;
    const auto size = static_cast<std::ptrdiff_t>(gain.size());
    for (auto block = v.begin(); block != v.end(); block += size)
        for (Interval& entry : of_block({block, block + size}, p, budget)) result.push_back(std::move(entry));
    return result;
}

Intervals SoftNorm::of_block(const Intervals& v, std::size_t p, Budget& budget) const {
    budget.step(v.size());
    const Interval d(Rational(static_cast<unsigned long>(v.size())), eps.bits());
    const Interval zero(eps.bits());
    Intervals result = centred(rms, v, d);
    Interval squares = zero;
    for (const Interval& entry : result) squares += entry * entry;
    // A mean of squares is not negative, whatever the interval says.
    const Interval variance = max(squares / d, zero);
    if (exact && variance.is_zero())
        throw Defect(place, std::string("a norm with eps = 0 of a vector ") + (rms ? "that is 0" : "without variance") +
                                " at position " + std::to_string(p));
    const Interval deviation = sqrt(variance + eps);
    for (std::size_t c = 0; c < v.size(); ++c) result[c] = result[c] / deviation * gain[c] + bias[c];
    return result;
}

}  // namespace attest::checker
