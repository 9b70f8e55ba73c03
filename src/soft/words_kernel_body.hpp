// The kernels of words_kernels.hpp for vectors of ATTEST_VECTOR doubles, ATTEST_ROWS rows of a matrix at a time.
// Included by one file for each processor, which is compiled with the options of that processor: so nothing here may
// call an inline function of another header, of which the linker would keep one version for all.
//
// The order of sums, and whether a product is rounded before it is added, is up to the compiler; the bounds of
// words_bounds.hpp hold for every order.

#include "words_kernels.hpp"

namespace attest::soft::words {

namespace {

constexpr std::size_t width = ATTEST_VECTOR, parts = tile / width, together = ATTEST_ROWS;
static_assert(tile % width == 0 && block % together == 0);

typedef double Vec __attribute__((vector_size(ATTEST_VECTOR * sizeof(double))));
typedef double Stored __attribute__((vector_size(ATTEST_VECTOR * sizeof(double)), aligned(sizeof(double)), may_alias));
typedef unsigned long long Bits __attribute__((vector_size(ATTEST_VECTOR * sizeof(double))));
typedef unsigned char Bytes __attribute__((vector_size(ATTEST_VECTOR)));

inline Vec load(const double* from) { return *reinterpret_cast<const Stored*>(from); }
inline void store(double* to, Vec x) { *reinterpret_cast<Stored*>(to) = x; }
inline Vec all(double x) { return Vec{} + x; }
inline Vec greater(Vec a, Vec b) { return a > b ? a : b; }

/// Rows r … r + together − 1 of a block.
template <bool some>
inline void affine_rows(const AffineJob& job, std::size_t row, const double* weight) {
    Vec sum[together][parts];
#pragma GCC unroll 8
    for (std::size_t r = 0; r < together; ++r)
#pragma GCC unroll 8
        for (std::size_t p = 0; p < parts; ++p) {
            sum[r][p] = all(job.bias[row + r]);
            if (job.add.data != nullptr) sum[r][p] += load(job.add.data + (row + r) * job.add.stride + p * width);
        }
    const std::size_t count = some ? job.occupied.count : job.inputs;
    for (std::size_t k = 0; k < count; ++k) {
        const std::size_t c = some ? job.occupied.list[k] : k;
        const double* x = job.x.data + c * job.x.stride;
#pragma GCC unroll 8
        for (std::size_t r = 0; r < together; ++r)
#pragma GCC unroll 8
            for (std::size_t p = 0; p < parts; ++p) sum[r][p] += weight[c * block + r] * load(x + p * width);
    }
#pragma GCC unroll 8
    for (std::size_t r = 0; r < together; ++r)
#pragma GCC unroll 8
        for (std::size_t p = 0; p < parts; ++p)
            store(job.y.data + (row + r) * job.y.stride + p * width,
                  job.rectify ? greater(sum[r][p], Vec{}) : sum[r][p]);
}

void affine(const AffineJob& job) {
    for (std::size_t b = 0; b < job.blocks; ++b)
        for (std::size_t r = 0; r < block; r += together) {
            const double* weight = job.weight + b * job.inputs * block + r;
            if (job.occupied.list != nullptr) affine_rows<true>(job, b * block + r, weight);
            else affine_rows<false>(job, b * block + r, weight);
        }
}

inline bool some_set(Bits bits) {
    const Bytes set = __builtin_convertvector(bits != 0, Bytes), none = {};
    return __builtin_memcmp(&set, &none, sizeof none) != 0;
}

std::size_t occupied(In x, std::size_t rows, std::uint32_t* list) {
    std::size_t count = 0;
    for (std::size_t r = 0; r < rows; ++r) {
        Bits bits = {};
        for (std::size_t at = 0; at < tile; at += width)
            bits |= reinterpret_cast<Bits>(load(x.data + r * x.stride + at));
        list[count] = static_cast<std::uint32_t>(r);
        count += some_set(bits) ? 1 : 0;
    }
    return count;
}

/// As words::bounded.
inline Vec limited(Vec x) { return x < greatest ? x * slack + tiny : all(__builtin_inf()); }
inline Vec error_through(const AffineBound& map, Vec error, Vec size) {
    return map.norm * error + map.rounding * size + map.constant;
}

/// By the paragraph on affine maps of words_bounds.hpp, first of W x + b, then of what is added.
void bound(const BoundJob& job) {
    const AffineBound& map = *job.map;
    for (std::size_t at = 0; at < tile; at += width) {
        const Vec x = load(job.size + at);
        // What is computed may be longer than the product by what it is rounded by.
        Vec size = limited(map.norm * x + map.bias + map.rounding * x + map.constant),
            error = limited(error_through(map, load(job.error + at), x));
        error = size < greatest ? error : all(__builtin_inf());
        if (job.added_error != nullptr) {
            const Vec added = load(job.added_size + at);
            error = limited(error + load(job.added_error + at) + map.sum * added);
            size = limited(size + added + map.sum * added);
            error = size < greatest ? error : all(__builtin_inf());
        }
        store(job.error_after + at, error);
        store(job.size_after + at, size);
    }
}

inline Vec root(Vec x) {
    double each[width];
    store(each, x);
    for (std::size_t k = 0; k < width; ++k) each[k] = __builtin_sqrt(each[k]);
    return load(each);
}

void root(double* x) {
    for (std::size_t at = 0; at < tile; at += width) store(x + at, limited(root(load(x + at))));
}

/// Σ f(c) for c < count, in four sums, as additions wait for each other.
template <typename F>
inline Vec sum_of(std::size_t count, const F& f) {
    Vec a = {}, b = {}, c = {}, d = {};
    std::size_t k = 0;
    for (; k + 4 <= count; k += 4) {
        a += f(k);
        b += f(k + 1);
        c += f(k + 2);
        d += f(k + 3);
    }
    for (; k < count; ++k) a += f(k);
    return (a + b) + (c + d);
}

inline void normalise_part(const NormJob& job, std::size_t at) {
    const double* x = job.x.data + at;
    double* y = job.y.data + at;
    const Vec d = all(static_cast<double>(job.dimension));
    Vec mean = {};
    if (job.centred) mean = sum_of(job.dimension, [&](std::size_t c) { return load(x + c * job.x.stride); }) / d;
    const Vec squares = sum_of(job.dimension, [&](std::size_t c) {
        const Vec centred = load(x + c * job.x.stride) - mean;
        store(y + c * job.y.stride, centred);
        return centred * centred;
    });
    const Vec deviation = root(squares / d + job.eps), inverse = 1.0 / deviation;
    for (std::size_t c = 0; c < job.dimension; ++c) {
        double* z = y + c * job.y.stride;
        store(z, load(z) * inverse * job.gain[c] + job.bias[c]);
    }
    const Vec error = load(job.error + at) + job.centring * load(job.size + at);
    const Vec least = deviation * (1 - 0x1p-30) - job.root * error;
    const Vec after = job.stretch * error / least + job.constant;
    store(job.error_after + at, least > 0 ? after : all(__builtin_inf()));
}

void normalise(const NormJob& job) {
    for (std::size_t at = 0; at < tile; at += width) normalise_part(job, at);
}

/// e^x for x <= 0. With k the whole number next to x / ln 2 and r = x − k ln 2, |r| < 0.3467: e^x = 2^k e^r, and e^r is
/// the Taylor polynomial of degree 13, whose remainder is below 0.3467^14 / 14! · e^0.35 < 2^-57.
///
/// k ln 2 is subtracted in two parts: k times the first, of 32 bits, is exact (|k| <= 1011), the second is ln 2 minus
/// the first but for 2^-86, so that r is wrong by less than u = 2^-53. In Horner's rule the term r^k / k! goes through
/// k products and k + 1 sums at most, and its coefficient is rounded once: together below 1.01 u Σ (2 k + 2) |r|^k / k!
/// = 1.01 u (2 |r| + 2) e^|r| < 3.9 u. As e^r >= 0.707, all errors together are below 7 u e^x. Below −700 stands e^-700
/// < 2^-1009, and what lies below is not negative.
inline Vec exponential(Vec x) {
    constexpr double factorials[] = {
        1.0 / 6227020800, 1.0 / 479001600, 1.0 / 39916800, 1.0 / 3628800, 1.0 / 362880, 1.0 / 40320, 1.0 / 5040,
        1.0 / 720,        1.0 / 120,       1.0 / 24,       1.0 / 6,       0.5,          1,           1};
    constexpr double shift = 0x1.8p52, ln2 = 0x1.62e42feep-1, rest = 0x1.a39ef35793c76p-33;
    x = greater(x, all(-700));
    const Vec shifted = x * 0x1.71547652b82fep0 + shift, k = shifted - shift;
    const Vec r = x - k * ln2 - k * rest;
    Vec sum = all(factorials[0]);
#pragma GCC unroll 16
    for (std::size_t t = 1; t < sizeof factorials / sizeof *factorials; ++t) sum = sum * r + factorials[t];
    return reinterpret_cast<Vec>(reinterpret_cast<Bits>(sum) + (reinterpret_cast<Bits>(shifted) << 52));
}

void exp(const double* x, double* y) {
    for (std::size_t at = 0; at < tile; at += width) store(y + at, exponential(load(x + at)));
}

/// e^-|x|, from which the functions below follow: each is wrong by less than 2^-46 (|x| + 1), since 1 + e^-|x| is at
/// least 1.
inline Vec falling(Vec x) { return exponential(x > 0 ? -x : x); }
inline Vec sigmoid(Vec x) {
    const Vec e = falling(x);
    return (x > 0 ? all(1) : e) / (1 + e);
}
inline Vec hyperbolic_tangent(Vec x) {
    const Vec e = falling(2 * x), size = (1 - e) / (1 + e);
    return x > 0 ? size : -size;
}

/// Φ, the distribution of a normal variable: Taylor's polynomial of degree 6 at the next multiple g of 1/64 to x, |t|
/// <= 1/128 off. Φ^(k+1) = ±He_k φ with Hermite's polynomials He_k, and |He_6 φ| < 6: the remainder is below 6 · 2^-49
/// / 5040 < 2^-58. Beyond ±9 stands Φ(±9), which is wrong by less than 2^-62.
inline Vec normal(const CurveJob& job, Vec x) {
    const Vec within = greater(x < 9 ? x : all(9), all(-9));
    constexpr double shift = 0x1.8p52;
    const Vec step = (within * 64 + shift) - shift, g = step / 64, t = within - g, square = g * g;
    double place[width], value[width], slope[width];
    store(place, step);
    for (std::size_t k = 0; k < width; ++k) {
        const auto index = static_cast<std::size_t>(static_cast<long>(place[k]) + 576);
        value[k] = job.normal[index];
        slope[k] = job.slopes[index];
    }
    Vec sum = g * (square * (square - 10) + 15) * t / -720 + (square * (square - 6) + 3) / 120;
    sum = sum * t - g * (square - 3) / 24;
    sum = sum * t + (square - 1) / 6;
    sum = sum * t - g / 2;
    sum = sum * t + 1;
    return load(value) + load(slope) * t * sum;
}

inline Vec activated(const CurveJob& job, Vec x) {
    constexpr double root = 0x1.9884533d43651p0;  // 2 √(2/π)
    switch (job.curve) {
        case Curve::leaky_relu: return x > 0 ? x : job.slope * x;
        case Curve::gelu: return x * normal(job, x);
        case Curve::gelu_tanh: return x * sigmoid(root * (x + 0.044715 * x * x * x));
        case Curve::silu: return x * sigmoid(x);
        case Curve::tanh: return hyperbolic_tangent(x);
        case Curve::sigmoid: return sigmoid(x);
    }
    return x;
}

void activate(const CurveJob& job) {
    for (std::size_t k = 0; k < job.rows * tile; k += width) store(job.x + k, activated(job, load(job.x + k)));
}

/// The scores of `many` positions from j on for one part of the tile, into the weights.
template <std::size_t many>
inline Vec scores(const HeadJob& job, std::size_t j, std::size_t at, Vec most) {
    Vec sum[many];
#pragma GCC unroll 4
    for (std::size_t k = 0; k < many; ++k) sum[k] = all(job.bias[j + k]);
    for (std::size_t r = 0; r < job.dk; ++r) {
        const Vec q = load(job.query.data + r * job.query.stride + at);
#pragma GCC unroll 4
        for (std::size_t k = 0; k < many; ++k)
            sum[k] += q * load(job.pairs[j + k].data + (job.key + r) * job.pairs[j + k].stride + at);
    }
#pragma GCC unroll 4
    for (std::size_t k = 0; k < many; ++k) {
        store(job.weights + (j + k) * tile + at, sum[k]);
        most = greater(most, sum[k]);
    }
    return most;
}

/// Rows r … r + many − 1 of the mean.
template <std::size_t many>
inline void mean_rows(const HeadJob& job, std::size_t r, std::size_t at, Vec inverse) {
    Vec sum[many] = {};
    for (std::size_t j = 0; j < job.count; ++j) {
        const Vec weight = load(job.weights + j * tile + at);
        const double* value = job.pairs[j].data + (job.value + r) * job.pairs[j].stride + at;
#pragma GCC unroll 4
        for (std::size_t k = 0; k < many; ++k) sum[k] += weight * load(value + k * job.pairs[j].stride);
    }
#pragma GCC unroll 4
    for (std::size_t k = 0; k < many; ++k) store(job.mean + (r + k) * tile + at, sum[k] * inverse);
}

/// What is known of keys and values as they were computed, and of the mean of values.
struct Sizes {
    Vec key, value;  ///< the greatest ‖k̂‖² and ‖v̂‖²
    Vec second;      ///< Σ p̂ ‖v̂‖²
};

inline Sizes measure(const HeadJob& job, std::size_t at, Vec inverse) {
    Sizes sizes = {};
    for (std::size_t j = 0; j < job.count; ++j) {
        const In& squares = job.squares[j];
        const Vec of_value = load(squares.data + job.value_square * squares.stride + at);
        sizes.key = greater(sizes.key, load(squares.data + job.key_square * squares.stride + at));
        sizes.value = greater(sizes.value, of_value);
        sizes.second += load(job.weights + j * tile + at) * of_value;
    }
    sizes.second *= inverse;
    return sizes;
}

inline Vec square_part(const double* x, std::size_t stride, std::size_t rows) {
    Vec sum = {};
    for (std::size_t r = 0; r < rows; ++r) sum += load(x + r * stride) * load(x + r * stride);
    return sum;
}

/// What a mean's error is made of: δ of the scores, the greatest ‖v̂‖, and that of the values themselves.
struct Parts {
    Vec scores, value, values_error;
};

inline Parts parts_of(const HeadJob& job, std::size_t at, const Sizes& sizes) {
    const HeadBound& b = *job.bound;
    const Vec seen_error = load(job.seen_error + at), seen_size = load(job.seen_size + at);
    const Vec query_error = error_through(b.query, load(job.query_error + at), load(job.query_size + at));
    const Vec key_error = error_through(b.key, seen_error, seen_size);
    const Vec query = root(square_part(job.query.data + at, job.query.stride, job.dk)) * slack,
              key = root(sizes.key) * slack;
    return {limited(query * key_error + query_error * (key + key_error) + b.dot * query * key + b.bias),
            root(sizes.value) * slack + tiny, error_through(b.value, seen_error, seen_size)};
}

inline void add_bound(const HeadJob& job, std::size_t at, Vec error, Vec mean) {
    store(job.error + at, load(job.error + at) + error * error);
    store(job.size + at, load(job.size + at) + mean);
}

/// The error of the mean, by the paragraphs on scores, softmax and means of words_bounds.hpp.
inline void bound_part(const HeadJob& job, std::size_t at, const Sizes& sizes) {
    const HeadBound& b = *job.bound;
    const auto [scores, value, values_error] = parts_of(job, at, sizes);
    const Vec mean = square_part(job.mean + at, tile, job.dv);
    const Vec variance = sizes.second - mean + b.spread * value * value;
    const Vec spread = root(greater(variance, Vec{})) * slack * (1 + 1.2 * scores);
    const Vec moved = scores * (scores <= 0.25 ? (spread < value ? spread : value) : value);
    add_bound(job, at, limited(moved + values_error + (b.mean + job.more) * value), mean);
}

inline bool some_greater(Vec a, Vec b) {
    bool some = false;
    for (std::size_t k = 0; k < width; ++k) some = some || a[k] > b[k];
    return some;
}

inline void means(const HeadJob& job, std::size_t at, Vec inverse) {
    std::size_t r = 0;
    for (; r + 4 <= job.dv; r += 4) mean_rows<4>(job, r, at, inverse);
    for (; r < job.dv; ++r) mean_rows<1>(job, r, at, inverse);
}

/// The τ of sparsemax of the weights, which become differences to the greatest. It is sought from below, where all scores that
/// are less than 1 below the greatest have a weight: from those that lie above it follows the next, until that is no greater.
inline Vec threshold(const HeadJob& job, std::size_t at, Vec most) {
    for (std::size_t j = 0; j < job.count; ++j)
        store(job.weights + j * tile + at, load(job.weights + j * tile + at) - most);
    Vec tau = all(-1);
    for (std::size_t step = 0; step <= job.count; ++step) {
        Vec sum = {}, many = {};
        for (std::size_t j = 0; j < job.count; ++j) {
            const Vec t = load(job.weights + j * tile + at);
            sum += t > tau ? t : Vec{};
            many += t > tau ? all(1) : Vec{};
        }
        const Vec next = (sum - 1) / many;
        if (!some_greater(next, tau)) break;
        tau = greater(next, tau);
    }
    return tau;
}

/// What sparsemax makes of the weights, which were scores, and how wrong Σ ŵ v̂ is for that, a unit of max ‖v̂‖.
inline Vec sparse_weights(const HeadJob& job, std::size_t at, Vec most, Vec scores) {
    const Vec tau = threshold(job, at, most);
    Vec total = {}, many = {};
    for (std::size_t j = 0; j < job.count; ++j) total += greater(load(job.weights + j * tile + at) - tau, Vec{});
    const Vec missed = total - 1, missing = greater(missed, -missed);
    const Vec rounding = job.bound->mean * (1 + missing), reach = tau - 2 * scores - missing - rounding;
    for (std::size_t j = 0; j < job.count; ++j) {
        const Vec t = load(job.weights + j * tile + at);
        many += t > reach ? all(1) : Vec{};
        store(job.weights + j * tile + at, greater(t - tau, Vec{}));
    }
    many = missing < 0.5 ? many : all(static_cast<double>(job.count));
    return many * (scores + 0x1.1p-53) + missing + rounding;
}

/// The mean of values weighted by sparsemax; the weights are scores, of which the greatest is this.
inline void attend_sparsely(const HeadJob& job, std::size_t at, Vec most) {
    const Sizes sizes = measure(job, at, all(1));
    const auto [scores, value, values_error] = parts_of(job, at, sizes);
    const Vec weights = sparse_weights(job, at, most, scores);
    means(job, at, all(1));
    add_bound(job, at, limited(weights * value + values_error), square_part(job.mean + at, tile, job.dv));
}

inline void attend_summed(const HeadJob& job, std::size_t at) {
    const double* sums = job.sums.data + at;
    const Vec inverse = 1.0 / load(sums + (job.dv + 1) * job.sums.stride);
    for (std::size_t r = 0; r < job.dv; ++r)
        store(job.mean + r * tile + at, load(sums + r * job.sums.stride) * inverse);
    bound_part(job, at, {all(job.most_key), all(job.most_value), load(sums + job.dv * job.sums.stride) * inverse});
}

inline void attend_part(const HeadJob& job, std::size_t at) {
    if (job.sums.data != nullptr) return attend_summed(job, at);
    Vec most = all(-__builtin_inf()), total = {};
    std::size_t j = 0;
    for (; j + 4 <= job.count; j += 4) most = scores<4>(job, j, at, most);
    for (; j < job.count; ++j) most = scores<1>(job, j, at, most);
    if (job.sparse) return attend_sparsely(job, at, most);
    for (j = 0; j < job.count; ++j) {
        const Vec weight = exponential(load(job.weights + j * tile + at) - most);
        store(job.weights + j * tile + at, weight);
        total += weight;
    }
    const Vec inverse = 1.0 / total;
    const Sizes sizes = measure(job, at, inverse);
    means(job, at, inverse);
    bound_part(job, at, sizes);
}

void attend(const HeadJob& job) {
    for (std::size_t at = 0; at < tile; at += width) attend_part(job, at);
}

/// What is written beyond the last column of a symbol is overwritten by the next one's.
void add_symbol(const SymbolJob& job) {
    for (std::size_t s = 0; s < job.symbols; ++s)
        for (std::size_t r = 0; r < job.rows; ++r) {
            const double* from = job.from + r * job.stride;
            double* to = job.to + r * job.stride + s * job.width;
            const Vec added = all(job.added[s * job.rows + r]);
            for (std::size_t c = 0; c < job.width; c += width) store(to + c, load(from + c) + added);
        }
}

void put_apart(const ApartJob& job) {
    for (std::size_t r = 0; r < job.rows; ++r) {
        const double* __restrict from = job.from + r * job.stride;
        double* __restrict const to = job.to + r * job.stride;
        for (std::size_t c = 0; c < job.period; c += job.every, from += job.step) {
            std::size_t k = 0;
            for (; k + width <= job.step; k += width) store(to + c + k, load(from + k));
            for (; k + 2 <= job.step; k += 2) to[c + k] = from[k], to[c + k + 1] = from[k + 1];
            for (; k < job.step; ++k) to[c + k] = from[k];
        }
    }
}

void square(In x, std::size_t rows, double* squares) {
    for (std::size_t at = 0; at < tile; at += width) store(squares + at, square_part(x.data + at, x.stride, rows));
}

void gram(const double* x, std::size_t count, std::size_t size, double* y) {
    constexpr std::size_t many = block / width;
    for (std::size_t row = 0; row < size; row += together)
        for (std::size_t column = 0; column < row + together; column += block) {
            Vec sum[together][many] = {};
            for (std::size_t c = 0; c < count; ++c) {
                const double* from = x + c * size;
#pragma GCC unroll 8
                for (std::size_t r = 0; r < together; ++r)
#pragma GCC unroll 8
                    for (std::size_t k = 0; k < many; ++k) sum[r][k] += from[row + r] * load(from + column + k * width);
            }
#pragma GCC unroll 8
            for (std::size_t r = 0; r < together; ++r)
#pragma GCC unroll 8
                for (std::size_t k = 0; k < many; ++k) store(y + (row + r) * size + column + k * width, sum[r][k]);
        }
}

constexpr Kernels own_kernels = {ATTEST_PROCESSOR, affine,   occupied, bound,  normalise, attend, add_symbol,
                                 put_apart,        activate, root,     square, exp,       gram};

}  // namespace

}  // namespace attest::soft::words
