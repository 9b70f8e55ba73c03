#pragma once

#include <algorithm>
#include <atomic>
#include <cstddef>
#include <exception>
#include <functional>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

namespace attest::analysis {

/// A range of indices, the last one excluded.
struct Chunk {
    std::size_t first, last;
};
/// Gives a chunk that no one else gets, until there is none.
using Chunks = std::function<std::optional<Chunk>()>;

/// Runs a function in so many threads (no more than there are chunks); each draws chunks of 0 … count until
/// none is left. Which thread gets which is up to chance, so results must not depend on it.
/// Throws  what the function throws, once all threads have ended
template <typename Work>
void in_parallel(unsigned threads, std::size_t count, std::size_t chunk, const Work& work) {
    std::atomic<std::size_t> at{0};
    const Chunks next = [&]() -> std::optional<Chunk> {
        const std::size_t first = at.fetch_add(chunk);
        if (first >= count) return std::nullopt;
        return Chunk{first, std::min(count, first + chunk)};
    };
    const std::size_t chunks = (count + chunk - 1) / chunk;
    const std::size_t workers = std::min<std::size_t>(std::max(1U, threads), std::max<std::size_t>(1, chunks));
    std::mutex mutex;
    std::exception_ptr failure;
    const auto guarded = [&] {
        try {
            work(next);
        } catch (...) {
            const std::lock_guard lock(mutex);
            if (!failure) failure = std::current_exception();
        }
    };
    std::vector<std::thread> others;
    for (std::size_t k = 1; k < workers; ++k) others.emplace_back(guarded);
    guarded();
    for (std::thread& thread : others) thread.join();
    if (failure) std::rethrow_exception(failure);
}

}  // namespace attest::analysis
