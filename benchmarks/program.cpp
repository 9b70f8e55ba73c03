#include "program.hpp"

#include <poll.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <climits>
#include <cmath>
#include <csignal>
#include <cstdlib>
#include <sstream>

#include "attest/base/error.hpp"

namespace attest::benchmarks {

namespace {

using Clock = std::chrono::steady_clock;

/// A program that waits for what never comes uses no processor time: this many times the limit by the clock
/// is over.
constexpr double patience = 10;

double seconds_since(Clock::time_point start) {
    return std::chrono::duration<double>(Clock::now() - start).count();
}

double seconds_of(const timeval& time) {
    return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
}

/// The system counts whole seconds.
rlimit cpu_limit(double seconds) {
    const auto whole = static_cast<rlim_t>(std::ceil(seconds));
    return {whole, whole + 1};
}

[[noreturn]] void become(const std::vector<std::string>& command, double limit, int out) {
    prctl(PR_SET_PDEATHSIG, SIGKILL);  // no rival outlives an interrupted run
    const rlimit most = cpu_limit(limit);
    setrlimit(RLIMIT_CPU, &most);
    dup2(out, STDOUT_FILENO);
    dup2(out, STDERR_FILENO);
    std::vector<char*> arguments;
    for (const std::string& word : command) arguments.push_back(const_cast<char*>(word.c_str()));
    arguments.push_back(nullptr);
    execvp(arguments.front(), arguments.data());
    _exit(127);
}

/// Reads until the other end is closed; false if the limit comes first.
bool drain(int in, Clock::time_point start, double limit, std::string& output) {
    std::array<char, 4096> buffer{};
    for (;;) {
        const double left = limit - seconds_since(start);
        if (left <= 0) return false;
        pollfd wait{in, POLLIN, 0};
        if (poll(&wait, 1, static_cast<int>(left * 1000) + 1) <= 0) continue;
        const ssize_t got = read(in, buffer.data(), buffer.size());
        if (got <= 0) return true;
        output.append(buffer.data(), static_cast<std::size_t>(got));
    }
}

}  // namespace

Run run_program(const std::vector<std::string>& command, double limit) {
    std::array<int, 2> ends{};
    if (pipe(ends.data()) != 0) throw base::InternalError("no pipe for " + command.front());
    const Clock::time_point start = Clock::now();
    const pid_t child = fork();
    if (child < 0) throw base::InternalError("no process for " + command.front());
    if (child == 0) {
        close(ends[0]);
        become(command, limit, ends[1]);
    }
    close(ends[1]);
    Run run;
    const bool hangs = !drain(ends[0], start, patience * limit, run.output);
    if (hangs) kill(child, SIGKILL);
    int status = 0;
    rusage used{};
    wait4(child, &status, 0, &used);
    close(ends[0]);
    run.seconds = seconds_of(used.ru_utime) + seconds_of(used.ru_stime);
    run.finished = WIFEXITED(status);
    // SIGKILL is ours, the hard processor limit, or the system out of memory.
    run.late = hangs || (WIFSIGNALED(status) && (WTERMSIG(status) == SIGXCPU || WTERMSIG(status) == SIGKILL));
    run.status = run.finished ? WEXITSTATUS(status) : -1;
    return run;
}

bool has_program(const std::string& name) {
    const char* path = std::getenv("PATH");
    std::istringstream folders(path != nullptr ? path : "");
    for (std::string folder; std::getline(folders, folder, ':');)
        if (access((folder + "/" + name).c_str(), X_OK) == 0) return true;
    return false;
}

std::string own_path() {
    std::array<char, PATH_MAX> path{};
    const ssize_t size = readlink("/proc/self/exe", path.data(), path.size());
    if (size <= 0) throw base::InternalError("this program does not find itself");
    return {path.data(), static_cast<std::size_t>(size)};
}

}  // namespace attest::benchmarks
