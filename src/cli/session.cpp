#include "session.hpp"

#include <fmt/format.h>
#include <poll.h>
#include <unistd.h>

#include <cerrno>
#include <cstdio>
#include <cstring>

#include "attest/base/error.hpp"
#include "base/json_text.hpp"
#include "base/text.hpp"
#include "base/version.hpp"
#include "record/stopped.hpp"

namespace attest::cli {

namespace {

using Lock = std::lock_guard<std::timed_mutex>;

/// So long a program that ends waits for those who read what it says.
constexpr int patience_milliseconds = 200;

/// Without the buffers of the standard library, which another thread may be in the middle of.
void write_now(int file, std::string_view text) {
    while (!text.empty()) {
        pollfd ready{file, POLLOUT, 0};
        if (::poll(&ready, 1, patience_milliseconds) <= 0) return;
        const ssize_t written =
            ::write(file, text.data(), std::min<std::size_t>(text.size(), 4096));  // no more than poll promises
        if (written <= 0) return;
        text.remove_prefix(static_cast<std::size_t>(written));
    }
}

std::string dump(const nlohmann::ordered_json& object) {
    return base::json_text(object, 2, base::NotUtf8::replaced) + "\n";
}

}  // namespace

base::Limits Session::limits() const {
    base::Limits limits;
    if (options.timeout > 0)
        limits.deadline = start_ + std::chrono::duration_cast<std::chrono::steady_clock::duration>(
                                       std::chrono::duration<double>(options.timeout));
    limits.memory_bytes = options.memory_mib > 0 ? options.memory_mib << 20 : base::available_memory() / 4 * 3;
    limits.interrupted = interrupted_;
    return limits;
}

double Session::seconds() const {
    return std::chrono::duration<double>(std::chrono::steady_clock::now() - start_).count();
}

void Session::print(const std::string& text) {
    if (!options.json) add(text, true);
}

void Session::print_verbatim(const std::string& text) {
    if (!options.json) add(text, false);
}

void Session::add(const std::string& text, bool folds) {
    const Lock lock(mutex_);
    (making_ ? making_->text : out_).add(text, folds);
}

void Session::print_json(nlohmann::ordered_json object) {
    object["version"] = base::version();
    const Lock lock(mutex_);
    if (!options.json) {
        has_printed_ = has_printed_ || !making_;
    } else if (making_) {
        making_->object = std::move(object);
    } else {
        out_.add(dump(object), false);
        has_printed_ = true;
    }
}

void Session::draft(const std::function<void()>& show) {
    constexpr int share = 20;  // at most a twentieth of the time is spent on drafts
    const auto start = std::chrono::steady_clock::now();
    if (start < next_draft_) return;
    {
        const Lock lock(mutex_);
        making_ = Draft{out_, {}};
    }
    show();
    const Lock lock(mutex_);
    draft_ = std::move(*making_);
    making_.reset();
    const auto now = std::chrono::steady_clock::now();
    next_draft_ = now + share * (now - start);
}

void Session::when_ended(std::function<void(const verdict::Undecided&)> show) {
    const Lock lock(mutex_);
    when_ended_ = std::move(show);
}

void Session::note(const std::string& text) const {
    const Lock lock(mutex_);
    if (options.quiet || making_) return;
    clear_progress();
    // The text may hold names from files; whoever writes it cannot forget to escape them.
    fmt::print(stderr, "attest: note: {}\n", base::printable(text, 2000));
}

void Session::progress(const std::string& text) {
    const Lock lock(mutex_);
    phase_ = base::printable(text, 100);
    show_progress();
}

void Session::tick() {
    if (!mutex_.try_lock()) return;
    const std::lock_guard lock(mutex_, std::adopt_lock);
    if (progress_shown_ && static_cast<std::int64_t>(seconds()) != second_shown_) show_progress();
}

void Session::show_progress() {
    if (options.quiet || ::isatty(STDERR_FILENO) == 0) return;
    clear_progress();
    second_shown_ = static_cast<std::int64_t>(seconds());
    fmt::print(stderr, "{} s  {}", second_shown_, phase_);
    std::fflush(stderr);
    progress_shown_ = true;
}

void Session::clear_progress() const {
    if (progress_shown_) fmt::print(stderr, "\r\x1b[K");
    progress_shown_ = false;
}

void Session::flush() {
    Printed printed;
    {
        const Lock lock(mutex_);
        clear_progress();
        std::swap(printed, out_);
        draft_ = {};
    }
    const std::string text = printed.shown();
    const bool whole = std::fwrite(text.data(), 1, text.size(), stdout) == text.size() && std::fflush(stdout) == 0;
    if (!whole && errno != EPIPE)
        throw base::InputError("standard output", fmt::format("cannot write: {}", std::strerror(errno)));
}

nlohmann::ordered_json Session::stopped(const std::string& command, const verdict::Undecided& why) const {
    nlohmann::ordered_json object = draft_.object;
    object.update(record::write(record::stopped(command, why)));
    object["version"] = base::version();
    return object;
}

void Session::last_words(const std::string& command, base::Limit why) {
    std::string phase;
    if (mutex_.try_lock_for(std::chrono::milliseconds(patience_milliseconds))) {
        const std::lock_guard lock(mutex_, std::adopt_lock);
        if (!phase_.empty()) phase = ", " + phase_;
    }
    last_words(command, {verdict::reason_of(why), fmt::format("ended after {:.2f} s{}", seconds(), phase)});
}

void Session::last_words(const std::string& command, const verdict::Undecided& why) {
    std::unique_lock lock(mutex_, std::defer_lock);
    // Who holds the lock for longer is stuck in a write of its own: then this is all there is to say.
    if (!lock.try_lock_for(std::chrono::milliseconds(patience_milliseconds))) return;
    clear_progress();
    if (when_ended_ && !has_printed_) {
        making_ = Draft{out_, {}};
        lock.unlock();
        when_ended_(why);
        lock.lock();
        draft_ = std::move(*making_);
        making_.reset();
    }
    if (!options.json) write_now(STDOUT_FILENO, (has_printed_ || draft_.text.empty() ? out_ : draft_.text).shown());
    else if (has_printed_) write_now(STDOUT_FILENO, out_.shown());
    else write_now(STDOUT_FILENO, dump(stopped(command, why)));
    write_now(STDERR_FILENO, fmt::format("attest: undecided: {}: {}\n", to_string(why.reason), why.detail));
}

}  // namespace attest::cli
