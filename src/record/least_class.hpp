#pragma once

#include <cstdint>

#include "attest/certify/existence.hpp"
#include "attest/record/record.hpp"

namespace attest::record {

/// `attest threshold LANGUAGE --least --length N --json`: which classes have a network, of which no smaller one has.
struct LeastClass {
    /// By its numbers; without activations, these are unbounded.
    struct Class {
        std::int64_t layers = 0, heads = 0;
        std::optional<std::int64_t> activations;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("layers", self.layers);
            field.required("heads", self.heads);
            field.nullable("activations", self.activations);
        }
    };
    /// Whether a class has a network; as a length of record::Threshold says it.
    struct Question {
        Class asked;
        std::string answer;                         ///< `possible`, `impossible`, `undecided`
        std::optional<std::string> reason, detail;  ///< where undecided
        std::optional<std::string> how;             ///< which search or bound, where not
        std::optional<std::string> certificate;     ///< digest of its manifest
        std::optional<double> check_seconds;
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("class", self.asked);
            field.required("answer", self.answer);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("how", self.how);
            field.optional("certificate", self.certificate);
            field.optional("check_seconds", self.check_seconds);
            field.required("seconds", self.seconds);
        }
    };

    std::string language;
    std::int64_t length = 0;
    std::int64_t layers = 0, heads = 0;  ///< the most that were asked about
    std::vector<Class> least;            ///< those with a network; no smaller one that was asked about has one
    std::size_t undecided = 0;           ///< questions: while there are some, there may be smaller classes
    std::vector<Question> questions;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "threshold");
        field.required("least", self.least);
        field.required("language", self.language);
        field.required("length", self.length);
        field.required("layers", self.layers);
        field.required("heads", self.heads);
        field.required("undecided", self.undecided);
        field.required("questions", self.questions);
    }
};

LeastClass::Question least_class_question(const threshold::NetworkClass& asked, const certify::Existence& existence);

}  // namespace attest::record
