#pragma once

#include <cstdint>

#include "attest/record/record.hpp"

namespace attest::record {

/// `attest threshold --census --json`: for every function of some inputs the least number of heads.
struct Census {
    /// At a number of layers: a network was found with so many heads; none has only so many.
    struct Least {
        std::int64_t layers = 0;
        std::optional<std::int64_t> heads, impossible;
        std::optional<std::string> undecided;  ///< why what lies between is

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("layers", self.layers);
            field.nullable("heads", self.heads);
            field.nullable("impossible", self.impossible);
            field.optional("undecided", self.undecided);
        }
    };
    /// Functions that are one up to permutation and complement.
    struct Class {
        std::string language;  ///< one of them, as a table
        std::size_t functions = 0;
        std::vector<Least> least;
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("language", self.language);
            field.required("functions", self.functions);
            field.required("least", self.least);
            field.required("seconds", self.seconds);
        }
    };

    unsigned inputs = 0;
    std::int64_t layers = 0, heads = 0;  ///< the most that were asked about
    std::optional<std::int64_t> activations;
    std::size_t undecided = 0;
    std::vector<Class> classes;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "threshold");
        field.required("census", self.inputs);
        field.required("layers", self.layers);
        field.required("heads", self.heads);
        field.nullable("activations", self.activations);
        field.required("undecided", self.undecided);
        field.required("classes", self.classes);
    }
};

}  // namespace attest::record
