#include "machine.hpp"

#include <sys/utsname.h>
#include <unistd.h>

#include <fstream>
#include <thread>

#include "attest/logic/sat_solver.hpp"
#include "base/version.hpp"
#include "program.hpp"

namespace attest::benchmarks {

namespace {

std::string processor() {
    std::ifstream info("/proc/cpuinfo");
    for (std::string line; std::getline(info, line);)
        if (line.starts_with("model name")) return line.substr(line.find(':') + 2);
    return "unknown";
}

/// The package is what a user can name; programs print other versions, or none.
std::string package_version(const std::string& package) {
    const Run run = run_program({"dpkg-query", "-W", "-f=${Version}", package}, 10);
    return run.status == 0 ? run.output : "not a Debian package here";
}

}  // namespace

nlohmann::ordered_json describe_machine() {
    utsname system{};
    uname(&system);
    nlohmann::ordered_json object = {
        {"processor", processor()},
        {"threads", std::thread::hardware_concurrency()},
        {"memory_bytes",
         static_cast<std::size_t>(sysconf(_SC_PHYS_PAGES)) * static_cast<std::size_t>(sysconf(_SC_PAGE_SIZE))},
        {"system", std::string(system.sysname) + " " + system.release + " " + system.machine},
        {"compiler", __VERSION__},
        {"attest", base::version()}};
    for (const std::string& name : logic::back_end_names())
        object["solvers"].push_back(logic::make_solver(logic::parse_back_end(name))->name());
    for (const char* rival : {"z3", "berkeley-abc", "cadical"})
        object["rivals"][rival] = has_program(rival) ? package_version(rival) : "missing";
    return object;
}

}  // namespace attest::benchmarks
