#include "checker/kernel/program.hpp"

#include <poll.h>

#include <algorithm>
#include <charconv>
#include <csignal>
#include <iostream>

// Limits, signals and the end of the output, for both programs. A check that ends early says so and is no verdict, so
// nothing here can make one.

namespace attest::checker {
namespace {

std::atomic<bool> interrupted{false};

/// The first Ctrl-C asks the check to end, the second ends the program.
extern "C" void on_signal(int signal) {
    if (interrupted.exchange(true)) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

std::uint64_t number(const std::string& option, const std::string& text, std::string& error) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || text.size() > 18 || !std::all_of(text.begin(), text.end(), is_digit)) {
        error = option + " needs a number";
        return 0;
    }
    return std::stoull(text);
}

std::chrono::steady_clock::time_point deadline(const std::string& text, std::string& error) {
    constexpr double most = 1e9;
    double seconds = -1;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || !(seconds >= 0 && seconds <= most))
        error = "--timeout needs a number of seconds", seconds = 0;
    using Clock = std::chrono::steady_clock;
    return Clock::now() + std::chrono::duration_cast<Clock::duration>(std::chrono::duration<double>(seconds));
}

/// Whether whoever read the output has gone, as `head` does when it has enough: that is no error.
bool reader_left() {
    pollfd out{1, 0, 0};
    return ::poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

}  // namespace

bool take_limit(const std::string& option, const std::string& value, Options& options, std::string& error) {
    if (option == "--timeout") options.deadline = deadline(value, error);
    else if (option == "--max-steps") options.max_steps = number(option, value, error);
    else if (option == "--max-memory") options.max_memory = number(option, value, error);
    else return false;
    return true;
}

void end_on_signals(Options& options) {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    std::signal(SIGPIPE, SIG_IGN);
    options.stop = &interrupted;
}

bool finish_output() {
    std::cout.flush();
    return std::cout || reader_left();
}

}  // namespace attest::checker
