#pragma once

#include <fmt/format.h>

#include <array>
#include <string>
#include <utility>

#include "attest/base/json.hpp"

namespace attest::formats {

/// What a name may stand for at some place.
template <typename T, std::size_t K>
using Choices = std::array<std::pair<const char*, T>, K>;

/// The value that a name stands for; the first `count` of them can be named here.
template <typename T, std::size_t K>
T choose(const base::JsonNode& node, const Choices<T, K>& choices, std::size_t count = K) {
    const std::string& name = node.as_string();
    std::string expected = "one of";
    for (std::size_t k = 0; k < count; ++k) {
        if (name == choices[k].first) return choices[k].second;
        expected += fmt::format(" \"{}\"", choices[k].first);
    }
    node.fail(expected);
}

}  // namespace attest::formats
