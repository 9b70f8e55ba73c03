#pragma once

#include <cstddef>

#include "attest/record/record.hpp"

namespace attest::record {

// What commands say that list, or print texts for other programs.

/// `attest languages --json`.
struct Languages {
    struct Entry {
        std::string syntax, alphabet, definition, example;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("syntax", self.syntax);
            field.required("alphabet", self.alphabet);
            field.required("definition", self.definition);
            field.required("example", self.example);
        }
    };

    std::vector<Entry> languages;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "languages");
        field.required("languages", self.languages);
    }
};

/// `attest tasks --json`.
struct Tasks {
    struct Entry {
        std::string syntax, definition, example;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("syntax", self.syntax);
            field.required("definition", self.definition);
            field.required("example", self.example);
        }
    };

    std::vector<Entry> tasks;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "tasks");
        field.required("tasks", self.tasks);
    }
};

/// `attest doctor --json`: back ends and outside tools.
struct Doctor {
    struct Tool {
        std::string tool;
        bool present = true, trusted = false;  ///< trusted: it answered a known yes and a known no rightly
        std::string detail;

        template <typename Self, typename Fields>
        static void list(Self& self, Fields& field) {
            field.required("tool", self.tool);
            field.required("present", self.present);
            field.required("trusted", self.trusted);
            field.required("detail", self.detail);
        }
    };

    std::vector<Tool> tools;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "doctor");
        field.required("tools", self.tools);
    }
};

/// `attest cite --json`.
struct Cite {
    std::vector<std::string> keys;
    std::string text;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "cite");
        field.required("keys", self.keys);
        field.required("text", self.text);
    }
};

/// `attest completion --json`.
struct Completion {
    std::string shell, script;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "completion");
        field.required("shell", self.shell);
        field.required("script", self.script);
    }
};

/// `attest manual --json`: a page, or how many were written to a directory.
struct Manual {
    std::optional<std::string> page, output;
    std::optional<std::size_t> pages;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "manual");
        field.optional("page", self.page);
        field.optional("output", self.output);
        field.optional("pages", self.pages);
    }
};

/// `attest report --json`: what the page that was written tells of.
struct Report {
    std::string output;  ///< a file
    std::size_t bytes = 0;
    std::size_t verified = 0, refuted = 0, refused = 0, not_checked = 0;  ///< certificates
    std::size_t outputs = 0, ledger_rows = 0, ledger_certificates_missing = 0;
    std::optional<std::string> reason;  ///< why certificates were left unchecked

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "report");
        field.required("output", self.output);
        field.required("bytes", self.bytes);
        field.required("verified", self.verified);
        field.required("refuted", self.refuted);
        field.required("refused", self.refused);
        field.required("not_checked", self.not_checked);
        field.required("outputs", self.outputs);
        field.required("ledger_rows", self.ledger_rows);
        field.required("ledger_certificates_missing", self.ledger_certificates_missing);
        field.optional("reason", self.reason);
    }
};

}  // namespace attest::record
