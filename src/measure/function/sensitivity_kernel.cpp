#include "sensitivity_kernel.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstring>

// One register of inputs at a time: 512 bits where the table has as many, else one word. On narrower machines
// the compiler splits a register.

// Registers are passed between inlined functions only, so how a call would pass them does not matter.
#pragma GCC diagnostic ignored "-Wpsabi"

namespace attest::measure {

namespace {

#define ATTEST_INLINE inline __attribute__((always_inline))

using Wide = std::uint64_t __attribute__((vector_size(64)));
constexpr unsigned planes = 5;  // counts to 31 ≥ most_variables

/// Inputs whose bit j is 0, for the six bits within a word.
constexpr std::array<std::uint64_t, 6> low_half = {0x5555555555555555, 0x3333333333333333, 0x0f0f0f0f0f0f0f0f,
                                                   0x00ff00ff00ff00ff, 0x0000ffff0000ffff, 0x00000000ffffffff};

template <typename Register>
constexpr std::size_t words_of = sizeof(Register) / sizeof(std::uint64_t);

template <typename Register>
ATTEST_INLINE Register load(const std::uint64_t* from) {
    Register r;
    std::memcpy(&r, from, sizeof r);
    return r;
}

template <typename Register>
ATTEST_INLINE bool any(const Register& r) {
    std::uint64_t words[words_of<Register>];
    std::memcpy(words, &r, sizeof r);
    std::uint64_t all = 0;
    for (const std::uint64_t w : words) all |= w;
    return all != 0;
}

template <typename Register>
ATTEST_INLINE Register within_word(const Register& f, unsigned j) {
    const unsigned shift = 1U << j;
    return ((f >> shift) & low_half[j]) | ((f & low_half[j]) << shift);
}

ATTEST_INLINE std::uint64_t within_register(const std::uint64_t& f, unsigned) {
    return f;  // never asked: a word has no further words
}
ATTEST_INLINE Wide within_register(const Wide& f, unsigned j) {
    if (j == 6) return __builtin_shufflevector(f, f, 1, 0, 3, 2, 5, 4, 7, 6);
    if (j == 7) return __builtin_shufflevector(f, f, 2, 3, 0, 1, 6, 7, 4, 5);
    return __builtin_shufflevector(f, f, 4, 5, 6, 7, 0, 1, 2, 3);
}

/// Counters, one a bit of the register, as planes of equal weight.
template <typename Register>
struct Counters {
    std::array<Register, planes> plane{};

