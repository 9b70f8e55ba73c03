#pragma once

#include <string>

#include "attest/base/limits.hpp"
#include "attest/circuit/builder.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::compile {

/// Thrown inside this part only, and turned into a value at its border.
struct Stop {
    verdict::Undecided why;
};

[[noreturn]] inline void stop(verdict::Reason reason, std::string detail) { throw Stop{{reason, std::move(detail)}}; }

inline void poll(const circuit::Builder& builder, const base::Limits& limits) {
    if (const auto limit = limits.exceeded()) stop(verdict::reason_of(*limit), "while compiling");
    if (builder.exhausted()) stop(verdict::Reason::memory, "the circuit passes the memory limit");
}

}  // namespace attest::compile
