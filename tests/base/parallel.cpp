#include "base/parallel.hpp"

#include <pthread.h>

#include <atomic>
#include <catch2/catch.hpp>
#include <chrono>
#include <mutex>
#include <new>
#include <numeric>
#include <set>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

using namespace attest::base;

namespace {

void wait_a_little() { std::this_thread::sleep_for(std::chrono::milliseconds(20)); }

/// What `in_parallel` throws, as text.
std::string failure_of(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& task) {
    try {
        in_parallel(threads, count, task);
    } catch (const std::exception& e) {
        return e.what();
    }
    return "none";
}

/// While it lives, the machine has no room for the stack of a new thread.
class NoMoreThreads {
  public:
    NoMoreThreads() {
        pthread_getattr_default_np(&before_);
        pthread_attr_t huge = before_;
        pthread_attr_setstacksize(&huge, std::size_t{1} << 46);
        REQUIRE(pthread_setattr_default_np(&huge) == 0);
    }
    ~NoMoreThreads() { pthread_setattr_default_np(&before_); }
    NoMoreThreads(const NoMoreThreads&) = delete;
    NoMoreThreads& operator=(const NoMoreThreads&) = delete;

  private:
    pthread_attr_t before_{};
};

}  // namespace

TEST_CASE("every task is done once, however many threads there are", "[parallel]") {
    const unsigned threads = GENERATE(0U, 1U, 2U, 3U, 16U);
    const std::size_t count = GENERATE(std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{1000});
    std::vector<std::atomic<int>> done(count);
    std::vector<std::size_t> results(count);
    in_parallel(threads, count, [&](std::size_t k) {
        ++done[k];
        results[k] = k * k;
    });
    for (std::size_t k = 0; k < count; ++k) {
        CHECK(done[k] == 1);
        CHECK(results[k] == k * k);
    }
}

TEST_CASE("one thread does tasks in order", "[parallel]") {
    std::vector<std::size_t> order;
    in_parallel(1, 5, [&](std::size_t k) { order.push_back(k); });
    CHECK(order == std::vector<std::size_t>{0, 1, 2, 3, 4});
}

TEST_CASE("tasks are done at the same time", "[parallel]") {
    std::atomic<int> there{0};
    in_parallel(2, 2, [&](std::size_t) {
        ++there;
        while (there < 2) std::this_thread::yield();  // would wait for ever if one came after the other
    });
    CHECK(there == 2);
}

TEST_CASE("chunks cover all numbers, the last one is what is left", "[parallel]") {
    std::mutex mutex;
    std::set<std::pair<std::size_t, std::size_t>> seen;
    in_chunks(3, 10, 4, [&](const Chunks& next) {
        while (const auto chunk = next()) {
            const std::lock_guard lock(mutex);
            seen.emplace(chunk->first, chunk->last);
        }
    });
    CHECK(seen == std::set<std::pair<std::size_t, std::size_t>>{{0, 4}, {4, 8}, {8, 10}});
}

TEST_CASE("a worker is called once even where there is nothing to do, and in no more threads than there are chunks",
          "[parallel]") {
    std::atomic<int> workers{0};
    in_chunks(8, 0, 4, [&](const Chunks& next) {
        ++workers;
        CHECK(!next());
    });
    CHECK(workers == 1);
    std::atomic<int> more{0};
    in_chunks(8, 9, 4, [&](const Chunks& next) {
        ++more;
        while (next()) {
        }
    });
    CHECK(more == 3);
}

TEST_CASE("chunks at the end of the numbers do not wrap around", "[parallel]") {
    std::size_t covered = 0;
    in_chunks(1, SIZE_MAX, SIZE_MAX / 2 + 1, [&](const Chunks& next) {
        for (int k = 0; k < 3; ++k)
            if (const auto chunk = next()) covered += chunk->last - chunk->first;
    });
    CHECK(covered == SIZE_MAX);
}

TEST_CASE("the exception of the first task that fails reaches the caller, whichever came first by the clock",
          "[parallel]") {
    const unsigned threads = GENERATE(1U, 2U, 4U, 16U);
    for (int round = 0; round < 20; ++round) {
        const std::string failure = failure_of(threads, 40, [&](std::size_t k) {
            if (k == 7) std::this_thread::sleep_for(std::chrono::milliseconds(2));
            if (k % 10 == 7 || k == 8) throw std::runtime_error("task " + std::to_string(k));
        });
        CHECK(failure == "task 7");
    }
}

TEST_CASE("an exception keeps its type", "[parallel]") {
    CHECK_THROWS_AS(in_parallel(2, 10,
                                [](std::size_t k) {
                                    if (k == 3) throw std::bad_alloc();
                                }),
                    std::bad_alloc);
    CHECK_THROWS_AS(in_parallel(2, 10,
                                [](std::size_t k) {
                                    if (k == 3) throw 42;
                                }),
                    int);
}

TEST_CASE("after an exception no task is begun, and those under way have ended when the caller sees it", "[parallel]") {
    std::atomic<int> begun{0}, ended{0};
    const std::string failure = failure_of(2, 1'000'000, [&](std::size_t k) {
        ++begun;
        if (k == 0) throw std::runtime_error("at once");
        wait_a_little();
        ++ended;
    });
    CHECK(failure == "at once");
    CHECK(begun < 100);  // the other thread has at most begun a few
    CHECK(ended == begun - 1);
}

TEST_CASE("a worker that fails before it draws stops the others", "[parallel]") {
    std::atomic<int> workers{0};
    std::atomic<std::size_t> drawn{0};
    CHECK_THROWS_AS(in_chunks(2, 1'000'000, 1,
                              [&](const Chunks& next) {
                                  if (++workers == 2) throw std::length_error("no room");
                                  while (workers < 2) std::this_thread::yield();
                                  while (next()) {
                                      ++drawn;
                                      wait_a_little();
                                  }
                              }),
                    std::length_error);
    CHECK(drawn < 100);
}

TEST_CASE("where the machine gives no thread the caller's does all", "[parallel]") {
    const NoMoreThreads none;
    REQUIRE_THROWS_AS(std::thread([] {}).join(), std::system_error);
    std::vector<int> done(100);
    in_parallel(8, done.size(), [&](std::size_t k) { done[k] = 1; });
    CHECK(std::accumulate(done.begin(), done.end(), 0) == 100);
}
