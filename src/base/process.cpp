#include "base/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <termios.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <climits>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <sstream>

#include "attest/base/error.hpp"

namespace attest::base {

namespace {

using Clock = std::chrono::steady_clock;

/// How soon an interruption is seen.
constexpr int tick_milliseconds = 50;
/// A program that is told to end, and once more to end at once, gets so long each time to take away what it had begun.
constexpr double grace_seconds = 0.15;

double seconds_since(Clock::time_point start) { return std::chrono::duration<double>(Clock::now() - start).count(); }

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

class Pipe {
  public:
    /// terminal  the writer gets a terminal, if there is one to be had
    explicit Pipe(bool terminal = false) {
        if (terminal && open_terminal()) return;
        if (::pipe2(ends_.data(), O_CLOEXEC) != 0) throw InternalError("the machine gives no pipe");
    }
    ~Pipe() {
        ::close(ends_[0]);
        close_writer();
    }
    Pipe(const Pipe&) = delete;
    Pipe& operator=(const Pipe&) = delete;

    int reader() const { return ends_[0]; }
    int writer() const { return ends_[1]; }
    void close_writer() {
        if (ends_[1] >= 0) ::close(ends_[1]);
        ends_[1] = -1;
    }

  private:
    bool open_terminal() {
        const int reader = ::posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
        if (reader < 0) return false;
        std::array<char, 128> name{};
        int writer = -1;
        if (::grantpt(reader) == 0 && ::unlockpt(reader) == 0 && ::ptsname_r(reader, name.data(), name.size()) == 0)
            writer = ::open(name.data(), O_RDWR | O_NOCTTY | O_CLOEXEC);
        termios settings{};
        if (writer < 0 || ::tcgetattr(writer, &settings) != 0) {
            if (writer >= 0) ::close(writer);
            ::close(reader);
            return false;
        }
        settings.c_oflag &= ~static_cast<tcflag_t>(OPOST);  // what is written is what is read
        ::tcsetattr(writer, TCSANOW, &settings);
        ends_ = {reader, writer};
        return true;
    }

    std::array<int, 2> ends_{};
};

/// Between fork and exec: only calls that are safe there, on what was made before.
[[noreturn]] void become(const std::vector<char*>& arguments, const ProcessSettings& settings, int out, int err) {
    ::setpgid(0, 0);                     // a group of its own, so that its children can be ended with it
    ::prctl(PR_SET_PDEATHSIG, SIGKILL);  // nor does it outlive us
    sigset_t none;                       // what we keep from our threads and ourselves is not for others
    ::sigemptyset(&none);
    ::sigprocmask(SIG_SETMASK, &none, nullptr);
    rlimit memory{};
    ::getrlimit(RLIMIT_DATA, &memory);
    memory.rlim_cur = memory.rlim_max;
    ::setrlimit(RLIMIT_DATA, &memory);
    if (settings.processor_seconds) {
        const auto whole = static_cast<rlim_t>(std::ceil(*settings.processor_seconds));
        const rlimit most{whole, whole + 1};
        ::setrlimit(RLIMIT_CPU, &most);
    }
    ::dup2(out, STDOUT_FILENO);
    ::dup2(err, STDERR_FILENO);
    std::signal(SIGPIPE, SIG_DFL);
    if (settings.directory.empty() || ::chdir(settings.directory.c_str()) == 0)
        ::execvp(arguments.front(), arguments.data());
    ::_exit(127);
}

/// Reads what is there; false at the end.
bool read_some(int in, std::string& text) {
    std::array<char, 4096> buffer{};
    const ssize_t got = ::read(in, buffer.data(), buffer.size());
    if (got > 0) text.append(buffer.data(), static_cast<std::size_t>(got));
    return got > 0 || (got < 0 && errno == EINTR);
}

/// Why reading ended.
enum class End { closed, late, interrupted };

/// Reads both ends until they are closed, or time is up.
End drain(std::array<pollfd, 2> ends, Clock::time_point start, const ProcessSettings& settings, ProcessResult& result) {
    while (ends[0].fd >= 0 || ends[1].fd >= 0) {
        if (settings.interrupted != nullptr && settings.interrupted->load()) return End::interrupted;
        if (settings.wall_seconds && seconds_since(start) >= *settings.wall_seconds) return End::late;
        if (::poll(ends.data(), ends.size(), tick_milliseconds) <= 0) continue;
        if (ends[0].revents != 0 && !read_some(ends[0].fd, result.out)) ends[0].fd = -1;
        const std::size_t known = result.err.size();
        if (ends[1].revents != 0 && !read_some(ends[1].fd, result.err)) ends[1].fd = -1;
        if (settings.heard && result.err.size() > known) settings.heard(std::string_view(result.err).substr(known));
    }
    return End::closed;
}

/// Waits for its end, with a limit or without one; false if it still runs.
bool reap(pid_t child, int& status, rusage& used, std::optional<double> seconds) {
    const auto start = Clock::now();
    for (;;) {
        const pid_t ended = ::wait4(child, &status, seconds ? WNOHANG : 0, &used);
        if (ended == child || (ended < 0 && errno != EINTR)) return true;
        if (seconds && seconds_since(start) >= *seconds) return false;
        if (seconds) ::poll(nullptr, 0, 5);
    }
}

/// Asks it and its children to end, and once more; then ends what is left of them.
void end(pid_t child, int& status, rusage& used) {
    bool ended = false;
    for (int time = 0; time < 2 && !ended; ++time) {
        ::kill(-child, SIGTERM);
        ended = reap(child, status, used, grace_seconds);
    }
    ::kill(-child, SIGKILL);
    if (!ended) reap(child, status, used, std::nullopt);
}

}  // namespace

ProcessResult run_process(const std::vector<std::string>& command, const ProcessSettings& settings) {
    Pipe out, err(static_cast<bool>(settings.heard));
    std::vector<std::string> words = command;
    std::vector<char*> arguments;
    for (std::string& word : words) arguments.push_back(word.data());
    arguments.push_back(nullptr);

    const Clock::time_point start = Clock::now();
    const pid_t child = ::fork();
    if (child < 0) throw InternalError("the machine gives no process for " + command.front());
    if (child == 0) become(arguments, settings, out.writer(), err.writer());
    ::setpgid(child, child);
    out.close_writer();
    err.close_writer();

    ProcessResult result;
    const End why = drain({pollfd{out.reader(), POLLIN, 0}, pollfd{err.reader(), POLLIN, 0}}, start, settings, result);
    int status = 0;
    rusage used{};
    if (why == End::closed) reap(child, status, used, std::nullopt);
    else end(child, status, used);
    result.wall_seconds = seconds_since(start);
    result.processor_seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    result.peak_kib = static_cast<std::size_t>(used.ru_maxrss);
    result.finished = why == End::closed && WIFEXITED(status);
    result.status = result.finished ? WEXITSTATUS(status) : -1;
    // SIGKILL is ours, the hard processor limit, or the system out of memory.
    result.late = why == End::late || (why == End::closed && WIFSIGNALED(status) &&
                                       (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL));
    return result;
}

bool has_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (::access((folder + "/" + name).c_str(), X_OK) == 0) return true;
    return false;
}

std::string own_path() {
    std::array<char, PATH_MAX> path{};
    const ssize_t size = ::readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0) throw InternalError("this program does not find itself");
    return {path.data(), static_cast<std::size_t>(size)};
}

}  // namespace attest::base
