#pragma once

#include <cstdint>

#include "attest/record/record.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::record {

/// What a command of one result writes that has none.
struct Stopped {
    std::string command;
    std::optional<std::string> model;
    std::optional<std::int64_t> length;
    std::string verdict;  ///< `undecided`
    std::string reason, detail;

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.required("command", self.command);
        field.optional("model", self.model);
        field.optional("length", self.length);
        field.required("verdict", self.verdict);
        field.required("reason", self.reason);
        field.required("detail", self.detail);
    }
};

Stopped stopped(const std::string& command, const verdict::Undecided& why, std::optional<std::string> model = {},
                std::optional<std::int64_t> length = {});

}  // namespace attest::record
