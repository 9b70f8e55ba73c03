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

/// One line, without its end; bytes that are not UTF-8 are replaced.
std::string to_line(const LedgerResult& result);

}  // namespace attest::record
