#pragma once

#include <cstdint>

#include "attest/decide/restriction/outcome.hpp"
#include "attest/language/alphabet.hpp"
#include "attest/record/record.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::record {

/// A run of Hahn's algorithm, layer by layer, and what the lemma's constants promise.
struct Hahn {
    struct Layer {
        std::size_t inputs_before = 0, free_before = 0, busy_inputs = 0, rounds = 0, forced_inputs = 0, heads = 0;
        std::size_t satisfied_at_first = 0, satisfied_greedily = 0, satisfied = 0, attempts = 0, random_inputs = 0;
        std::size_t free_after = 0;
        std::optional<std::size_t> inputs_after;  ///< where the next layer could be tabulated

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("inputs_before", self.inputs_before);
            field.required("free_before", self.free_before);
            field.required("busy_inputs", self.busy_inputs);
            field.required("rounds", self.rounds);
            field.required("forced_inputs", self.forced_inputs);
            field.required("heads", self.heads);
            field.required("satisfied_at_first", self.satisfied_at_first);
            field.required("satisfied_greedily", self.satisfied_greedily);
            field.required("satisfied", self.satisfied);
            field.required("attempts", self.attempts);
            field.required("random_inputs", self.random_inputs);
            field.required("free_after", self.free_after);
            field.nullable("inputs_after", self.inputs_after);
        }
    };
    struct Best {
        std::size_t value = 0;
        std::string guarantee;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
        }
    };
    struct Promise {
        double k = 0, free_share = 0, inputs = 0, length = 0;
        bool vacuous = false;
        std::string guarantee;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("k", self.k);
            field.required("free_share", self.free_share);
            field.required("inputs", self.inputs);
            field.required("length", self.length);
            field.required("vacuous", self.vacuous);
            field.required("guarantee", self.guarantee);
        }
    };

    std::size_t k = 0;
    std::string eta, q, delta;  ///< rationals
    std::size_t free = 0;
    std::string restriction;                             ///< `0**1`
    std::optional<std::vector<std::size_t>> depends_on;  ///< positions; null where the run stopped
    std::optional<std::string> by, stopped;
    std::vector<Layer> layers;
    std::optional<Best> best_free;  ///< with as many positions that matter
    Promise promise;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("k", self.k);
        field.required("eta", self.eta);
        field.required("q", self.q);
        field.required("delta", self.delta);
        field.required("free", self.free);
        field.required("restriction", self.restriction);
        field.nullable("depends_on", self.depends_on);
        field.optional("by", self.by);
        field.optional("stopped", self.stopped);
        field.required("layers", self.layers);
        field.optional("best_free", self.best_free);
        field.required("promise", self.promise);
    }
};

/// `attest restrict --json`.
struct Restriction {
    /// How many completions are answered wrongly if the language is parity.
    struct Parity {
        std::string wrong, guarantee;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("wrong", self.wrong);
            field.required("guarantee", self.guarantee);
        }
    };
    struct MostFree {
        std::size_t value = 0;
        std::string guarantee, by;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("by", self.by);
        }
    };
    /// The best restriction under which the answer depends on at most so many positions.
    struct Optimum {
        std::size_t at_most = 0, free = 0;
        Members fixed;                        ///< position, from 1 → symbol
        std::vector<std::size_t> depends_on;  ///< positions, from 1
        bool optimal = false;
        MostFree most_free;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("at_most", self.at_most);
            field.required("free", self.free);
            field.required("fixed", self.fixed);
            field.required("depends_on", self.depends_on);
            field.required("optimal", self.optimal);
            field.required("most_free", self.most_free);
        }
    };
    /// On which positions the activations at a boundary depend; null: no later layer reads it.
    struct Layer {
        std::size_t layer = 0, most = 0;
        std::string by;
        std::vector<std::optional<std::vector<std::size_t>>> depends_on;  ///< by position of the sequence

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("layer", self.layer);
            field.required("most", self.most);
            field.required("by", self.by);
            field.required("depends_on", self.depends_on);
        }
    };

    std::string model;
    std::int64_t length = 0;
    std::size_t free = 0;
    Members fixed;         ///< position, from 1 → symbol
    std::string constant;  ///< the answer that is left: `accept` or `reject`
    bool optimal = false;
    bool nothing_free = false;
    std::string evidence;
    std::optional<std::string> refusal;
    std::optional<std::size_t> proof_bytes;
    std::optional<std::int64_t> bits;              ///< of the balls in which a softmax model was evaluated
    std::optional<std::string> margin;             ///< likewise: no score is nearer to 0
    std::optional<std::vector<std::string>> pair;  ///< two words, one symbol apart, answered alike
    std::optional<Parity> parity;
    std::size_t open_words = 0;
    std::vector<Optimum> dependence;
    std::optional<std::string> certificate;  ///< digest of its manifest
    std::optional<double> check_seconds;
    std::optional<std::vector<Layer>> layers;
    std::optional<Hahn> hahn;
    std::optional<std::string> plot;  ///< a file
    std::optional<double> seconds;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "restrict");
        field.required("model", self.model);
        field.required("length", self.length);
        field.required("free", self.free);
        field.required("fixed", self.fixed);
        field.required("constant", self.constant);
        field.required("optimal", self.optimal);
        field.required("nothing_free", self.nothing_free);
        field.required("evidence", self.evidence);
        field.optional("refusal", self.refusal);
        field.optional("proof_bytes", self.proof_bytes);
        field.optional("bits", self.bits);
        field.optional("margin", self.margin);
        field.optional("pair", self.pair);
        field.optional("parity", self.parity);
        field.required("open_words", self.open_words);
        field.required("dependence", self.dependence);
        field.optional("certificate", self.certificate);
        field.optional("check_seconds", self.check_seconds);
        field.optional("layers", self.layers);
        field.optional("hahn", self.hahn);
        field.optional("plot", self.plot);
        field.optional("seconds", self.seconds);
    }
};

/// What was found of a model at a length, without plot and seconds. `heads`: the most of a layer, for Hahn's promise.
Restriction restriction(const std::string& model, std::int64_t length, const language::Alphabet& alphabet,
                        const restriction::Outcome& outcome, const verdict::Verdict& verdict, std::size_t heads);

// How much of it is known.

/// Whether the first optimum is proved: by enumeration, or by words or a refutation that the checker accepted.
bool optimum_is_proved(const restriction::Outcome& outcome, const verdict::Verdict& verdict);
/// Whether that it is the most stands in the certificate that the checker accepted.
bool optimum_is_certified(const restriction::Outcome& outcome, const verdict::Verdict& verdict);
/// Whether it is more than a solver's word that every completion gets the same answer.
bool constancy_is_known(const restriction::Outcome& outcome, const verdict::Verdict& verdict);
/// What a bound rests on: `checked`, `enumeration`, `trivial`, `unchecked` or `none`.
std::string ground(const restriction::Optimum& optimum, bool certified);
/// Of the 2^free completions over two symbols, those with an even number of the second: a half. Exact.
std::string half_of_completions(std::size_t free);

}  // namespace attest::record
