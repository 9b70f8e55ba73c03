#include "constructions.hpp"
#include "heads.hpp"

// What Tracr [lindner2023tracr] makes of Map(count is odd, count of 1s) for words of at most `longest` symbols: the same numbers,
// without the directions that nothing reads and with the thresholds that its doubles round.
//
// Layer 1 sees all 1s and the begin symbol alike, whose mark comes back as 1/(count + 1). The feed-forward part undoes that by
// steps between the values that it may have: with t between two of them, 100 (x - t) + 1 rectified less 100 (x - t) rectified
// is 1 from t on and 0 up to t - 1/100. But 1/11 and 1/10 are closer than that to the middle between them: from nine on the
// steps overlap, and a count of ten leaves more at 9 than at 10.

namespace attest::programs::constructions {

namespace {

constexpr int exactness = 100;  ///< mlp_exactness, the default of Tracr
constexpr int coldness = 100;

/// The coordinates; from `counts` on, one for each count.
struct At {
    enum : Coordinate { zero, one, begin, constant, share, even, odd, counts };
};

/// 1 at the coordinate of the count that `share` means.
network::FeedForward count_by_steps(int longest, std::size_t width) {
    std::vector<Form> hidden = {x(At::constant)}, outputs(width);
    const auto at = [](int count) { return At::counts + static_cast<Coordinate>(count); };
    outputs[at(longest)] = x(0);
    for (int count = longest - 1; count >= 0; --count) {
        exact::Rational threshold = (exact::Rational(1, count + 1) + exact::Rational(1, count + 2)) / 2;
        Form above = exactness * x(At::share);
        above.constant = -exactness * threshold;
        const auto step = static_cast<Coordinate>(hidden.size());
        hidden.push_back(above + 1);
        hidden.push_back(above);
        outputs[at(count)] = outputs[at(count)] + x(step) - x(step + 1);
        outputs[at(count + 1)] = outputs[at(count + 1)] - x(step) + x(step + 1);
    }
    network::FeedForward f = replace_by(hidden, outputs, width);
    f.residual = true;
    return f;
}

network::FeedForward parity_of_count(int longest, std::size_t width) {
    std::vector<Form> hidden(2), outputs(width);
    for (int count = 0; count <= longest; ++count)
        hidden[count % 2] = hidden[count % 2] + x(At::counts + static_cast<Coordinate>(count));
    outputs[At::even] = x(0);
    outputs[At::odd] = x(1);
    network::FeedForward f = replace_by(hidden, outputs, width);
    f.residual = true;
    return f;
}

}  // namespace

network::Transformer tracr_parity(int longest) {
    const std::size_t width = At::counts + static_cast<std::size_t>(longest) + 1;
    network::Transformer t = blank({"0", "1"}, width, begin_marker, "");
    embed(t, "0", {{At::zero, 1}, {At::constant, 1}});
    embed(t, "1", {{At::one, 1}, {At::constant, 1}});
    embed(t, begin_marker, {{At::begin, 1}, {At::constant, 1}});
    const Look width_of_selector{.query = {coldness * (x(At::zero) + x(At::one)), coldness * x(At::constant)},
                                 .key = {x(At::one), x(At::begin)},
                                 .value = {x(At::begin)},
                                 .into = {At::share}};
    t.layers.push_back(
        {.attention = attend(width, network::AttentionKind::average, network::Mask::none, {width_of_selector}),
         .feedforward = count_by_steps(longest, width)});
    t.layers.push_back({.attention = {}, .feedforward = parity_of_count(longest, width)});
    accept_if_positive(t, x(At::odd) - x(At::even));
    return t;
}

// What it makes of Map(x >= 0.6, frac_prevs) for words of at most five symbols: a mean of 0s and 1s, it infers, is 0 or 1/k for
// some k <= 5. Between neighbours of these, 1/2 and 1, the answer changes, so there is one step, at 3/4: 2/3 and 3/5 are below.
// The symbols up to here, which it selects by one-hot indices with the score 100 beside 50 for the begin symbol, are those that
// the mask leaves.
network::Transformer tracr_three_fifths() {
    enum : Coordinate { is_a, other, begin, constant, part, enough, width };
    network::Transformer t = blank({"a", "b"}, width, begin_marker, "");
    embed(t, "a", {{is_a, 1}, {constant, 1}});
    embed(t, "b", {{other, 1}, {constant, 1}});
    embed(t, begin_marker, {{begin, 1}, {constant, 1}});
    const Look symbols_so_far{.query = {coldness * x(constant)},
                              .key = {x(is_a) + x(other) + exact::Rational(1, 2) * x(begin)},
                              .value = {x(is_a)},
                              .into = {part}};
    Form above = exactness * x(part);
    above.constant = -exactness * exact::Rational(3, 4);
    std::vector<Form> outputs(width);
    outputs[enough] = x(0) - x(1);
    network::FeedForward step = replace_by({above + 1, above}, outputs, width);
    step.residual = true;
    t.layers.push_back(
        {.attention = attend(width, network::AttentionKind::average, network::Mask::causal, {symbols_so_far}),
         .feedforward = std::move(step)});
    accept_if_positive(t, exact::Rational(2) * x(enough) - x(constant));
    return t;
}

}  // namespace attest::programs::constructions
