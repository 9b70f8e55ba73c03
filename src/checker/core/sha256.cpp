#include "checker/core/sha256.hpp"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>

// SHA-256 as FIPS 180-4, sections 5 and 6, defines it, checked by the tests on the vectors of that standard. It is
// written here so that what binds a claim to its files needs no library. Where the processor has instructions for its
// rounds they are taken; the tests hold both ways against each other.

#if defined(__x86_64__) && defined(__GNUC__)
#define ATTEST_SHA_INSTRUCTIONS
#include <cpuid.h>
#include <immintrin.h>
#endif

namespace attest::checker {
namespace {

constexpr std::array<std::uint32_t, 64> round_constant = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

using State = std::array<std::uint32_t, 8>;

std::uint32_t big_endian(const char* bytes) {
    std::uint32_t word = 0;
    for (int i = 0; i < 4; ++i) word = word << 8 | static_cast<unsigned char>(bytes[i]);
    return word;
}

void compress(State& state, const char* block) {
    std::array<std::uint32_t, 64> w{};
    for (std::size_t t = 0; t < 16; ++t) w[t] = big_endian(block + 4 * t);
    for (std::size_t t = 16; t < 64; ++t) {
        const std::uint32_t a = w[t - 15];
        const std::uint32_t b = w[t - 2];
        w[t] = w[t - 16] + (std::rotr(a, 7) ^ std::rotr(a, 18) ^ a >> 3) + w[t - 7] +
               (std::rotr(b, 17) ^ std::rotr(b, 19) ^ b >> 10);
    }
    auto [a, b, c, d, e, f, g, h] = state;
    for (std::size_t t = 0; t < 64; ++t) {
        const std::uint32_t x = h + (std::rotr(e, 6) ^ std::rotr(e, 11) ^ std::rotr(e, 25)) + ((e & f) ^ (~e & g)) +
                                round_constant[t] + w[t];
        const std::uint32_t y = (std::rotr(a, 2) ^ std::rotr(a, 13) ^ std::rotr(a, 22)) + ((a & b) ^ (a & c) ^ (b & c));
        h = g, g = f, f = e, e = d + x, d = c, c = b, b = a, a = x + y;
    }
    const State sum = {a, b, c, d, e, f, g, h};
    for (std::size_t i = 0; i < 8; ++i) state[i] += sum[i];
}

void compress_blocks(State& state, const char* bytes, std::size_t blocks) {
    for (std::size_t b = 0; b < blocks; ++b) compress(state, bytes + 64 * b);
}

using Compression = void (*)(State& state, const char* bytes, std::size_t blocks);

#ifdef ATTEST_SHA_INSTRUCTIONS

#define ATTEST_SHA __attribute__((target("sha,sse4.1,ssse3")))

ATTEST_SHA __m128i four(const void* at) { return _mm_loadu_si128(static_cast<const __m128i*>(at)); }

/// The instructions take the state as two words of four, (f, e, b, a) and (h, g, d, c), lowest first, and do two rounds at
/// a time: what was the first is the second after them. msg1 and msg2 are σ0 and σ1 of the message schedule, for four t.
ATTEST_SHA void compress_with_instructions(State& state, const char* bytes, std::size_t blocks) {
    const __m128i to_big_endian = _mm_set_epi64x(0x0c0d0e0f08090a0b, 0x0405060700010203);
    const __m128i a_to_d = _mm_shuffle_epi32(four(&state[0]), 0xb1), e_to_h = _mm_shuffle_epi32(four(&state[4]), 0x1b);
    __m128i first = _mm_alignr_epi8(a_to_d, e_to_h, 8), second = _mm_blend_epi16(e_to_h, a_to_d, 0xf0);
    for (; blocks > 0; --blocks, bytes += 64) {
        const __m128i first_before = first, second_before = second;
        __m128i w[4];
#pragma GCC unroll 16
        for (std::size_t t = 0; t < 16; ++t) {  // of four rounds each
            __m128i& now = w[t % 4];
            const __m128i &before = w[(t + 3) % 4], &twice_before = w[(t + 2) % 4];
            if (t < 4) now = _mm_shuffle_epi8(four(bytes + 16 * t), to_big_endian);
            else
                now = _mm_sha256msg2_epu32(
                    _mm_add_epi32(_mm_sha256msg1_epu32(now, w[(t + 1) % 4]), _mm_alignr_epi8(before, twice_before, 4)),
                    before);
            const __m128i added = _mm_add_epi32(now, four(&round_constant[4 * t]));
            second = _mm_sha256rnds2_epu32(second, first, added);
            first = _mm_sha256rnds2_epu32(first, second, _mm_shuffle_epi32(added, 0x0e));
        }
        first = _mm_add_epi32(first, first_before);
        second = _mm_add_epi32(second, second_before);
    }
    const __m128i a_b_e_f = _mm_shuffle_epi32(first, 0x1b), g_h_c_d = _mm_shuffle_epi32(second, 0xb1);
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&state[0]), _mm_blend_epi16(a_b_e_f, g_h_c_d, 0xf0));
    _mm_storeu_si128(reinterpret_cast<__m128i*>(&state[4]), _mm_alignr_epi8(g_h_c_d, a_b_e_f, 8));
}

/// Whether the processor has them: SHA (leaf 7), SSE4.1 and SSSE3 (leaf 1).
bool has_instructions() {
    unsigned a = 0, b = 0, c = 0, d = 0;
    if (__get_cpuid_count(7, 0, &a, &b, &c, &d) == 0 || (b >> 29 & 1) == 0) return false;
    return __get_cpuid(1, &a, &b, &c, &d) != 0 && (c >> 19 & 1) != 0 && (c >> 9 & 1) != 0;
}

#else

bool has_instructions() { return false; }
void compress_with_instructions(State& state, const char* bytes, std::size_t blocks) {
    compress_blocks(state, bytes, blocks);
}

#endif

std::string digest(std::string_view bytes, Compression compress_all, Budget& budget) {
    constexpr std::size_t at_once = std::size_t{1} << 14;  // so often the budget looks at the caller's limits
    State state = {0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};
    const std::size_t whole = bytes.size() / 64 * 64;
    for (std::size_t at = 0; at < whole; at += at_once) {
        const std::size_t count = std::min(at_once, whole - at);
        budget.step(count);
        compress_all(state, bytes.data() + at, count / 64);
    }

    std::string tail(bytes.substr(whole));
    tail += '\x80';
    while (tail.size() % 64 != 56) tail += '\0';
    const std::uint64_t bits = std::uint64_t{bytes.size()} * 8;
    for (int shift = 56; shift >= 0; shift -= 8) tail += static_cast<char>(bits >> shift & 0xff);
    compress_all(state, tail.data(), tail.size() / 64);

    std::string hex;
    for (const std::uint32_t word : state)
        for (int shift = 28; shift >= 0; shift -= 4) hex += "0123456789abcdef"[word >> shift & 15];
    return hex;
}

}  // namespace

std::string sha256(std::string_view bytes) {
    Budget unlimited(UINT64_MAX, UINT64_MAX);
    return sha256(bytes, unlimited);
}

std::string sha256_portably(std::string_view bytes) {
    Budget unlimited(UINT64_MAX, UINT64_MAX);
    return digest(bytes, compress_blocks, unlimited);
}

std::string sha256(std::string_view bytes, Budget& budget) {
    static const bool instructions = has_instructions();
    return digest(bytes, instructions ? compress_with_instructions : compress_blocks, budget);
}

}  // namespace attest::checker
