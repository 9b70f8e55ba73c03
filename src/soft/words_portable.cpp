// For every processor: vectors of two numbers, which most have, and any compiler can do without.
#define ATTEST_PROCESSOR "portable"
#define ATTEST_VECTOR 2
#define ATTEST_ROWS 1
#include "words_kernel_body.hpp"

namespace attest::soft::words {

const Kernels& portable_kernels() { return own_kernels; }

const Kernels& best_kernels() {
    static const Kernels* const best = avx512_kernels() != nullptr ? avx512_kernels()
                                       : avx2_kernels() != nullptr ? avx2_kernels()
                                                                   : &own_kernels;
    return *best;
}

}  // namespace attest::soft::words
