#pragma once

#include <cstdint>

#include "attest/certify/equality.hpp"
#include "attest/certify/every_length.hpp"
#include "attest/record/record.hpp"
#include "record/all_lengths.hpp"
#include "record/words.hpp"

namespace attest::record {

/// `attest equal --json`: whether two models answer the same, length by length.
struct Equality {
    /// One length, or all from one on.
    struct Length {
        std::optional<std::int64_t> length;
        std::optional<AllLengths> lengths;  ///< in its place
        std::string verdict;                ///< `verified`, `refuted`, `undecided`
        std::optional<std::string> reason, detail;
        std::optional<std::string> word;  ///< on which they differ
        std::optional<std::vector<std::string>>
            answers;                           ///< to it, of one and of the other: `accept` or `reject`, or a text
        std::optional<std::int64_t> position;  ///< of these texts, where each position has one
        std::optional<std::string> evidence;
        std::optional<JointClosure> closure;
        std::optional<std::uint64_t> words;  ///< that were evaluated: all
        std::optional<Guaranteed> margin;    ///< of softmax models
        std::optional<std::int64_t> bits;    ///< of the balls
        std::optional<std::string> by;       ///< `counts`: one word for all with the same
        std::optional<std::uint64_t> gates, clauses;
        std::optional<std::string> solver, proof;
        std::optional<std::uint64_t> proof_bytes;
        std::optional<std::string> certificate;  ///< digest of its manifest
        std::optional<double> check_seconds;
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.optional("length", self.length);
            field.optional("lengths", self.lengths);
            field.required("verdict", self.verdict);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("word", self.word);
            field.optional("answers", self.answers);
            field.optional("position", self.position);
            field.optional("evidence", self.evidence);
            field.optional("closure", self.closure);
            field.optional("words", self.words);
            field.optional("margin", self.margin);
            field.optional("bits", self.bits);
            field.optional("by", self.by);
            field.optional("gates", self.gates);
            field.optional("clauses", self.clauses);
            field.optional("solver", self.solver);
            field.optional("proof", self.proof);
            field.optional("proof_bytes", self.proof_bytes);
            field.optional("certificate", self.certificate);
            field.optional("check_seconds", self.check_seconds);
            field.required("seconds", self.seconds);
        }
    };

    std::string model, other;  ///< their names
    std::vector<Length> results;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "equal");
        field.required("model", self.model);
        field.required("other", self.other);
        field.required("results", self.results);
    }
};

/// `alphabet`: of the first.
Equality equality(const std::string& model, const std::string& other, const language::Alphabet& alphabet,
                  const std::vector<certify::Equality>& results);
/// The same of all lengths at once.
Equality equality(const std::string& model, const std::string& other, const language::Alphabet& alphabet,
                  const certify::EveryLengthEquality& result);

}  // namespace attest::record
