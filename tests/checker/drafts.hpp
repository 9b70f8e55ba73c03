#pragma once

#include <map>
#include <string>

#include "checker/checker.hpp"
#include "checker/core/sha256.hpp"
#include "checker_support.hpp"

/// Certificates made by hand.
namespace checker_test {

using Contents = std::map<std::string, std::string>;

struct Draft {
    std::string claim;
    std::string evidence;
    Contents files;
    std::string assumptions = "[\"the weights are those of the file\"]";
    std::string extra;  ///< more members of the manifest
};

inline std::string with_digest(const std::string& manifest_with_zeros) {
    const std::string zeros(64, '0');
    std::string text = manifest_with_zeros;
    text.replace(text.find(zeros), 64, sha256(manifest_with_zeros));
    return text;
}

inline std::string manifest_of(const Draft& draft) {
    std::string text = "{\"format\": \"attest/certificate\", \"version\": 1,\n \"claim\": " + draft.claim;
    if (!draft.evidence.empty()) text += ",\n \"evidence\": " + draft.evidence;
    text += ",\n \"assumptions\": " + draft.assumptions +
            ",\n \"provenance\": {\"tool\": \"by hand\", \"seed\": 7},\n \"files\": [";
    for (const auto& [name, bytes] : draft.files)
        text += (text.back() == '[' ? "" : ", ") +
                ("{\"name\": \"" + name + "\", \"bytes\": " + std::to_string(bytes.size())) + ", \"sha256\": \"" +
                sha256(bytes) + "\"}";
    return with_digest(text + "],\n \"digest\": \"" + std::string(64, '0') + "\"" + draft.extra + "}\n");
}

inline void write(const TemporaryDirectory& directory, const Draft& draft, const std::string& under = "") {
    for (const auto& [name, bytes] : draft.files) directory.write(under + name, bytes);
    directory.write(under + "manifest.json", manifest_of(draft));
}

inline Report check_draft(const Draft& draft) {
    const TemporaryDirectory directory;
    write(directory, draft);
    return check_both_ways(directory.path());
}

}  // namespace checker_test
