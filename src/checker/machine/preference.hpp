#pragma once

#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <vector>

#include "checker/core/manifest.hpp"
#include "checker/machine/line.hpp"
#include "checker/machine/region.hpp"

namespace attest::checker {

/// What the machine tells apart: positions up to `first`, later ones modulo `period`; distances up to `window`.
struct Scale {
    std::size_t first = 0, period = 1, window = 0;

    std::size_t phases() const { return first + period; }
    Phase phase(std::size_t number) const {
        return {static_cast<long>(number) + 1, number < first ? 0 : static_cast<long>(period)};
    }
    std::size_t after(std::size_t number) const { return number + 1 == phases() ? first : number + 1; }
};

/// What is kept from run to run, counted.
struct Store {
    Budget& budget;
    std::uint64_t& bytes;

    void keep(std::uint64_t count) const {
        budget.memory(count);
        bytes += count;
    }
};

/// Where a position lies from the one that asks: 0, 1, … to the left, or one of these.
using Spot = long;
constexpr Spot is_far = -1, is_right = -2;

/// One head, and which of two positions it prefers.
class Preference {
  public:
    /// only_last  whether it is in the last layer with attention
    /// grows      whether some coordinate of the position is no number in some phase
    /// Needs      attention and head outlive this
    Preference(const Attention& attention, const Head& head, const Scale& scale, bool only_last, bool grows,
               Store store)
        : attention_(attention),
          head_(head),
          scale_(scale),
          only_last_(only_last),
          store_(store),
          budget_(store.budget),
          window_(find_window(grows)),
          has_phases_(bias_has(&Bindings::j) && scale.phases() > 1) {}

    bool sees_left() const { return may_be(Mask::causal) || may_be(Mask::strict); }
    bool sees_itself() const { return may_be(Mask::causal) || may_be(Mask::future); }
    bool sees_right() const { return !only_last_ && (may_be(Mask::future) || may_be(Mask::strict_future)); }
    long window() const { return window_; }
    bool has_phases() const { return has_phases_; }

    std::size_t query_of(const Line& y);
    /// The kind of a position that holds y, in the phase, for a query. Throws Defect (place).
    std::size_t kind_of(std::size_t query, const Line& y, std::size_t phase);
    const Vector& brings(std::size_t kind) const { return kinds_[kind].brings; }

    /// Whether b is preferred to a, which is left of it; nothing where that is not the same everywhere.
    std::optional<bool> later(Spot where_a, std::size_t a, Spot where_b, std::size_t b);
    /// The same. Throws Defect (place) where it is not the same everywhere.
    bool certainly_later(Spot where_a, std::size_t a, Spot where_b, std::size_t b);
    /// Whether what is far, or to the right, is out of reach for a query.
    ///
    /// spot    is_far or is_right
    /// there   kinds, for the query, of positions that may lie so
    /// asking  of those that ask with it
    /// left    of those that others may have to their left
    bool out_of_reach(Spot spot, const std::set<std::size_t>& there, const std::set<std::size_t>& asking,
                      const std::set<std::size_t>& left);

  private:
    struct Kind {
        std::array<Rational, 4> product;  ///< of q at i and key at j: 1, i, j, ij
        Vector brings;
        std::size_t phase = 0;
        bool operator<(const Kind& o) const {
            return std::tie(product, phase, brings) < std::tie(o.product, o.phase, o.brings);
        }
    };
    struct Both {
        Region a, b;
    };

    long find_window(bool grows) const;
    std::vector<std::size_t> one_of_each_score(const std::set<std::size_t>& kinds) const;
    bool each_loses(Spot spot, const std::vector<std::size_t>& there, long distance,
                    const std::vector<std::size_t>& near);
    bool may_be(Mask mask) const { return head_.mask == mask || head_.mask == Mask::none; }
    bool bias_has(long Bindings::*variable) const { return head_.bias.uses(variable); }
    Phase phase_of(std::size_t kind) const;
    std::optional<Both> together(Spot where_a, std::size_t a, Spot where_b, std::size_t b);
    std::optional<Quotient> score(const Kind& kind, const Region& at);
    bool is_fixed(const Kind& kind) const;
    std::optional<bool> decide(Spot where_a, std::size_t a, Spot where_b, std::size_t b);

    const Attention& attention_;
    const Head& head_;
    Scale scale_;
    bool only_last_;
    Store store_;
    Budget& budget_;
    long window_;
    bool has_phases_;
    std::map<Line, std::size_t> query_numbers_;
    std::vector<Line> queries_;
    std::map<Kind, std::size_t> kind_numbers_;
    std::vector<Kind> kinds_;
    std::map<std::array<long, 4>, std::optional<bool>> known_;
};

}  // namespace attest::checker
