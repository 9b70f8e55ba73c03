#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <optional>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/formats/file.hpp"
#include "attest/network/transformer.hpp"
#include "attest/verdict/verdict.hpp"

/// Does a model answer with the greatest symbol of the word?
namespace attest::maximum {

/// Cells of words, and in which the bound is positive for all classes.
struct Cells {
    std::uint64_t cells = 0, certified = 0;
    mpz_class words;                     ///< all of the length
    mpz_class right;                     ///< of the certified cells
    long bits = 0;                       ///< of the balls
    std::optional<base::Limit> stopped;  ///< before the end
};

/// Why the model is not of the form that cells are for (FORMAT.md, section 34); nothing where it is.
std::optional<std::string> unfit(const network::Transformer& model);

/// Needs   a model that fits
/// Exact   the model is right on all words of certified cells
/// Cost    O(v³ N (v + N)) ball operations, v being the symbols, N the length
/// Source  [gross2024compact]
Cells count_cells(const network::Transformer& model, std::int64_t length, long bits, const base::Limits& limits);

/// The tensors W_E, W_pos, W_Q, W_K, W_V, W_O and W_U of a safetensors file, which rows are multiplied with from the left, as
/// a model: the symbols are 0, 1, … in decimal, and so are its classes; it is read at the last position.
///
/// Throws  InputError for a tensor that is missing or of another shape
formats::ModelFile model_of_checkpoint(const std::string& path);

}  // namespace attest::maximum
