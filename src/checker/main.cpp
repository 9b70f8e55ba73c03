#include <poll.h>

#include <algorithm>
#include <atomic>
#include <charconv>
#include <chrono>
#include <csignal>
#include <cstdio>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checker/checker.hpp"
#include "checker/kernel/shown.hpp"

namespace {

using attest::checker::Options;
using attest::checker::Report;
using attest::checker::shown;
using attest::checker::Stop;

constexpr int exit_bad_input = 2;
constexpr int exit_internal = 4;

const char* const help =
    R"(Checks certificates: that the claims about transformers that they make follow from the files that they hold.

usage: attest-check [--json] [--timeout SECONDS] [--max-steps N] [--max-memory BYTES] DIR...

  attest-check cert          one certificate
  attest-check --json a b    two certificates, one JSON object on standard output

--json              print one JSON object and nothing else
--timeout SECONDS   stop after so long: what was not checked by then is UNDECIDED
--max-steps N       reject a certificate that needs more steps (default 20000000000)
--max-memory BYTES  reject a certificate that needs more memory (default 4294967296)
--version           print the version
--help              print this

VERIFIED: the claim follows from the files; it may be that a model does not recognise a language. REJECTED: it does not follow,
or needs more than a certificate may ask for. UNDECIDED: --timeout, Ctrl-C or SIGTERM ended the check.

exit status: 0 all verified, 2 some rejected, unreadable, or wrong usage, 3 some undecided, 4 internal error
)";

std::atomic<bool> interrupted{false};

/// The first Ctrl-C asks the check to end, the second ends the program.
extern "C" void on_signal(int signal) {
    if (interrupted.exchange(true)) {
        std::signal(signal, SIG_DFL);
        std::raise(signal);
    }
}

struct Usage {
    Options options;
    bool json = false;
    bool help = false;
    bool version = false;
    std::vector<std::string> directories;
    std::string error;
};

std::uint64_t number(const std::string& option, const std::string& text, Usage& usage) {
    const auto is_digit = [](char c) { return c >= '0' && c <= '9'; };
    if (text.empty() || text.size() > 18 || !std::all_of(text.begin(), text.end(), is_digit)) {
        usage.error = option + " needs a number";
        return 0;
    }
    return std::stoull(text);
}

std::chrono::steady_clock::time_point deadline(const std::string& text, Usage& usage) {
    constexpr double most = 1e9;
    double seconds = -1;
    const auto end = std::from_chars(text.data(), text.data() + text.size(), seconds);
    if (end.ec != std::errc() || end.ptr != text.data() + text.size() || !(seconds >= 0 && seconds <= most))
        usage.error = "--timeout needs a number of seconds", seconds = 0;
    return std::chrono::steady_clock::now() + std::chrono::duration_cast<std::chrono::steady_clock::duration>(std::chrono::duration<double>(seconds));
}

Usage parse(const std::vector<std::string>& arguments) {
    Usage usage;
    bool only_directories = false;
    for (std::size_t k = 0; k < arguments.size(); ++k) {
        const std::string& argument = arguments[k];
        const std::string next = k + 1 < arguments.size() ? arguments[k + 1] : "";
        if (only_directories || !argument.starts_with("-")) {
            usage.directories.push_back(argument);
        } else if (argument == "--") {
            only_directories = true;
        } else if (argument == "--help" || argument == "-h") {
            usage.help = true;
        } else if (argument == "--version") {
            usage.version = true;
        } else if (argument == "--timeout") {
            usage.options.deadline = deadline(next, usage), ++k;
        } else if (argument == "--json") {
            usage.json = true;
        } else if (argument == "--max-steps") {
            usage.options.max_steps = number(argument, next, usage), ++k;
        } else if (argument == "--max-memory") {
            usage.options.max_memory = number(argument, next, usage), ++k;
        } else {
            usage.error = "unknown option " + shown(argument, 80);
        }
    }
    if (usage.directories.empty() && usage.error.empty() && !usage.help && !usage.version) usage.error = "a directory was expected";
    return usage;
}

const char* verdict_of(const Report& report) {
    if (!report.readable) return "unreadable";
    if (report.stopped != Stop::none) return "undecided";
    return report.accepted ? "verified" : "rejected";
}

/// What cannot be read is told like any mistake.
void complain(const Report& report) {
    if (!report.readable) std::cerr << "attest-check: " << shown(report.directory) << ": " << shown(report.reason) << "\n";
}

void print(const Report& report) {
    if (!report.readable) return;
    for (const std::string& line : lines(report)) std::cout << line << "\n";
    std::cout.flush();
}

nlohmann::ordered_json json_of(const Report& report) {
    nlohmann::ordered_json json;
    json["directory"] = report.directory;
    json["verdict"] = verdict_of(report);
    json["claim"] = report.claim;
    json["evidence"] = report.evidence;
    json["assumptions"] = report.assumptions;
    json["digest"] = report.digest;
    json["obligation"] = report.obligation;
    json["place"] = report.place;
    json["reason"] = report.reason;
    json["seconds"] = report.seconds;
    json["parts"] = nlohmann::ordered_json::array();
    for (const Report& part : report.parts) json["parts"].push_back(json_of(part));
    return json;
}

/// Whether whoever read the output has gone, as `head` does when it has enough: that is no error.
bool reader_left() {
    pollfd out{1, 0, 0};
    return ::poll(&out, 1, 0) == 1 && (out.revents & POLLERR) != 0;
}

int run(const std::vector<std::string>& arguments) {
    Usage usage = parse(arguments);
    if (usage.help) {
        std::cout << help;
        return 0;
    }
    if (usage.version) {
        std::cout << "attest-check " ATTEST_VERSION "\n";
        return 0;
    }
    if (!usage.error.empty()) {
        std::cerr << "attest-check: " << usage.error << " (see --help)\n";
        return exit_bad_input;
    }
    usage.options.stop = &interrupted;
    std::vector<Report> reports;
    nlohmann::ordered_json json;
    json["certificates"] = nlohmann::ordered_json::array();
    for (const std::string& directory : usage.directories) {
        reports.push_back(attest::checker::check(directory, usage.options));
        complain(reports.back());
        if (usage.json)
            json["certificates"].push_back(json_of(reports.back()));
        else
            print(reports.back());
    }
    const int status = attest::checker::exit_status(reports);
    json["exit"] = status;
    using Handler = nlohmann::ordered_json::error_handler_t;
    if (usage.json) std::cout << json.dump(2, ' ', false, Handler::replace) << "\n";
    std::cout.flush();
    if (!std::cout && !reader_left()) {
        std::cerr << "attest-check: the output cannot be written\n";
        return exit_internal;
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    std::signal(SIGINT, on_signal);
    std::signal(SIGTERM, on_signal);
    std::signal(SIGPIPE, SIG_IGN);
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "attest-check: internal error: " << error.what() << "\n";
        return exit_internal;
    }
}
