#pragma once

#include <cstddef>
#include <cstdint>
#include <functional>
#include <unordered_set>
#include <vector>

#include "attest/circuit/circuit.hpp"

namespace attest::circuit {

/// A circuit over the symbols of a word, read from left to right: what it can have remembered after each symbol.
///
/// The level of a node is the last position of the word that it depends on. After t symbols the frontier is the nodes of levels
/// up to t that a node of a higher level reads; at the end it is the outputs. A state is a valuation of the frontier that some word
/// leads to. Words on which a node does not have the value that it is known to have lead nowhere, and known nodes are in no
/// frontier.
///
/// Exact   yes, but for states that are taken to be one though they are not, with a probability of about 2⁻⁶⁴ a pair: what is made
///         of states must be checked
class Passage {
  public:
    /// A frontier and states of it, by their signatures: words that lead to no such state are left out.
    struct Allowed {
        std::vector<Node> frontier;
        std::unordered_set<std::uint64_t> signatures;
    };
    static constexpr std::uint32_t nowhere = UINT32_MAX;

    /// known    1 true, −1 false, 0 open
    /// Needs    inputs as compile::Inputs makes them, two symbols or more; the circuit outlives this
    Passage(const Circuit& circuit, const std::vector<Literal>& outputs, std::int64_t length, std::size_t symbols,
            const std::function<int(Node)>& known = {});

    /// Reads one more symbol.
    /// Gives   false where that leads to more states than so many, or to none
    /// Cost    (states · symbols / 64) times the gates of the level and the wires into them
    bool read(std::size_t most_states, const Allowed* allowed = nullptr);
    /// From now on the node, which is the same in all states, is known.
    void fix(Node v, bool value);

    /// Symbols read.
    std::int64_t position() const { return position_; }
    std::int64_t level(Node v) const { return levels_[v]; }
    std::size_t symbols() const { return symbols_; }

    // After the symbols read. States count from 0.
    std::size_t states() const { return states_; }
    const std::vector<Node>& frontier() const { return frontier_; }
    /// Whether the k-th node of the frontier is true in the state.
    bool value(std::size_t k, std::size_t state) const { return bit(values_[k], state); }
    /// In how many states it is.
    std::size_t count(std::size_t k) const;
    /// The same for equal states of equal frontiers only.
    std::uint64_t signature(std::size_t state) const;

    // Of the last symbol read, by the state before it.
    std::size_t states_before() const { return states_before_; }
    std::uint32_t target(std::size_t source, std::size_t letter) const {
        return targets_[letter * states_before_ + source];
    }
    /// Needs   a node of the level that was read, one of the frontier before it, or one that is known
    bool holds(Literal literal, std::size_t source, std::size_t letter) const {
        return bit(columns_[literal.node()], letter * words_ * 64 + source) != literal.complemented();
    }
    /// The input that says that the last symbol read is this one.
    Literal letter(std::size_t letter) const;

  private:
    using Bits = std::vector<std::uint64_t>;
    static bool bit(const Bits& bits, std::size_t k) { return (bits[k / 64] >> k % 64 & 1U) != 0; }

    void find_levels();
    void spread();
    void evaluate(Node gate);
    std::vector<std::uint64_t> signatures(const std::vector<Node>& nodes) const;
    bool gather(std::size_t most_states, const Allowed* allowed);

    const Circuit& circuit_;
    std::vector<Literal> outputs_;
    std::int64_t length_;
    std::size_t symbols_;
    std::vector<std::int32_t> levels_;
    std::vector<std::int32_t> last_use_;       // by node: the highest level that reads it
    std::vector<std::vector<Node>> at_level_;  // gates
    std::vector<signed char> known_;           // by node
    std::int64_t position_ = 0;
    std::size_t states_ = 1, states_before_ = 0;
    std::vector<Node> frontier_, frontier_before_;
    std::vector<Bits> values_;   // by place in the frontier
    std::size_t words_ = 1;      // of 64 states before, a letter
    std::vector<Bits> columns_;  // by node: of each letter the states before; empty where no longer read
    std::vector<std::uint32_t> targets_;
};

}  // namespace attest::circuit
