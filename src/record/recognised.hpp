#pragma once

#include <cstdint>

#include "attest/certify/recognition.hpp"
#include "attest/record/record.hpp"
#include "measure/influence/sample.hpp"
#include "record/words.hpp"

namespace attest::record {

// What a network that is measured is worth as a recogniser of a language.

/// By all words.
struct Recognised {
    struct CrossEntropy {
        std::vector<std::string> value;  ///< least, greatest
        std::string guarantee, unit;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("unit", self.unit);
        }
    };
    std::string verdict;
    std::optional<std::string> reason;
    std::optional<Guaranteed> margin;
    std::optional<CrossEntropy> cross_entropy;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("verdict", self.verdict);
        field.optional("reason", self.reason);
        field.optional("margin", self.margin);
        field.optional("cross_entropy", self.cross_entropy);
    }
};
/// By a sample of them.
struct Sampled {
    struct Sample {
        std::uint64_t words = 0, patterns = 0, seed = 0;
        double confidence = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("words", self.words);
            field.required("patterns", self.patterns);
            field.required("seed", self.seed);
            field.required("confidence", self.confidence);
        }
    };
    struct Margin {
        Real value;
        std::string guarantee, word;
        Ends enclosure;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.nullable("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("word", self.word);
            field.required("enclosure", self.enclosure);
        }
    };
    struct CrossEntropy {
        Real value;
        std::string guarantee;
        Ends interval;
        std::string method, unit;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.nullable("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("interval", self.interval);
            field.required("method", self.method);
            field.required("unit", self.unit);
        }
    };
    /// Of how many words it is right about.
    struct Share {
        std::uint64_t value = 0, of = 0;
        std::string guarantee;
        Ends interval;
        std::string method;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("of", self.of);
            field.required("guarantee", self.guarantee);
            field.required("interval", self.interval);
            field.required("method", self.method);
        }
    };
    std::string verdict;
    Sample sample;
    Margin margin;
    CrossEntropy cross_entropy;
    Share right;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("verdict", self.verdict);
        field.required("sample", self.sample);
        field.required("margin", self.margin);
        field.required("cross_entropy", self.cross_entropy);
        field.required("right", self.right);
    }
};
Recognised recognised(const certify::Recognition& recognition);
/// Figures of an outcome that the checker was not asked about. Needs  an enclosure
Recognised recognised(const decide::Outcome& unchecked);
Sampled sampled(const network::Transformer& transformer, const influence::Sample& sample);

/// How the interval of a sampled mean was found.
const char* method_of(const influence::SampledMean& mean);

}  // namespace attest::record
