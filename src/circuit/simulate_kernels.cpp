// The inner loop of simulation, once for each width of register. A block is a whole number of 512-bit lanes;
// on narrower machines the compiler splits a lane. A mask of all ones or zeros complements without a branch,
// so the only branch is the kind of step, which is nearly always foretold rightly.

#include <algorithm>
#include <cstring>

#include "plan.hpp"

namespace attest::circuit {

namespace {

using Lane = std::uint64_t __attribute__((vector_size(64), may_alias));
static_assert(sizeof(Lane) == lane_words * sizeof(std::uint64_t));

#define ATTEST_INLINE inline __attribute__((always_inline))

ATTEST_INLINE std::uint64_t mask_of(std::uint32_t code) { return -std::uint64_t{code & 1U}; }

template <std::size_t Lanes>
ATTEST_INLINE Lane* block(std::uint64_t* blocks, std::uint32_t slot) {
    return reinterpret_cast<Lane*>(blocks) + slot * Lanes;
}

template <std::size_t Lanes>
ATTEST_INLINE void conjoin_two(std::uint64_t* blocks, std::uint32_t slot, const std::uint32_t* operands) {
    Lane* to = block<Lanes>(blocks, slot);
    const Lane* a = block<Lanes>(blocks, operands[0] >> 1);
    const Lane* b = block<Lanes>(blocks, operands[1] >> 1);
    const std::uint64_t flip_a = mask_of(operands[0]);
    const std::uint64_t flip_b = mask_of(operands[1]);
    for (std::size_t i = 0; i < Lanes; ++i) to[i] = (a[i] ^ flip_a) & (b[i] ^ flip_b);
}

template <std::size_t Lanes>
ATTEST_INLINE void exclude(std::uint64_t* blocks, const Step& step, const std::uint32_t* operands) {
    Lane* to = block<Lanes>(blocks, step.slot);
    const Lane* a = block<Lanes>(blocks, operands[0] >> 1);
    const Lane* b = block<Lanes>(blocks, operands[1] >> 1);
    const std::uint64_t flip = mask_of(step.flip ? 1 : 0);
    for (std::size_t i = 0; i < Lanes; ++i) to[i] = a[i] ^ b[i] ^ flip;
}

/// The sum is kept apart until the end: the target may be the block of an operand that is read here for the
/// last time.
template <std::size_t Lanes>
ATTEST_INLINE void conjoin(std::uint64_t* blocks, const Step& step, const std::uint32_t* operands) {
    Lane sum[Lanes];
    const Lane* first = block<Lanes>(blocks, operands[0] >> 1);
    for (std::size_t i = 0; i < Lanes; ++i) sum[i] = first[i] ^ mask_of(operands[0]);
    for (std::uint32_t k = 1; k < step.number; ++k) {
        const Lane* from = block<Lanes>(blocks, operands[k] >> 1);
        const std::uint64_t flip = mask_of(operands[k]);
        for (std::size_t i = 0; i < Lanes; ++i) sum[i] &= from[i] ^ flip;
    }
    Lane* to = block<Lanes>(blocks, step.slot);
    for (std::size_t i = 0; i < Lanes; ++i) to[i] = sum[i];
}

template <std::size_t Lanes>
ATTEST_INLINE void load(std::uint64_t* blocks, const Step& step, const Window& at) {
    std::uint64_t* to = blocks + step.slot * Lanes * lane_words;
    const std::uint64_t* from = at.inputs + step.number * at.stride + at.first;
    if (at.count == Lanes * lane_words) {
        std::memcpy(to, from, Lanes * sizeof(Lane));
    } else {
        std::fill_n(std::copy_n(from, at.count, to), Lanes * lane_words - at.count, 0);
    }
}

template <std::size_t Lanes>
ATTEST_INLINE void store(const std::uint64_t* blocks, const Step& step, const Window& at) {
    const std::uint64_t* from = blocks + step.slot * Lanes * lane_words;
    std::uint64_t* to = at.outputs + step.number * at.stride + at.first;
    const std::uint64_t flip = mask_of(step.flip ? 1 : 0);
    for (std::size_t i = 0; i < at.count; ++i) to[i] = from[i] ^ flip;
}

template <std::size_t Lanes>
ATTEST_INLINE void run_steps(const Simulator::Plan& plan, std::uint64_t* blocks, const Window& at) {
    const std::uint32_t* operands = plan.operands.data();
    for (const Step& step : plan.steps) {
        switch (step.kind) {
            case Step::Kind::conjunction_of_two:
                conjoin_two<Lanes>(blocks, step.slot, operands);
                operands += 2;
                break;
            case Step::Kind::conjunction:
                conjoin<Lanes>(blocks, step, operands);
                operands += step.number;
                break;
            case Step::Kind::exclusive_or:
                exclude<Lanes>(blocks, step, operands);
                operands += 2;
                break;
            case Step::Kind::load: load<Lanes>(blocks, step, at); break;
            case Step::Kind::store: store<Lanes>(blocks, step, at); break;
        }
    }
}

template <std::size_t Lanes>
void run_plain(const Simulator::Plan& plan, std::uint64_t* blocks, const Window& at) {
    run_steps<Lanes>(plan, blocks, at);
}

#if defined(__x86_64__)
template <std::size_t Lanes>
__attribute__((target("avx2"))) void run_avx2(const Simulator::Plan& plan, std::uint64_t* blocks, const Window& at) {
    run_steps<Lanes>(plan, blocks, at);
}

template <std::size_t Lanes>
__attribute__((target("avx512f"))) void run_avx512(const Simulator::Plan& plan, std::uint64_t* blocks,
                                                   const Window& at) {
    run_steps<Lanes>(plan, blocks, at);
}
#endif

Kernels choose() {
#if defined(__x86_64__)
    if (__builtin_cpu_supports("avx512f")) return {run_avx512<1>, run_avx512<block_words / lane_words>};
    if (__builtin_cpu_supports("avx2")) return {run_avx2<1>, run_avx2<block_words / lane_words>};
#endif
    return {run_plain<1>, run_plain<block_words / lane_words>};
}

}  // namespace

const Kernels& kernels() {
    static const Kernels chosen = choose();
    return chosen;
}

}  // namespace attest::circuit
