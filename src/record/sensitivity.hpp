#pragma once

#include "attest/record/record.hpp"

namespace attest::record {

/// `sensitivity.json`, beside formulas and proofs that `attest measure --proofs` leaves for checkers outside.
struct Sensitivity {
    struct Refuted {
        std::string word;  ///< `accepted`, `rejected`
        unsigned sensitive_positions = 0;
        std::string claim, formula, proof;  ///< in a sentence; the names of its files

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("word", self.word);
            field.required("sensitive_positions", self.sensitive_positions);
            field.required("claim", self.claim);
            field.required("formula", self.formula);
            field.required("proof", self.proof);
        }
    };

    static constexpr const char* format = "attest/sensitivity";

    unsigned version = 1;
    std::optional<std::string> model, language, circuit;  ///< the function, by its name
    unsigned length = 0;
    std::string variables = "variable i of a formula is true where position i holds the second symbol";
    std::string checked =
        "each proof was accepted for its formula; that a formula says what it claims is the word of this program";
    std::vector<Refuted> refuted;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("format", format);
        field.required("version", self.version);
        field.optional("model", self.model);
        field.optional("language", self.language);
        field.optional("circuit", self.circuit);
        field.required("length", self.length);
        field.required("variables", self.variables);
        field.required("checked", self.checked);
        field.required("refuted", self.refuted);
    }
};

}  // namespace attest::record
