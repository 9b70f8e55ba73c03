#pragma once

#include <condition_variable>
#include <functional>
#include <mutex>
#include <thread>

#include "attest/base/limits.hpp"

namespace attest::logic {

/// Stops a back end that cannot ask for itself: while it lives, a thread looks at the limits every few
/// milliseconds and calls `stop`, again and again, once one is exceeded. Without a deadline and a flag there
/// is no thread. `stop` must be safe to call at any moment until the destructor has returned.
class LimitWatcher {
  public:
    LimitWatcher(const base::Limits& limits, std::function<void()> stop);
    ~LimitWatcher();
    LimitWatcher(const LimitWatcher&) = delete;
    LimitWatcher& operator=(const LimitWatcher&) = delete;

  private:
    void watch();

    const base::Limits limits_;
    const std::function<void()> stop_;
    std::mutex mutex_;
    std::condition_variable finished_;
    bool is_finished_ = false;
    std::thread thread_;
};

}  // namespace attest::logic
