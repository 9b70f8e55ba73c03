#pragma once

#include <cstdint>
#include <vector>

#include "attest/exact/interval.hpp"
#include "words_columns.hpp"
#include "words_network.hpp"
#include "words_sums.hpp"

namespace attest::soft::words {

/// Whether a network can be made of the model: all of its attention is softmax or sparsemax.
bool knows(const network::Transformer& transformer);

/// How many symbols at the end of a word a batch goes through: as few as make `most_columns` words, or as keep the batch in
/// the processor's caches.
std::size_t choose_free(const Network& network, std::size_t most_columns = 128);

/// The column of each word of a batch, in lexicographic order: there the last symbol changes fastest, in a batch the
/// first free one.
std::vector<std::size_t> lexicographic(std::size_t symbols, std::size_t free);

/// All numbers that are so near to a double; `everything` where doubles do not suffice.
exact::Interval around(double middle, double error);

/// The network on all words that share a prefix.
///
/// The first free symbol changes fastest from column to column: so what depends on the first t of them only has the
/// period |Σ|^t, and a longer period is a multiple of a shorter one.
class Batch {
  public:
    /// free: so many symbols at the end of a word are gone through
    Batch(const Network& network, std::size_t free, const Kernels& kernels = best_kernels());
    /// For words that need not begin alike, a tile of them at a time: nothing is shared but what no symbol changes.
    static Batch of_single_words(const Network& network, const Kernels& kernels = best_kernels());

    /// Evaluates; what has been computed for the prefix before and does not depend on what changed is kept.
    void run(const std::vector<std::uint32_t>& prefix);
    /// Needs   of_single_words(); as many words as there are columns, whole
    void run_each(const std::vector<std::vector<std::uint32_t>>& words);
    /// Row 0: the scores.
    const Columns& scores() const { return read_.front(); }
    /// Of a network that gives logits: a row for each class, with the bound of the vector of all; `place` counts what is
    /// read, a mean or sum once.
    const Columns& logits(std::size_t place) const { return read_[place]; }
    std::size_t columns() const { return columns_; }

    /// How many numbers such a batch has to keep.
    static std::size_t numbers_of(const Network& network, std::size_t columns);

  private:
    struct LayerState {
        std::vector<Columns> pairs;  ///< [position], empty where no one looks; bounds are those of the map's input. Of
                                     ///< folded heads, what a norm makes for them; empty where none comes before them
        std::vector<Columns> squares;     ///< [position], of key and value of each head, or one row for folded heads
        std::vector<Columns> queries;     ///< [position], empty where not needed; bounds are those of the map's input
        Columns worst;                    ///< without a mask: bounds of pairs, the worst
        std::vector<Columns> after;       ///< [position], empty where not needed
        std::vector<SymbolTable> tables;  ///< by head, of what is seen; empty where all depends on several symbols
    };
    struct Vector {  ///< of one tile
        In values;
        Bound bound;
        Rows occupied = {};  ///< of the values
    };

