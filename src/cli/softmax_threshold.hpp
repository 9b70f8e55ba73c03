#pragma once

#include <cstdint>
#include <string>

#include "session.hpp"

namespace attest::cli {

/// What `threshold --softmax` asks: one softmax layer of so many heads and nothing else.
struct SoftmaxThreshold {
    std::string language;
    std::int64_t heads = 1;
    std::int64_t from = 1;
    std::int64_t to = 0;      ///< 0: up to the first length without such a layer
    std::string certificate;  ///< directory, or empty
};

/// Decides one length after another, each answer certified and read back by the checker. Gives the exit status.
int softmax_threshold(Session& session, const SoftmaxThreshold& asked);

}  // namespace attest::cli
