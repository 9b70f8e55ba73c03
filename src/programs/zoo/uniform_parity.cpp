#include "constructions.hpp"
#include "heads.hpp"

// PARITY (even) by softmax with position vectors that do not depend on the length, no layer norm and a margin that does
// not fade: scores grow with n, so no bound on influence applies. Our own constructions, with the features that
// [kozachinskiy2026parity] announces for four layers; theirs we have not seen.

namespace attest::programs::constructions {

namespace {

constexpr int kappa = 8, sharpness = 8;  // three layers
constexpr int lambda = 16, mu = 4;       // two layers

}  // namespace

// Three layers, read at the last position, which sees everything under either mask; what happens elsewhere is not used.
//
// Layer 1: ones = (number of 1s)/n and unit = 1/n; tau = ones + ReLU(unit − x) is t/n with t = 1 + number of 1s among
// the others, 1 … n. Layer 2: the score is −(kappa/n)(j − u)² up to what does not depend on j, u = n/4 + t/2, and the
// mean of j is u up to an exponentially small error. Layer 3: the score −C (j − t′)² with t′ = 2u − n/2 picks the sign
// (−1)^t. The last feed-forward part takes the own bit into account: +1 iff the number of 1s is even.
network::Transformer uniform_parity_3(network::Mask mask) {
    enum : Coordinate { bit, constant, index, square, sign, first, ones, unit, tau, middle, picked, answer, width };
    network::Transformer t = blank({"0", "1"}, width, "", "");
    embed(t, "1", {{bit, 1}});
    place(t, constant, "1");
    place(t, index, "i");
    place(t, square, "i^2");
    place(t, sign, "(-1)^i");
    place(t, first, "[i=1]");
    const exact::Rational half(1, 2);
    t.layers.push_back({.attention = softmax(width, mask, {{.value = {x(bit), x(first)}, .into = {ones, unit}}}),
                        .feedforward = add_units(width, {{x(ones), tau}, {x(unit) - x(bit), tau}})});
    const Look find_middle{.query = {kappa * half * x(constant) + kappa * x(tau), -kappa * x(unit)},
                           .key = {x(index), x(square)},
                           .value = {x(index)},
                           .into = {middle}};
    t.layers.push_back({.attention = softmax(width, mask, {find_middle}), .feedforward = {}});
    const Look pick{.query = {4 * sharpness * x(middle) - sharpness * x(index), -sharpness * x(constant)},
                    .key = {x(index), x(square)},
                    .value = {x(sign)},
                    .into = {picked}};
    t.layers.push_back({.attention = softmax(width, mask, {pick}),
                        .feedforward = add_units(width, {{-x(picked) - 2 * x(bit), answer},
                                                         {x(picked) - 2 * x(bit), answer, -1},
                                                         {x(picked) + 2 * x(bit) - 2, answer},
                                                         {-x(picked) + 2 * x(bit) - 2, answer, -1}})});
    accept_if_positive(t, x(answer));
    return t;
}

// Two layers, without mask, n >= 2. With phi(t) = t/(n + t): layer 1 gives every position i its phi(i), by two heads
// that weigh the first two positions with 1 + i against 1 for all others, and phi(S), S the number of 1s, by a head that
// weighs 1s double. Layer 2: the last position picks the sign at the i with phi(i) = phi(S), with a score that grows as
// n²; another head tells whether there is a 1 at all, since S = 0 is no position.
network::Transformer uniform_parity_2() {
    enum : Coordinate {
        bit,
        constant,
        log_next,
        square,
        sign,
        first,
        second,
        own,
        total,
        distance,
        picked,
        some,
        answer,
        index,
        log_2,
        width
    };
    network::Transformer t = blank({"0", "1"}, width, "", "");
    embed(t, "1", {{bit, 1}});
    place(t, constant, "1");
    place(t, log_next, "log(1+i)");
    place(t, square, "i^2");
    place(t, sign, "(-1)^i");
    place(t, first, "[i=1]");
    place(t, second, "[i=2]");
    place(t, index, "i");
    place(t, log_2, "log(2)");
    const Look plus{.query = {x(log_next)}, .key = {x(first)}, .value = {x(first)}, .into = {own}};
    const Look minus{.query = {x(log_next)}, .key = {x(first)}, .value = {-x(second)}, .into = {own}};
    const Look count{.query = {x(log_2)}, .key = {x(bit)}, .value = {exact::Rational(1, 2) * x(bit)}, .into = {total}};
    t.layers.push_back(
        {.attention = softmax(width, network::Mask::none, {plus, minus, count}),
         .feedforward = add_units(width, {{x(own) - x(total), distance}, {x(total) - x(own), distance}})});
    const Look pick{.query = {-lambda * x(square)}, .key = {x(distance)}, .value = {x(sign)}, .into = {picked}};
    const Look exists{.query = {mu * x(index)}, .key = {x(bit)}, .value = {x(bit)}, .into = {some}};
    network::FeedForward answer_by = add_units(
        width, {{x(picked) + x(some) - 1, answer}, {-x(picked) + x(some) - 1, answer, -1}, {1 - x(some), answer}});
    t.layers.push_back(
        {.attention = softmax(width, network::Mask::none, {pick, exists}), .feedforward = std::move(answer_by)});
    accept_if_positive(t, x(answer));
    return t;
}

}  // namespace attest::programs::constructions
