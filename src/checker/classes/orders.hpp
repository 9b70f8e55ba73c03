#pragma once

#include <array>
#include <cstdint>
#include <map>
#include <vector>

#include "checker/kernel/formula.hpp"

namespace attest::checker {

/// The orders by which heads prefer what they see, as variables of a formula (FORMAT.md section 9.2).
///
/// Where pairs never tie (strict) one variable says which of two is above; else two variables say it, at most one of
/// which is true. Transitivity is nowhere said: cuts say of it what a proof needs.
class Orders {
  public:
    using Name = std::vector<std::size_t>;                ///< which order: layer, head, …
    using Element = std::pair<std::size_t, std::size_t>;  ///< position and value; position 0 where there are none

    /// One step of a cycle: the literal's complement says that `upper` is above (or at least) `lower`.
    struct Step {
        std::size_t order;
        Element upper, lower;
        bool strictly;
    };

    Orders(Formula& formula, Budget& budget, bool strict) : formula_(formula), budget_(budget), strict_(strict) {}

    /// The number of an order, made when first asked for.
    std::size_t order(const Name& name);

    std::int32_t above(std::size_t order, const Element& a, const Element& b);
    std::int32_t at_least(std::size_t order, const Element& a, const Element& b) { return -above(order, b, a); }

    /// What the complement of the literal says. Throws Defect (no place) for a variable of no order.
    Step step(std::int64_t literal) const;

  private:
    using Key = std::array<std::size_t, 5>;

    std::int32_t variable(std::size_t order, const Element& a, const Element& b);

    Formula& formula_;
    Budget& budget_;
    bool strict_;
    std::map<Name, std::size_t> numbers_;
    std::map<Key, std::int32_t> literals_;
    std::map<std::int64_t, Step> steps_;  // by variable: what it says when it is true
};

}  // namespace attest::checker
