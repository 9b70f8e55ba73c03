// Compiled for processors with these vectors (CMakeLists.txt), where the compiler knows them.
#if defined(__AVX512F__)

#define ATTEST_PROCESSOR "avx512"
#define ATTEST_VECTOR 8
#define ATTEST_ROWS 8
#include "words_kernel_body.hpp"

namespace attest::soft::words {

const Kernels* avx512_kernels() {
    return __builtin_cpu_supports("avx512f") && __builtin_cpu_supports("fma") ? &own_kernels : nullptr;
}

}  // namespace attest::soft::words

#else

#include "words_kernels.hpp"

namespace attest::soft::words {

const Kernels* avx512_kernels() { return nullptr; }

}  // namespace attest::soft::words

#endif
