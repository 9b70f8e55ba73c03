#include "attest/verdict/measurement.hpp"

#include <utility>

#include "attest/base/error.hpp"

namespace attest::verdict {

const char* to_string(Guarantee guarantee) {
    switch (guarantee) {
        case Guarantee::exact: return "exact";
        case Guarantee::lower: return "lower";
        case Guarantee::upper: return "upper";
        case Guarantee::interval: return "interval";
    }
    return "";
}

Measurement::Measurement(exact::Rational lower, exact::Rational upper, Guarantee guarantee)
    : lower_(std::move(lower)), upper_(std::move(upper)), guarantee_(guarantee) {
    settle();
}

Measurement Measurement::exactly(exact::Rational value) {
    exact::Rational copy = value;
    return {std::move(copy), std::move(value), Guarantee::exact};
}

Measurement Measurement::at_least(exact::Rational lower, exact::Rational trivial_upper) {
    return {std::move(lower), std::move(trivial_upper), Guarantee::lower};
}

Measurement Measurement::at_most(exact::Rational upper, exact::Rational trivial_lower) {
    return {std::move(trivial_lower), std::move(upper), Guarantee::upper};
}

Measurement Measurement::between(exact::Rational lower, exact::Rational upper) {
    return {std::move(lower), std::move(upper), Guarantee::interval};
}

void Measurement::raise_lower(const exact::Rational& bound) {
    if (bound <= lower_) return;
    lower_ = bound;
    if (guarantee_ == Guarantee::upper) guarantee_ = Guarantee::interval;
    settle();
}

void Measurement::reduce_upper(const exact::Rational& bound) {
    if (bound >= upper_) return;
    upper_ = bound;
    if (guarantee_ == Guarantee::lower) guarantee_ = Guarantee::interval;
    settle();
}

void Measurement::settle() {
    if (lower_ > upper_)
        throw base::InternalError("a measured number is at least " + exact::to_string(lower_) + " and at most " +
                                  exact::to_string(upper_));
    if (lower_ == upper_) {
        guarantee_ = Guarantee::exact;
        reason.clear();
    }
}

}  // namespace attest::verdict
