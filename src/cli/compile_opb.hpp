#pragma once

#include <cstdint>
#include <string>

#include "attest/base/limits.hpp"
#include "attest/network/transformer.hpp"
#include "session.hpp"

namespace attest::cli {

/// What `compile --form opb` asks.
struct OpbAsked {
    std::string language;
    std::string map;     ///< `--map`
    std::string output;  ///< a file, or empty
};

/// The inequalities of a model and a language at a length, as solvers of pseudo-Boolean constraints read them. Gives the exit
/// status.
///
/// Throws  UsageError without a language, or for a file that does not end in .opb
int compile_opb(Session& session, const network::Transformer& transformer, std::int64_t length, const OpbAsked& asked,
                const base::Limits& limits);

}  // namespace attest::cli
