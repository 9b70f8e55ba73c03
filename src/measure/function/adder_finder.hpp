#pragma once

#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"

namespace attest::measure {

/// a' + b' + c' = sum + 2 carry, where a' is the leaf a or 1 − a; for two leaves without c. A root that does not read the
/// sum or the carry leaves no gate for it; it is 0 or 1 all the same.
struct Adder {
    std::vector<circuit::Node> leaves;
    std::vector<bool> complemented;  ///< by leaf; without a carry all false: complements only complement the sum
    std::optional<circuit::Literal> sum, carry;
    bool never_carries = false;  ///< may be used only where two leaves cannot hold at once

    /// Which are used first: the parts of a full adder look like half adders, and must not be taken for them; a sum or carry
    /// that is not there is the last guess.
    unsigned rank() const {
        const unsigned parts = sum && carry ? 0 : never_carries ? 2 : carry ? 4 : 6;
        return parts + (leaves.size() == 3 ? 0U : 1U);
    }
    static constexpr unsigned least_guess = 4;
};

/// The adders of a circuit of ANDs of two, in an order that goes from the inputs on; nothing if a limit is exceeded. Each is
/// an identity between numbers that holds at every input; which of them are the adders that were meant is a guess.
std::vector<Adder> find_adders(const circuit::Circuit& circuit, const base::Limits& limits);

}  // namespace attest::measure
