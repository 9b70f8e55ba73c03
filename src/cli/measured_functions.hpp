#pragma once

#include <cstdint>
#include <string>

#include "attest/decide/threshold/synthesiser.hpp"
#include "session.hpp"

namespace attest::cli {

/// What `threshold --measure` asks: a measure over all functions of so many bits that networks of a class compute.
struct MeasuredFunctionsAsked {
    std::string measure;  ///< `sensitivity`, `average-sensitivity`, `degree`, `certificates`
    unsigned inputs = 2;  ///< 2 to 4
    threshold::NetworkClass network;
    threshold::SynthesisOptions options;
    std::string certificate;  ///< directory, or empty
};

/// Decides one function of each class up to permutation and complement, under which the measures stay as they are, and
/// measures it. Gives the exit status.
///
/// Throws  UsageError for classes of networks that are not closed under them
int measured_functions(Session& session, const MeasuredFunctionsAsked& asked);

}  // namespace attest::cli
