#pragma once

#include <optional>
#include <utility>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/language/language.hpp"
#include "attest/verdict/certified.hpp"
#include "language/classify/layers.hpp"

namespace attest::certify {

/// Whether so many layers are enough for a language.
struct LayerAnswer {
    std::size_t layers = 0;
    classify::LayerSearch found;
    verdict::Verdict verdict;  ///< fails: too few, by two words that the checker has looked at; else undecided
};

/// How many layers a language needs.
struct LayerReport {
    std::vector<LayerAnswer> answers;   ///< from 0 on
    std::size_t least = 0;              ///< fewer are too few, by certificates
    std::optional<std::size_t> enough;  ///< all that so many layers can tell was gone through, unchecked
    std::vector<std::string> parts;     ///< of the archive's collection, in order
    double seconds = 0;
};

/// Goes through 0, 1, … layers, while they are too few, and has the checker look at each pair of words.
///
/// most    layers that are asked about
/// Throws  Unsupported for a language that is not held as an automaton; InternalError if the checker refuses a pair
LayerReport count_layers(const language::Language& language, const classify::LayerClass& network, std::size_t most,
                         const base::Limits& limits, Archive& archive);

}  // namespace attest::certify
