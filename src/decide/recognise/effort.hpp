#pragma once

#include <cstdint>
#include <ctime>

#include "attest/network/transformer.hpp"

namespace attest::decide {

/// Processor seconds that ways to decide a question are thought to take, the checker's pass included. They are counted, not
/// measured, so that the same question is decided the same way on every machine, however busy; only the order of magnitude
/// is meant.
struct Effort {
    double exhaustion = 0;  ///< all words by the exact evaluator
    double circuit = 0;
    /// What either may take before the other is tried: then the estimate was wrong.
    double patience() const { return 4 * (exhaustion > circuit ? exhaustion : circuit); }
};

/// Needs   a model with exact scores
/// Cost    one evaluation
Effort effort(const network::Transformer& transformer, std::int64_t length, std::uint64_t words);

/// Processor seconds of the calling thread: they do not pass while others have the processor.
inline double thread_seconds() {
    timespec now{};
    clock_gettime(CLOCK_THREAD_CPUTIME_ID, &now);
    return static_cast<double>(now.tv_sec) + static_cast<double>(now.tv_nsec) * 1e-9;
}

}  // namespace attest::decide
