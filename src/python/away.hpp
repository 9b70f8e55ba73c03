#pragma once

#include <pybind11/pybind11.h>

#include <atomic>
#include <chrono>
#include <condition_variable>
#include <exception>
#include <functional>
#include <future>
#include <memory>
#include <mutex>
#include <thread>
#include <utility>

namespace attest::python {

/// Work that goes on in threads of its own, so that the interpreter neither ends under it nor waits for it too early.
class Workers {
  public:
    void enter() {
        const std::lock_guard lock(mutex_);
        ++running_;
    }
    void leave() {
        const std::lock_guard lock(mutex_);
        --running_;
        idle_.notify_all();
    }
    void wait() {
        std::unique_lock lock(mutex_);
        idle_.wait(lock, [&] { return running_ == 0; });
    }

  private:
    std::mutex mutex_;
    std::condition_variable idle_;
    int running_ = 0;
};

/// Those of this process: a module of Python has one life, that of the process.
inline Workers& workers() {
    static Workers all;
    return all;
}

/// Does the work without the interpreter's lock, in another thread, and looks for signals meanwhile: Ctrl-C raises at once,
/// whatever the work does. It is told by its argument to stop then, and what it finds is thrown away.
///
/// work    bool(const std::atomic<bool>& stop) → R; it must own all that it uses, since it may outlive the call
/// heard   called in between, with the lock; may be empty. What it throws stops the work, too
/// Needs   the interpreter's lock
/// Throws  what the work throws; error_already_set for a signal
template <typename Work>
auto away_from_python(Work work, const std::function<void()>& heard = {}) {
    using Result = decltype(work(std::declval<const std::atomic<bool>&>()));
    auto stop = std::make_shared<std::atomic<bool>>(false);
    auto task = std::make_shared<std::packaged_task<Result()>>(
        [work = std::move(work), stop]() mutable { return work(*stop); });
    std::future<Result> result = task->get_future();
    workers().enter();
    std::thread([task = std::move(task)]() mutable {
        (*task)();
        task.reset();
        workers().leave();
    }).detach();
    const pybind11::gil_scoped_release released;
    constexpr std::chrono::milliseconds tick(20);
    constexpr std::chrono::milliseconds patience(600);  // for what ends soon, such as a process that is told to
    bool done = false;
    std::exception_ptr why;
    while (!done && !why) {
        done = result.wait_for(tick) == std::future_status::ready;
        const pybind11::gil_scoped_acquire held;
        try {
            if (heard) heard();
            if (PyErr_CheckSignals() != 0) throw pybind11::error_already_set();
        } catch (...) {
            why = std::current_exception();
        }
    }
    if (why) {
        stop->store(true);
        result.wait_for(patience);
        std::rethrow_exception(why);
    }
    return result.get();
}

}  // namespace attest::python
