#pragma once

#include <cstdint>

#include "attest/certify/recognition.hpp"
#include "attest/record/record.hpp"
#include "build/network.hpp"

namespace attest::record {

/// `attest build --json`: a network for a language, and at which lengths it was proved.
struct Build {
    struct Proved {
        std::int64_t length = 0;
        std::string verdict;
        std::optional<std::string> reason, detail, evidence, certificate;
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("length", self.length);
            field.required("verdict", self.verdict);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("evidence", self.evidence);
            field.optional("certificate", self.certificate);
            field.required("seconds", self.seconds);
        }
    };

    std::string language, kind = "uhat", construction, output;
    std::uint64_t layers = 0;  ///< with attention
    std::uint64_t dimension = 0, modulus = 1;
    std::vector<Proved> results;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "build");
        field.required("language", self.language);
        field.required("kind", self.kind);
        field.required("construction", self.construction);
        field.required("output", self.output);
        field.required("layers", self.layers);
        field.required("dimension", self.dimension);
        field.required("modulus", self.modulus);
        field.required("results", self.results);
    }
};

Build build_result(const language::Language& language, const build::Built& built, const std::string& output,
                   const std::vector<certify::Recognition>& proved);

}  // namespace attest::record
