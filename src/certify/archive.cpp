#include "attest/certify/archive.hpp"

#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/certify/certificate.hpp"
#include "base/version.hpp"

namespace attest::certify {

namespace fs = std::filesystem;

Archive::Archive(const std::optional<std::string>& directory) {
    if (directory) directory_.emplace(*directory, "manifest.json", "attest/certificate");
}

std::string Archive::place(const std::string& part) const {
    return part.empty() ? directory_->path() : directory_->path() + "/" + part;
}

std::string Archive::open(const std::string& part) {
    std::error_code error;
    fs::create_directories(place(part), error);
    if (error) throw base::InputError(place(part), "cannot write: " + error.message());
    return place(part);
}

void Archive::keep(const std::string& part, const std::string& digest) {
    const std::lock_guard lock(mutex_);
    digests_[part] = digest;
}

void Archive::discard(const std::string& part) {
    std::error_code ignored;
    if (!part.empty()) fs::remove_all(place(part), ignored);
    else
        for (const auto& entry : fs::directory_iterator(place(part), ignored)) fs::remove_all(entry.path(), ignored);
}

bool Archive::finish(const std::vector<std::string>& parts) {
    if (!keeps()) return false;
    std::vector<std::pair<std::string, std::string>> kept;
    for (const std::string& part : parts)
        if (auto found = digests_.extract(part)) kept.emplace_back(part, found.mapped());
    for (const auto& [part, digest] : digests_) discard(part);
    if (kept.empty()) return false;
    if (!kept.front().first.empty())
        certify::write_collection(directory_->path(), kept, {{{"attest", base::version()}}});
    directory_->commit();
    return true;
}

}  // namespace attest::certify
