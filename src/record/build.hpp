#pragma once

#include <cstdint>

#include "attest/certify/every_length.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/record/record.hpp"
#include "build/counting_formula.hpp"
#include "build/network.hpp"
#include "certify/definition.hpp"
#include "record/all_lengths.hpp"

namespace attest::record {

/// `attest build --json`: a network for a language, and at which lengths it was proved.
struct Build {
    /// At one length, or at all from one on.
    struct Proved {
        std::optional<std::int64_t> length;
        std::optional<AllLengths> lengths;  ///< in its place
        std::string verdict;
        std::optional<std::string> reason, detail, evidence;
        std::optional<Closure> closure;
        std::optional<std::string> certificate;  ///< digest of its manifest
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.optional("length", self.length);
            field.optional("lengths", self.lengths);
            field.required("verdict", self.verdict);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("evidence", self.evidence);
            field.optional("closure", self.closure);
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
/// The same where it was proved at all lengths at once.
Build build_result(const language::Language& language, const build::Built& built, const std::string& output,
                   const certify::EveryLength& proved);
/// The same of a formula of FOC[+;MOD]: layers and dimension are those of the network that is compiled of it.
Build build_result(const language::Language& language, const build::CountingFormula& built, const std::string& output,
                   const std::vector<certify::Definition>& proved);

}  // namespace attest::record
