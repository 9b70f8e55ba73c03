#pragma once

#include <cstdint>

#include "attest/certify/existence.hpp"
#include "attest/record/record.hpp"

namespace attest::record {

/// `attest threshold --json`: whether a class of networks has one for a language, length by length. Of one softmax
/// layer, with `--softmax`, fewer members are there; of `--census` it is another record.
struct Threshold {
    struct Length {
        std::int64_t length = 0;
        std::string answer;                              ///< `possible`, `impossible`, `undecided`
        std::optional<std::string> reason, detail;       ///< where undecided
        std::optional<std::string> how;                  ///< which search or bound, where not
        std::optional<std::int64_t> sign_changes;        ///< of softmax layers: by the number of ones
        std::optional<std::uint64_t> clauses, cuts;      ///< of a refutation; the cuts are among the clauses
        std::optional<std::vector<std::string>> breaks;  ///< of symmetry, that it rests on
        std::optional<std::uint64_t> proof_bytes;
        std::optional<std::string> certificate;  ///< digest of its manifest
        std::optional<double> check_seconds;
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("length", self.length);
            field.required("answer", self.answer);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("how", self.how);
            field.optional("sign_changes", self.sign_changes);
            field.optional("clauses", self.clauses);
            field.optional("cuts", self.cuts);
            field.optional("breaks", self.breaks);
            field.optional("proof_bytes", self.proof_bytes);
            field.optional("certificate", self.certificate);
            field.optional("check_seconds", self.check_seconds);
            field.required("seconds", self.seconds);
        }
    };

    std::string language;                  ///< as the user named it
    std::optional<std::string> attention;  ///< `softmax`; hard attention goes without saying
    std::int64_t layers = 0, heads = 0;
    std::optional<std::int64_t> activations;
    std::optional<std::string> read, mask, positions;          ///< of tables, as the options say it
    std::optional<std::optional<std::int64_t>> key_dimension;  ///< of tables; null: any
    std::optional<std::int64_t> found;                         ///< the greatest length with a network
    std::optional<std::int64_t> impossible;                    ///< the last length, where there is none
    std::vector<Length> lengths;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "threshold");
        field.required("language", self.language);
        field.optional("attention", self.attention);
        field.required("layers", self.layers);
        field.required("heads", self.heads);
        field.nullable("activations", self.activations);
        field.optional("read", self.read);
        field.optional("mask", self.mask);
        field.optional("positions", self.positions);
        field.optional("key_dimension", self.key_dimension);
        field.nullable("found", self.found);
        field.nullable("impossible", self.impossible);
        field.required("lengths", self.lengths);
    }
};

/// One length of tables, and of a softmax layer.
Threshold::Length threshold_length(std::int64_t length, const certify::Existence& existence);
Threshold::Length threshold_length(std::int64_t length, const certify::SoftmaxExistence& existence);

}  // namespace attest::record
