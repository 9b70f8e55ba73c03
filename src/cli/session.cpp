#include "session.hpp"

#include <fmt/format.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"
#include "attest/base/version.hpp"

namespace attest::cli {

base::Limits Session::limits() const {
    base::Limits limits;
    if (options.timeout > 0)
        limits.deadline = std::chrono::steady_clock::now() +
                          std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(options.timeout));
    limits.memory_bytes = options.memory_mib > 0 ? options.memory_mib << 20 : base::available_memory() / 4 * 3;
    limits.interrupted = interrupted_;
    return limits;
}

void Session::print(const std::string& text) {
    if (!options.json) out_ += text;
}

void Session::print_json(nlohmann::ordered_json object) {
    if (!options.json) return;
    object["version"] = base::version();
    out_ += object.dump(2, ' ', false, nlohmann::ordered_json::error_handler_t::replace) + "\n";
}

void Session::note(const std::string& text) const {
    if (!options.quiet) fmt::print(stderr, "attest: note: {}\n", text);
}

void Session::progress(const std::string& text) {
    if (options.quiet || ::isatty(STDERR_FILENO) == 0) return;
    clear_progress();
    fmt::print(stderr, "{}", base::printable(text, 100));
    std::fflush(stderr);
    progress_shown_ = true;
}

void Session::clear_progress() {
    if (progress_shown_) fmt::print(stderr, "\r\x1b[K");
    progress_shown_ = false;
}

void Session::flush() {
    clear_progress();
    const bool whole = std::fwrite(out_.data(), 1, out_.size(), stdout) == out_.size() && std::fflush(stdout) == 0;
    out_.clear();
    if (!whole) throw base::InputError("standard output", fmt::format("cannot write: {}", std::strerror(errno)));
}

}  // namespace attest::cli
