#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "certify/model_language.hpp"
#include "record/all_lengths.hpp"
#include "record/automaton.hpp"
#include "record/classify.hpp"

namespace attest::record {

/// `attest language --json`: what a model recognises, at every length.
struct ModelLanguage {
    /// What follows from the automaton.
    struct Algebra {
        std::uint64_t monoid = 0, largest_group = 1;
        std::optional<std::uint64_t> stability_index, modulus;
        std::vector<Classify::ClassRow> classes;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("monoid", self.monoid);
            field.required("largest_group", self.largest_group);
            field.nullable("stability_index", self.stability_index);
            field.nullable("modulus", self.modulus);
            field.required("classes", self.classes);
        }
    };

    /// That the model recognises what the automaton accepts.
    struct Recognition {
        AllLengths lengths;
        std::string verdict;                        ///< `verified`, `undecided`
        std::optional<std::string> reason, detail;  ///< of a verdict that is undecided
        std::optional<std::string> evidence;        ///< `closure`
        std::optional<Closure> closure;             ///< of the sequential machine and the automaton
        std::optional<std::string> certificate;     ///< digest of its manifest

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("lengths", self.lengths);
            field.required("verdict", self.verdict);
            field.optional("reason", self.reason);
            field.optional("detail", self.detail);
            field.optional("evidence", self.evidence);
            field.optional("closure", self.closure);
            field.optional("certificate", self.certificate);
        }
    };

    /// Base and any sum of periods; numbers are by symbol.
    struct LinearSet {
        std::vector<std::uint64_t> base;
        std::vector<std::vector<std::uint64_t>> periods;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("base", self.base);
            field.required("periods", self.periods);
        }
    };

    /// Words with this last symbol and such counts of symbols.
    struct CountedPart {
        std::string last, formula;
        std::vector<LinearSet> sets;  ///< none where there are too many to list

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("last", self.last);
            field.required("formula", self.formula);
            field.required("sets", self.sets);
        }
    };

    std::string model;
    std::vector<std::string> alphabet;
    std::optional<Recognition> recognition;  ///< of all but programs that count symbols alone
    std::optional<Members> map;              ///< the letters of certificates, where symbols have several characters
    std::optional<Automaton> automaton;
    std::optional<std::uint64_t> machine_states;                 ///< of the sequential machine
    std::optional<std::vector<CountedPart>> counts;              ///< of a program that counts symbols alone
    std::optional<std::vector<std::string>> accepted, rejected;  ///< the shortest words
    std::optional<Algebra> algebra;
    std::optional<Cascade> cascade;         ///< where it is not too large
    std::optional<std::string> no_algebra;  ///< why there is none
    std::optional<std::string> ltl, brasp;  ///< the language as texts
    std::vector<std::string> written;       ///< files
    double seconds = 0;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "language");
        field.required("model", self.model);
        field.required("alphabet", self.alphabet);
        field.optional("recognition", self.recognition);
        field.optional("map", self.map);
        field.optional("automaton", self.automaton);
        field.optional("machine_states", self.machine_states);
        field.optional("counts", self.counts);
        field.optional("accepted", self.accepted);
        field.optional("rejected", self.rejected);
        field.optional("algebra", self.algebra);
        field.optional("cascade", self.cascade);
        field.optional("no_algebra", self.no_algebra);
        field.optional("ltl", self.ltl);
        field.optional("brasp", self.brasp);
        field.required("written", self.written);
        field.required("seconds", self.seconds);
    }
};

/// What can be said of the language beside the report.
struct LanguageTexts {
    std::vector<language::Word> accepted, rejected;
    std::optional<std::string> ltl, brasp;
};

ModelLanguage model_language(const network::Transformer& model, const certify::LanguageReport& report,
                             const LanguageTexts& texts);

}  // namespace attest::record
