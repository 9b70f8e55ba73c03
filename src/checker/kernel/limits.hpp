#pragma once

#include <atomic>
#include <chrono>
#include <cstdint>
#include <optional>

namespace attest::checker {

/// The limits of a check, of two kinds. What a certificate may ask for is the same for everyone: a certificate that
/// asks for more is refused. What the caller grants may end a check at any moment: then nothing is said about the
/// certificate.
struct Options {
    std::uint64_t max_steps =
        20'000'000'000;  ///< a certificate may ask for: elementary steps, very roughly nanoseconds
    std::uint64_t max_memory = 4'294'967'296;  ///< a certificate may ask for: bytes, estimated
    std::optional<std::chrono::steady_clock::time_point> deadline = {};  ///< the caller's
    std::uint64_t memory = UINT64_MAX;                                   ///< the caller's: bytes, estimated
    const std::atomic<bool>* stop = nullptr;  ///< the caller's: set by another thread or a signal handler; may be null
};

/// Which of the caller's limits ended a check before it had an answer.
enum class Stop { none, deadline, memory, interrupted };

}  // namespace attest::checker
