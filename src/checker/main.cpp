#include <exception>
#include <iostream>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "checker/checker.hpp"
#include "checker/kernel/program.hpp"
#include "checker/kernel/shown.hpp"

// The program `attest-check`. It prints what the checker says of each directory; the verdict, and with it the exit
// status, is made in check() alone.

namespace {

using attest::checker::Options;
using attest::checker::Report;
using attest::checker::shown;
using attest::checker::Stop;

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

struct Usage {
    Options options;
    bool json = false;
    bool help = false;
    bool version = false;
    std::vector<std::string> directories;
    std::string error;
};

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
        } else if (argument == "--json") {
            usage.json = true;
        } else if (attest::checker::take_limit(argument, next, usage.options, usage.error)) {
            ++k;
        } else {
            usage.error = "unknown option " + shown(argument, 80);
        }
    }
    if (usage.directories.empty() && usage.error.empty() && !usage.help && !usage.version)
        usage.error = "a directory was expected";
    return usage;
}

const char* verdict_of(const Report& report) {
    if (!report.readable) return "unreadable";
    if (report.stopped != Stop::none) return "undecided";
    return report.accepted ? "verified" : "rejected";
}

/// What cannot be read is told like any mistake.
void complain(const Report& report) {
    if (!report.readable)
        std::cerr << "attest-check: " << shown(report.directory) << ": " << shown(report.reason) << "\n";
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

int run(const std::vector<std::string>& arguments) {
    Usage usage = parse(arguments);
    attest::checker::end_on_signals(usage.options);
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
        return attest::checker::exit_bad_input;
    }
    std::vector<Report> reports;
    nlohmann::ordered_json json;
    json["certificates"] = nlohmann::ordered_json::array();
    for (const std::string& directory : usage.directories) {
        reports.push_back(attest::checker::check(directory, usage.options));
        complain(reports.back());
        if (usage.json) json["certificates"].push_back(json_of(reports.back()));
        else print(reports.back());
    }
    const int status = attest::checker::exit_status(reports);
    json["exit"] = status;
    using Handler = nlohmann::ordered_json::error_handler_t;
    if (usage.json) std::cout << json.dump(2, ' ', false, Handler::replace) << "\n";
    if (attest::checker::finish_output()) return status;
    std::cerr << "attest-check: the output cannot be written\n";
    return attest::checker::exit_internal;
}

}  // namespace

int main(int argc, char** argv) {
    try {
        return run({argv + 1, argv + argc});
    } catch (const std::exception& error) {
        std::cerr << "attest-check: internal error: " << error.what() << "\n";
        return attest::checker::exit_internal;
    }
}
