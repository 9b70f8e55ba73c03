#pragma once

#include <string>

#include "session.hpp"

namespace attest::cli {

/// What `threshold --census 5` asks: whether two layers of one head with two activations compute all functions.
struct FunctionCensusAsked {
    unsigned inputs = 5;
    std::string journal;      ///< file or folder of what was found, or empty
    std::string certificate;  ///< directory, or empty
};

/// Looks for a network of each class of functions, and has the checker go through all of them. Gives the exit status.
int function_census(Session& session, const FunctionCensusAsked& asked);

}  // namespace attest::cli
