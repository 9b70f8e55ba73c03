#include "constructions.hpp"
#include "heads.hpp"

// A construction that fails, and is here to be refuted; so is chiang_cholak_parity_hard, beside the network it comes from.

namespace attest::programs::constructions {

// MAJORITY by a poll: the first, the middle and the last symbol vote, 1 for and 0 against; at even N there is
// no middle and the end marker abstains in its place. Right up to N = 3. From 7 on no one layer of three
// heads can be: three symbols settle its answer ([hahn2020theoretical] in its smallest case), and nothing
// less than N/2 zeros or more than N/2 ones settles MAJORITY. At N = 4, 5, 6 try 0111, 10001 and 011110.
network::Transformer majority_attempt() {
    enum : Coordinate { vote, votes, width };
    network::Transformer t = binary(width);
    embed(t, "0", {{vote, -1}});
    embed(t, "1", {{vote, 1}});
    const auto ask = [](const char* position) { return Look{.value = {x(vote)}, .into = {votes}, .bias = position}; };
    t.layers.push_back(
        {.attention = hard(width, network::Mask::none, {ask("-j"), ask("2*[2*j=n]+[j=n]"), ask("[j=n-1]")}),
         .feedforward = {}});
    accept_if_positive(t, x(votes));
    return t;
}

}  // namespace attest::programs::constructions
