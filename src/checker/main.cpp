#include <algorithm>
#include <cstdio>
#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checker/checker.hpp"

namespace {

using attest::checker::Options;
using attest::checker::Report;

constexpr int exit_accepted = 0;
constexpr int exit_refused = 1;
constexpr int exit_unreadable = 2;
constexpr int exit_internal = 4;

const char* const help =
    R"(Checks certificates: that the claims about transformers that they make follow from the files that they hold.

usage: attest-check [--json] [--max-steps N] [--max-memory BYTES] DIR...

  attest-check cert          one certificate
  attest-check --json a b    two certificates, one JSON object on standard output

--json              print one JSON object and nothing else
--max-steps N       refuse a certificate that needs more steps (default 20000000000)
--max-memory BYTES  refuse a certificate that needs more memory (default 4294967296)
--help              print this

exit status: 0 all accepted, 1 some refused, 2 wrong usage or unreadable, 4 internal error
)";

struct Usage {
    Options options;
    bool json = false;
    bool help = false;
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
        } else if (argument == "--json") {
            usage.json = true;
        } else if (argument == "--max-steps") {
            usage.options.max_steps = number(argument, next, usage), ++k;
        } else if (argument == "--max-memory") {
            usage.options.max_memory = number(argument, next, usage), ++k;
        } else {
            usage.error = "unknown option " + argument;
        }
    }
    if (usage.directories.empty() && usage.error.empty()) usage.error = "a directory was expected";
    return usage;
}

std::string seconds(double value) {
    char text[32];
    std::snprintf(text, sizeof text, "%.3f s", value);
    return text;
}

/// Text from a certificate must not be able to fake a line of its own or to steer a terminal.
std::string shown(const std::string& text) {
    std::string result;
    for (const char c : text) result += static_cast<unsigned char>(c) < 0x20 || c == 0x7f ? '?' : c;
    return result;
}

std::string verdict_line(const Report& report) {
    if (!report.readable) return "UNREADABLE " + report.directory + ": " + report.reason;
    if (!report.accepted)
        return "REFUTED " + report.directory + ": obligation " + report.obligation + " failed at " +
               report.place + ": " + report.reason;
    return "VERIFIED certificate: " + report.claim + " (" + report.evidence + ", " + seconds(report.seconds) +
           ")";
}

void print(const Report& report) {
    std::cout << shown(verdict_line(report)) << "\n";
    for (const Report& part : report.parts) std::cout << "  " << shown(verdict_line(part)) << "\n";
    if (!report.accepted) return;
    for (const std::string& assumption : report.assumptions)
        std::cout << "  assuming: " << shown(assumption) << "\n";
}

nlohmann::ordered_json json_of(const Report& report) {
    nlohmann::ordered_json json;
    json["directory"] = report.directory;
    json["verdict"] = !report.readable ? "unreadable" : report.accepted ? "verified" : "refuted";
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

int exit_status(const std::vector<Report>& reports) {
    int status = exit_accepted;
    for (const Report& report : reports) {
        if (!report.readable) return exit_unreadable;
        if (!report.accepted) status = exit_refused;
    }
    return status;
}

int run(const std::vector<std::string>& arguments) {
    const Usage usage = parse(arguments);
    if (usage.help) {
        std::cout << help;
        return exit_accepted;
    }
    if (!usage.error.empty()) {
        std::cerr << "attest-check: " << usage.error << " (see --help)\n";
        return exit_unreadable;
    }
    std::vector<Report> reports;
    nlohmann::ordered_json json;
    json["certificates"] = nlohmann::ordered_json::array();
    for (const std::string& directory : usage.directories) {
        reports.push_back(attest::checker::check(directory, usage.options));
        if (usage.json)
            json["certificates"].push_back(json_of(reports.back()));
        else
            print(reports.back()), std::cout.flush();
    }
    const int status = exit_status(reports);
    json["exit"] = status;
    using Handler = nlohmann::ordered_json::error_handler_t;
    if (usage.json) std::cout << json.dump(2, ' ', false, Handler::replace) << "\n";
    std::cout.flush();
    if (!std::cout) {
        std::cerr << "attest-check: the output cannot be written\n";
        return exit_internal;
    }
    return status;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "attest-check: internal error: " << error.what() << "\n";
        return exit_internal;
    }
}
