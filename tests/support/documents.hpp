#pragma once

#include <catch2/catch.hpp>
#include <string>
#include <utility>
#include <vector>

#include "attest/formats/file.hpp"
#include "refused.hpp"

// A model file that has every key of the format once, and ways to damage it.

namespace attest::formats::tests {

inline const std::string good = R"({
 "format": "attest/model", "version": 1, "name": "m", "cite": ["k"],
 "alphabet": ["0", "1"], "begin": "^", "end": "$", "dimension": 2,
 "embedding": {"0": [0, 1], "1": [1, 0], "^": [0, 0], "$": [2, 2]},
 "position": ["i", "1/n"],
 "layers": [{"attention": {"kind": "hard", "tie": "left", "mask": "none", "scale": "n",
                           "heads": [{"query": [[1, 2], [3, 4], [5, 6]], "key": [[1, 3], [0, 1], [1, 1]],
                                      "value": [[7, 8]], "output": [[1], [-1]], "bias": "i-j"}],
                           "residual": true, "norm": null},
             "feedforward": {"maps": [[[1, 1], [2, 2], [3, 3]], {"weight": [[1, 0, 0], [0, 1, 0]], "bias": [5, 9]}],
                             "residual": false}}],
 "readout": {"position": "last", "weight": [1, -2], "bias": -0.5}})";

using Changes = std::vector<std::pair<std::string, std::string>>;

/// `text` in which each first part, which stands there once, is replaced by the second.
inline std::string changed(std::string text, const Changes& changes) {
    for (const auto& [from, to] : changes) {
        INFO(from);
        REQUIRE(text.find(from) != std::string::npos);
        REQUIRE(text.find(from) == text.rfind(from));
        text.replace(text.find(from), from.size(), to);
    }
    return text;
}

inline network::Transformer read(const Changes& changes, const std::string& tensors = {}) {
    return formats::parse_model(changed(good, changes), "m.json", tensors);
}

/// How the damaged file is refused.
inline std::string refusal(const Changes& changes, const std::string& tensors = {}) {
    return attest::tests::refused([&] { (void)read(changes, tensors); });
}
inline std::string refusal(const std::string& from, const std::string& to) { return refusal(Changes{{from, to}}); }

}  // namespace attest::formats::tests