    Batch(const Network& network, std::size_t free, bool single, const Kernels& kernels);
    void plan();
    void evaluate();
    void plan_layer(std::size_t layer, const std::vector<bool>& needed);
    Columns columns_for(std::size_t rows, const Span& span) const;
    bool is_stale(const Columns& columns) const;
    void embed(std::size_t position);
    /// Of the word of a column.
    std::size_t symbol(std::size_t letter, std::size_t column, std::size_t period) const;
    const Columns& before(std::size_t layer, std::size_t position) const {
        return layer == 0 ? embedded_[position] : states_[layer - 1].after[position];
    }
    Vector input(std::size_t layer, std::size_t position, std::size_t column);
    /// Turns queries or keys of all heads, `first` of which are their first rows; where nothing is turned they stay.
    static void turn(const Attention& attention, std::size_t position, std::size_t Head::*first, Out rows);
    void make_pairs(std::size_t layer, std::size_t position);
    /// The same for folded heads.
    void make_seen(std::size_t layer, std::size_t position);
    /// What heads read at a position.
    const Columns& seen_at(std::size_t layer, std::size_t position) const {
        const Columns& pairs = states_[layer].pairs[position];
        return pairs.values.empty() ? before(layer, position) : pairs;
    }
    std::size_t query_rows(std::size_t layer) const;
    ReadRows read_rows(const Attention& attention, std::size_t head) const;
    /// The first row of a head's query.
    std::size_t query_row(const Attention& attention, std::size_t head) const {
        return attention.folds.empty() ? attention.heads[head].query : head * rounded_up(network_.dimension, block);
    }
    void make_query(std::size_t layer, std::size_t position);
    void make_worst(std::size_t layer);
    void read_tables(std::size_t layer);
    /// Finds for each head, if it can, the sums of all words.
    void add_up(std::size_t layer, std::size_t position, std::size_t period);
    void advance(std::size_t layer, std::size_t position);
    Vector attend(std::size_t layer, std::size_t position, std::size_t column);
    Bound means(std::size_t layer, std::size_t position, std::size_t column);
    /// From the mean of what is seen to that of values, with the squares of its bounds added.
    void unfold(const Attention& attention, std::size_t head, Bound mean, Bound& all);
    /// The worst bounds of pairs at these positions.
    Bound worst(std::size_t layer, const Range& seen, std::size_t column) const;
    static Out room(AlignedDoubles& numbers) { return {numbers.data(), tile}; }
    Vector through_gate(const FeedForward& part, const Vector& x);
    /// Into the rows `to`, if there is a map.
    Vector feed_forward(const FeedForward& part, std::size_t position, const Vector& x, Out to);
    Vector normalise(const Norm& norm, const Vector& x, Out room) const;
    /// One block of rows (network/blocks.hpp).
    Vector normalise_block(const Norm& norm, const Vector& x, Out rows) const;
    /// The activation, on rows of a tile, each of which becomes f of it.
    Bound activate(const FeedForward& part, std::size_t map, const Bound& bound, double* rows) const;
    /// The values alone, where no one asks for their bounds. position: whose bias they have, where there is one for each
    void make(const Map& map, const Vector& x, bool rectify, Out y, const Vector* add = nullptr,
              std::size_t position = 0) const;
    Bound bound(const AffineBound& map, const Bound& x, const Bound* add = nullptr) const;
    Bound apply(const Map& map, const Vector& x, bool rectify, Out y, const Vector* add = nullptr,
                std::size_t position = 0) const;
    void read(std::size_t place);
    /// What the readout takes at a place, normed if there is a norm before it.
    Vector last_vector(std::size_t position, std::size_t column);
    Vector pooled(std::size_t column);
    /// Row 0 becomes the score; gives its bound from that of the logits.
    Bound compare_classes(Out rows, Bound bound) const;

    const Network& network_;
    const Kernels& kernels_;
    std::size_t free_, columns_ = 1;
    bool single_;
    std::vector<std::uint32_t> prefix_;
    std::vector<std::vector<std::uint32_t>> words_;  ///< of single words, one a column
    std::int64_t changed_ = 0;                       ///< first position of the word that is not as in the batch before
    bool fresh_ = true;                              ///< no batch yet
    std::vector<Columns> embedded_;
    std::vector<LayerState> states_;
    std::vector<Columns> read_;  ///< what the readout makes of each position that is read
    // To work in, for one tile.
    AlignedDoubles normed_, weights_, mean_, sum_, post_, inner_, hidden_[2], last_, asked_, folded_;
    std::vector<In> pairs_, squares_;
    std::vector<std::uint32_t> occupied_;
    std::vector<SymbolSums> sums_;  ///< by head, at the position that asks
    std::vector<bool> is_summed_;
};

}  // namespace attest::soft::words
