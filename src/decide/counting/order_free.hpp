#pragma once

#include <cstdint>
#include <variant>
#include <vector>

#include "decide/counting/system.hpp"

// What a program that counts symbols alone cannot tell: the order of all symbols but the last, and numbers modulo another.

namespace attest::counting {

/// Two words with the same last symbol in which each symbol stands equally often; the language has one of them.
struct Exchange {
    language::Word one, other;
};

/// Words before · symbolᵏ · after: whether the language has them changes for ever as k grows.
struct Loop {
    language::Word before;
    language::Symbol symbol = 0;
    language::Word after;
};

/// Neither of these: which state a word leads to, of those that are told apart, depends on its last symbol and on how often
/// symbols of each kind stand in it, up to the kind's threshold.
struct Kinds {
    std::vector<std::size_t> of;           ///< by symbol: its kind; symbols of one kind act alike
    std::vector<std::uint32_t> threshold;  ///< by kind: from so many on, more change nothing
    bool operator==(const Kinds&) const = default;
};

/// Looks at the automaton of a system, over the symbols of its program.
///
/// Cost  O(states² · symbols + states · symbols³)
std::variant<Exchange, Loop, Kinds> order_free(const System& system);

}  // namespace attest::counting
