#include "constructions.hpp"
#include "heads.hpp"

// Average attention counts, and so leaves AC⁰ [hao2022formal]. All three have no feed-forward part and are
// right at all lengths.

namespace attest::programs::constructions {

namespace {

network::Attention averaging(std::size_t width, network::Mask mask, const std::vector<Look>& heads) {
    return attend(width, network::AttentionKind::average, mask, heads);
}

}  // namespace

// MAJORITY: the mean of +1 for a 1 and −1 for a 0, the end marker abstaining, is positive.
network::Transformer average_majority() {
    enum : Coordinate { vote, mean, width };
    network::Transformer t = binary(width);
    embed(t, "0", {{vote, -1}});
    embed(t, "1", {{vote, 1}});
    t.layers.push_back({.attention = averaging(width, network::Mask::none, {{.value = {x(vote)}, .into = {mean}}}),
                        .feedforward = {}});
    accept_if_positive(t, x(mean));
    return t;
}

// Balanced brackets of any depth. Layer 1, causal: level = (balance so far)/i; the begin marker has level 0,
// the end marker the level T/n of the total T, and also unit = 1/n. Layer 2: the end marker finds the lowest
// level, which is ≤ 0. The word is balanced iff T and the lowest level are 0, and the readout unit − level +
// 2 · lowest tells: it is 1/n if so. If T > 0 it is at most (1 − T)/n ≤ 0. If T ≤ 0 and some level is
// negative, then lowest ≤ −max(1, −T)/(n−1), as all symbols lie before position n, and the readout is at most
// (1 − T)/n − 2 max(1, −T)/(n−1) < 0.
network::Transformer average_dyck_1() {
    enum : Coordinate { step, end, level, unit, lowest, width };
    network::Transformer t = blank({"(", ")"}, width, begin_marker, end_marker);
    embed(t, "(", {{step, 1}});
    embed(t, ")", {{step, -1}});
    embed(t, end_marker, {{end, 1}});
    const Look balance{.value = {x(step), x(end)}, .into = {level, unit}};
    const Look find_lowest{.query = {-1}, .key = {x(level)}, .value = {x(level)}, .into = {lowest}};
    t.layers.push_back({.attention = averaging(width, network::Mask::causal, {balance}), .feedforward = {}});
    t.layers.push_back({.attention = averaging(width, network::Mask::none, {find_lowest}), .feedforward = {}});
    accept_if_positive(t, x(unit) - x(level) + 2 * x(lowest));
    return t;
}

// PARITY, the idea of [chiang2022overcoming]: the count k of 1s names a position, whose own parity is the
// answer. The begin marker is position 0 of the count, index i − 1, and reads. Layer 1: share = k/n. Layer 2:
// the score 2 n · share · index_j − index_j² = k² − (index_j − k)² is greatest at index k alone, and its
// parity is copied. They find it by a tent of ReLUs, 1 at i = k alone; the square needs none.
network::Transformer average_parity() {
    enum : Coordinate { one, index, odd, share, answer, width };
    network::Transformer t = blank({"0", "1"}, width, begin_marker, "");
    embed(t, "1", {{one, 1}});
    place(t, index, "i-1");
    place(t, odd, "mod(i-1,2)");
    const Look count{.value = {x(one)}, .into = {share}};
    const Look at_count{
        .query = {x(share)}, .key = {x(index)}, .value = {x(odd)}, .into = {answer}, .bias = "-(j-1)^2"};
    t.layers.push_back({.attention = averaging(width, network::Mask::none, {count}), .feedforward = {}});
    t.layers.push_back(
        {.attention = scaled(averaging(width, network::Mask::none, {at_count}), "2*n"), .feedforward = {}});
    accept_if_positive(t, x(answer), 1);
    return t;
}

}  // namespace attest::programs::constructions
