#pragma once

#include <cstdint>
#include <string>

#include "attest/record/record.hpp"

namespace attest::record {

/// `attest archive --json`: certificates in one file.
struct Archive {
    std::string output;
    std::uint64_t bytes = 0, files = 0, certificates = 0;
    std::string sha256;  ///< of the file

    template <typename Self, typename Fields>
    static void list(Self& self, Fields& field) {
        field.constant("command", "archive");
        field.required("output", self.output);
        field.required("bytes", self.bytes);
        field.required("files", self.files);
        field.required("certificates", self.certificates);
        field.required("sha256", self.sha256);
    }
};

}  // namespace attest::record
