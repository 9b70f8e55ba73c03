#include "checker/core/files.hpp"

#include <map>
#include <set>
#include <string_view>

#include "checker/core/sha256.hpp"
#include "checker/kernel/defect.hpp"

// FORMAT.md, section 2, obligation `digest`. After it every other obligation works on the bytes that were hashed, never
// on the file system again: what is checked is what was listed.

namespace attest::checker {
namespace {

void check_entries(const std::vector<DirectoryEntry>& entries, const Manifest& manifest) {
    std::set<std::string_view> listed;
    for (const FileEntry& file : manifest.files) listed.insert(file.name);
    std::map<std::string_view, bool> is_file;
    for (const DirectoryEntry& entry : entries) {
        if (entry.name != "manifest.json" && !listed.contains(entry.name))
            throw Defect(entry.name, "the manifest does not list this file");
        is_file[entry.name] = entry.is_file;
    }
    for (const FileEntry& file : manifest.files) {
        const auto found = is_file.find(file.name);
        if (found == is_file.end()) throw Defect(file.name, "the file is missing");
        if (!found->second) throw Defect(file.name, "not a regular file");
    }
}

}  // namespace

std::vector<DirectoryEntry> Source::entries() const {
    if (given_ == nullptr) return list_directory(directory_);
    std::vector<DirectoryEntry> entries;
    for (const auto& [name, bytes] : *given_) entries.push_back({name, true, false});
    return entries;
}

std::string Source::read(const std::string& name, std::optional<std::uint64_t> size, Budget& budget) const {
    if (given_ == nullptr) return read_file(directory_, name, size, budget);
    const auto found = given_->find(name);
    if (found == given_->end()) throw Unreadable(name + ": there is no such file");
    expect_size(name, found->second.size(), size);
    budget.memory(found->second.size());
    budget.step(found->second.size());
    return found->second;
}

Files read_files(const Source& source, const Manifest& manifest, Budget& budget) {
    check_entries(source.entries(), manifest);
    Files files;
    for (const FileEntry& file : manifest.files) {
        if (file.name == "manifest.json") throw Defect("manifest.json: files", "the manifest lists itself");
        std::string bytes = source.read(file.name, file.bytes, budget);
        if (sha256(bytes, budget) != file.sha256)
            throw Defect(file.name, "the file has another digest than the manifest says");
        files[file.name] = std::move(bytes);
    }
    return files;
}

}  // namespace attest::checker
