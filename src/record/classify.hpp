#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "certify/outside.hpp"
#include "record/all_lengths.hpp"
#include "record/automaton.hpp"

namespace attest::record {

/// `attest classify --json`: in which classes a language is.
struct Classify {
    /// What shows that a language is in a class: a network, a program or a formula, and that it recognises the language at every length.
    struct Shown {
        std::string kind;                                    ///< as of `attest build`: `uhat`, `crasp`, `foc`
        std::optional<std::string> construction, mask, tie;  ///< of a network
        std::optional<std::uint64_t> layers, heads;          ///< with attention; most of a layer
        std::optional<std::uint64_t> dimension, modulus;     ///< of a network
        std::optional<std::uint64_t> counters, depth;        ///< of a program
        std::vector<std::string> build;                      ///< what `attest` makes it with, but for `-o FILE`
        AllLengths lengths;
        std::string verdict;                        ///< `verified`, `undecided`
        std::optional<std::string> reason, detail;  ///< of one that is undecided
        std::optional<std::string> evidence;
        std::optional<Closure> closure;
        std::optional<std::string> certificate;  ///< digest of its manifest
        std::optional<double> seconds;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("kind", self.kind);
            field.optional("construction", self.construction);
            field.optional("mask", self.mask);
            field.optional("tie", self.tie);
            field.optional("layers", self.layers);
            field.optional("heads", self.heads);
            field.optional("dimension", self.dimension);
            field.optional("modulus", self.modulus);
            field.optional("counters", self.counters);
            field.optional("depth", self.depth);
            field.required("build", self.build);
            field.required("lengths", self.lengths);
            field.required("verdict", self.verdict);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("evidence", self.evidence);
            field.optional("closure", self.closure);
            field.optional("certificate", self.certificate);
            field.optional("seconds", self.seconds);
        }
    };

    struct ClassRow {
        std::string name, title;
        bool in = false;
        std::optional<std::string> transformers;      ///< the kinds that recognise just these languages
        std::vector<std::string> sources;             ///< keys of the bibliography
        std::string basis;                            ///< `algebra`; `words`, `network` where the checker has seen such
        std::optional<std::string> rule, detail;      ///< of the witness; why the checker has not seen one
        std::optional<Members> words;                 ///< of the witness, by name
        std::optional<Keyed<std::uint64_t>> numbers;  ///< likewise
        std::optional<std::vector<std::uint64_t>> states;
        std::optional<std::vector<std::vector<std::uint64_t>>> classes;
        std::optional<std::string> certificate;  ///< digest of its manifest
        std::optional<Shown> network;            ///< of a class of transformers in which the language is

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
            field.optional("network", self.network);
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

/// build  the words with which `attest` is asked to build something for the language, but for options
Classify classification(const language::Language& language, const certify::ClassReport& report,
                        const std::vector<std::string>& build);

}  // namespace attest::record
