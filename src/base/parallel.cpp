#include "base/parallel.hpp"

#include <algorithm>
#include <exception>
#include <mutex>
#include <new>
#include <system_error>
#include <thread>
#include <vector>

namespace attest::base {

namespace {

class Pool {
  public:
    Pool(std::size_t count, std::size_t chunk, const std::function<void(const Chunks&)>& worker)
        : count_(count), chunk_(chunk), worker_(worker) {}

    void run(std::size_t threads) {
        std::vector<std::jthread> others;  // they end before anything that they use
        others.reserve(threads - 1);
        while (others.size() + 1 < threads && started(others)) {
        }
        work();
        others.clear();
        if (failure_) std::rethrow_exception(failure_);
    }

  private:
    /// A machine that is out of threads, or of memory for their stacks, still has the caller's.
    bool started(std::vector<std::jthread>& others) {
        try {
            others.emplace_back([this] { work(); });
            return true;
        } catch (const std::system_error&) {
            return false;
        } catch (const std::bad_alloc&) {
            return false;
        }
    }

    std::optional<Chunk> draw() {
        const std::lock_guard lock(mutex_);
        if (next_ >= count_) return std::nullopt;
        const std::size_t first = next_;
        next_ = count_ - first > chunk_ ? first + chunk_ : count_;
        return Chunk{first, next_};
    }

    // Chunks are drawn in order, and whoever has drawn one works on it: all before the first that fails are
    // done, and none before it can fail.
    void work() noexcept {
        std::size_t at = 0;
        try {
            worker_([&] {
                const std::optional<Chunk> mine = draw();
                if (mine) at = mine->first;
                return mine;
            });
        } catch (...) {
            const std::lock_guard lock(mutex_);
            next_ = count_;
            if (failure_ && failed_at_ <= at) return;
            failure_ = std::current_exception();
            failed_at_ = at;
        }
    }

    const std::size_t count_, chunk_;
    const std::function<void(const Chunks&)>& worker_;
    std::mutex mutex_;  ///< of what follows
    std::size_t next_ = 0;
    std::exception_ptr failure_;
    std::size_t failed_at_ = 0;
};

}  // namespace

void in_chunks(unsigned threads, std::size_t count, std::size_t chunk,
               const std::function<void(const Chunks&)>& worker) {
    chunk = std::max<std::size_t>(1, chunk);
    const std::size_t chunks = count / chunk + (count % chunk != 0 ? 1 : 0);
    Pool(count, chunk, worker).run(std::max<std::size_t>(1, std::min<std::size_t>(threads, chunks)));
}

void in_parallel(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& task) {
    in_chunks(threads, count, 1, [&](const Chunks& next) {
        while (const auto one = next()) task(one->first);
    });
}

}  // namespace attest::base
