#pragma once

#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "decide/counting/system.hpp"

namespace attest::counting {

/// What words lead to, breadth first.
struct Reached {
    /// A word on which program and language differ; one of the shortest unless states were passed over.
    std::optional<language::Word> different;
    std::vector<State> states;  ///< one after another
    bool is_all = false;        ///< whether words lead to no others
};

/// most           states that are looked at
/// most_of_each   states of each state of the automaton; what is beyond is passed over
/// Gives          nothing where a limit is exceeded
std::optional<Reached> search_words(const System& system, std::size_t most, const base::Limits& limits,
                                    std::size_t most_of_each = SIZE_MAX);

}  // namespace attest::counting
