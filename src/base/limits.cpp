#include "attest/base/limits.hpp"

#include <fstream>
#include <string>

namespace attest::base {

std::optional<Limit> Limits::exceeded() const {
    if (interrupted != nullptr && interrupted->load(std::memory_order_relaxed)) return Limit::interrupted;
    if (deadline && std::chrono::steady_clock::now() >= *deadline) return Limit::deadline;
    return std::nullopt;
}

std::size_t available_memory() {
    std::ifstream meminfo("/proc/meminfo");
    std::string key;
    std::size_t kibibytes = 0;
    while (meminfo >> key >> kibibytes) {
        if (key == "MemAvailable:") return kibibytes * 1024;
        std::getline(meminfo, key);
    }
    return std::size_t{2} << 30;
}

}  // namespace attest::base
