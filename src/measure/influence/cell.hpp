#pragma once

#include "attest/measure/influence/change.hpp"

namespace attest::influence {

/// What is bounded at once: a set of words, a replacement and a partition of the positions into classes, with what
/// boxes say of them.
struct Cell {
    Counts words;
    Replacement replacement;
    std::vector<std::int32_t> partition;
    Change change;
    double bound = exact::infinity;
    double least_width = 0;  ///< of the change, over the classes of the replaced position: what all have in common

    std::uint64_t work() const { return change.work; }
};

/// The greatest width over the symbols at the readout position.
double greatest_width(const Box& change);

/// Makes cells of one network, and smaller ones of those.
class Subdivision {
  public:
    /// Needs   `network` to outlive this
    explicit Subdivision(const Network& network);

    /// All words with the replacement in them, in few classes of positions; nothing if there is no such word.
    std::optional<Cell> whole(Replacement replacement) const;

    struct Parts {
        std::vector<Cell> cells;  ///< which cover what was divided; empty: it cannot be divided
        std::uint64_t work = 0;
    };
    /// By positions or by counts of symbols, as is better.
    Parts divide(const Cell& cell) const;

  private:
    static constexpr std::size_t few_classes = 80;  // so many stand apart from the start

    std::vector<std::int32_t> first_partition() const;
    std::vector<std::int32_t> start_of_tree() const;
    Cell evaluate(Cell cell) const;
    std::optional<Cell> finer(const Cell& cell) const;
    Cell coarser(Cell cell) const;
    std::vector<std::int32_t> joined(const Cell& cell) const;
    std::vector<Cell> by_counts(const Cell& cell) const;

    const PositionClass& position_class(std::int32_t c) const { return net_.classes[static_cast<std::size_t>(c)]; }
    std::int32_t parent(std::int32_t c) const { return parent_[static_cast<std::size_t>(c)]; }

    const Network& net_;
    std::vector<std::int32_t> parent_;
};

}  // namespace attest::influence
