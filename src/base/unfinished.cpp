#include "base/unfinished.hpp"

#include <chrono>
#include <filesystem>
#include <system_error>

namespace attest::base {

namespace {

namespace fs = std::filesystem;

/// A thread may be about to write into a directory; under another name it no longer finds it.
void remove_with_writers(const std::string& path) {
    std::error_code error;
    std::string name = path;
    if (fs::is_directory(path, error)) {
        fs::rename(path, path + "-removed", error);
        if (!error) name += "-removed";
    }
    fs::remove_all(name, error);
    if (error) fs::remove_all(name, error);
}

}  // namespace

Unfinished& Unfinished::list() {
    static Unfinished& list = *new Unfinished;  // threads may still use it while the program ends
    return list;
}

void Unfinished::remove_all() noexcept {
    // A rename that hangs does not keep the program from ending.
    (void)mutex_.try_lock_for(std::chrono::milliseconds(200));
    try {
        for (const auto& [path, owner] : paths_)
            if (owner == ::getpid()) remove_with_writers(path);
    } catch (...) {
        // no memory for a name: what is left stays
    }
}

void remove_unfinished() noexcept { Unfinished::list().remove_all(); }

}  // namespace attest::base
