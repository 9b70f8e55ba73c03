#include "attest/certify/place.hpp"

#include <optional>
#include <utility>

#include "attest/base/file.hpp"

namespace attest::certify {

namespace {

/// Of all files of a certificate, in bytes. To make and remove files takes as long as to check what is so small.
constexpr std::size_t small = std::size_t{1} << 18;

}  // namespace

struct Place::State {
    std::map<std::string, std::string> files;
    std::size_t bytes = 0;
    std::optional<base::DirectoryInProgress> scratch;
    std::string directory;  ///< empty: they are in memory
};

Place::Place() : state_(std::make_shared<State>()) {}

Place::Place(std::string directory) : Place() { state_->directory = std::move(directory); }

void Place::write(const std::string& name, std::string_view bytes) const {
    if (files() != nullptr && bytes.size() <= small - state_->bytes) {
        state_->files[name] = bytes;
        state_->bytes += bytes.size();
    } else {
        const std::string& directory = *this;
        base::write_file(directory + "/" + name, bytes);
    }
}

Place::operator const std::string&() const {
    if (files() == nullptr) return state_->directory;
    state_->directory = state_->scratch.emplace().path();
    for (const auto& [name, bytes] : std::exchange(state_->files, {}))
        base::write_file(state_->directory + "/" + name, bytes);
    return state_->directory;
}

const std::map<std::string, std::string>* Place::files() const {
    return state_->directory.empty() ? &state_->files : nullptr;
}

}  // namespace attest::certify
