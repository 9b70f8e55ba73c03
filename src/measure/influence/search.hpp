#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/measure/influence/change.hpp"
#include "measure/influence/float_network.hpp"

namespace attest::influence {

/// A word and a replacement in it, with the change of the logit as doubles have it.
struct Found {
    language::Word word;
    std::size_t position = 0;  ///< from 0
    language::Symbol to = 0;
    double change = 0;        ///< absolute
    bool exhaustive = false;  ///< all words were tried
};

struct SearchOptions {
    std::uint64_t seed = 0;
    double most_operations = 2e9;       ///< in terms of additions and products, about
    std::vector<language::Word> start;  ///< words that others think promising
    std::int64_t readout = 0;           ///< position in the word that is read, from 1; 0: none
    Where where = Where::others;        ///< whether its symbol is replaced, or any other
};

/// The replacement that changes the logit most, among all words where they are few, else by search: words with few and
/// many of each symbol and random ones; from the best of them, symbols elsewhere are exchanged while that helps, with
/// simulated annealing where it does not. Of words so long that all replacements in one are too much work, a few
/// replacements in words of two blocks.
///
/// Exact   heuristic; the change is to be enclosed by whoever reports it
std::optional<Found> search(const FloatNetwork& network, std::size_t symbols, const SearchOptions& options,
                            const base::Limits& limits);

}  // namespace attest::influence
