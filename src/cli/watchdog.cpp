#include "watchdog.hpp"

#include <fcntl.h>
#include <pthread.h>
#include <sys/resource.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <csignal>
#include <cstdio>
#include <cstdlib>
#include <system_error>

#include "base/unfinished.hpp"
#include "session.hpp"

namespace attest::cli {

namespace {

constexpr std::chrono::milliseconds tick(25);
/// How long a command may take to stop by itself. With a tick and the last words it stays within a second.
constexpr std::chrono::milliseconds grace(600);
/// Two signals that come closer are one: `timeout` sends its own to us and to our process group.
constexpr std::chrono::milliseconds same_signal(100);
/// What the program holds for itself, beside what a command holds.
constexpr std::size_t own_bytes = std::size_t{32} << 20;

/// SIGHUP only where it would end us: nohup has it ignored.
sigset_t watched() {
    sigset_t set;
    ::sigemptyset(&set);
    ::sigaddset(&set, SIGINT);
    ::sigaddset(&set, SIGTERM);
    struct sigaction hangup {};
    if (::sigaction(SIGHUP, nullptr, &hangup) == 0 && hangup.sa_handler == SIG_DFL) ::sigaddset(&set, SIGHUP);
    return set;
}

/// Bytes in memory that no file gives back; 0 if the system does not say.
std::size_t held_bytes() {
    const int statm = ::open("/proc/self/statm", O_RDONLY | O_CLOEXEC);
    char text[128];
    const ssize_t size = statm >= 0 ? ::read(statm, text, sizeof text - 1) : -1;
    if (statm >= 0) ::close(statm);
    if (size <= 0) return 0;
    text[size] = '\0';
    unsigned long all = 0, resident = 0, shared = 0;
    if (std::sscanf(text, "%lu %lu %lu", &all, &resident, &shared) != 3) return 0;
    return (resident - std::min(shared, resident)) * static_cast<std::size_t>(::sysconf(_SC_PAGESIZE));
}

/// One allocation far beyond the limit fails, before the next look. The system counts what is asked for, not
/// what is used: so there is room above.
void refuse_far_beyond(std::size_t memory_bytes) {
#if !defined(__SANITIZE_ADDRESS__)
    constexpr std::size_t room = std::size_t{1} << 30;
    if (memory_bytes > SIZE_MAX / 2 - room) return;
    rlimit limit{};
    if (::getrlimit(RLIMIT_DATA, &limit) != 0) return;
    limit.rlim_cur = std::min<rlim_t>(limit.rlim_max, memory_bytes + memory_bytes / 2 + room);
    ::setrlimit(RLIMIT_DATA, &limit);
#else
    (void)memory_bytes;  // the sanitizer's shadow counts, too
#endif
}

}  // namespace

Watchdog::Watchdog(std::atomic<bool>& interrupted, LastWords last_words, std::function<void()> tick_function)
    : interrupted_(interrupted), last_words_(std::move(last_words)), tick_(std::move(tick_function)) {
    const sigset_t signals = watched();
    ::pthread_sigmask(SIG_BLOCK, &signals, nullptr);
    // Whoever started us may have had them ignored: then they would not even be kept for us.
    std::signal(SIGINT, SIG_DFL);
    std::signal(SIGTERM, SIG_DFL);
    try {
        thread_ = std::thread([this] { watch(); });
    } catch (const std::system_error&) {
        ::pthread_sigmask(SIG_UNBLOCK, &signals,
                          nullptr);  // a machine without threads has the system's own signals
    }
}

Watchdog::~Watchdog() {
    if (!thread_.joinable()) return;
    finished_ = true;
    ::pthread_kill(thread_.native_handle(), SIGTERM);  // wakes it, and no one else
    thread_.join();
}

void Watchdog::bound(const base::Limits& limits) {
    const std::lock_guard lock(mutex_);
    deadline_ = limits.deadline;
    memory_bytes_ = std::min(limits.memory_bytes, SIZE_MAX - own_bytes) + own_bytes;
    refuse_far_beyond(memory_bytes_);
}

void Watchdog::release() {
    const std::lock_guard lock(mutex_);
    released_ = true;
    if (why_ && *why_ != base::Limit::interrupted) why_.reset();
    since_ = Clock::now();  // what it has to say may be long: the time for it begins again
}

void Watchdog::watch() {
    const sigset_t signals = watched();
    constexpr timespec wait{0, std::chrono::nanoseconds(tick).count()};
    while (!finished_) {
        const int signal = ::sigtimedwait(&signals, nullptr, &wait);
        if (finished_) return;
        if (signal > 0) on_signal(signal);
        look();
        tick_();
    }
}

void Watchdog::on_signal(int signal) {
    if (!interrupted_.exchange(true)) {
        const std::lock_guard lock(mutex_);
        signalled_ = Clock::now();
        strike(base::Limit::interrupted, signalled_);
        return;
    }
    if (Clock::now() - signalled_ < same_signal) return;
    base::remove_unfinished();
    std::signal(signal, SIG_DFL);
    sigset_t one;
    ::sigemptyset(&one);
    ::sigaddset(&one, signal);
    ::pthread_sigmask(SIG_UNBLOCK, &one, nullptr);
    ::raise(signal);
}

void Watchdog::look() {
    const std::lock_guard lock(mutex_);  // kept if the program ends here, so that no one says more
    const auto now = Clock::now();
    if (!released_ && deadline_ && now >= *deadline_) strike(base::Limit::deadline, *deadline_);
    if (!released_ && memory_bytes_ > 0 && held_bytes() > memory_bytes_) end(base::Limit::memory);
    if (why_ && now - since_ >= grace) end(*why_);
}

void Watchdog::strike(base::Limit why, Clock::time_point since) {
    if (why_) return;
    why_ = why;
    since_ = since;
}

void Watchdog::end(base::Limit why) {
    try {
        if (!released_) last_words_(why);
    } catch (...) {
        // not even memory for words
    }
    base::remove_unfinished();
    ::_exit(undecided);
}

}  // namespace attest::cli
