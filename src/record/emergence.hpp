#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "studies/emergence.hpp"

namespace attest::record {

/// `attest emerge --nodes … --json`: the toy model's curves.
struct Emergence {
    /// How often something happened, with an interval that misses the probability with at most 1/20.
    struct Frequency {
        std::uint64_t successes = 0;
        Ends interval;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("successes", self.successes);
            field.required("interval", self.interval);
        }
    };

    struct Sample {
        Frequency reach_true, emit, legal;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("reach_true", self.reach_true);
            field.required("emit", self.emit);
            field.required("legal", self.legal);
        }
    };

    struct Point {
        std::string recall;
        Value reach_true, emit, legal;  ///< a fraction where there are few vertices, else the ends of a ball
        std::optional<Value> length;    ///< where there are answers
        Value limit;
        std::optional<Sample> sample;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("recall", self.recall);
            field.required("reach_true", self.reach_true);
            field.required("emit", self.emit);
            field.required("legal", self.legal);
            field.nullable("length", self.length);
            field.required("limit", self.limit);
            field.optional("sample", self.sample);
        }
    };

    /// The recalls at which a curve has 10, 50 and 90 % of its greatest value.
    struct Rise {
        Value tenth, half, nine_tenths, width;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("10%", self.tenth);
            field.required("50%", self.half);
            field.required("90%", self.nine_tenths);
            field.required("width", self.width);
        }
    };

    struct Size {
        std::uint64_t nodes = 0;
        Rise rise;
        Value critical;  ///< reach_true at the threshold, times n^(2/3)

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("nodes", self.nodes);
            field.required("rise", self.rise);
            field.required("critical", self.critical);
        }
    };

    struct Match {
        std::uint64_t steps = 1;
        Rise rise;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("steps", self.steps);
            field.required("rise", self.rise);
        }
    };

    struct Transition {
        std::string kind;  ///< `continuous`, or `none` where the threshold is not below 1
        std::string threshold, emit_threshold;
        std::vector<Size> sizes;
        std::optional<Rise> limit;
        std::vector<Match> exact_match;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("kind", self.kind);
            field.required("threshold", self.threshold);
            field.required("emit_threshold", self.emit_threshold);
            field.required("sizes", self.sizes);
            field.nullable("limit", self.limit);
            field.required("exact_match", self.exact_match);
        }
    };

    std::uint64_t nodes = 0;
    std::string degree, hallucination;
    std::uint64_t seed = 0, samples = 0;
    std::vector<Point> points;
    std::optional<Transition> transition;
    bool is_whole = false;
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "emerge");
        field.required("nodes", self.nodes);
        field.required("degree", self.degree);
        field.required("hallucination", self.hallucination);
        field.required("seed", self.seed);
        field.required("samples", self.samples);
        field.required("points", self.points);
        field.nullable("transition", self.transition);
        field.required("whole", self.is_whole);
        field.required("seconds", self.seconds);
    }
};

Emergence emergence(const studies::Emergence& found, double seconds);

}  // namespace attest::record
