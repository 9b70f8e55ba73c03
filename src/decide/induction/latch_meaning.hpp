#pragma once

#include <compare>
#include <cstddef>
#include <cstdint>

namespace attest::induction {

/// Which bit of what a machine and an automaton remember a latch is; the same in all circuits that are made of one machine.
struct LatchMeaning {
    enum class What : std::uint8_t { phase, kind, state, other };
    What what = What::other;
    std::size_t layer = 0, head = 0;  ///< of a kind
    std::uint32_t query = 0;          ///< of a kind
    std::uint32_t number = 0;         ///< of the phase, kind or state

    auto operator<=>(const LatchMeaning&) const = default;
};

}  // namespace attest::induction
