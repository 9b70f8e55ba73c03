#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "certify/layers.hpp"

namespace attest::record {

/// `attest layers --json`: how many layers a language needs.
struct Layers {
    struct Answer {
        std::uint64_t layers = 0;
        std::string answer;                             ///< `impossible`, `enough`, `undecided`
        std::optional<std::string> detail;              ///< where not impossible
        std::optional<std::vector<std::string>> words;  ///< in the language, and not, that the layers do not tell apart
        std::uint64_t states = 0;                       ///< gone through
        std::optional<std::string> certificate;         ///< digest of its manifest
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("layers", self.layers);
            field.required("answer", self.answer);
            field.optional("detail", self.detail);
            field.optional("words", self.words);
            field.required("states", self.states);
            field.optional("certificate", self.certificate);
            field.required("seconds", self.seconds);
        }
    };

    std::string language, mask = "strict", tie, read;
    std::uint64_t modulus = 1;
    std::uint64_t least = 0;              ///< fewer are too few, checked
    std::optional<std::uint64_t> enough;  ///< all that so many can tell was gone through; unchecked
    std::optional<std::uint64_t> built;   ///< layers of the network that `attest build` makes
    std::vector<Answer> answers;
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "layers");
        field.required("language", self.language);
        field.required("mask", self.mask);
        field.required("tie", self.tie);
        field.required("read", self.read);
        field.required("modulus", self.modulus);
        field.required("least", self.least);
        field.nullable("enough", self.enough);
        field.nullable("built", self.built);
        field.required("layers", self.answers);
        field.required("seconds", self.seconds);
    }
};

Layers layers(const language::Language& language, const classify::LayerClass& network,
              const certify::LayerReport& report, std::optional<std::uint64_t> built);

}  // namespace attest::record
