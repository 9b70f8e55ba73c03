#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <unordered_map>
#include <vector>

#include "attest/base/interner.hpp"
#include "attest/network/guhat.hpp"

namespace attest::threshold {

/// A literal of a formula. 0 stands for what is always true; in a clause it is the complement of that, and left out.
using Literal = std::int32_t;
constexpr Literal always = 0;

/// One comparison that a choice needs: `upper` above `lower`, or at least as high.
struct Comparison {
    std::uint32_t upper = 0;
    std::uint32_t lower = 0;
    bool strictly = true;
};

/// An order of section 9.2: elements, and a variable for each pair that is compared.
class Order {
  public:
    explicit Order(bool weak) : weak_(weak) {}

    bool weak() const { return weak_; }
    std::uint32_t element(const network::Pair& pair) { return elements_.number(pair); }
    const base::Interner<network::Pair>& elements() const { return elements_; }

    /// The literal of a comparison that was made before; nothing if it was not.
    std::optional<Literal> find(const Comparison& comparison) const;
    /// Names above(a, b) by a variable, and in a weak order above(b, a) by the next one.
    void name(std::uint32_t a, std::uint32_t b, std::int32_t variable);
    /// All that were named, ascending; of a weak order the first of each two.
    std::vector<std::int32_t> variables() const;

  private:
    static std::uint64_t key(std::uint32_t a, std::uint32_t b) { return std::uint64_t{a} << 32 | b; }
    std::optional<Literal> above(std::uint32_t a, std::uint32_t b) const;

    bool weak_;
    base::Interner<network::Pair> elements_;
    std::unordered_map<std::uint64_t, std::int32_t> variables_;  // of above(a, b)
};

/// A comparison that an assignment needs, with its literal.
struct Step {
    Comparison comparison;
    Literal literal = 0;
};

/// Short cycles among the steps that no order has: each with at least one strict step. Every element on such a cycle is
/// on one that is given, until there are `at_most`.
std::vector<std::vector<Literal>> impossible_cycles(std::span<const Step> steps, std::size_t at_most);

/// The cycles without chord of an order whose comparisons have literals: triangles, and squares over two positions whose
/// values are not compared. Where any two elements of different positions are compared they make an order of it.
std::vector<std::vector<Literal>> short_cycles(const Order& order);

}  // namespace attest::threshold
