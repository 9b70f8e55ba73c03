#pragma once

#include <cstdint>

#include "attest/certify/every_length.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/record/record.hpp"
#include "build/counting_formula.hpp"
#include "build/counting_program.hpp"
#include "build/network.hpp"
#include "certify/counting.hpp"
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
        std::optional<Invariant> invariant;
        std::optional<LinearInvariant> linear_invariant;
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
            field.optional("invariant", self.invariant);
            field.optional("linear_invariant", self.linear_invariant);
            field.optional("certificate", self.certificate);
            field.required("seconds", self.seconds);
        }
    };

    /// A layer of the network, from below.
    struct Layer {
        std::uint64_t heads = 0, hidden = 0;  ///< units between the two maps of its feed-forward network

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("heads", self.heads);
            field.required("hidden", self.hidden);
        }
    };

    std::string language, kind = "uhat", output;
    // Of a network.
    std::optional<std::string> construction;
    std::optional<std::uint64_t> layers;  ///< with attention
    std::optional<std::uint64_t> dimension, modulus;
    std::optional<std::vector<Layer>> stack;  ///< layers without heads too
    // Of a C-RASP program.
    std::optional<std::uint64_t> counters, depth;  ///< how often it counts, and how deep
    std::vector<Proved> results;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "build");
        field.required("language", self.language);
        field.required("kind", self.kind);
        field.required("output", self.output);
        field.optional("construction", self.construction);
        field.optional("layers", self.layers);
        field.optional("dimension", self.dimension);
        field.optional("modulus", self.modulus);
        field.optional("stack", self.stack);
        field.optional("counters", self.counters);
        field.optional("depth", self.depth);
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

/// The same of a C-RASP program.
Build build_result(const language::Language& language, const build::CountingProgram& built, const std::string& output,
                   const certify::CountingResult& proved);

}  // namespace attest::record
