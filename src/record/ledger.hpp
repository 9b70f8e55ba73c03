#pragma once

#include <cstdint>

#include "attest/record/record.hpp"

namespace attest::record {

/// A line of `results.jsonl`, which `attest ledger run` leaves: what became of a claim when it was proved again.
struct LedgerResult {
    std::string id;
    std::optional<std::string> statement;
    std::optional<std::vector<std::string>> command;  ///< words after `attest`
    std::string outcome;                              ///< `same`, `sharper`, `weaker`, `differs`, `undecided`
    std::optional<std::string> stored, found;         ///< the value in the ledger, and the one now
    std::optional<std::string> guarantee;
    std::optional<std::string> why;  ///< where they differ
    std::optional<double> seconds;   ///< of the processor
    std::optional<std::size_t> memory_kib;
    std::optional<std::string> source, status;
    std::optional<std::string> claim, program;  ///< digests: of what was asked, and of who answered
    std::optional<double> slower;               ///< times the recorded seconds, where that is worth a word
    std::optional<std::string> certificate;     ///< its directory, beside the file
    std::optional<std::string> digest;          ///< of its manifest

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("id", self.id);
        field.optional("statement", self.statement);
        field.optional("command", self.command);
        field.required("outcome", self.outcome);
        field.optional("stored", self.stored);
        field.optional("found", self.found);
        field.optional("guarantee", self.guarantee);
        field.optional("why", self.why);
        field.optional("seconds", self.seconds);
        field.optional("memory_kib", self.memory_kib);
        field.optional("source", self.source);
        field.optional("status", self.status);
        field.optional("claim", self.claim);
        field.optional("program", self.program);
        field.optional("slower", self.slower);
        field.optional("certificate", self.certificate);
        field.optional("digest", self.digest);
    }
};

/// `attest ledger list, show, cite, table --json`: `claims` of a list, `claim` that is shown, texts of the others.
struct Ledger {
    struct Claim {
        std::string id, statement;
        std::string command;  ///< as a user types it
        std::string value, guarantee, source, status;
        std::optional<double> seconds;  ///< of the last run that was recorded
        std::optional<std::size_t> memory_kib;
        std::optional<std::string> certificate;  ///< digest of its manifest

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("id", self.id);
            field.required("statement", self.statement);
            field.required("command", self.command);
            field.required("value", self.value);
            field.required("guarantee", self.guarantee);
            field.required("source", self.source);
            field.required("status", self.status);
            field.optional("seconds", self.seconds);
            field.optional("memory_kib", self.memory_kib);
            field.optional("certificate", self.certificate);
        }
    };

    std::optional<std::vector<Claim>> claims;
    std::optional<Claim> claim;
    std::optional<std::string> id, bibtex;
    std::optional<std::string> table;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "ledger");
        field.optional("claims", self.claims);
        field.optional("claim", self.claim);
        field.optional("id", self.id);
        field.optional("bibtex", self.bibtex);
        field.optional("table", self.table);
    }
};

/// `attest ledger run --json`: what became of claims, with less than a line of `results.jsonl` says.
struct LedgerRun {
    struct Row {
        std::string id, outcome;
        std::string found, why;  ///< empty where there is none
        double seconds = 0;
        std::size_t memory_kib = 0;
        double slower = 0;        ///< times the recorded seconds; 0: not worth a word
        std::string certificate;  ///< digest of its manifest; empty without one

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("id", self.id);
            field.required("outcome", self.outcome);
            field.required("found", self.found);
            field.required("why", self.why);
            field.required("seconds", self.seconds);
            field.required("memory_kib", self.memory_kib);
            field.required("slower", self.slower);
            field.required("certificate", self.certificate);
        }
    };

    std::size_t asked = 0, resumed = 0;
    bool interrupted = false;
    std::vector<Row> results;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "ledger");
        field.required("asked", self.asked);
        field.required("resumed", self.resumed);
        field.required("interrupted", self.interrupted);
        field.required("results", self.results);
    }
};

/// One line, without its end; bytes that are not UTF-8 are replaced.
std::string to_line(const LedgerResult& result);

}  // namespace attest::record
