#pragma once

#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "decide/counting/system.hpp"
#include "decide/counting/whole.hpp"

// Which words a program of counting depth 1 accepts: by the last symbol, how often each symbol may stand in the whole word.

namespace attest::counting {

/// Base and any sum of periods, each any number of times; vectors by symbol.
struct LinearSet {
    Point base;
    std::vector<Point> periods;
};

/// Words that end with this symbol and in which symbols stand as often as the constraints say.
struct AcceptedCounts {
    language::Symbol last = 0;
    std::vector<Constraint> constraints;  ///< variables are symbols; none of them follows from the others
    std::vector<LinearSet> sets;  ///< the same vectors; empty where there are too many bases and periods to list
};

/// The words that a program accepts, as a union; no part of it is empty.
///
/// Needs   program_counts_symbols_only(system)
/// Gives   nothing where a limit is exceeded
/// Throws  Unsupported beyond 2,000 parts
/// Exact   yes
std::optional<std::vector<AcceptedCounts>> accepted_counts(const System& system, const base::Limits& limits);

/// The vectors of whole numbers, at least 0, that fulfil constraints, as linear sets (Contejean & Devie 1994).
///
/// Gives  nothing where a limit is exceeded, or `most` vectors are looked at
std::optional<std::vector<LinearSet>> linear_sets(const std::vector<Constraint>& constraints, std::uint32_t variables,
                                                  std::size_t most, const base::Limits& limits);

}  // namespace attest::counting
