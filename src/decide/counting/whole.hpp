#pragma once

#include <optional>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "decide/counting/linear.hpp"

// Whole numbers that fulfil linear constraints: decided, not only searched.

namespace attest::counting {

/// Whole numbers, by variable.
using Point = std::vector<mpz_class>;

/// Two cases of a form, which is whole: it is at most `at`, or at least `at` + 1.
struct Cut {
    Form form;  ///< without constant
    mpz_class at;
};

/// That no rational numbers fulfil the constraints; or whole ones that do; or the cut to make next.
struct Nowhere {};
using Branch = std::variant<Nowhere, Point, Cut>;

/// What to do with constraints on variables 0, 1, …, `variables` − 1, which are at least 0. Who makes the cuts that it says,
/// and those that it says of both cases, comes to an end: every cut is of a form that is bounded both ways and leaves each
/// side fewer whole values. Where all forms that are bounded are settled, a direction is left in which there is room
/// all around, and whole numbers lie far out in it.
///
/// Exact  yes
/// Cost   O(constraints + variables) linear programs
Branch branch(const std::vector<Constraint>& constraints, std::uint32_t variables);

/// Whole numbers that fulfil the constraints; nothing where there are none, or where a limit is exceeded. Their sum is hardly more
/// than twice the least, unless that takes long to find.
std::optional<Point> small_point(const std::vector<Constraint>& constraints, std::uint32_t variables,
                                 const base::Limits& limits);

/// A form at a point.
mpz_class value_at(const Form& form, const Point& point);

}  // namespace attest::counting
