#pragma once

#include <cstddef>

// What is done to many words at a time. Plain data and pointers only: these kernels are compiled for several processors
// (words_kernel_body.hpp), and nothing that they share with other files may depend on which.

namespace attest::soft::words {

/// How many words a kernel works on; values of one coordinate for these stand in a row.
constexpr std::size_t tile = 16;
/// How many rows of a matrix are stored together.
constexpr std::size_t block = 8;

/// Values of one position: [rows][stride], of which a kernel reads or writes the first `tile` columns.
struct In {
    const double* data = nullptr;
    std::size_t stride = 0;
};
struct Out {
    double* data = nullptr;
    std::size_t stride = 0;
};

/// y = W x + b, with b repeated for each word, or with `add` in its place where it has data.
struct AffineJob {
    const double* weight;  ///< [blocks][inputs][block]
    const double* bias;    ///< [blocks × block]
    std::size_t blocks, inputs;
    bool rectify;  ///< then max(0, y)
    In x, add;     ///< add: besides the bias; no data: nothing
    Out y;
};

/// (v − mean) / sqrt(variance + eps) · gain + bias; what the error becomes is worked out in words_bounds.hpp.
struct NormJob {
    const double *gain, *bias;
    std::size_t dimension;
    double eps;
    double centring, root, stretch, constant;  ///< of NormBound
    In x;
    const double *error, *size;  ///< of x
    Out y;
    double* error_after;
};

/// One head at one asking position: the mean of values, weighted by e^score.
struct HeadJob {
    const double* query;  ///< [dk][tile]
    std::size_t dk, dv, count;
    const In *keys, *values, *squares;  ///< of each of `count` positions; squares: ‖key‖² and ‖value‖²
    const double* bias;                 ///< of each
    double* weights;                    ///< [count][tile], to work in
    double* mean;                       ///< [dv][tile]
    double* second;                     ///< [tile], the mean of ‖value‖²
    double* greatest;                   ///< [2][tile], the greatest of ‖key‖² and of ‖value‖²
};

/// The same functions for one kind of processor.
struct Kernels {
    const char* name;
    void (*affine)(const AffineJob&);
    void (*normalise)(const NormJob&);
    void (*attend)(const HeadJob&);
    /// ‖x‖² for each column of so many rows.
    void (*square)(In x, std::size_t rows, double* squares);
    /// e^x for tile numbers x <= 0.
    /// Exact   the error is at most 2^-50 e^x + 2^-1000
    void (*exp)(const double* x, double* y);
};

/// Null where the compiler or the processor lacks them.
const Kernels* avx512_kernels();
const Kernels* avx2_kernels();
const Kernels& portable_kernels();

/// The fastest that this processor has.
const Kernels& best_kernels();

}  // namespace attest::soft::words
