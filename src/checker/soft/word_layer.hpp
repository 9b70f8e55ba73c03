#pragma once

#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/soft/symbol_sums.hpp"
#include "checker/soft/word_columns.hpp"
#include "checker/soft/word_network.hpp"

namespace attest::checker {

/// What a layer makes of the words of a batch, [position]; not made where nothing depends on it.
struct LayerColumns {
    std::vector<Columns> queries, pairs, after;
    std::vector<const Columns*>
        seen;  ///< keys and values: pairs, or of a layer that makes none the vectors, as they are or normed
    std::vector<SymbolTable> tables;  ///< of softmax, by head: what may be seen
};

/// Tiles to work in.
class Room {
  public:
    enum Use { normed, means, weights, sum, hidden, gate, result, uses };

    /// So many rows, whatever stands there.
    Rows operator()(Use use, std::size_t rows);
    /// Of a head.
    SymbolSums& sums(std::size_t head) {
        if (head >= sums_.size()) sums_.resize(head + 1);
        return sums_[head];
    }

  private:
    std::vector<SymbolSums> sums_;
    AlignedDoubles rooms_[uses];
    std::size_t rows_[uses] = {};
};

enum class Side { queries, pairs };

/// Queries, or keys and values, of position p, from the vectors before the layer; normed vectors in place of keys and values
/// where these are not made.
void project(const WordAttention& part, Side side, std::size_t p, const Columns& x, Columns& to, Room& room,
             Budget& budget);

/// The vectors after the layer at position p, from those before and from queries, keys and values.
///
/// symbols   of the alphabet
void advance(const WordLayer& layer, std::size_t p, const Columns& x, const LayerColumns& from, std::size_t symbols,
             Columns& to, Room& room, Budget& budget);

/// Row 0 becomes the scores, from the vectors that are read, or rows the logits where these are kept.
void read_out(const WordNetwork& network, const std::vector<const Columns*>& x, Columns& to, Room& room,
              Budget& budget);

}  // namespace attest::checker
