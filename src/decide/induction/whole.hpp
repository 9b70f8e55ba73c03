#pragma once

#include <memory>
#include <variant>

#include "attest/base/limits.hpp"
#include "attest/verdict/verdict.hpp"
#include "machine.hpp"

namespace attest::induction {

/// A machine that has read all words: it no longer grows.
struct Whole {
    std::unique_ptr<Machine> machine;  ///< restarted
    Parameters parameters;
    std::size_t states = 0;  ///< that words lead to
};

/// The smallest machine of a model that comes to an end.
///
/// Gives   undecided where a limit was exceeded, or there are more than 2^22 states
/// Throws  Unsupported as Machine, for the reason of the smallest machine, if there is none
std::variant<verdict::Undecided, Whole> whole_machine(const network::Transformer& model, const base::Limits& limits);

}  // namespace attest::induction
