#pragma once

#include "attest/programs/zoo.hpp"
#include "attest/record/record.hpp"

namespace attest::record {

/// `attest zoo --json`: `models` of a list, `model` that is shown, `document` or `output` of one that is exported.
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

    std::optional<std::vector<Entry>> models;
    std::optional<Entry> model;
    std::optional<std::string> name;
    std::optional<base::Json> document;  ///< of the format attest/model
    std::optional<std::string> output;   ///< a file

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "zoo");
        field.optional("models", self.models);
        field.optional("model", self.model);
        field.optional("name", self.name);
        field.optional("document", self.document);
        field.optional("output", self.output);
    }
};

Zoo::Entry zoo_entry(const programs::ZooEntry& entry);
/// One that is shown, by its full name.
Zoo::Entry zoo_entry(const programs::ZooEntry& entry, const std::string& name, const network::Transformer& transformer);

}  // namespace attest::record
