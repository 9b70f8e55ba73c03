#include "measure/function/subcubes.hpp"

#include <fmt/format.h>

#include <algorithm>

// A subcube is a number of n ternary digits, 2 where a position is free; the digit of weight 3^j is that of
// bit j of an input. What is known of all 3^n subcubes is a byte each, and most steps treat a whole axis at a
// time: the three slices where a digit is 0, 1 and 2.
//
// Certificates: a subcube is constant iff its two halves along any free axis are, with the same value. Then
// the dimension of the greatest constant subcube around each input is pushed down axis by axis:
// a slice where the digit is 0 or 1 takes what the slice around it has, if that is more.
// Decision trees: the depth of a subcube is 0 if it is constant, else one more than the best axis gives for
// the worse of its halves. Halves have smaller numbers, so that one sweep in order suffices.

namespace attest::measure {

namespace {

using Bytes = std::vector<std::uint8_t>;

constexpr unsigned dimension_bits = 6;
constexpr std::uint8_t dimension_mask = (1 << dimension_bits) - 1;
constexpr std::uint8_t holds_false = 1 << dimension_bits, holds_true = 2 << dimension_bits;
constexpr std::uint8_t mixed = holds_false | holds_true;

std::uint64_t power_of_three(unsigned n) {
    std::uint64_t p = 1;
    while (n-- > 0) p *= 3;
    return p;
}

/// The number of a subcube without free positions.
class PointNumbers {
  public:
    explicit PointNumbers(unsigned n) {
        for (unsigned j = 0; j < n; ++j) powers_.push_back(power_of_three(j));
    }
    std::uint64_t operator()(Input x) const {
        std::uint64_t number = 0;
        for (; x != 0; x &= x - 1) number += powers_[static_cast<std::size_t>(__builtin_ctz(x))];
        return number;
    }

  private:
    std::vector<std::uint64_t> powers_;
};

/// Calls combine(zero, one, free, length) for all runs of the three slices along an axis.
template <typename Combine>
void along_axis(Bytes& cubes, std::uint64_t stride, const Combine& combine) {
    for (std::uint64_t base = 0; base < cubes.size(); base += 3 * stride) {
        std::uint8_t* zero = cubes.data() + base;
        combine(zero, zero + stride, zero + 2 * stride, stride);
    }
}

/// By subcube: which values it holds, and its dimension.
Bytes kinds_of_subcubes(const TruthTable& f) {
    const unsigned n = f.variables();
    Bytes cubes(power_of_three(n));
    const PointNumbers number(n);
    for (std::uint64_t x = 0; x < f.size(); ++x)
        cubes[number(static_cast<Input>(x))] = f[static_cast<Input>(x)] ? holds_true : holds_false;
    for (unsigned j = 0; j < n; ++j)
        along_axis(cubes, power_of_three(j),
                   [](const std::uint8_t* zero, const std::uint8_t* one, std::uint8_t* free, std::uint64_t length) {
                       for (std::uint64_t k = 0; k < length; ++k)
                           free[k] = static_cast<std::uint8_t>((zero[k] | one[k]) + 1);
                   });
    return cubes;
}

std::optional<verdict::Undecided> too_large(unsigned n, const base::Limits& limits) {
    if (n <= 40 && subcube_bytes(n) <= limits.memory_bytes) return std::nullopt;
    return verdict::Undecided{verdict::Reason::memory, fmt::format("a byte for each of 3^{} subcubes", n)};
}

/// The depths of all subcubes, from their kinds, in place.
class DepthSweep {
  public:
    DepthSweep(Bytes& cubes, unsigned n) : cubes_(cubes), n_(n), low_(std::min(n, 5U)), block_(power_of_three(low_)) {
        for (std::uint32_t k = 0; k < block_; ++k) low_axes_.push_back(free_axes(k, low_));
    }

    std::optional<base::Limit> run(const base::Limits& limits) {
        const std::uint64_t blocks = cubes_.size() / block_;
        for (std::uint64_t b = 0; b < blocks; ++b) {
            if (b % 4096 == 0)
                if (const auto limit = limits.exceeded()) return limit;
            sweep(b);
        }
        return std::nullopt;
    }