    /// Adds two bits of weight 2^from.
    template <unsigned from = 0>
    ATTEST_INLINE void add(const Register& a, const Register& b) {
        const Register half = plane[from] ^ a;
        const Register carry = (plane[from] & a) | (half & b);
        plane[from] = half ^ b;
        ripple<from + 1>(carry);
    }
    template <unsigned from>
    ATTEST_INLINE void ripple(const Register& bit) {
        if constexpr (from < planes) {
            const Register carry = plane[from] & bit;
            plane[from] ^= bit;
            ripple<from + 1>(carry);
        }
    }
    /// Where the count is greater than k.
    ATTEST_INLINE Register greater(unsigned k) const {
        Register above{}, equal = ~Register{};
        for (unsigned p = planes; p-- > 0;) {
            if ((k >> p & 1U) != 0) {
                equal &= plane[p];
            } else {
                above |= equal & plane[p];
                equal &= ~plane[p];
            }
        }
        return above;
    }
    ATTEST_INLINE Register equal(unsigned k) const {
        Register same = ~Register{};
        for (unsigned p = 0; p < planes; ++p) same &= (k >> p & 1U) != 0 ? plane[p] : ~plane[p];
        return same;
    }
};

template <typename Register>
ATTEST_INLINE std::uint64_t count_bits(const Register& r) {
    std::uint64_t words[words_of<Register>], sum = 0;
    std::memcpy(words, &r, sizeof r);
    for (const std::uint64_t w : words) sum += static_cast<std::uint64_t>(std::popcount(w));
    return sum;
}

template <typename Register>
ATTEST_INLINE Input first_bit(const Register& r) {
    std::uint64_t words[words_of<Register>];
    std::memcpy(words, &r, sizeof r);
    std::size_t w = 0;
    while (words[w] == 0) ++w;
    return static_cast<Input>(w * 64 + static_cast<std::size_t>(std::countr_zero(words[w])));
}

/// Raises the greatest count among `inputs` (those of one value) as far as this register shows.
template <typename Register>
ATTEST_INLINE void raise(std::optional<Extremum>& most, const Counters<Register>& counters, const Register& inputs,
                         Input base) {
    if (!most) {
        if (!any(inputs)) return;
        most = Extremum{0, base + first_bit(inputs)};
    }
    for (;;) {
        const Register better = counters.greater(most->value) & inputs;
        if (!any(better)) return;
        ++most->value;
        const Register reached = counters.equal(most->value) & inputs;
        most->input = base + first_bit(any(reached) ? reached : better);
    }
}

template <typename Register>
ATTEST_INLINE void scan(const TruthTable& f, std::size_t first, std::size_t last, Sensitivity& into) {
    const unsigned n = f.variables();
    const std::uint64_t* words = f.words().data();
    const Register used = Register{} | f.used_bits();
    std::array<Register, TruthTable::most_variables> sums{};
    const auto flipped = [&](const Register& here, std::size_t at, unsigned j) {
        if (j < 6) return within_word(here, j);
        if ((std::size_t{1} << (j - 6)) < words_of<Register>) return within_register(here, j);
        return load<Register>(words + (at ^ (std::size_t{1} << (j - 6))));
    };
    for (std::size_t at = first; at < last; at += words_of<Register>) {
        const Register here = load<Register>(words + at);
        Counters<Register> counters;
        const auto differs = [&](unsigned j) {
            const Register d = here ^ flipped(here, at, j);
            if constexpr (sizeof(Register) > 8) {
                for (std::size_t w = 0; w < words_of<Register>; ++w)
                    sums[j][w] += static_cast<std::uint64_t>(__builtin_popcountll(d[w]));
            } else {
                sums[j] += static_cast<std::uint64_t>(__builtin_popcountll(d));
            }
            return d;
        };
        for (unsigned j = 0; j + 1 < n; j += 2) counters.add(differs(j), differs(j + 1));
        if (n % 2 == 1) counters.add(differs(n - 1), Register{});
        const auto base = static_cast<Input>(at * 64);
        raise(into.most[1], counters, Register(here & used), base);
        raise(into.most[0], counters, Register(~here & used), base);
        for (unsigned k = 0; k < into.profile.size(); ++k)
            into.profile[k] += count_bits(Register(counters.equal(k) & used));
    }
    for (unsigned i = 1; i <= n; ++i) {
        std::uint64_t lanes[words_of<Register>];
        std::memcpy(lanes, &sums[bit_of(i, n)], sizeof(Register));
        for (const std::uint64_t sum : lanes) into.boundary[i - 1] += sum;
    }
}

void scan_plain(const TruthTable& f, std::size_t first, std::size_t last, Sensitivity& into) {
    scan<Wide>(f, first, last, into);
}
void scan_word(const TruthTable& f, std::size_t first, std::size_t last, Sensitivity& into) {
    scan<std::uint64_t>(f, first, last, into);
}

using Scan = void (*)(const TruthTable&, std::size_t, std::size_t, Sensitivity&);

#if defined(__x86_64__)
__attribute__((target("avx2,popcnt"))) void scan_avx2(const TruthTable& f, std::size_t first, std::size_t last,
                                                      Sensitivity& into) {
    scan<Wide>(f, first, last, into);
}
__attribute__((target("avx512f,avx512bw,avx512vpopcntdq,popcnt"))) void scan_avx512(const TruthTable& f,
                                                                                    std::size_t first, std::size_t last,
                                                                                    Sensitivity& into) {
    scan<Wide>(f, first, last, into);
}
#endif

Scan choose() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f") && __builtin_cpu_supports("avx512bw") &&
        __builtin_cpu_supports("avx512vpopcntdq"))
        return scan_avx512;
    if (__builtin_cpu_supports("avx2")) return scan_avx2;
#endif
    return scan_plain;
}

}  // namespace

void count_sensitive(const TruthTable& f, std::size_t first, std::size_t last, Sensitivity& into) {
    static const Scan wide = choose();
    (f.words().size() < words_of<Wide> ? scan_word : wide)(f, first, last, into);
}

}  // namespace attest::measure
