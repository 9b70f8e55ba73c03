#pragma once

#include <cstddef>
#include <functional>
#include <optional>

namespace attest::base {

/// A range of numbers, the last one excluded.
struct Chunk {
    std::size_t first, last;
};
/// Gives a chunk that no one else gets, in ascending order, until there is none.
using Chunks = std::function<std::optional<Chunk>()>;

/// Calls `worker` once in each of so many threads, the caller's among them (no more than there are chunks,
/// but at least once, and fewer where the machine gives no more threads); each draws chunks of 0 … count − 1
/// until none is left. Which thread gets which is up to chance, so that results must not depend on it. Gives
/// all threads have ended, whatever happens Throws  what a worker throws: from then on no chunk is given out,
/// those that were run to their end, and of several
///         exceptions the one from the first chunk is passed on. Whether a chunk fails does not depend on
///         chance, so neither does which exception the caller sees
void in_chunks(unsigned threads, std::size_t count, std::size_t chunk,
               const std::function<void(const Chunks&)>& worker);

/// Calls `task` with each of 0 … count − 1, in so many threads; the rest as for in_chunks.
void in_parallel(unsigned threads, std::size_t count, const std::function<void(std::size_t)>& task);

}  // namespace attest::base
