#pragma once

#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/soft/word_columns.hpp"
#include "checker/soft/word_network.hpp"

namespace attest::checker {

/// What a layer makes of the words of a batch, [position]; not made where nothing depends on it.
struct LayerColumns {
    std::vector<Columns> queries, pairs, after;
};

/// Tiles to work in.
class Room {
  public:
    enum Use { normed, means, weights, sum, hidden, gate, result, uses };

    /// So many rows, whatever stands there.
    Rows operator()(Use use, std::size_t rows);

  private:
    AlignedDoubles rooms_[uses];
    std::size_t rows_[uses] = {};
};

enum class Side { queries, pairs };

/// Queries, or keys and values, of position p, from the vectors before the layer.
void project(const WordAttention& part, Side side, std::size_t p, const Columns& x, Columns& to, Room& room,
             Budget& budget);

/// The vectors after the layer at position p, from those before and from queries, keys and values.
void advance(const WordLayer& layer, std::size_t p, const Columns& x, const LayerColumns& from, Columns& to, Room& room,
             Budget& budget);

/// Row 0 becomes the scores, from the vectors that are read, or rows the logits where these are kept.
void read_out(const WordNetwork& network, const std::vector<const Columns*>& x, Columns& to, Room& room,
              Budget& budget);

}  // namespace attest::checker
