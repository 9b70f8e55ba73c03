#pragma once

#include <cstdint>
#include <map>
#include <set>
#include <string>
#include <tuple>
#include <unordered_map>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/network/layer.hpp"
#include "form.hpp"
#include "region.hpp"

namespace attest::induction {

/// What is chosen before a machine is made: positions up to `first` are told apart, those beyond by their remainder modulo
/// `period`; positions at a distance of at most `window` are remembered one by one.
struct Parameters {
    std::int64_t first = 0, period = 1, window = 0;

    /// Phases in order: `first` single positions, then `period` remainders.
    std::uint32_t phases() const { return static_cast<std::uint32_t>(first + period); }
    Phase phase(std::uint32_t number) const {
        const std::int64_t p = number + 1;
        return {p, p <= first ? 0 : period};
    }
    std::uint32_t next(std::uint32_t number) const {
        return number + 1 < phases() ? number + 1 : static_cast<std::uint32_t>(first);
    }
};

/// Where a position lies from the one that asks: at a distance to the left, further left than the window, or to the right.
struct Place {
    enum class Kind : std::uint8_t { old, near, right };
    Kind kind = Kind::old;
    std::int64_t distance = 0;  ///< of Kind::near; 0: the asking position itself

    auto operator<=>(const Place&) const = default;
};

/// One head, asked about positions by kinds. A kind, of one query, is all that decides: the score as a function of i, j and n, the
/// phase where the head's bias looks at j, and what the head brings from there.
class HeadMachine {
  public:
    using Kind = std::uint32_t;
    using Query = std::uint32_t;

    /// last     whether only the last position of the sequence asks
    /// carried  whether what positions hold may grow with them, and so a score by content, too
    /// name     for messages: `layer 1, head 2`
    HeadMachine(const network::Attention& attention, const network::Head& head, const Parameters& parameters, bool last,
                bool carried, std::string name);

    network::Mask mask() const { return mask_; }
    bool sees_left() const { return mask_ <= network::Mask::strict; }
    bool sees_itself() const { return network::allows(mask_, 1, 1); }
    bool sees_right() const { return !last_ && (mask_ == network::Mask::none || mask_ >= network::Mask::future); }
    std::int64_t window() const { return window_; }
    bool looks_at_phase() const { return looks_at_phase_; }

    /// The query of a position that holds x, new ones get the next number.
    ///
    /// number  of x, the same for the same x
    Query query(std::uint32_t number, const Form& x);
    std::size_t queries() const { return queries_.size(); }

    /// Throws  Unsupported if what is brought moves with the position
    Kind kind(Query query, std::uint32_t number, const Form& x, std::uint32_t phase);
    /// What the head adds at who finds this kind, by its number.
    std::uint32_t image_number(Kind kind) const { return kinds_[kind].image; }
    const exact::Vector& image_of(std::uint32_t number) const { return images_[number]; }

    /// Of two positions, the one of kind a left of the other: whether that of kind b is preferred; nothing if that depends on
    /// where they are.
    std::optional<bool> compare(Place where_a, Kind a, Place where_b, Kind b);
    /// The same. Throws  Unsupported also if it depends on where they are
    bool later_wins(Place where_a, Kind a, Place where_b, Kind b);
    /// Whether who asks with a query never finds what lies far to the left, or to the right: at some place where there is a position
    /// whenever one lies so, each that may be there is preferred. Then nothing of it has to be remembered.
    ///
    /// where  old or right
    /// there  kinds of what may lie so, all kinds being of the query
    /// own    of positions that ask with it
    /// left   of positions that others may have to their left
    bool forgets(Place where, const std::set<Kind>& there, const std::set<Kind>& own, const std::set<Kind>& left);

  private:
    struct Content {
        exact::Rational one, j, i, ij;  ///< q · k as a polynomial in the two positions
        std::uint32_t phase = 0;        ///< where the bias looks at it
        std::uint32_t image = 0;

        bool operator<(const Content& o) const {
            return std::tie(one, j, i, ij, phase, image) < std::tie(o.one, o.j, o.i, o.ij, o.phase, o.image);
        }
    };

    Kind make_kind(Query query, const Form& x, std::uint32_t phase);
    std::vector<Kind> by_score(const std::set<Kind>& kinds) const;
    bool lose(Place where, const std::vector<Kind>& there, std::int64_t distance, const std::vector<Kind>& near);

    /// Both positions and the asking one in a region; nothing if no positions lie so.
    struct Two {
        Region a, b;
        bool possible = true;
    };
    Two lay_out(Place where_a, Kind a, Place where_b, Kind b) const;
    std::optional<bool> decide(Place where_a, Kind a, Place where_b, Kind b) const;
    std::optional<Quotient> score(const Content& content, const Region& region) const;

    const network::Attention& attention_;
    const network::Head& head_;
    Parameters parameters_;
    network::Mask mask_;
    network::Tie tie_;
    bool last_;
    bool bias_in_j_;
    bool looks_at_phase_;
    std::int64_t window_;
    std::string name_;
    base::Interner<Form> queries_;
    std::unordered_map<std::uint32_t, Query> query_of_;
    std::map<std::tuple<Query, std::uint32_t, std::uint32_t>, Kind> kind_of_;
    base::Interner<Content> kinds_;
    base::Interner<exact::Vector> images_;
    std::map<std::tuple<Place, Kind, Place, Kind>, std::optional<bool>> decided_;
};

}  // namespace attest::induction
