#pragma once

#include "attest/programs/zoo.hpp"
#include "attest/record/record.hpp"
#include "programs/zoo/zoo_programs.hpp"

namespace attest::record {

/// `attest zoo --json`: `models` and `programs` of a list, `model` or `program` that is shown, `document` or `output` of one that is exported.
struct Zoo {
    struct Entry {
        std::string name, attention, language, lengths, source, summary;
        std::vector<std::string> examples;
        std::optional<std::size_t> layers;  ///< these, of one that is shown
        std::optional<std::int64_t> dimension;
        std::optional<std::vector<std::string>> alphabet;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("name", self.name);
            field.required("attention", self.attention);
            field.required("language", self.language);
            field.required("lengths", self.lengths);
            field.required("source", self.source);
            field.required("summary", self.summary);
            field.required("examples", self.examples);
            field.optional("layers", self.layers);
            field.optional("dimension", self.dimension);
            field.optional("alphabet", self.alphabet);
        }
    };

    /// A program, which has no weights: what it computes at each position, or recognises; empty texts are none.
    struct Program {
        std::string name, task, language, lengths, source, summary;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("name", self.name);
            field.required("task", self.task);
            field.required("language", self.language);
            field.required("lengths", self.lengths);
            field.required("source", self.source);
            field.required("summary", self.summary);
        }
    };

    std::optional<std::vector<Entry>> models;
    std::optional<std::vector<Program>> programs;
    std::optional<Entry> model;
    std::optional<Program> program;
    std::optional<std::string> name;
    std::optional<base::Json> document;  ///< of the format attest/model or attest/program
    std::optional<std::string> output;   ///< a file

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "zoo");
        field.optional("models", self.models);
        field.optional("programs", self.programs);
        field.optional("model", self.model);
        field.optional("program", self.program);
        field.optional("name", self.name);
        field.optional("document", self.document);
        field.optional("output", self.output);
    }
};

Zoo::Entry zoo_entry(const programs::ZooEntry& entry);
Zoo::Program zoo_program(const programs::ZooProgram& entry);
/// One that is shown, by its full name.
Zoo::Entry zoo_entry(const programs::ZooEntry& entry, const std::string& name, const network::Transformer& transformer);

}  // namespace attest::record
