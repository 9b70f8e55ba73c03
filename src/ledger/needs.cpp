#include "ledger/needs.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>

#include "attest/base/file.hpp"
#include "base/digest.hpp"

// Models and programs that others published, often without a licence, cannot come with attest. A claim about one names the file and
// its digest, and is skipped where it is not.

namespace attest::ledger {

namespace fs = std::filesystem;

std::string lacks(const Claim& claim, const std::string& data) {
    for (const Need& need : claim.needs) {
        const fs::path path = fs::path(data) / need.file;
        if (!fs::is_regular_file(path))
            return fmt::format("needs {}, which is not there; --data DIR says where such files are", need.file);
        if (base::sha256(base::read_file(path.string())) != need.sha256)
            return fmt::format("{} is not the file that the claim is about (SHA-256 {})", path.string(), need.sha256);
    }
    return {};
}

namespace {

std::vector<std::string> with_files(std::vector<std::string> words, const Claim& claim, const std::string& data) {
    for (std::string& word : words)
        if (std::any_of(claim.needs.begin(), claim.needs.end(), [&](const Need& need) { return need.file == word; }))
            word = (fs::path(data) / word).string();
    return words;
}

}  // namespace

std::vector<std::string> command_in(const Claim& claim, const std::string& data, const std::string& folder) {
    std::vector<std::string> words = with_files(claim.command, claim, data);
    for (std::string& word : words)
        if (claim.made && word == claim.made->file) word = (fs::path(folder) / word).string();
    return words;
}

std::vector<std::string> making_in(const Claim& claim, const std::string& data, const std::string& folder) {
    std::vector<std::string> words = with_files(claim.made->by, claim, data);
    words.insert(words.end(), {"-o", (fs::path(folder) / claim.made->file).string()});
    return words;
}

}  // namespace attest::ledger
