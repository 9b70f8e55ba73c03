#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "certify/order.hpp"

namespace attest::record {

/// `attest invariance --json`: whether answers depend on counts or on proportions of symbols alone.
struct Invariance {
    struct Answer {
        std::string of;                                 ///< `model`, `language`
        std::string invariance;                         ///< `order`, `proportion`
        std::string verdict;                            ///< `verified`, `refuted`, `undecided`
        std::optional<std::string> evidence;            ///< `syntax`, `automaton`, `definition`, `witness`
        std::optional<std::vector<std::string>> words;  ///< that show that it is not
        std::optional<std::vector<std::string>> answers;
        std::optional<std::uint64_t> time;    ///< of an encoder–decoder: when the vectors differ
        std::optional<std::string> obstacle;  ///< why the text of the model does not show it
        std::optional<std::string> reason, detail;
        std::optional<std::string> certificate;  ///< digest of its manifest
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("of", self.of);
            field.required("invariance", self.invariance);
            field.required("verdict", self.verdict);
            field.optional("evidence", self.evidence);
            field.optional("words", self.words);
            field.optional("answers", self.answers);
            field.optional("time", self.time);
            field.optional("obstacle", self.obstacle);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("certificate", self.certificate);
            field.required("seconds", self.seconds);
        }
    };

    /// What the text of the model shows if it is read elsewhere.
    struct Reading {
        std::string where;  ///< `begin`, `end`, `symbol`, `mean`, `sum`
        bool order = false, proportion = false, own = false;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("where", self.where);
            field.required("order", self.order);
            field.required("proportion", self.proportion);
            field.required("own", self.own);
        }
    };

    std::optional<std::string> model, language;
    std::vector<Answer> answers;
    std::vector<Reading> readings;
    /// `order`, `proportion`: the invariance that the model has and the language has not, so that the one does not
    /// recognise the other
    std::optional<std::string> refutes;
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "invariance");
        field.optional("model", self.model);
        field.optional("language", self.language);
        field.required("answers", self.answers);
        field.required("readings", self.readings);
        field.optional("refutes", self.refutes);
        field.required("seconds", self.seconds);
    }
};

Invariance::Answer invariance_answer(const certify::OrderAnswer& answer);
Invariance::Reading invariance_reading(const order::Reading& reading);

}  // namespace attest::record
