#pragma once

#include <cstdint>
#include <map>
#include <utility>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/network/transformer.hpp"

namespace attest::network {

/// A set of coordinates of the residual stream.
struct Coordinates {
    explicit Coordinates(std::vector<bool> marks);

    bool empty() const { return list.empty(); }
    bool operator<(const Coordinates& other) const { return list < other.list; }

    std::vector<bool> marked;         ///< by coordinate
    std::vector<std::uint32_t> list;  ///< those marked, ascending
};

/// What of a network the readout can depend on: FORMAT.md, section 5, "Need", with the norms and gates of section 12.
///
/// Boundary b (0 … L) is after layer b, layer b (1 … L) between boundaries b − 1 and b; positions count from 1.
class Need {
  public:
    /// What is looked at: masks alone, as if every part of a layer read all coordinates; or the zeros of matrices too.
    enum class Detail : char { positions, coordinates };

    /// Needs   a model without `repeat` (AtLength), which outlives this; n positions
    /// Exact   yes: what is not needed does not change the readout; what is needed may not either
    /// Throws  InputError if there is no readout position
    /// Cost    O(L (n H + d²)) for each of the few coordinate sets that occur
    Need(const Transformer& transformer, std::int64_t n, Detail detail = Detail::coordinates);

    /// Whether anything is needed of position p at the boundary: it is read, or some needed position has it for a key.
    bool needed(std::size_t boundary, std::int64_t p) const { return set_at(boundary, p) != absent; }
    /// All such positions, ascending.
    const std::vector<std::int64_t>& positions(std::size_t boundary) const { return positions_[boundary]; }
    /// By position, from index 0: `needed`.
    std::vector<bool> marked_positions(std::size_t boundary) const;
    /// The coordinates that are needed; the empty set where the position is not.
    const Coordinates& at(std::size_t boundary, std::int64_t p) const { return sets_[of(set_at(boundary, p))]; }
    /// The coordinates that the readout weighs, at each position that it reads; before them a final norm needs all.
    const Coordinates& readout() const { return sets_[readout_]; }

    // Of layer b at position p; empty where p is not needed at boundary b.
    /// Coordinates needed of the sum of residual and heads, before a norm of the attention part.
    const Coordinates& sum(std::size_t b, std::int64_t p) const { return sets_[sum_id(b, p)]; }
    /// A number for that set: equal sets have equal numbers.
    std::uint32_t sum_id(std::size_t b, std::int64_t p) const { return needed(b, p) ? use(b, p).sum : empty_; }
    /// Coordinates of the position's own vector that the residual of attention carries over.
    const Coordinates& carried(std::size_t b, std::int64_t p) const {
        return sets_[needed(b, p) ? use(b, p).carried : empty_];
    }
    /// Whether the output of a head at p can depend on the word: the mask leaves key positions, and a needed coordinate
    /// of the output reads a value that is not constant.
    bool is_live(std::size_t b, std::size_t head, std::int64_t p) const;
    std::vector<std::size_t> live_heads(std::size_t b, std::int64_t p) const;

    /// Heads of layer b that have p for a key position of some query position at which they are live, each with the
    /// coordinates of its output that are needed there.
    std::vector<std::pair<std::size_t, std::vector<std::uint32_t>>> heads_over(std::size_t b, std::int64_t p) const;

  private:
    using SetId = std::uint32_t;
    static constexpr SetId absent = UINT32_MAX;

    /// What one layer needs where one set is needed after it.
    struct Use {
        SetId sum = 0, carried = 0;
        std::vector<bool> varies;          // by head: its output is needed, and not constant
        std::vector<SetId> key_side;       // by head: what it reads at key positions
        std::vector<SetId> query_side;     // by head: what it reads at query positions
        std::int64_t first = 0, last = 0;  // the extreme query positions
    };

    SetId set_at(std::size_t boundary, std::int64_t p) const { return need_[boundary][static_cast<std::size_t>(p)]; }
    SetId of(SetId set) const { return set == absent ? empty_ : set; }
    const Use& use(std::size_t b, std::int64_t p) const { return uses_[b].at(set_at(b, p)); }

    SetId number(std::vector<bool> marks) { return sets_.number(Coordinates(std::move(marks))); }
    SetId unite(SetId a, SetId b);
    Use derive(std::size_t b, SetId after);
    Use derive_by_masks(std::size_t b, SetId after) const;
    void add_head(const Attention& attention, const Head& head, const std::vector<bool>& sum, Use& use);
    void read_at_end();
    void step(std::size_t b);
    SetId own(std::size_t b, const Use& use, std::int64_t p);
    void include_keys(std::size_t b, const Use& use);

    Mask mask(std::size_t b, std::size_t head) const;
    bool sees_any(std::size_t b, std::size_t head, std::int64_t p) const;
    Span key_positions(std::size_t b, std::size_t head, const Use& use) const;

    const Transformer& transformer_;
    std::int64_t n_;
    Detail detail_;
    base::Interner<Coordinates> sets_;
    std::map<std::pair<SetId, SetId>, SetId> unions_;
    SetId empty_, readout_;
    std::vector<std::vector<SetId>> need_;              // [boundary][p], absent where not needed
    std::vector<std::vector<std::int64_t>> positions_;  // [boundary]
    std::vector<std::map<SetId, Use>> uses_;            // [layer b] by need after it
};

}  // namespace attest::network
