#include <fmt/format.h>

#include <algorithm>
#include <cstddef>
#include <filesystem>
#include <string>
#include <vector>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "program.hpp"
#include "tables.hpp"

// What a new user's first build costs: all that an installation takes, from nothing, without any cache of a compiler.

namespace attest::benchmarks {

namespace {

namespace fs = std::filesystem;

constexpr double longest = 36000;  ///< seconds of processor time

Run successful(const std::vector<std::string>& command) {
    Run run = run_program(command, longest);
    if (!run.finished || run.status != 0)
        throw base::InternalError(fmt::format("{} {} failed: {}", command[0], command[1], run.output));
    return run;
}

/// Configures as the release preset does, into an empty folder, and builds; the seconds are those of compilers and linkers.
double seconds_of_build(const std::string& folder) {
    successful({"cmake", "-S", ATTEST_SOURCE, "-B", folder, "-G", "Ninja", "-DCMAKE_BUILD_TYPE=Release",
                "-DATTEST_UNITY=ON", "-DATTEST_TESTS=OFF", "-DCMAKE_CXX_COMPILER_LAUNCHER="});
    return successful({"env", "CCACHE_DISABLE=1", "cmake", "--build", folder, "--target", "src/all"}).seconds;
}

struct Sources {
    std::size_t files = 0, lines = 0;
};

/// Headers count by their lines, and not as files.
Sources sources() {
    Sources all;
    for (const char* folder : {"src", "include"}) {
        for (const fs::directory_entry& entry : fs::recursive_directory_iterator(fs::path(ATTEST_SOURCE) / folder)) {
            const fs::path ending = entry.path().extension();
            if (ending != ".cpp" && ending != ".hpp") continue;
            const std::string text = base::read_file(entry.path().string());
            all.lines += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
            all.files += ending == ".cpp" ? 1 : 0;
        }
    }
    return all;
}

}  // namespace

Table build_table(const Settings& settings) {
    Table table("build", "all that an installation takes, built from nothing without a compiler cache",
                {"what", "files", "lines", "time", "time/file", "time/1,000 lines"});
    table.begin();
    const Sources all = sources();
    const double spent = seconds_of_build(fmt::format("{}/build", settings.directory));
    table.add({text("as the release preset has it"), count(all.files), count(all.lines), seconds(spent),
               seconds(spent / static_cast<double>(all.files)),
               seconds(1000 * spent / static_cast<double>(all.lines))});
    return table;
}

}  // namespace attest::benchmarks
