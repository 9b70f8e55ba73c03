#pragma once

#include <cstdint>

#include "attest/network/evaluate.hpp"
#include "attest/record/record.hpp"
#include "attest/soft/judge.hpp"
#include "record/attribution.hpp"
#include "record/trace.hpp"

namespace attest::record {

/// `attest eval --json`: what a network says of words.
struct Eval {
    struct Word {
        std::string word, answer;          ///< `accept`, `reject`, `undecided`, or `classes`
        std::optional<Value> score;        ///< exact, or its ends; null where there is none
        std::optional<std::int64_t> bits;  ///< of the balls
        /// At each position that is read; null: undecided.
        std::optional<std::vector<std::optional<std::string>>> classes;
        std::optional<std::vector<std::vector<Value>>> logits;  ///< of each
        std::optional<Trace> trace;
        std::optional<ProgramTrace> program_trace;  ///< of a program
        std::optional<Attribution> attribution;     ///< if it was asked for
        std::optional<std::string> reason;          ///< where undecided

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("word", self.word);
            field.required("answer", self.answer);
            field.nullable("score", self.score);
            // Behind what they are of.
            if (self.score) field.optional("bits", self.bits);
            field.optional("classes", self.classes);
            field.optional("logits", self.logits);
            if (!self.score) field.optional("bits", self.bits);
            field.optional("trace", self.trace);
            field.optional("program_trace", self.program_trace);
            field.optional("attribution", self.attribution);
            field.optional("reason", self.reason);
        }
    };

    std::string model;  ///< its name
    std::vector<Word> results;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "eval");
        field.required("model", self.model);
        field.required("results", self.results);
    }
};

// A score as it is, or as it is enclosed; and classes with their logits, by the names that the model gives them.
void add_score(Eval::Word& word, const network::Evaluation& evaluation);
void add_score(Eval::Word& word, const soft::Judgement& judged);
void add_classes(Eval::Word& word, const network::Transformer& transformer, const network::Answers& answers);
void add_classes(Eval::Word& word, const network::Transformer& transformer, const soft::Classification& found);

}  // namespace attest::record
