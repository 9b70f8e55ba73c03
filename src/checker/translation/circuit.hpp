#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "checker/kernel/budget.hpp"

namespace attest::checker {

/// 2 * node, or 2 * node + 1 for the complement. Node 0 is the constant false.
using Literal = std::uint32_t;
using Literals = std::vector<Literal>;

constexpr Literal bottom = 0;
constexpr Literal top = 1;
constexpr Literal negated(Literal l) { return l ^ 1; }

/// Gates in order of creation, fan-ins first, built only by the constructors of FORMAT.md section 4.
class Circuit {
  public:
    enum class Gate : std::uint8_t { conjunction, parity };

    Circuit(std::size_t inputs, Budget& budget);

    /// For what is built of it.
    Budget& budget() const { return *budget_; }

    Literal conjunction(Literals literals);
    Literal disjunction(Literals literals);
    /// The same for two literals, which is the common case, without a list.
    Literal conjunction(Literal a, Literal b);
    Literal disjunction(Literal a, Literal b) { return negated(conjunction(negated(a), negated(b))); }
    Literal parity(Literal a, Literal b);

    std::size_t inputs() const { return inputs_; }
    std::size_t gates() const { return kinds_.size(); }
    std::size_t nodes() const { return 1 + inputs_ + gates(); }
    Gate kind(std::size_t gate) const { return kinds_[gate]; }
    std::span<const Literal> fanin(std::size_t gate) const;
    Literal literal_of(std::size_t gate) const { return static_cast<Literal>(2 * (1 + inputs_ + gate)); }

    /// The part on which the roots depend, gates renumbered in order, all inputs kept; the roots are
    /// renumbered, too.
    Circuit cone(Literals& roots, Budget& budget) const;

  private:
    Literal find_or_add(Gate kind, std::span<const Literal> fanin);
    void append(Gate kind, std::span<const Literal> fanin);
    void grow();

    std::size_t inputs_;
    Budget* budget_;
    std::vector<Gate> kinds_;
    std::vector<std::uint32_t> codes_;    ///< hash of each gate
    std::vector<std::size_t> begins_{0};  ///< fan-in of gate g: arena_[begins_[g]] … arena_[begins_[g + 1]]
    Literals arena_;
    std::vector<std::uint32_t> slots_;  ///< hash table of gate numbers + 1, open addressing
};

/// The value of each node under an assignment of the inputs.
std::vector<bool> simulate(const Circuit& circuit, const std::vector<bool>& inputs);

inline bool holds(const std::vector<bool>& values, Literal l) { return values[l / 2] != ((l & 1) != 0); }

}  // namespace attest::checker
