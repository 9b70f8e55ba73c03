#pragma once

#include <cstdint>
#include <string>

#include "attest/decide/threshold/synthesiser.hpp"
#include "session.hpp"

namespace attest::cli {

/// What `threshold --census` asks: for every function of so many inputs, the least number of heads.
struct Census {
    unsigned inputs = 2;
    threshold::NetworkClass network;  ///< its layers: the most; its heads: not looked at
    std::int64_t most_heads = 1;
    threshold::SynthesisOptions options;
    std::string certificate;  ///< directory, or empty
};

/// Refuses classes of networks that are not closed under permutation and complement of inputs.
///
/// Throws  UsageError in the name of the option
void require_closed(const threshold::NetworkClass& network, const char* option);

/// Decides one function of each class up to permutation and complement of inputs and complement of the output, under
/// which networks of any attention function are closed. Gives the exit status.
///
/// Throws  UsageError for classes of networks that are not so closed
int census(Session& session, const Census& asked);

}  // namespace attest::cli
