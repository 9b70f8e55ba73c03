#pragma once

#include <cstddef>
#include <cstdint>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/circuit/circuit.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::measure {

/// A reduced ordered binary decision diagram, as plain data: equal functions are equal nodes.
struct Diagram {
    using Index = std::uint32_t;
    struct Node {
        std::uint32_t level;  ///< of the test; variables() for the two constants
        Index low, high;      ///< where the position is 0, 1; smaller than the node's own index
    };
    std::vector<Node> nodes;         ///< 0 is false, 1 is true
    std::vector<unsigned> position;  ///< by level: which position (from 1) is tested
    Index root = 0;

    unsigned variables() const { return static_cast<unsigned>(position.size()); }
    /// The function that is left of a node when the position of a level is fixed.
    /// Needs   level <= nodes[node].level
    Index child(Index node, std::uint32_t level, bool value) const {
        const Node& n = nodes[node];
        return n.level != level ? node : value ? n.high : n.low;
    }
    /// By position from 0.
    bool evaluate(const std::vector<bool>& input) const;
};

struct DiagramOptions {
    std::size_t most_nodes = 1 << 21;  ///< that building may hold at once
};

/// The diagram of a literal over the circuit's inputs. Several orders of the positions are tried, first with
/// few nodes, then with as many as are allowed: as the circuit reads them from its root, as they stand, and
/// from both ends inwards. One diagram is built at a time in a process; others wait.
///
/// Gives   undecided with reason memory if none of the orders suffices, deadline or interrupted
/// Exact   yes
std::variant<Diagram, verdict::Undecided> diagram(const circuit::Circuit& circuit, circuit::Literal root,
                                                  const DiagramOptions& options, const base::Limits& limits);

}  // namespace attest::measure
