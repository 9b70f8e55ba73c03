#pragma once

#include <cstdint>

#include "attest/network/evaluate.hpp"
#include "attest/network/guhat.hpp"
#include "attest/network/program.hpp"
#include "attest/record/record.hpp"
#include "attest/soft/judge.hpp"

namespace attest::record {

/// Where each head looked on a word.
struct Trace {
    /// From one position; positions count from 1.
    struct Look {
        std::int64_t position = 0;
        std::vector<std::int64_t> attends;
        std::optional<std::optional<std::string>> score, margin;       ///< of hard attention; null: tables have none
        std::optional<std::vector<std::vector<std::string>>> weights;  ///< of softmax: the ends of each

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("position", self.position);
            field.required("attends", self.attends);
            field.optional("score", self.score);
            field.optional("margin", self.margin);
            field.optional("weights", self.weights);
        }
    };

    std::vector<std::string> sequence;                   ///< symbols, begin and end included
    std::vector<std::vector<std::vector<Look>>> layers;  ///< by layer and head, from positions that were evaluated

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("sequence", self.sequence);
        field.required("layers", self.layers);
    }
};

/// What each variable of a program was on a word.
struct ProgramTrace {
    struct Variable {
        std::string name;
        std::vector<std::string> values;  ///< by position

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("name", self.name);
            field.required("values", self.values);
        }
    };

    std::vector<std::string> sequence;  ///< symbols, begin and end included
    std::vector<Variable> variables;
    std::vector<std::vector<std::string>> scores;  ///< of the classes, by position that is read

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("sequence", self.sequence);
        field.required("variables", self.variables);
        field.required("scores", self.scores);
    }
};

Trace trace(const network::Transformer& transformer, const language::Word& word, const network::Trace& trace);
ProgramTrace trace(const network::Program& program, const language::Word& word, const network::ProgramTrace& trace);
Trace trace(const network::Guhat& tables, const language::Word& word, const network::GuhatTrace& trace);
Trace trace(const network::Transformer& transformer, const language::Word& word,
            const std::vector<soft::HeadSeen>& heads);

}  // namespace attest::record
