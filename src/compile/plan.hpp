#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/network/transformer.hpp"

namespace attest::compile {

/// A set of coordinates of the residual stream, ascending.
using Coordinates = std::vector<std::uint32_t>;

/// What a compilation must know about each position at each boundary: FORMAT.md, section 5, "Need".
class Plan {
  public:
    /// Cost    O(L (n + H d)) for the few distinct coordinate sets that occur
    Plan(const network::Transformer& transformer, std::int64_t n);

    /// Positions (from 1, ascending) whose value at this boundary is needed.
    const std::vector<std::int64_t>& positions(std::size_t boundary) const { return needed_[boundary]; }
    bool needed(std::size_t boundary, std::int64_t p) const {
        return need_[boundary][static_cast<std::size_t>(p)] != absent;
    }

    // Of layer b (1 … L) at a position needed at boundary b:
    /// Coordinates that matter between the two parts of the layer.
    const Coordinates& mid(std::size_t b, std::int64_t p) const { return sets_[use(b, p).mid]; }
    std::uint32_t mid_id(std::size_t b, std::int64_t p) const { return use(b, p).mid; }
    /// Coordinates of the position's own old value that are carried over.
    const Coordinates& carried(std::size_t b, std::int64_t p) const { return sets_[use(b, p).carried]; }
    /// Heads that can matter at the position.
    std::vector<std::size_t> live_heads(std::size_t b, std::int64_t p) const;

    /// Heads of layer b through which some needed position may read position p, each with the coordinates on
    /// which its output matters there.
    std::vector<std::pair<std::size_t, Coordinates>> readers(std::size_t b, std::int64_t p) const;

  private:
    using SetId = std::uint32_t;
    static constexpr SetId absent = UINT32_MAX;

    /// What follows from the coordinates needed after a layer.
    struct Use {
        SetId mid = 0, carried = 0;
        std::vector<bool> matters;         // by head: its output matters
        std::vector<SetId> attended;       // by head: what it reads of attended positions
        std::vector<SetId> asking;         // by head: what it reads of the asking position
        std::int64_t first = 0, last = 0;  // extreme positions with this need
    };

    SetId unite(SetId a, SetId b);
    Use derive(std::size_t b, SetId need);
    const Use& use(std::size_t b, std::int64_t p) const { return uses_[b].at(need_[b][static_cast<std::size_t>(p)]); }
    SetId self(std::size_t b, const Use& use, std::int64_t p);
    network::Mask mask(std::size_t b, std::size_t head) const;
    /// Positions that the head may see from some position of a use.
    network::Span sight(std::size_t b, std::size_t head, const Use& use) const;

    /// Whether the mask of a head of layer b lets p see any position.
    bool sees_any(std::size_t b, std::size_t head, std::int64_t p) const;

    const network::Transformer& transformer_;
    std::int64_t n_;
    base::Interner<Coordinates> sets_;
    std::vector<std::vector<SetId>> need_;           // [boundary][p], absent where not needed
    std::vector<std::vector<std::int64_t>> needed_;  // [boundary]
    std::vector<std::map<SetId, Use>> uses_;         // [layer b] by need after it
};

}  // namespace attest::compile
