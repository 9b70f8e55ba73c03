#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attest/network/transformer.hpp"
#include "session.hpp"

namespace attest::cli {

/// What `compile --length all` asks.
struct SequentialAsked {
    std::int64_t from = 0;
    std::string language;  ///< or empty
    std::string map;       ///< `--map`
    std::string output;    ///< a file, or empty
};

/// Compiles a model of hard attention to a circuit with latches. Gives the exit status.
///
/// Throws  UsageError for a file that is no AIGER; Unsupported for models that no finite machine follows
int compile_sequential(Session& session, const network::Transformer& model, const SequentialAsked& asked);

}  // namespace attest::cli
