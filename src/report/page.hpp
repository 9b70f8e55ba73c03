#pragma once

#include <string>

#include "report/sources.hpp"

namespace attest::report {

struct PageOptions {
    std::string title = "What was checked";
    std::string date;  ///< printed as it is; the page has no date of its own
    /// Circuits of more gates, or more wires, are described and not drawn.
    std::size_t most_gates = 120;
    std::size_t most_wires = 700;
    /// Once the page has so many bytes, what is left to draw is described only.
    std::size_t most_bytes = std::size_t{24} << 20;
};

/// One page that needs nothing beside it: verdicts first, then the ledger, each claim with its evidence and drawings,
/// and the reported results. Well-formed as HTML and as XML; it has no script and fetches
/// nothing.
///
/// Gives   the same bytes for the same sources and options, seconds of the checks aside, which are not printed
/// Throws  InternalError if our own evaluation of an accepted counterexample differs from the checker's
std::string write_page(const Sources& sources, const PageOptions& options);

}  // namespace attest::report
