#pragma once

#include <string>
#include <vector>

#include "program.hpp"
#include "programs/residual/formula.hpp"

namespace attest::programs::brasp {

using residual::Bit;
using residual::Formula;
using residual::Side;

/// One of the questions that an attention asks: at query positions where `asks` is true, whether `key` is true at the key.
struct Question {
    Bit asks;
    Formula::Literal key;  ///< over leaves of the key position
};

/// What compiling knows of definitions that were made.
struct Made {
    const Program& program;
    const std::vector<Bit>& bits;  ///< by definition
    residual::Builder& builder;
};

/// The questions of S(i, j), an expression of a definition that attends: for each assignment of what S says of i what is left of S, equal ones together, without the one
/// that nothing satisfies. At most one of them is asked at a position, and one is iff S(i, j) is true for some j at all.
///
/// Throws  Unsupported for more than 4,096 cases
std::vector<Question> questions(const Made& made, const Definition& definition, const Expression& expression,
                                Formula& formula);

}  // namespace attest::programs::brasp
