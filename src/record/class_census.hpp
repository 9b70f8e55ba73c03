#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "language/classify/census.hpp"

namespace attest::record {

/// `attest classify --census --json`: how many languages of a size are in which classes.
struct ClassCensus {
    struct ClassRow {
        std::string name, title;
        std::uint64_t languages = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("name", self.name);
            field.required("title", self.title);
            field.required("languages", self.languages);
        }
    };
    /// Languages that are in these classes and in no other.
    struct Vector {
        std::vector<std::string> in;
        std::uint64_t languages = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("in", self.in);
            field.required("languages", self.languages);
        }
    };
    /// Quasi-aperiodic languages by the least modulus.
    struct Modulus {
        std::uint64_t modulus = 1, languages = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("modulus", self.modulus);
            field.required("languages", self.languages);
        }
    };

    std::uint64_t states = 0, letters = 0, tables = 0, languages = 0, greatest_monoid = 0;
    std::vector<ClassRow> classes;
    std::vector<Vector> vectors;  ///< the greatest first
    std::vector<Modulus> moduli;
    std::optional<std::string> stopped;  ///< by which limit, before all tables were looked at
    std::optional<std::string> plot;     ///< the file with the drawing
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "classify");
        field.required("census", self.states);
        field.required("letters", self.letters);
        field.required("tables", self.tables);
        field.required("languages", self.languages);
        field.required("greatest_monoid", self.greatest_monoid);
        field.required("classes", self.classes);
        field.required("vectors", self.vectors);
        field.required("moduli", self.moduli);
        field.optional("stopped", self.stopped);
        field.optional("plot", self.plot);
        field.required("seconds", self.seconds);
    }
};

ClassCensus class_census(const classify::Census& census);
/// The census back; nothing where classes are named that there are not, or it was stopped.
std::optional<classify::Census> census_of(const ClassCensus& record);

}  // namespace attest::record
