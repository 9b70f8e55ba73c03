#pragma once

#include <cstddef>
#include <cstdint>
#include <string_view>

namespace attest::checker {

/// A hash for tables whose keys a stranger chose: which keys fall together is not known before the program runs, so that no
/// choice of them makes a list of the table. Nothing may depend on the order of such a table.
struct SeededHash {
    std::size_t operator()(std::uint64_t key) const;
    std::size_t operator()(std::string_view key) const;
};

}  // namespace attest::checker
