#pragma once

#include <cstddef>
#include <string>

#include "placement.hpp"
#include "session.hpp"

namespace attest::cli {

/// What `classify --census` asks.
struct ClassCensusAsked {
    std::size_t states = 1, letters = 2;
    std::string plot;     ///< file for the drawing, or empty
    std::string journal;  ///< folder of parts; empty: none
    Placement placement;
};

/// Counts all languages of a size by their classes. Gives the exit status.
int class_census(Session& session, ClassCensusAsked& asked);

}  // namespace attest::cli
