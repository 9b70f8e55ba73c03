#pragma once

#include <cstddef>
#include <cstdint>

// What is done to many words at a time. Plain data and pointers only: these kernels are compiled for several processors
// (words_kernel_body.hpp), and nothing that they share with other files may depend on which.

namespace attest::soft::words {

/// How many words a kernel works on; values of one coordinate for these stand in a row.
constexpr std::size_t tile = 16;
/// How many rows of a matrix are stored together.
constexpr std::size_t block = 8;

/// Of bounds (words_bounds.hpp): what their own rounding and underflow may cost, and from where on they are infinite.
constexpr double slack = 1 + 0x1p-30, tiny = 0x1p-300, greatest = 0x1p200;

/// y = W x + b + a
struct AffineBound {
    double norm = 0;      ///< ‖W‖
    double rounding = 0;  ///< a unit of ‖x‖
    double constant = 0;  ///< for the bias
    double sum = 0;       ///< a unit of ‖a‖
    double bias = 0;      ///< ‖b‖
};

/// The part of a head's bound that does not depend on vectors.
struct HeadBound {
    AffineBound query, key, value;
    double dot = 0;     ///< 1.02 (dk + 6) u
    double bias = 0;    ///< that times the greatest |bias|, and what biases lost when they became doubles
    double mean = 0;    ///< of weights and sums: 2.02 (8 + 0.38 n) u + 1.02 (2 n + 8) u; of sparsemax 1.02 (2 n + 12) u
    double spread = 0;  ///< what Σ p̂ ‖v̂‖² − ‖m̂‖² may be wrong by, a unit of the greatest ‖v̂‖²: 1.02 (4 n + 4 dv + 20) u
};

/// Values of one position: [rows][stride], of which a kernel reads or writes the first `tile` columns.
struct In {
    const double* data = nullptr;
    std::size_t stride = 0;
};
struct Out {
    double* data = nullptr;
    std::size_t stride = 0;
};

/// Rows of which all others are 0 for every word of a tile.
struct Rows {
    const std::uint32_t* list = nullptr;  ///< null: all rows
    std::size_t count = 0;
};

/// y = W x + b, with b repeated for each word, or with `add` in its place where it has data.
struct AffineJob {
    const double* weight;  ///< [blocks][inputs][block]
    const double* bias;    ///< [blocks × block]
    std::size_t blocks, inputs;
    bool rectify;  ///< then max(0, y)
    In x, add;     ///< add: besides the bias; no data: nothing
    Out y;
    Rows occupied;  ///< of x: what is 0 adds nothing
};

/// What an affine map does to bounds, for each word of a tile; what is added besides has bounds of its own, or none.
struct BoundJob {
    const AffineBound* map;
    const double *error, *size;              ///< of x
    const double *added_error, *added_size;  ///< null: nothing is added
    double *error_after, *size_after;
};

/// (v − mean) / sqrt(variance + eps) · gain + bias, or, not centred, without the mean; what the error becomes is worked
/// out in words_bounds.hpp.
struct NormJob {
    const double *gain, *bias;
    std::size_t dimension;
    bool centred;
    double eps;
    double centring, root, stretch, constant;  ///< of NormBound
    In x;
    const double *error, *size;  ///< of x
    Out y;
    double* error_after;
};

/// One head at one query position: the mean of values, weighted by e^score, or by sparsemax of the scores.
///
/// Where `sums` has data, it has the sums of weighted values, of their squared lengths and of weights, row by row; then what
/// stands there of pairs, squares, rows, biases and weights does not matter, but these squared lengths and `more` do.
struct HeadJob {
    bool sparse;
    In sums;
    double most_key, most_value;  ///< at least ‖key‖² and ‖value‖² of what is seen
    double more;                  ///< what is added to bound->mean
    In query;                     ///< [dk]
    std::size_t dk, dv, count;
    const In *pairs, *squares;             ///< of each of `count` positions
    std::size_t key, value;                ///< first rows of the two, which may be the same
    std::size_t key_square, value_square;  ///< rows of ‖key‖² and ‖value‖²
    const double* bias;                    ///< of each
    double* weights;                       ///< [count][tile], to work in
    double* mean;                          ///< [dv][tile]
    const HeadBound* bound;
    const double *query_error, *query_size;  ///< [tile], of the vector that the query is made of
    const double *seen_error, *seen_size;    ///< [tile], of those that keys and values are made of, the worst
    double *error, *size;                    ///< [tile], to which the squares of the mean's are added
};

/// From a row of columns the next, `symbols` times as long: each number of a symbol's is added to all.
///
/// Shape   added: [symbols][rows]; from, to: [rows][stride], with room for a whole number of vectors behind the last column
struct SymbolJob {
    const double* added;
    std::size_t rows, symbols, width;
    const double* from;
    double* to;
    std::size_t stride;
};

/// Columns that follow each other, `step` at a time, to where every `every` columns as many stand.
struct ApartJob {
    const double* from;
    std::size_t rows, step, every, period;
    double* to;
    std::size_t stride;
};

/// The functions that may stand between maps, except ReLU.
enum class Curve { leaky_relu, gelu, gelu_tanh, silu, tanh, sigmoid };

/// x[r] becomes f(x[r]), [rows][tile].
///
/// Exact   the error is at most 2^-46 (|x| + 1)
struct CurveJob {
    Curve curve;
    double slope;                   ///< of leaky-relu
    const double *normal, *slopes;  ///< Φ and its derivative at −9, −9 + 1/64, … 9, each with an error of at most 2^-52
    double* x;
    std::size_t rows;
};

/// The same functions for one kind of processor.
struct Kernels {
    const char* name;
    void (*affine)(const AffineJob&);
    /// Lists the rows that are not 0 for every word of the tile; gives how many they are. Shape  list: [rows]
    std::size_t (*occupied)(In x, std::size_t rows, std::uint32_t* list);
    void (*bound)(const BoundJob&);
    void (*normalise)(const NormJob&);
    void (*attend)(const HeadJob&);
    void (*add_symbol)(const SymbolJob&);
    void (*put_apart)(const ApartJob&);
    void (*activate)(const CurveJob&);
    /// x becomes √x, from above, for tile numbers x >= 0; infinite if that is not small.
    void (*root)(double* x);
    /// ‖x‖² for each column of so many rows.
    void (*square)(In x, std::size_t rows, double* squares);
    /// e^x for tile numbers x <= 0.
    /// Exact   the error is at most 2^-50 e^x + 2^-1000
    void (*exp)(const double* x, double* y);
    /// y[r][s] = Σ_c x[c][r] x[c][s] for s <= r. Shape  x: [count × size]; y: [size × size], where what is above the
    /// diagonal may be anything. Needs  size is a multiple of `block`
    void (*gram)(const double* x, std::size_t count, std::size_t size, double* y);
};

/// Null where the compiler or the processor lacks them.
const Kernels* avx512_kernels();
const Kernels* avx2_kernels();
const Kernels& portable_kernels();

/// The fastest that this processor has.
const Kernels& best_kernels();

}  // namespace attest::soft::words
