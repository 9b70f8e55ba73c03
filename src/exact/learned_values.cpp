#include "learned_values.hpp"

#include <algorithm>

#include "expression_steps.hpp"

namespace attest::exact {

namespace {

using Steps = std::vector<Expression::Step>;

/// Fewer are soon evaluated.
constexpr std::size_t least_steps = 8;

/// A whole number as it is written.
std::optional<std::int64_t> place(const Expression::Step& step) {
    if (step.operation != Operation::constant || step.constant.get_den() != 1 ||
        !step.constant.get_num().fits_slong_p())
        return std::nullopt;
    return step.constant.get_num().get_si();
}

/// K of `[i = K]` and `[i <= K]`.
std::optional<std::int64_t> compared(const Steps& steps, std::uint32_t k, Operation relation) {
    const Expression::Step& step = steps[k];
    if (step.operation != relation || steps[step.left].operation != Operation::variable_i) return std::nullopt;
    return place(steps[step.right]);
}

/// c, -c, c/d and -c/d.
std::optional<Rational> written(const Steps& steps, std::uint32_t k) {
    const Expression::Step& step = steps[k];
    if (step.operation == Operation::constant) return step.constant;
    if (step.operation == Operation::negate && steps[step.left].operation == Operation::constant)
        return Rational(-steps[step.left].constant);
    if (step.operation != Operation::divide || steps[step.left].operation == Operation::divide ||
        steps[step.right].operation != Operation::constant || steps[step.right].constant == 0)
        return std::nullopt;
    auto above = written(steps, step.left);
    if (above) *above /= steps[step.right].constant;
    return above;
}

/// Whatever i is, no step's number has more bits than all that are written have together; what few steps make is not refused.
bool fits(const Steps& steps) {
    std::size_t all = steps.size();
    for (const Expression::Step& step : steps) all += steps::bits(step.constant);
    return all <= steps::most_bits_in_all / steps.size();
}

}  // namespace

std::optional<LearnedValues> LearnedValues::of(const Steps& steps) {
    if (steps.size() < least_steps || steps.back().operation != Operation::add || !fits(steps)) return std::nullopt;
    LearnedValues result;
    const auto take = [&](std::uint32_t k) {
        const Expression::Step& step = steps[k];
        if (step.operation == Operation::constant) return step.constant == 0;
        if (step.operation == Operation::divide) {
            const auto last = compared(steps, step.right, Operation::less_equal);
            if (!last || steps[step.left].operation != Operation::constant || steps[step.left].constant != 0)
                return false;
            result.last_ = std::min(result.last_, *last);
            return true;
        }
        if (step.operation != Operation::multiply) return false;
        const auto at = compared(steps, step.left, Operation::equal);
        auto value = at ? written(steps, step.right) : std::nullopt;
        if (value) result.values_.emplace_back(*at, std::move(*value));
        return value.has_value();
    };
    auto sum = static_cast<std::uint32_t>(steps.size() - 1);
    for (; steps[sum].operation == Operation::add; sum = steps[sum].left)
        if (!take(steps[sum].right)) return std::nullopt;
    if (!take(sum)) return std::nullopt;
    const auto by_place = [](const auto& a, const auto& b) { return a.first < b.first; };
    const auto same_place = [](const auto& a, const auto& b) { return a.first == b.first; };
    std::sort(result.values_.begin(), result.values_.end(), by_place);
    if (std::adjacent_find(result.values_.begin(), result.values_.end(), same_place) != result.values_.end())
        return std::nullopt;
    return result;
}

const Rational* LearnedValues::at(std::int64_t i) const {
    if (i > last_) return nullptr;
    const auto found = std::lower_bound(values_.begin(), values_.end(), i,
                                        [](const auto& value, std::int64_t at) { return value.first < at; });
    return found != values_.end() && found->first == i ? &found->second : &steps::zero;
}

}  // namespace attest::exact
