#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "attest/record/record.hpp"

namespace attest::record {

/// `attest export --json`: a model as a program's text, or as files for PyTorch.
struct Export {
    /// The words on which the text, read again, was held against the model.
    struct Compared {
        std::uint64_t words = 0;
        std::int64_t length = 0;  ///< of the longest

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("words", self.words);
            field.required("length", self.length);
        }
    };

    std::string model, to;
    std::optional<std::string> text;    ///< of a program
    std::optional<std::string> output;  ///< a file
    std::optional<std::uint64_t> definitions;
    std::optional<std::uint64_t> attentions;  ///< B-RASP: of the definitions
    std::optional<Compared> compared;
    std::optional<std::string> document, tensors;  ///< PyTorch: files beside the module
    std::optional<std::uint64_t> numbers, rounded;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "export");
        field.required("model", self.model);
        field.required("to", self.to);
        field.optional("text", self.text);
        field.optional("output", self.output);
        field.optional("definitions", self.definitions);
        field.optional("attentions", self.attentions);
        field.optional("compared", self.compared);
        field.optional("document", self.document);
        field.optional("tensors", self.tensors);
        field.optional("numbers", self.numbers);
        field.optional("rounded", self.rounded);
    }
};

}  // namespace attest::record
