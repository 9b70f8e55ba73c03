#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

namespace attest::programs::foc {

/// Σ factor · variable + constant, in whole numbers; no factor is 0.
struct Linear {
    std::map<std::uint32_t, std::int64_t> terms = {};
    std::int64_t constant = 0;

    auto operator<=>(const Linear&) const = default;
    std::int64_t factor(std::uint32_t variable) const {
        const auto found = terms.find(variable);
        return found == terms.end() ? 0 : found->second;
    }
};

/// Throws  Unsupported where a number leaves 64 bits
Linear plus(const Linear& a, const Linear& b);
Linear times(std::int64_t factor, const Linear& a);
Linear variable(std::uint32_t which);

/// Conditions on whole numbers that are not negative, without quantifiers, as a graph in which equal ones are one. Negation is
/// in the atoms alone.
class Conditions {
  public:
    using Id = std::uint32_t;
    static constexpr Id no = 0, yes = 1;

    enum class Kind : std::uint8_t { constant, least, zero, multiple, conjunction, disjunction };
    struct Node {
        Kind kind = Kind::constant;
        bool negated = false;      ///< of multiple
        std::int64_t modulus = 1;  ///< of multiple
        Linear form = {};          ///< of atoms: form ≥ 0, form = 0, modulus divides form
        std::vector<Id> parts = {};
        auto operator<=>(const Node&) const = default;
    };

    Conditions();

    Id least(const Linear& form);
    Id zero(const Linear& form);
    Id multiple(const Linear& form, std::int64_t modulus, bool negated = false);
    Id all(const std::vector<Id>& parts);
    Id any(const std::vector<Id>& parts);
    Id negation(Id id);

    /// Whether there is a whole number from 0 to `most`, or from 0 on, that makes the condition true in place of a variable.
    ///
    /// Source  Cooper's elimination, with 0 as the left end; an equation that the variable is in is solved for it
    /// Throws  Unsupported where the result would be too large
    Id exists(Id id, std::uint32_t variable, const Linear* most);

    /// The same of other conditions: variables renamed, those without a name being in none of its atoms.
    Id copy(const Conditions& from, Id id, const std::map<std::uint32_t, std::uint32_t>& names);

    const Node& node(Id id) const { return nodes_[id]; }
    bool holds(Id id, const std::vector<std::int64_t>& values) const;
    /// All that a condition is made of, itself included, parts first.
    std::vector<Id> below(Id id) const;

  private:
    Id intern(Node node);
    /// The condition with `value` in place of `factor` times the variable, where factor > 0.
    Id substitute(Id id, std::uint32_t variable, std::int64_t factor, const Linear& value);
    bool mentions(Id id, std::uint32_t variable) const;
    Id solve(const std::vector<Id>& parts, Id equation, std::uint32_t variable, const Linear* most);
    Id candidates(Id id, std::uint32_t variable);
    std::vector<Id> flat(const std::vector<Id>& parts, Kind kind) const;

    std::vector<Node> nodes_;
    std::map<Node, Id> known_;
};

}  // namespace attest::programs::foc
