#pragma once

#include <cstddef>

namespace attest::base {

/// Which units of a search this process works on, where others work on the rest: of every `parts` units one after another,
/// the one that is `part`th.
struct Share {
    std::size_t part = 1;  ///< from 1; 0: none of them, what others found is joined
    std::size_t parts = 1;

    /// unit: from 0
    bool has(std::size_t unit) const { return part > 0 && unit % parts == part - 1; }
    bool is_whole() const { return part == 1 && parts == 1; }
};

}  // namespace attest::base
