#include <unistd.h>

#include <filesystem>
#include <fstream>
#include <utility>
#include <vector>

#include "attest/base/file.hpp"
#include "base/digest.hpp"
#include "checker/checker.hpp"
#include "refusal.hpp"

// Whole certificates before the checker, which throws nothing. The input is a bundle: files, each after a
// line
// `=== NAME`. In manifest.json `@files` stands for the right list of files and `@digest` for the right
// digest, so that mutations get past the first obligation.

namespace {

using namespace attest;
using Files = std::vector<std::pair<std::string, std::string>>;

Files unpack(std::string_view bundle) {
    constexpr std::string_view mark = "=== ";
    Files files;
    while (!bundle.empty()) {
        const std::size_t end = std::min(bundle.find('\n'), bundle.size());
        const std::string_view line = bundle.substr(0, end);
        if (line.substr(0, mark.size()) == mark) files.emplace_back(line.substr(mark.size()), "");
        else if (!files.empty()) files.back().second.append(bundle.substr(0, std::min(end + 1, bundle.size())));
        bundle.remove_prefix(std::min(end + 1, bundle.size()));
    }
    return files;
}

void replace(std::string& text, std::string_view what, const std::string& by) {
    if (const std::size_t at = text.find(what); at != std::string::npos) text.replace(at, what.size(), by);
}

/// One entry of the list of files.
std::string entry(const std::string& name, const std::string& bytes) {
    return R"({"name": ")" + name + R"(", "bytes": )" + std::to_string(bytes.size()) + R"(, "sha256": ")" +
           base::sha256(bytes) + "\"}";
}

void complete(std::string& manifest, const Files& files) {
    std::string list;
    for (const auto& [name, bytes] : files)
        if (name != "manifest.json") list += (list.empty() ? "" : ", ") + entry(name, bytes);
    replace(manifest, "@files", "[" + list + "]");
    const std::string zeros(64, '0');
    replace(manifest, "@digest", zeros);
    replace(manifest, zeros, base::sha256(manifest));
}

bool is_plain(const std::string& name) {
    return !name.empty() && name.size() < 100 && name != "." && name != ".." && name.find('/') == std::string::npos &&
           name.find('\0') == std::string::npos;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
    static const base::DirectoryInProgress directory;
    Files files = unpack(fuzz::text(data, size));
    std::erase_if(files, [](const auto& file) { return !is_plain(file.first); });
    const auto path = [&](const std::string& name) { return std::filesystem::path(directory.path()) / name; };
    for (auto& [name, bytes] : files) {
        if (name == "manifest.json") complete(bytes, files);
        std::ofstream(path(name), std::ios::binary) << bytes;
    }
    const checker::Report report = checker::check(directory.path(), {.max_steps = 2'000'000, .max_memory = 1 << 24});
    fuzz::require(report.accepted == report.obligation.empty() || !report.readable, "a refusal names its obligation");
    for (const auto& [name, bytes] : files) std::filesystem::remove(path(name));
    return 0;
}
