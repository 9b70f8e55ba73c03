#include "constructions.hpp"
#include "heads.hpp"

// What ALTA [shaw2024alta] makes of its program for parity by sum modulo 2, for sequences of at most `longest` symbols, with its
// default scales: the same numbers, without what nothing reads and with the thresholds that its doubles round.
//
// The end symbol sees itself and all 1s alike and takes the mean of the mark of the end, 1/(count + 1). Between the values that
// this may have there are thresholds in the middle; 100 times the way past each, kept between 0 and 1, is a step, and 100 times
// the difference of a step and the next, less 50, kept likewise, is 1 at one value: rules then ask which. But 1/10 is nearer
// than 1/200 to the middle between it and 1/11, so that half a step is there where a whole one is meant, and nine 1s are read
// as ten, as soon as 1/11 is among the values.

namespace attest::programs::constructions {

namespace {

constexpr int step_scale = 100, value_scale = 100;  ///< expansion_scalar_1 and 2, the defaults of ALTA
constexpr int attention_scale = 100;                ///< of queries and of keys

/// The coordinates; from `steps` on, one for each threshold.
struct AltaAt {
    enum : Coordinate { end, end_or_one, constant, mean, odd, steps };
};

/// The residual stream plus forms that are kept between 0 and 1, each times a factor.
network::FeedForward add_kept(std::size_t width, const std::vector<Unit>& kept) {
    std::vector<Unit> units;
    for (const Unit& unit : kept) {
        units.push_back(unit);
        units.push_back({unit.inside - 1, unit.target, -unit.factor});
    }
    return add_units(width, units);
}

/// Steps between 1/2, …, 1/longest, at the coordinate of the lower denominator: 1/k is above the one between it and 1/(k + 1).
network::FeedForward alta_steps(int longest, std::size_t width) {
    std::vector<Unit> steps;
    for (int k = 1; k < longest; ++k) {
        Form past = step_scale * x(AltaAt::mean);
        past.constant = -step_scale * ((exact::Rational(1, k) + exact::Rational(1, k + 1)) / 2);
        steps.push_back({past, AltaAt::steps + static_cast<Coordinate>(k)});
    }
    return add_kept(width, steps);
}

/// 1 where the mean is 1/(count + 1) for an odd count.
network::FeedForward alta_parity_of_value(int longest, std::size_t width) {
    std::vector<Unit> values;
    for (int k = 2; k <= longest; k += 2) {
        const auto step = [](int number) { return x(AltaAt::steps + static_cast<Coordinate>(number)); };
        // Every mean is above the step before the least value.
        const Form above = k == longest ? Form(1) : step(k);
        Form is_value = value_scale * (above - step(k - 1));
        is_value.constant -= exact::Rational(value_scale) / 2;
        values.push_back({is_value, AltaAt::odd});
    }
    return add_kept(width, values);
}

}  // namespace

network::Transformer alta_parity(int longest) {
    const std::size_t width = AltaAt::steps + static_cast<std::size_t>(longest) + 1;
    network::Transformer t = binary(width);
    embed(t, "0", {{AltaAt::constant, 1}});
    embed(t, "1", {{AltaAt::end_or_one, 1}, {AltaAt::constant, 1}});
    embed(t, end_marker, {{AltaAt::end, 1}, {AltaAt::end_or_one, 1}, {AltaAt::constant, 1}});
    const Look ones_and_end{.query = {attention_scale * x(AltaAt::constant)},
                            .key = {attention_scale * x(AltaAt::end_or_one)},
                            .value = {x(AltaAt::end)},
                            .into = {AltaAt::mean}};
    t.layers.push_back(
        {.attention = attend(width, network::AttentionKind::average, network::Mask::none, {ones_and_end}),
         .feedforward = alta_steps(longest, width)});
    t.layers.push_back({.attention = {}, .feedforward = alta_parity_of_value(longest, width)});
    accept_if_positive(t, exact::Rational(2) * x(AltaAt::odd) - x(AltaAt::constant));
    return t;
}

}  // namespace attest::programs::constructions
