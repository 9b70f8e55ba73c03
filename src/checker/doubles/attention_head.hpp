#pragma once

#include <vector>

#include "checker/doubles/affine_map.hpp"

namespace attest::checker {

/// What one position looks at, of a tile: keys and values, position by position.
struct Seen {
    std::vector<ConstRows> keys, values;
    const double* biases = nullptr;  ///< one a position that is seen
};

/// The mean of the values, weighted by softmax of query · key + bias.
///
/// Shape   query: dk rows; result: dv rows; weights: a row of a tile for each position that is seen, to work in
/// Needs   that one is seen
void attend(ConstRows query, std::size_t dk, const Seen& seen, std::size_t dv, Rows result, double* weights);

/// The bound of that mean. `biases`: of the vector of biases; `positions`: how many are seen, at least one.
///
/// Needs   bounds that hold for the key and the value of each of them
Bound bound_of_mean(const Bound& query, const Bound& key, const Bound& value, std::size_t dk, const Bound& biases,
                    std::size_t positions);

}  // namespace attest::checker