  private:
    static constexpr std::uint8_t unknown = 255;

    /// The strides of the free axes of a number of so many digits.
    static std::vector<std::uint32_t> free_axes(std::uint64_t number, unsigned digits) {
        std::vector<std::uint32_t> strides;
        for (std::uint32_t stride = 1; digits-- > 0; number /= 3, stride *= 3)
            if (number % 3 == 2) strides.push_back(stride);
        return strides;
    }

    void sweep(std::uint64_t b) {
        std::uint8_t best[243];
        std::fill_n(best, block_, unknown);
        std::uint8_t* here = cubes_.data() + b * block_;
        for (const std::uint32_t stride : free_axes(b, n_ - low_)) {
            const std::uint8_t* zero = here - 2 * stride * block_;
            const std::uint8_t* one = here - stride * block_;
            for (std::uint64_t k = 0; k < block_; ++k) best[k] = std::min(best[k], std::max(zero[k], one[k]));
        }
        for (std::uint64_t k = 0; k < block_; ++k) {
            if ((here[k] & mixed) != mixed) {
                here[k] = 0;
                continue;
            }
            std::uint8_t least = best[k];
            for (const std::uint32_t stride : low_axes_[k])
                least = std::min(least, std::max(here[k - 2 * stride], here[k - stride]));
            here[k] = static_cast<std::uint8_t>(least + 1);
        }
    }

    Bytes& cubes_;
    unsigned n_, low_;
    std::uint64_t block_;  // subcubes that differ in the lowest digits only
    std::vector<std::vector<std::uint32_t>> low_axes_;
};

}  // namespace

std::uint64_t subcube_bytes(unsigned n) { return power_of_three(n); }

Extremum Certificates::greatest() const {
    if (!most[1]) return *most[0];
    if (!most[0] || most[0]->value < most[1]->value) return *most[1];
    if (most[0]->value > most[1]->value) return *most[0];
    return most[0]->input < most[1]->input ? *most[0] : *most[1];
}

std::variant<Certificates, verdict::Undecided> certificates(const TruthTable& f, const base::Limits& limits) {
    const unsigned n = f.variables();
    if (auto why = too_large(n, limits)) return std::move(*why);
    Bytes cubes = kinds_of_subcubes(f);
    for (std::uint8_t& cube : cubes) cube = (cube & mixed) == mixed ? 0 : cube & dimension_mask;
    for (unsigned j = 0; j < n; ++j)
        along_axis(cubes, power_of_three(j),
                   [](std::uint8_t* zero, std::uint8_t* one, const std::uint8_t* free, std::uint64_t length) {
                       for (std::uint64_t k = 0; k < length; ++k) {
                           zero[k] = std::max(zero[k], free[k]);
                           one[k] = std::max(one[k], free[k]);
                       }
                   });
    Certificates result;
    result.by_input.resize(f.size());
    result.least = {n + 1, 0};
    const PointNumbers number(n);
    for (std::uint64_t k = 0; k < f.size(); ++k) {
        const auto x = static_cast<Input>(k);
        const unsigned size = n - cubes[number(x)];
        result.by_input[k] = static_cast<std::uint8_t>(size);
        auto& most = result.most[f[x] ? 1 : 0];
        if (!most || size > most->value) most = Extremum{size, x};
        if (size < result.least.value) result.least = {size, x};
    }
    return result;
}

std::variant<unsigned, verdict::Undecided> decision_tree_depth(const TruthTable& f, const base::Limits& limits) {
    const unsigned n = f.variables();
    if (auto why = too_large(n, limits)) return std::move(*why);
    Bytes cubes = kinds_of_subcubes(f);
    if (const auto limit = DepthSweep(cubes, n).run(limits))
        return verdict::Undecided{verdict::reason_of(*limit), "in the middle of the decision trees"};
    return static_cast<unsigned>(cubes.back());
}

}  // namespace attest::measure
