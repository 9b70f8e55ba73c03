#include "attest/measure/function/transform.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <bit>
#include <cstring>
#include <limits>
#include <mutex>

#include "base/parallel.hpp"
#include "butterfly_kernel.hpp"

// A transform over 2^n integers goes twice over memory, from n = 27 on three times: once over blocks that fit into the
// second cache, all their levels at once; then over columns of what is left, tile by tile, each copied to where its rows
// lie side by side. (Rows a power of two apart would fall into the same few places of a cache.)

namespace attest::measure {

namespace {

constexpr unsigned block_levels = 16;   // 256 KiB
constexpr std::size_t tile_width = 16;  // integers: one line of the cache
constexpr unsigned most_levels_at_once =
    10;  // above the blocks: more rows than that are more pages than a processor keeps in mind

/// Levels within blocks; `prepare` fills a block before it is transformed.
template <typename Prepare>
void low_levels(std::span<std::int32_t> a, Transform transform, unsigned threads, const Prepare& prepare) {
    const auto n = static_cast<unsigned>(std::countr_zero(a.size()));
    const unsigned levels = std::min(n, block_levels);
    const std::size_t block = std::size_t{1} << levels;
    base::in_chunks(threads, a.size() / block, 1, [&](const base::Chunks& next) {
        while (const auto chunk = next()) {
            prepare(chunk->first * block, block);
            butterflies(transform).side_by_side(a.data() + chunk->first * block, levels);
        }
    });
}

/// `levels` levels from `first` on, column by column of each run of 2^(first + levels) integers.
void middle_levels(std::span<std::int32_t> a, Transform transform, unsigned first, unsigned levels, unsigned threads) {
    const std::size_t row = std::size_t{1} << first, count = std::size_t{1} << levels;
    // Few rows: wider tiles, as long as they fit into the second cache.
    const std::size_t width = std::min(row, std::max(tile_width, (std::size_t{1} << block_levels) / count));
    base::in_chunks(threads, a.size() / count, width, [&](const base::Chunks& next) {
        std::vector<std::int32_t> tile(count * width);
        while (const auto chunk = next()) {
            std::int32_t* column = a.data() + (chunk->first / row) * row * count + chunk->first % row;
            for (std::size_t r = 0; r < count; ++r) std::memcpy(tile.data() + r * width, column + r * row, width * 4);
            butterflies(transform).rows(tile.data(), levels, width);
            for (std::size_t r = 0; r < count; ++r) std::memcpy(column + r * row, tile.data() + r * width, width * 4);
        }
    });
}

void high_levels(std::span<std::int32_t> a, Transform transform, unsigned threads) {
    const auto n = static_cast<unsigned>(std::countr_zero(a.size()));
    if (n <= block_levels) return;
    const unsigned levels = n - block_levels;
    const unsigned lower = levels <= most_levels_at_once ? levels : levels / 2;
    middle_levels(a, transform, block_levels, lower, threads);
    if (lower < levels) middle_levels(a, transform, block_levels + lower, levels - lower, threads);
}

void transform_in_place(std::span<std::int32_t> a, Transform transform, unsigned threads) {
    low_levels(a, transform, threads, [](std::size_t, std::size_t) {});
    high_levels(a, transform, threads);
}

using Expand = void (*)(const std::uint64_t*, std::size_t, std::int32_t*);

std::variant<std::vector<std::int32_t>, verdict::Undecided> transform_table(const TruthTable& f, Transform transform,
                                                                            Expand expand, unsigned threads,
                                                                            const base::Limits& limits) {
    if (f.size() * sizeof(std::int32_t) > limits.memory_bytes)
        return verdict::Undecided{verdict::Reason::memory,
                                  fmt::format("{} MiB for a coefficient an input", f.size() >> 18)};
    std::vector<std::int32_t> a(f.size());
    low_levels(a, transform, threads, [&](std::size_t first, std::size_t count) {
        expand(f.words().data() + first / 64, count, a.data() + first);
    });
    high_levels(a, transform, threads);
    return a;
}

/// What one thread has seen of a spectrum: sums of squares by the weight of the index without its last four
/// bits, and by these bits.
struct Sums {
    std::vector<std::uint64_t> squares;  // [weight][16]
    std::uint64_t zeros = 0;
    std::uint32_t greatest = 0;
    std::size_t greatest_at = 0;

