#pragma once

#include <string>

#include "attest/base/limits.hpp"
#include "attest/network/transformer.hpp"
#include "session.hpp"

namespace attest::cli {

/// The circuit of threshold gates of a model at a length: what it is, and its gates (`output`: all in that text file).
int compile_threshold(Session& session, const network::Transformer& transformer, std::int64_t length,
                      const std::string& output, const base::Limits& limits);

}  // namespace attest::cli
