#pragma once

#include <cstdint>

#include "attest/record/record.hpp"

namespace attest::record {

/// `attest threshold --measure --json`: a measure over all functions that networks of a class compute.
struct MeasuredFunctions {
    /// Functions of which the measure is this.
    struct Value {
        std::string value;  ///< a rational
        std::uint64_t functions = 0;
        std::string language;             ///< one of them, as a table
        std::optional<std::string> part;  ///< of the certificate: a network that computes it

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("value", self.value);
            field.required("functions", self.functions);
            field.required("language", self.language);
            field.optional("part", self.part);
        }
    };

    std::string measure;  ///< `sensitivity`, `average-sensitivity`, `degree`, `certificates`
    std::int64_t length = 0, layers = 0, heads = 0;
    std::optional<std::int64_t> activations;
    std::uint64_t functions = 0;          ///< that some network of the class computes
    std::uint64_t none = 0;               ///< that no network of the class computes
    std::uint64_t undecided = 0;          ///< of which it is not known
    std::optional<std::string> why;       ///< of the first of these
    std::optional<std::string> greatest;  ///< of those computed; none if there are none
    std::vector<Value> values;            ///< ascending
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "threshold");
        field.required("measure", self.measure);
        field.required("length", self.length);
        field.required("layers", self.layers);
        field.required("heads", self.heads);
        field.nullable("activations", self.activations);
        field.required("functions", self.functions);
        field.required("none", self.none);
        field.required("undecided", self.undecided);
        field.optional("why", self.why);
        field.nullable("greatest", self.greatest);
        field.required("values", self.values);
        field.required("seconds", self.seconds);
    }
};

}  // namespace attest::record
