#include "limit_watcher.hpp"

#include <chrono>
#include <utility>

namespace attest::logic {

LimitWatcher::LimitWatcher(const base::Limits& limits, std::function<void()> stop)
    : limits_(limits), stop_(std::move(stop)) {
    if (limits_.deadline || limits_.interrupted) thread_ = std::thread([this] { watch(); });
}

LimitWatcher::~LimitWatcher() {
    if (!thread_.joinable()) return;
    {
        const std::lock_guard lock(mutex_);
        is_finished_ = true;
    }
    finished_.notify_all();
    thread_.join();
}

void LimitWatcher::watch() {
    std::unique_lock lock(mutex_);
    while (!finished_.wait_for(lock, std::chrono::milliseconds(5), [this] { return is_finished_; }))
        if (limits_.exceeded()) stop_();
}

}  // namespace attest::logic
