#pragma once

#include <cstddef>
#include <optional>
#include <utility>
#include <vector>

#include "attest/network/transformer.hpp"

// Between which two classes a model with classes decides: the score that attribution divides is the difference of their logits.

namespace attest::soft {

/// The greatest of the logits that are accepted and of those that are not; of a model that accepts none its answer and the next
/// to it. Of equal ones the class that is listed first.
///
/// Needs   two classes
template <typename Number>
std::pair<std::size_t, std::size_t> compared_classes(const network::Classes& classes,
                                                     const std::vector<Number>& logits) {
    const auto greatest = [&](const auto& may_be) {
        std::optional<std::size_t> best;
        for (std::size_t c = 0; c < logits.size(); ++c)
            if (may_be(c) && (!best || logits[c] > logits[*best])) best = c;
        return *best;
    };
    if (classes.accept.empty()) {
        const std::size_t answer = greatest([](std::size_t) { return true; });
        return {answer, greatest([&](std::size_t c) { return c != answer; })};
    }
    return {greatest([&](std::size_t c) { return classes.accept[c]; }),
            greatest([&](std::size_t c) { return !classes.accept[c]; })};
}

}  // namespace attest::soft
