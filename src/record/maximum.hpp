#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "certify/maximum.hpp"

namespace attest::record {

/// `attest maxof --json`: on how many words a model answers with the greatest symbol.
struct Maximum {
    struct Least {
        std::string word, lower, upper;  ///< the least margin lies between these

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("word", self.word);
            field.required("lower", self.lower);
            field.required("upper", self.upper);
        }
    };

    std::string model, proof;  ///< `brute`, `cubic`
    std::uint64_t vocabulary = 0, length = 0;
    std::string words, right;                ///< decimal; right on at least so many
    std::uint64_t evaluations = 0;           ///< words, or cells
    std::optional<std::uint64_t> certified;  ///< cells of which the bound is positive
    std::optional<Least> least;              ///< the least margin
    std::string answer;                      ///< `verified`, `undecided`
    std::optional<std::string> reason, detail, certificate;
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "maxof");
        field.required("model", self.model);
        field.required("proof", self.proof);
        field.required("vocabulary", self.vocabulary);
        field.required("length", self.length);
        field.required("words", self.words);
        field.required("right", self.right);
        field.required("evaluations", self.evaluations);
        field.optional("certified", self.certified);
        field.optional("least", self.least);
        field.required("answer", self.answer);
        field.optional("reason", self.reason);
        field.optional("detail", self.detail);
        field.optional("certificate", self.certificate);
        field.required("seconds", self.seconds);
    }
};

}  // namespace attest::record
