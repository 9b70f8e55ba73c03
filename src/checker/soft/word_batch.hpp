#pragma once

#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/soft/word_columns.hpp"
#include "checker/soft/word_layer.hpp"

namespace attest::checker {

/// A network on all words that begin alike: |Σ|^free of them, in the order of Columns.
///
/// What does not depend on symbols that have changed is kept from one batch to the next: in a causal model all
/// positions of the common beginning, and in any what the first layer makes of one symbol at one position.
class WordBatch {
  public:
    /// Needs   free <= letters; the network outlives this
    WordBatch(const WordNetwork& network, std::size_t free, Budget& budget);

    /// Evaluates. prefix: the symbols that all words of the batch begin with
    void run(const std::vector<std::size_t>& prefix);
    /// Row 0: the scores, and one bound for all of them.
    const Columns& scores() const { return read_.front(); }
    /// Where logits are kept, a row for each class, and one bound for the vectors of all; of one of the readouts.
    const Columns& logits(std::size_t readout) const { return read_[readout]; }

    /// Numbers that a batch of so many columns holds.
    static std::uint64_t held(const WordNetwork& network, std::uint64_t columns);

  private:
    void plan();
    void plan_layer(std::size_t l, const std::vector<bool>& needed);
    Columns columns(std::size_t rows, const Span& span) const;
    bool is_stale(const Columns& columns) const;
    const Columns& before(std::size_t l, std::size_t p) const {
        return l == 0 ? embedded_[p] : layers_[l - 1].after[p];
    }
    void embed(std::size_t p);
    std::size_t symbol(std::size_t letter, std::size_t column) const;
    void run_layer(std::size_t l);
    void read_tables(std::size_t l);
    std::vector<const Columns*> vectors_of(const std::vector<std::size_t>& readout) const;

    const WordNetwork& network_;
    std::size_t free_;
    Budget& budget_;
    std::vector<std::size_t> prefix_;
    Span changed_;
    std::vector<Columns> embedded_;  ///< [position]; not made where nothing depends on it
    std::vector<LayerColumns> layers_;
    std::vector<Columns> read_;  ///< by readout
    Room room_;
};

}  // namespace attest::checker
