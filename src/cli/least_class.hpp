#pragma once

#include <cstdint>
#include <string>

#include "attest/decide/threshold/synthesiser.hpp"
#include "session.hpp"

namespace attest::cli {

/// What `threshold LANGUAGE --least` asks: the classes with a network of which no smaller one has any.
struct LeastClassAsked {
    std::string language;
    std::int64_t length = 1;
    threshold::NetworkClass network;  ///< its layers: the most; heads and activations: not looked at
    std::int64_t most_heads = 1;
    threshold::SynthesisOptions options;
    std::string certificate;  ///< directory, or empty
};

/// Asks of one class after another, by layers, then heads, then activations; each answer is certified. Gives the exit status.
///
/// Of a time limit each question gets half of what is left. Of classes with more layers only those are asked about that need fewer
/// heads: none with as many and fewer activations.
int least_class(Session& session, const LeastClassAsked& asked);

}  // namespace attest::cli
