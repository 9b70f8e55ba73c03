#pragma once

#include <cstdint>

#include "attest/measure/function/measure.hpp"
#include "attest/record/record.hpp"
#include "measure/function/bounds.hpp"

namespace attest::record {

/// A number with its guarantee; where it is not exact with ends that enclose it.
struct Found {
    Value value;
    std::string guarantee;
    std::optional<std::string> method;  ///< how it was found
    std::optional<Number> lower, upper;
    std::optional<std::string> reason;      ///< why it is not exact
    std::optional<std::string> confidence;  ///< of all sampled intervals together
    std::optional<std::string> word;        ///< where it is reached
    std::optional<std::vector<std::vector<unsigned>>> blocks;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("value", self.value);
        field.required("guarantee", self.guarantee);
        field.optional("method", self.method);
        field.optional("lower", self.lower);
        field.optional("upper", self.upper);
        field.optional("reason", self.reason);
        field.optional("confidence", self.confidence);
        field.optional("word", self.word);
        field.optional("blocks", self.blocks);
    }
};

/// The same beside what it is over rejected and over accepted words, and for PARITY.
struct Measured : Found {
    std::optional<Found> rejected, accepted;
    std::optional<Number> parity;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        Found::list(self, field);
        field.optional("rejected", self.rejected);
        field.optional("accepted", self.accepted);
        field.optional("parity", self.parity);
    }
};

/// All that is measured of a function.
struct Measures {
    struct Influences {
        std::vector<Value> value;  ///< by position
        std::string guarantee;
        std::optional<std::string> method, confidence;
        std::vector<std::string> parity;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
            field.optional("method", self.method);
            field.optional("confidence", self.confidence);
            field.required("parity", self.parity);
        }
    };
    struct Shape {
        std::vector<unsigned> relevant_positions;  ///< from 1
        bool symmetric = false, monotone = false, unate = false;
        std::optional<std::string> by_weight;  ///< the value at each weight, where symmetric

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("relevant_positions", self.relevant_positions);
            field.required("symmetric", self.symmetric);
            field.required("monotone", self.monotone);
            field.required("unate", self.unate);
            field.optional("by_weight", self.by_weight);
        }
    };
    struct Stability {
        std::string rho, value, guarantee;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("rho", self.rho);
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
        }
    };
    struct Concentration {
        std::string weight_above;
        unsigned level = 0;
        std::string guarantee;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("weight_above", self.weight_above);
            field.required("level", self.level);
            field.required("guarantee", self.guarantee);
        }
    };
    struct Fourier {
        std::vector<std::string> level_weights;
        std::optional<std::uint64_t> nonzero_coefficients;
        std::optional<std::vector<Stability>> noise_stability;
        std::optional<std::vector<Concentration>> concentration;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("level_weights", self.level_weights);
            field.optional("nonzero_coefficients", self.nonzero_coefficients);
            field.optional("noise_stability", self.noise_stability);
            field.optional("concentration", self.concentration);
        }
    };
    /// What a theorem says, and what it says here.
    struct Bound {
        std::string statement, here, status, source;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("statement", self.statement);
            field.required("here", self.here);
            field.required("status", self.status);
            field.required("source", self.source);
        }
    };

    Measured sensitivity, average_sensitivity, block_sensitivity, certificate_complexity;
    Measured certificate_complexity_minimum, decision_tree_depth, degree, threshold_degree;
    Influences influences;
    Measured accepted_words;
    std::optional<std::vector<std::uint64_t>> sensitivity_profile;  ///< by sensitive positions: how many words
    std::optional<Shape> shape;
    std::optional<Fourier> fourier;
    std::vector<Bound> bounds;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("sensitivity", self.sensitivity);
        field.required("average_sensitivity", self.average_sensitivity);
        field.required("block_sensitivity", self.block_sensitivity);
        field.required("certificate_complexity", self.certificate_complexity);
        field.required("certificate_complexity_minimum", self.certificate_complexity_minimum);
        field.required("decision_tree_depth", self.decision_tree_depth);
        field.required("degree", self.degree);
        field.required("threshold_degree", self.threshold_degree);
        field.required("influences", self.influences);
        field.required("accepted_words", self.accepted_words);
        field.optional("sensitivity_profile", self.sensitivity_profile);
        field.optional("shape", self.shape);
        field.optional("fourier", self.fourier);
        field.required("bounds", self.bounds);
    }
};

/// `attest measure --json` of one function.
struct Measure {
    /// The limit that cut something short.
    struct Cut {
        std::string reason, detail;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("reason", self.reason);
            field.required("detail", self.detail);
        }
    };

    std::optional<std::string> model, language, circuit;  ///< one of them
    unsigned length = 0;
    std::optional<std::string> output;                  ///< of a circuit of several
    Measures measures;                                  ///< its members stand in the same object
    std::optional<std::string> spectrum, plot, proofs;  ///< files
    std::optional<Cut> stopped;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "measure");
        field.optional("model", self.model);
        field.optional("language", self.language);
        field.optional("circuit", self.circuit);
        field.required("length", self.length);
        field.optional("output", self.output);
        Measures::list(self.measures, field);
        field.optional("spectrum", self.spectrum);
        field.optional("plot", self.plot);
        field.optional("proofs", self.proofs);
        field.optional("stopped", self.stopped);
    }
};

/// The same of all outputs of a circuit.
struct MeasureOutputs {
    struct Output {
        std::string output;  ///< its name
        Measures measures;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("output", self.output);
            Measures::list(self.measures, field);
        }
    };

    std::string circuit;
    unsigned length = 0;
    std::vector<Output> outputs;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "measure");
        field.required("circuit", self.circuit);
        field.required("length", self.length);
        field.required("outputs", self.outputs);
    }
};

/// `symbols`: what 0 and 1 stand for in words.
Measures measures(const measure::Measures& found, const std::vector<measure::Bound>& bounds,
                  const std::vector<std::string>& symbols);

}  // namespace attest::record
