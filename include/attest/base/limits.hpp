#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <optional>

namespace attest::base {

/// Why a computation stopped before it had an answer.
enum class Limit { deadline, memory, interrupted };

/// What a computation may use: passed down, never global.
struct Limits {
    /// When to stop; none: never.
    std::optional<std::chrono::steady_clock::time_point> deadline;
    /// Bytes that one computation may plan to hold.
    std::size_t memory_bytes = std::size_t{8} << 30;
    /// Set from outside (Ctrl-C) to stop as soon as possible; may be null.
    const std::atomic<bool>* interrupted = nullptr;

    /// The limit that is exceeded by now, if any. Memory is not looked at: who allocates asks first.
    /// Cost    a clock reading
    std::optional<Limit> exceeded() const;
};

/// Bytes of memory that this machine can give without swapping.
std::size_t available_memory();

}  // namespace attest::base
