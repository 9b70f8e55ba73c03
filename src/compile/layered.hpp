#pragma once

#include <cstdint>
#include <functional>
#include <optional>

#include "attest/language/language.hpp"

namespace attest::compile {

/// A deterministic automaton whose states may depend on how much was read.
struct Layered {
    std::uint64_t start = 0;
    std::function<std::uint64_t(std::int64_t t, std::uint64_t state, language::Symbol symbol)>
        step;  ///< t: symbols read before
    std::function<bool(std::uint64_t)> accepts;
};

/// The language at one length as a layered automaton (FORMAT.md, 6.4): regular languages by their minimal one, majority by the
/// number of 1s, tables by their sub-tables, languages of counters by what these hold.
///
/// Needs   language.defined_at(length)
/// Gives   nothing for palindromes, blocks and brackets, whose circuits are made otherwise
std::optional<Layered> layered(const language::Language& language, std::int64_t length);

}  // namespace attest::compile
