#include <fmt/format.h>

#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "attest/base/error.hpp"
#include "program.hpp"
#include "tables.hpp"

// What a new user's first build costs: all that an installation takes, from nothing, without any cache of a compiler.

namespace attest::benchmarks {

namespace {

namespace fs = std::filesystem;

constexpr double longest = 36000;  ///< seconds of processor time

struct Way {
    const char* name;
    const char* option;
};
constexpr Way ways[] = {{"as the preset has it", "-DATTEST_UNITY=ON"}, {"file by file", "-DATTEST_UNITY=OFF"}};

Run successful(const std::vector<std::string>& command) {
    Run run = run_program(command, longest);
    if (!run.finished || run.status != 0)
        throw base::InternalError(fmt::format("{} {} failed: {}", command[0], command[1], run.output));
    return run;
}

/// Configures into an empty folder and builds; the seconds are those of compilers and linkers.
double seconds_of_build(const Way& way, const std::string& folder) {
    successful({"cmake", "-S", ATTEST_SOURCE, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                "-DATTEST_TESTS=OFF", "-DCMAKE_CXX_COMPILER_LAUNCHER=", way.option});
    return successful({"env", "CCACHE_DISABLE=1", "cmake", "--build", folder, "--target", "src/all"}).seconds;
}

std::size_t source_files() {
    std::size_t files = 0;
    for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fs::path(ATTEST_SOURCE) / "src"))
        files += entry.path().extension() == ".cpp" ? 1 : 0;
    return files;
}

}  // namespace

Table build_table(const Settings& settings) {
    Table table("build", "all that an installation takes, built from nothing without a compiler cache",
                {"way", "files", "time", "time/file", "ratio"});
    table.begin();
    const std::size_t files = source_files();
    double ours = 0;
    for (const Way& way : ways) {
        const double spent = seconds_of_build(way, fmt::format("{}/{}", settings.directory, way.option));
        if (ours == 0) ours = spent;
        table.add({text(way.name), count(files), seconds(spent), seconds(spent / static_cast<double>(files)),
                   ratio(spent / ours)});
    }
    return table;
}

}  // namespace attest::benchmarks
