#pragma once

#include <atomic>
#include <chrono>
#include <cstddef>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>

#include "attest/base/limits.hpp"

namespace attest::cli {

/// Holds the program to its limits whatever a library does. A thread waits for signals and looks at the clock
/// and at the memory that is held. A limit that is reached tells the command to stop, by base::Limits, and
/// leaves it a little time to say what it has; after that, and at once where memory runs out, the thread says
/// the last words itself, removes what is half-written and ends the program with the status of an undecided
/// question. A second signal ends it at once.
///
/// Signals are handled here and in no handler: they are held back from all other threads (of libraries, too,
/// some of which would take Ctrl-C for themselves), so that the thread may lock, allocate and write like any
/// other.
class Watchdog {
  public:
    /// Says what the command has so far, and why it goes no further.
    using LastWords = std::function<void(base::Limit)>;
    using Clock = std::chrono::steady_clock;

    /// `interrupted` is set by the first signal: base::Limits hands it on.
    /// Needs   that no other thread was started yet
    Watchdog(std::atomic<bool>& interrupted, LastWords last_words, std::function<void()> tick);
    ~Watchdog();
    Watchdog(const Watchdog&) = delete;
    Watchdog& operator=(const Watchdog&) = delete;

    /// From now on these limits hold; of memory, what the program itself needs comes on top.
    void bound(const base::Limits& limits);
    /// The command is done: only signals end the program now. Does not return if the last words are being
    /// said.
    void release();

  private:
    void watch();
    void on_signal(int signal);
    void look();
    void strike(base::Limit why, Clock::time_point since);
    [[noreturn]] void end(base::Limit why);

    std::atomic<bool>& interrupted_;
    const LastWords last_words_;
    const std::function<void()> tick_;
    std::atomic<bool> finished_{false};
    std::mutex mutex_;  ///< of what follows
    std::optional<Clock::time_point> deadline_;
    std::size_t memory_bytes_ = 0;  ///< 0: any
    bool released_ = false;
    std::optional<base::Limit> why_;
    Clock::time_point since_, signalled_;
    std::thread thread_;
};

}  // namespace attest::cli
