#pragma once

#include <string>
#include <utility>
#include <vector>

#include "python/model.hpp"

namespace attest::python {

/// Numbers in a box of any shape, row after row, as doubles; NaN where the network did not need to be evaluated.
/// Exact   `nearest` is rounded; the true number lies between `lower` and `upper`
struct Array {
    std::vector<std::size_t> shape;
    std::vector<double> lower, upper, nearest;
};

/// What a network did on one word.
struct Trace {
    std::vector<std::string> sequence;  ///< symbols, begin and end included: n
    std::vector<Array>
        attention;  ///< by layer: [heads, n, n], row: who asks; its weights add up to 1, or to 0 where all is masked
    std::vector<Array> activations;  ///< by boundary, 0 … L: [n, d]; none of softmax models and tables
    std::vector<std::pair<std::string, std::vector<std::string>>> variables;  ///< of a program: by position
    Said said;
};

/// Throws  as evaluate; Unsupported for softmax models whose score no precision tells from 0
Trace trace(const Model& model, const language::Word& word, const base::Limits& limits);

}  // namespace attest::python
