#pragma once

#include "attest/record/record.hpp"
#include "checker/checker.hpp"

namespace attest::record {

/// `attest check --json`: what became of certificates.
struct Check {
    struct Certificate {
        std::string certificate;  ///< its directory
        std::string verdict;      ///< `verified`, `rejected`, `undecided`, `unreadable`
        bool accepted = false;
        std::optional<std::string> claim, evidence;
        std::optional<std::vector<std::string>> assumptions;
        std::optional<std::string> digest;                     ///< of the manifest
        std::optional<std::vector<Certificate>> parts;         ///< of a collection
        std::optional<std::string> obligation, place, reason;  ///< where it was not accepted
        double seconds = 0;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("certificate", self.certificate);
            field.required("verdict", self.verdict);
            field.required("accepted", self.accepted);
            field.optional("claim", self.claim);
            field.optional("evidence", self.evidence);
            field.optional("assumptions", self.assumptions);
            field.optional("digest", self.digest);
            field.optional("parts", self.parts);
            field.optional("obligation", self.obligation);
            field.optional("place", self.place);
            field.optional("reason", self.reason);
            field.required("seconds", self.seconds);
        }
    };

    std::vector<Certificate> results;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "check");
        field.required("results", self.results);
    }
};

/// `directory`: as it was named.
Check::Certificate checked(const std::string& directory, const checker::Report& report);

}  // namespace attest::record