    void look(std::span<const std::int32_t> spectrum, std::size_t first, std::size_t count) {
        std::uint64_t* sums = squares.data() + 16 * static_cast<std::size_t>(std::popcount(first / 16));
        std::uint32_t most = 0;
        for (std::size_t k = 0; k < count; ++k) {
            const std::int64_t c = spectrum[first + k];
            sums[k] += static_cast<std::uint64_t>(c * c);
            zeros += c == 0 ? 1 : 0;
            most = std::max(most, static_cast<std::uint32_t>(c < 0 ? -c : c));
        }
        if (most <= greatest) return;
        greatest = most;
        for (greatest_at = first; static_cast<std::uint32_t>(std::abs(spectrum[greatest_at])) != most; ++greatest_at) {
        }
    }
};

}  // namespace

void walsh_hadamard(std::span<std::int32_t> a, unsigned threads) {
    transform_in_place(a, Transform::walsh_hadamard, threads);
}

void moebius(std::span<std::int32_t> a, unsigned threads) { transform_in_place(a, Transform::moebius, threads); }

std::variant<std::vector<std::int32_t>, verdict::Undecided> spectrum(const TruthTable& f, unsigned threads,
                                                                     const base::Limits& limits) {
    return transform_table(f, Transform::walsh_hadamard, expand_signs, threads, limits);
}

Levels levels(std::span<const std::int32_t> spectrum, unsigned threads) {
    const auto n = static_cast<unsigned>(std::countr_zero(spectrum.size()));
    Levels result;
    result.weight.assign(n + 1, 0);
    result.nonzero = spectrum.size();
    std::mutex mutex;
    base::in_chunks(threads, spectrum.size(), std::size_t{1} << 18, [&](const base::Chunks& next) {
        Sums sums{std::vector<std::uint64_t>(16 * (n + 1), 0)};
        while (const auto chunk = next())
            for (std::size_t k = chunk->first; k < chunk->last; k += 16)
                sums.look(spectrum, k, std::min<std::size_t>(16, chunk->last - k));
        const std::lock_guard lock(mutex);
        for (std::size_t high = 0; high <= n; ++high)
            for (std::size_t k = 0; k < 16; ++k)
                if (const std::size_t level = high + static_cast<std::size_t>(std::popcount(k)); level <= n)
                    result.weight[level] += sums.squares[16 * high + k];
        result.nonzero -= sums.zeros;
        if (sums.greatest > result.greatest ||
            (sums.greatest == result.greatest && sums.greatest_at < result.greatest_at)) {
            result.greatest = sums.greatest;
            result.greatest_at = static_cast<Input>(sums.greatest_at);
        }
    });
    return result;
}

unsigned Levels::degree() const {
    auto k = static_cast<unsigned>(weight.size());
    while (k > 1 && weight[k - 1] == 0) --k;
    return k - 1;
}

mpq_class noise_stability(std::span<const mpq_class> weights, const mpq_class& rho) {
    mpq_class sum = 0, power = 1;
    for (const mpq_class& weight : weights) {
        sum += power * weight;
        power *= rho;
    }
    return sum;
}

unsigned concentration(std::span<const mpq_class> weights, const mpq_class& outside) {
    mpq_class above = 0;
    auto t = static_cast<unsigned>(weights.size());
    while (t > 1 && above + weights[t - 1] <= outside) above += weights[--t];
    return t - 1;
}

std::variant<unsigned, verdict::Undecided> real_degree(const TruthTable& f, unsigned threads,
                                                       const base::Limits& limits) {
    auto coefficients = transform_table(f, Transform::moebius, expand_bits, threads, limits);
    if (auto* why = std::get_if<verdict::Undecided>(&coefficients)) return std::move(*why);
    const auto& a = std::get<std::vector<std::int32_t>>(coefficients);
    unsigned degree = 0;
    for (std::size_t s = 0; s < a.size(); ++s)
        if (a[s] != 0) degree = std::max(degree, static_cast<unsigned>(std::popcount(s)));
    return degree;
}

}  // namespace attest::measure
