#include "constructions.hpp"
#include "heads.hpp"

// Star-free languages given by short factors. Layer 1 shows every position the symbol before it, and a ReLU
// raises a flag where a factor ends; in the last layer the end marker looks for a flag. This is the way from
// B-RASP to masked hard attention [yang2024masked]: no positions beyond "the nearest before me", right at all
// lengths. With the strict mask the first position sees nothing and gets 0.

namespace attest::programs::constructions {

namespace {

enum : Coordinate { zero, one, previous, flag, found, width };

network::Transformer zeros_and_ones() {
    network::Transformer t = binary(width);
    embed(t, "0", {{zero, 1}});
    embed(t, "1", {{one, 1}});
    return t;
}

/// Layer 1: `previous` = (`from` of the position before), then the units that raise `flag`.
void compare_neighbours(network::Transformer& t, Coordinate from, const std::vector<Unit>& raise) {
    t.layers.push_back({.attention = hard(width, network::Mask::strict, {previous_position(from, previous)}),
                        .feedforward = add_units(width, raise)});
}

/// Last layer: `found` = some flag is up.
void collect(network::Transformer& t) {
    t.layers.push_back({.attention = hard(width, network::Mask::none, {find(flag, found)}), .feedforward = {}});
}

/// (ab)*: a `b` must come after an `a`, and what comes after an `a`, be it the end marker, must be a `b`. So
/// bad = [I am b] xor [the one before is a].
network::Transformer alternating(const char* a, const char* b, Coordinate is_a, Coordinate is_b) {
    network::Transformer t = binary(width);
    embed(t, a, {{is_a, 1}});
    embed(t, b, {{is_b, 1}});
    compare_neighbours(t, is_a, {{x(is_b) - x(previous), flag}, {x(previous) - x(is_b), flag}});
    collect(t);
    accept_if_positive(t, 1 - x(found));
    return t;
}

}  // namespace

// 11 is a factor: a 1 after a 1.
network::Transformer contains_11() {
    network::Transformer t = zeros_and_ones();
    compare_neighbours(t, one, {{x(one) + x(previous) - 1, flag}});
    collect(t);
    accept_if_positive(t, x(found));
    return t;
}

// 0*1*: no 0 after a 1.
network::Transformer zeros_then_ones() {
    network::Transformer t = zeros_and_ones();
    compare_neighbours(t, one, {{x(zero) + x(previous) - 1, flag}});
    collect(t);
    accept_if_positive(t, 1 - x(found));
    return t;
}

network::Transformer alternating_01() { return alternating("0", "1", zero, one); }
network::Transformer alternating_10() { return alternating("1", "0", one, zero); }

// No 000: a second head looks two back. Where there is no such position it finds the begin marker, which is
// no 0.
network::Transformer no_000() {
    enum : Coordinate { nought, before, before_that, triple, seen, wide };
    network::Transformer t = blank({"0", "1"}, wide, begin_marker, end_marker);
    embed(t, "0", {{nought, 1}});
    const Look two_back{.value = {x(nought)}, .into = {before_that}, .bias = "-abs(j-i+2)"};
    t.layers.push_back({.attention = hard(wide, network::Mask::strict, {previous_position(nought, before), two_back}),
                        .feedforward = add_units(wide, {{x(nought) + x(before) + x(before_that) - 2, triple}})});
    t.layers.push_back({.attention = hard(wide, network::Mask::none, {find(triple, seen)}), .feedforward = {}});
    accept_if_positive(t, 1 - x(seen));
    return t;
}

// 0*1*0*1*: at most one factor 10. Layer 1 raises `drop` where one ends, layer 2 `flag` at a drop with a drop
// before it, layer 3 looks for such a flag.
network::Transformer two_blocks() {
    enum : Coordinate { nought, unit, before, drop, earlier, second, seen, wide };
    network::Transformer t = binary(wide);
    embed(t, "0", {{nought, 1}});
    embed(t, "1", {{unit, 1}});
    t.layers.push_back({.attention = hard(wide, network::Mask::strict, {previous_position(unit, before)}),
                        .feedforward = add_units(wide, {{x(nought) + x(before) - 1, drop}})});
    t.layers.push_back({.attention = hard(wide, network::Mask::strict, {find(drop, earlier)}),
                        .feedforward = add_units(wide, {{x(drop) + x(earlier) - 1, second}})});
    t.layers.push_back({.attention = hard(wide, network::Mask::none, {find(second, seen)}), .feedforward = {}});
    accept_if_positive(t, 1 - x(seen));
    return t;
}

}  // namespace attest::programs::constructions
