#pragma once

#include <cstdint>

#include "attest/certify/task.hpp"
#include "attest/record/record.hpp"

namespace attest::record {

/// `attest prove --task … --json`, and `attest accuracy --task … --json`.
struct TaskRecord {
    /// A word, what is asked for and what is answered at each of its positions.
    struct Misstep {
        std::string word;
        std::vector<std::string> expected, actual;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("word", self.word);
            field.required("expected", self.expected);
            field.required("actual", self.actual);
        }
    };

    /// Of a model with classes: the least margin lies between, and on this word.
    struct Margin {
        std::string least, most, word;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("least", self.least);
            field.required("most", self.most);
            field.required("word", self.word);
        }
    };

    /// One length.
    struct Length {
        std::int64_t length = 0;
        std::string verdict;
        std::optional<std::string> reason, detail;
        std::optional<std::uint64_t> words, wrong;  ///< evaluated; mistakes among all words, by accuracy
        std::vector<Misstep> missteps;              ///< words with a mistake; of prove: the first
        std::optional<Margin> margin;               ///< over the words that were evaluated
        std::optional<std::int64_t> bits;           ///< of the balls that decided them
        std::optional<std::string> arithmetic;      ///< `binary32`: of every evaluation in it
        std::optional<std::uint64_t> right;         ///< then: words on which all are right, at least
        std::optional<std::string> lead;            ///< then: by which their class leads, at least
        std::optional<std::string> evidence, certificate;
        std::optional<double> check_seconds;
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("length", self.length);
            field.required("verdict", self.verdict);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("words", self.words);
            field.optional("wrong", self.wrong);
            field.required("missteps", self.missteps);
            field.optional("margin", self.margin);
            field.optional("bits", self.bits);
            field.optional("arithmetic", self.arithmetic);
            field.optional("right", self.right);
            field.optional("lead", self.lead);
            field.optional("evidence", self.evidence);
            field.optional("certificate", self.certificate);
            field.optional("check_seconds", self.check_seconds);
            field.required("seconds", self.seconds);
        }
    };

    std::string command, model, task;
    std::vector<Length> results;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("command", self.command);
        field.required("model", self.model);
        field.required("task", self.task);
        field.required("results", self.results);
    }
};

/// `counts`: of accuracy. The model's name and alphabet are the program's, or the model's.
TaskRecord task(const std::string& model, const language::Alphabet& alphabet, const std::string& task, bool counts,
                const std::vector<certify::Performance>& results);

}  // namespace attest::record
