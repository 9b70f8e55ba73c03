#pragma once

#include <cstdint>

#include "attest/certify/accuracy.hpp"
#include "attest/record/record.hpp"
#include "record/words.hpp"

namespace attest::record {

/// `attest accuracy --json`: on how many words a model is wrong, and on which.
struct Accuracy {
    struct Mistake {
        std::string word, expected, actual;  ///< `accept` or `reject`
        std::optional<std::string> margin;   ///< the score is at least so far from 0

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("word", self.word);
            field.required("expected", self.expected);
            field.required("actual", self.actual);
            field.optional("margin", self.margin);
        }
    };
    struct Sample {
        std::uint64_t found = 0, trials = 0, seed = 0;
        std::vector<std::string> rate;  ///< least, greatest: of all words
        std::string confidence;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("found", self.found);
            field.required("trials", self.trials);
            field.required("seed", self.seed);
            field.required("rate", self.rate);
            field.required("confidence", self.confidence);
        }
    };
    struct Count {
        Value value;
        std::string guarantee, method;
        std::optional<Sample> sampled;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("method", self.method);
            field.optional("sampled", self.sampled);
        }
    };
    struct Length {
        std::int64_t length = 0;
        std::string words;  ///< all of the length
        Count wrong;
        std::optional<std::string> reason, detail;                 ///< why the count is not known, or not checked
        std::optional<Keyed<std::vector<std::string>>> by_number;  ///< by symbol: mistakes with k of it
        std::optional<std::vector<Number>> by_position;  ///< by the first whose change is right; texts beyond 2^53
        std::optional<Number> without_right_neighbour;
        std::optional<Mistake> most_confident;
        std::vector<Mistake> mistakes;
        std::string evidence;
        std::optional<Guaranteed> margin;        ///< of softmax models, over all words
        std::optional<std::int64_t> bits;        ///< of the balls
        std::optional<std::string> certificate;  ///< digest of its manifest
        double check_seconds = 0, seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("length", self.length);
            field.required("words", self.words);
            field.required("wrong", self.wrong);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("by_number", self.by_number);
            field.optional("by_position", self.by_position);
            field.optional("without_right_neighbour", self.without_right_neighbour);
            field.optional("most_confident", self.most_confident);
            field.required("mistakes", self.mistakes);
            field.required("evidence", self.evidence);
            field.optional("margin", self.margin);
            field.optional("bits", self.bits);
            field.optional("certificate", self.certificate);
            field.required("check_seconds", self.check_seconds);
            field.required("seconds", self.seconds);
        }
    };

    std::string model, language;  ///< the model's name; the language as the user named it
    std::optional<Members> map;   ///< what symbols of the model mean
    std::vector<Length> results;
    std::optional<Mistake> shortest;  ///< where all shorter lengths are known to have none

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "accuracy");
        field.required("model", self.model);
        field.required("language", self.language);
        field.optional("map", self.map);
        field.required("results", self.results);
        field.optional("shortest", self.shortest);
    }
};

/// `alphabet`: of the model, whose name is `model`; `options`: by which it was counted.
Accuracy accuracy(const std::string& model, const language::Alphabet& alphabet, const std::string& language,
                  const Members& map, const accuracy::Options& options, const std::vector<certify::Accuracy>& results);

/// The first length with a mistake; null if there is none.
const certify::Accuracy* first_mistaken(const std::vector<certify::Accuracy>& results);
/// Whether all shorter lengths that were asked for are known to have none. `first`: one of `results`.
bool is_shortest(const std::vector<certify::Accuracy>& results, const certify::Accuracy& first);

}  // namespace attest::record
