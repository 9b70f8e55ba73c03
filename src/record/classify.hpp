#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "certify/outside.hpp"
#include "record/automaton.hpp"

namespace attest::record {

/// `attest classify --json`: in which classes a language is.
struct Classify {
    struct ClassRow {
        std::string name, title;
        bool in = false;
        std::optional<std::string> transformers;      ///< the kinds that recognise just these languages
        std::vector<std::string> sources;             ///< keys of the bibliography
        std::string basis;                            ///< `algebra`; `words` where the checker has seen a witness
        std::optional<std::string> rule, detail;      ///< of the witness; why the checker has not seen one
        std::optional<Members> words;                 ///< of the witness, by name
        std::optional<Keyed<std::uint64_t>> numbers;  ///< likewise
        std::optional<std::vector<std::uint64_t>> states;
        std::optional<std::vector<std::vector<std::uint64_t>>> classes;
        std::optional<std::string> certificate;  ///< digest of its manifest

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("name", self.name);
            field.required("title", self.title);
            field.required("in", self.in);
            field.optional("transformers", self.transformers);
            field.required("sources", self.sources);
            field.required("basis", self.basis);
            field.optional("rule", self.rule);
            field.optional("detail", self.detail);
            field.optional("words", self.words);
            field.optional("numbers", self.numbers);
            field.optional("states", self.states);
            field.optional("classes", self.classes);
            field.optional("certificate", self.certificate);
        }
    };

    /// A formula of FOC[+;MOD] or a C-RASP program, for a language that has one.
    struct Formula {
        std::string text;                        ///< as `attest prove` reads it
        std::string verdict;                     ///< at every length, of a program but 0
        std::optional<std::string> certificate;  ///< digest of its manifest

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("text", self.text);
            field.required("verdict", self.verdict);
            field.optional("certificate", self.certificate);
        }
    };

    std::string language;
    std::vector<std::string> alphabet;
    std::uint64_t states = 0, monoid = 0, largest_group = 1;
    std::optional<std::uint64_t> stability_index, stable_semigroup;
    std::optional<std::uint64_t> modulus;  ///< the least for which it is quasi-aperiodic
    std::vector<ClassRow> rows;
    std::optional<Automaton> automaton;  ///< the minimal one
    std::optional<Cascade> cascade;      ///< of what is quasi-aperiodic, and not too large
    std::optional<Formula> formula, program;
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "classify");
        field.required("language", self.language);
        field.required("alphabet", self.alphabet);
        field.required("states", self.states);
        field.required("monoid", self.monoid);
        field.required("largest_group", self.largest_group);
        field.nullable("stability_index", self.stability_index);
        field.nullable("stable_semigroup", self.stable_semigroup);
        field.nullable("modulus", self.modulus);
        field.required("classes", self.rows);
        field.optional("automaton", self.automaton);
        field.optional("cascade", self.cascade);
        field.optional("formula", self.formula);
        field.optional("program", self.program);
        field.required("seconds", self.seconds);
    }
};

/// Each class in its order, words spelled in an alphabet of as many symbols as the language's.
std::vector<Classify::ClassRow> class_rows(const language::Alphabet& alphabet, const certify::ClassReport& report);

Classify classification(const language::Language& language, const certify::ClassReport& report);

}  // namespace attest::record
