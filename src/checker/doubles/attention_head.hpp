#pragma once

#include <vector>

#include "checker/doubles/affine_map.hpp"

namespace attest::checker {

/// What one position looks at, of a tile: keys and values, position by position.
struct Seen {
    std::vector<ConstRows> keys, values;
    const double* biases = nullptr;  ///< one a position that is seen
};

/// The mean of the values, weighted by softmax of query · key + bias. Gives the greatest variance of the values by
/// these weights, Σ p ‖v‖² − ‖mean‖² as computed, over the columns of the tile; infinite where one is too great or no
/// number.
///
/// Shape   query: dk rows; result: dv rows; weights: a row of a tile for each position that is seen, to work in Needs
/// that one is seen
double attend(ConstRows query, std::size_t dk, const Seen& seen, std::size_t dv, Rows result, double* weights);

/// What the bound of a mean depends on, besides the bounds of query, keys and values.
struct MeanOf {
    std::size_t dk, dv, positions;  ///< positions that are seen, at least one
    Bound biases;                   ///< of the vector of biases
    double variance;                ///< the greatest that attend() gave
    bool is_summed = false;         ///< its weights are from weights_of_scores(); else from attend()
};

/// Scores become weights e^(score − greatest). False where one is too far below the greatest, or is no number.
bool weights_of_scores(std::vector<double>& scores);

/// The same mean as attend(), and what it gives, from sums over what is seen: of the values times their weights, dv rows, of the
/// squares of the values times the weights, and of the weights.
double divide_sums(ConstRows sums, std::size_t dv, Rows result);

/// The bound of that mean.
///
/// Needs   bounds that hold for the key and the value of each position that is seen
Bound bound_of_mean(const Bound& query, const Bound& key, const Bound& value, const MeanOf& of);

/// How far each computed score may be from the true one (attention_head.cpp).
double error_of_scores(const Bound& query, const Bound& key, const MeanOf& of);

/// What is known of weights that sparsemax gave.
struct SparseWeights {
    double missing = 0;       ///< by how much they do not add up to 1, at most; infinite where that is no number
    std::size_t support = 0;  ///< so many positions have a weight, or might, at most
};

/// The same of sparsemax: the sum of the values, each times its weight, the weights being max(0, score − τ) for a τ such that
/// they nearly add up to 1. Gives what is known of the weights in all columns of the tile.
///
/// error_of_scores: as above
SparseWeights attend_sparsely(ConstRows query, std::size_t dk, const Seen& seen, std::size_t dv, Rows result,
                              double* weights, double error_of_scores);
/// The bound of it; of.variance does not matter.
Bound bound_of_sparse_mean(const Bound& query, const Bound& key, const Bound& value, const MeanOf& of,
                           const SparseWeights& weights);

}  // namespace attest::checker
