#pragma once

#include <cstdint>

#include "attest/certify/every_length.hpp"
#include "attest/certify/recognition.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/record/record.hpp"
#include "certify/counting.hpp"
#include "record/all_lengths.hpp"
#include "record/attribution.hpp"
#include "record/trace.hpp"

namespace attest::record {

/// `attest prove --json`.
struct Prove {
    /// The least distance of a score from 0, and the word where it is.
    struct Margin {
        std::string value, guarantee, word;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("word", self.word);
        }
    };

    /// A number between two ends.
    struct Enclosed {
        std::vector<std::string> value;  ///< least, greatest
        std::string guarantee, unit;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("unit", self.unit);
        }
    };

    /// What a model says for a class.
    struct Logit {
        std::string name;                ///< of the class
        std::vector<std::string> value;  ///< least, greatest

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("class", self.name);
            field.required("value", self.value);
        }
    };

    using Lengths = record::AllLengths;
    using Closure = record::Closure;
    using Invariant = record::Invariant;
    using LinearInvariant = record::LinearInvariant;

    /// One length, or all from one on.
    struct Length {
        std::optional<std::int64_t> length;
        std::optional<Lengths> lengths;  ///< in its place
        std::string verdict;             ///< `verified`, `refuted`, `undecided`
        std::optional<std::string> reason, detail;
        std::optional<std::string> counterexample, expected, actual;  ///< `accept` or `reject`
        // Of the counterexample of a softmax model: its score's ends, the logits where there are classes, where heads looked.
        std::optional<std::vector<std::string>> score;
        std::optional<std::vector<Logit>> logits;
        std::optional<Trace> trace;
        std::optional<Attribution> attribution;  ///< of the counterexample, if it was asked for
        std::optional<std::string> evidence;
        std::optional<Closure> closure;
        std::optional<Invariant> invariant;
        std::optional<LinearInvariant> linear_invariant;
        std::optional<std::uint64_t> words;  ///< that were evaluated: all
        std::optional<Margin> margin;        ///< of softmax models
        std::optional<std::int64_t> bits;    ///< of the balls
        std::optional<Enclosed> cross_entropy;
        std::optional<std::string> by;  ///< `counts`: one word for all with the same; `regions`: many words at a time
        std::optional<std::uint64_t> gates, clauses;
        std::optional<std::string> solver, proof;
        std::optional<std::uint64_t> proof_bytes;
        std::optional<std::string> certificate;  ///< digest of its manifest
        std::optional<std::string> vacuous;
        std::optional<double> check_seconds;
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.optional("length", self.length);
            field.optional("lengths", self.lengths);
            field.required("verdict", self.verdict);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("counterexample", self.counterexample);
            field.optional("expected", self.expected);
            field.optional("actual", self.actual);
            field.optional("score", self.score);
            field.optional("logits", self.logits);
            field.optional("trace", self.trace);
            field.optional("attribution", self.attribution);
            field.optional("evidence", self.evidence);
            field.optional("closure", self.closure);
            field.optional("invariant", self.invariant);
            field.optional("linear_invariant", self.linear_invariant);
            field.optional("words", self.words);
            field.optional("margin", self.margin);
            field.optional("bits", self.bits);
            field.optional("cross_entropy", self.cross_entropy);
            field.optional("by", self.by);
            field.optional("gates", self.gates);
            field.optional("clauses", self.clauses);
            field.optional("solver", self.solver);
            field.optional("proof", self.proof);
            field.optional("proof_bytes", self.proof_bytes);
            field.optional("certificate", self.certificate);
            field.optional("vacuous", self.vacuous);
            field.optional("check_seconds", self.check_seconds);
            field.required("seconds", self.seconds);
        }
    };

    std::string model, language;  ///< the model's name; the language as the user named it
    std::optional<Members> map;   ///< what symbols of the model mean
    std::vector<Length> results;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "prove");
        field.required("model", self.model);
        field.required("language", self.language);
        field.optional("map", self.map);
        field.required("results", self.results);
    }
};

/// `alphabet`: of the model, whose name is `model`.
Prove prove(const std::string& model, const language::Alphabet& alphabet, const std::string& language,
            const Members& map, const std::vector<certify::Recognition>& results);

/// The entry of one length.
Prove::Length prove_length(const language::Alphabet& alphabet, const certify::Recognition& result);

/// What the transformer does on the counterexample of a softmax model that is refuted at this length: its score, logits and
/// trace; nothing for others.
/// Exact   encloses the true values
/// Cost    one evaluation in balls
void add_trace(Prove::Length& entry, const network::Transformer& transformer, const certify::Recognition& result);

/// The same as `prove` of all lengths at once.
Prove prove(const std::string& model, const language::Alphabet& alphabet, const std::string& language,
            const Members& map, const certify::EveryLength& result);

/// The same of a C-RASP program at all lengths at once.
Prove prove(const std::string& model, const language::Alphabet& alphabet, const std::string& language,
            const Members& map, const certify::CountingResult& result);

}  // namespace attest::record
