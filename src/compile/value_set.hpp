#pragma once

#include <cstdint>
#include <vector>

#include "attest/circuit/circuit.hpp"
#include "attest/exact/rational.hpp"

namespace attest::compile {

/// One value that a position can hold at a boundary: exactly one of the values of a set holds on each word.
struct Value {
    exact::Vector vector;                 ///< stands for all vectors that no later map can tell from it
    std::vector<circuit::Literal> holds;  ///< the value holds iff one of these does (compact form: just one)
};

/// V(b, p) of FORMAT.md.
using ValueSet = std::vector<Value>;

/// A way in which a position comes to a vector, before equal views are merged.
struct Case {
    exact::Vector vector;
    std::vector<circuit::Literal> holds;
};

}  // namespace attest::compile
