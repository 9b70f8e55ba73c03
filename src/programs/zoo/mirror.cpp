#include "constructions.hpp"
#include "heads.hpp"

// Palindromes [hao2022formal]: in layer 1 position i looks at its mirror image N + 1 − i = n − i by bias
// alone; a pair that differs has exactly one 1, and the ReLU raises `odd_one` there. In layer 2 the end
// marker, which is no 1 and so never odd, looks for one. Right at all lengths.

namespace attest::programs::constructions {

network::Transformer palindrome() {
    enum : Coordinate { one, mirror, odd_one, found, width };
    network::Transformer t = binary(width);
    embed(t, "1", {{one, 1}});
    const Look across{.value = {x(one)}, .into = {mirror}, .bias = "-abs(i+j-n)"};
    t.layers.push_back({.attention = hard(width, network::Mask::none, {across}),
                        .feedforward = add_units(width, {{x(one) - x(mirror), odd_one}})});
    t.layers.push_back({.attention = hard(width, network::Mask::none, {find(odd_one, found)}), .feedforward = {}});
    accept_if_positive(t, 1 - x(found));
    return t;
}

}  // namespace attest::programs::constructions
