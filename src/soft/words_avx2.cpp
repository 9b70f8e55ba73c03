// Compiled for processors with these vectors (CMakeLists.txt), where the compiler knows them.
#if defined(__AVX2__)

#define ATTEST_PROCESSOR "avx2"
#define ATTEST_VECTOR 4
#define ATTEST_ROWS 2
#include "words_kernel_body.hpp"

namespace attest::soft::words {

const Kernels* avx2_kernels() {
    return __builtin_cpu_supports("avx2") && __builtin_cpu_supports("fma") ? &own_kernels : nullptr;
}

}  // namespace attest::soft::words

#else

#include "words_kernels.hpp"

namespace attest::soft::words {

const Kernels* avx2_kernels() { return nullptr; }

}  // namespace attest::soft::words

#endif
