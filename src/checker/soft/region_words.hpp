#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/language/automaton.hpp"

namespace attest::checker {

/// Neighbouring positions first … last - 1 of the word, from 0, and how often each symbol comes in them; no counts where
/// nothing is said of them.
struct WordSegment {
    std::size_t first, last;
    std::vector<std::size_t> counts;
};

/// Words of one length: FORMAT.md section 17.
using WordRegion = std::vector<WordSegment>;

/// The regions that segment k falls into, in order. What they take is drawn from the budget.
///
/// Throws  Defect (place) where the segment leaves no choice
std::vector<WordRegion> split_region(const WordRegion& region, std::size_t k, std::size_t symbols,
                                     const std::string& place, Budget& budget);

/// The words of a region that an automaton accepts (or does not), as paths from the one node of layer 0 to the last layer.
/// Every edge is on a path.
struct WordGraph {
    struct Edge {
        std::uint32_t from, to, symbol;
    };
    std::vector<std::vector<Edge>> edges;             ///< [position]
    std::vector<std::size_t> nodes;                   ///< [layer]
    std::vector<std::vector<std::uint32_t>> symbols;  ///< [position]: those of the edges, ascending
    std::vector<std::vector<double>> frequencies;     ///< [position][symbol]: any numbers; near the part of the words
    bool is_empty = true, is_one_word = false;

    /// Needs one word.
    std::vector<std::size_t> word() const;
};

/// What it takes is drawn from the budget.
WordGraph graph_of(const WordRegion& region, const Automaton& automaton, bool accepted, Budget& budget);

}  // namespace attest::checker
