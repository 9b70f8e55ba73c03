#include <catch2/catch.hpp>
#include <chrono>
#include <cstdlib>
#include <filesystem>

#include "run.hpp"

// The examples under --help, each typed as it stands into a shell, in a folder with the files that they name.

using namespace attest::tests;
namespace fs = std::filesystem;

namespace {

constexpr double seconds_for_each = 20;  ///< seconds on a free machine, with room for a busy one

void prepare(const Folder& folder) {
    REQUIRE(run_attest(folder, {"zoo", "export", "palindrome", "-o", "model.json"}).status == 0);
    REQUIRE(run_attest(folder, {"zoo", "export", "chiang-cholak-first", "-o", "soft.json"}).status == 0);
    json brackets = json::parse(run_attest({"zoo", "export", "dyck-1-depth-3"}).out);
    brackets["alphabet"] = {"a", "b"};
    for (const auto& [from, to] : {std::pair("(", "a"), std::pair(")", "b")}) {
        brackets["embedding"][to] = brackets["embedding"][from];
        brackets["embedding"].erase(from);
    }
    folder.write("ab.json", brackets.dump());
    folder.write("adder.aag", "aag 5 2 0 2 3\n2\n4\n10\n6\n6 2 4\n8 3 5\n10 7 9\n");
    folder.write("words.txt", "0110\n0111\n");
    REQUIRE(run_attest(folder, {"compile", "model.json", "--length", "6", "-o", "f.aag"}).status == 0);
    REQUIRE(run_attest(folder,
                       {"prove", "model.json", "--language", "palindrome", "--length", "6", "--certificate", "out/c1"})
                .status == 0);
    for (const char* refuted : {"out/r", "out/refuted"})
        REQUIRE(run_attest(folder,
                           {"prove", "model.json", "--language", "parity", "--length", "6", "--certificate", refuted})
                    .status == 1);
    fs::copy_file(ATTEST_SOURCE "/examples/parity4.pt", folder / "model.pt");
    fs::copy_file(ATTEST_SOURCE "/examples/sorter.json", folder / "sorter.json");
    fs::copy_file(ATTEST_SOURCE "/examples/dyck1.crasp", folder / "dyck1.crasp");
    fs::copy_file(ATTEST_SOURCE "/examples/majority.crasp", folder / "majority.crasp");
    fs::copy_file(ATTEST_SOURCE "/examples/reverse.rasp", folder / "reverse.rasp");
    fs::copy_file(ATTEST_SOURCE "/examples/starts_with_a.brasp", folder / "starts_with_a.brasp");
    fs::copy_file(ATTEST_SOURCE "/examples/parity.foc", folder / "parity.foc");
    fs::copy_file(ATTEST_SOURCE "/examples/grok-59.safetensors", folder / "grok.safetensors");
    fs::copy_file(ATTEST_SOURCE "/examples/max4.safetensors", folder / "max4.safetensors");
    folder.write("pairs.txt", "0 1\n1 2\n58 58\n");
    fs::copy_file(ATTEST_SOURCE "/examples/bridge.json", folder / "truth.json");
    fs::copy_file(ATTEST_SOURCE "/examples/half-a-bridge.json", folder / "believed.json");
    folder.write("table.json",
                 R"({"source": "a table", "rows": [{"kind": "few-shot", "ability": "x", "flops": 2e22}]})");
    folder.write("settings.json", R"({"heads": 2, "activation": "relu"})");
    for (const char* directory : {".local/share/bash-completion/completions", ".zfunc", ".config/fish/completions"})
        fs::create_directories(folder / directory);
}

}  // namespace

TEST_CASE("the examples of --help run as they stand, within seconds", "[cli]") {
    const Folder folder;
    prepare(folder);
    Setting setting;
    setting.folder = folder.path();
    setting.timeout = seconds_for_each;
    setting.environment["PATH"] = fs::path(ATTEST_PROGRAM).parent_path().string() + ":" + std::getenv("PATH");
    setting.environment["HOME"] = folder.path();
    // Where there is no reader of pages, they are only made.
    const std::string reader =
        "for reader in man less; do command -v $reader >/dev/null || eval \"$reader() { cat >/dev/null; }\"; done\n";
    std::size_t count = 0;
    for (const std::string command :
         {"eval",      "compile",    "prove",  "check",   "measure",    "restrict", "influence", "threshold",
          "report",    "zoo",        "import", "tasks",   "classify",   "layers",   "build",     "machine",
          "languages", "doctor",     "ledger", "cite",    "completion", "manual",   "emerge",    "progress",
          "export",    "invariance", "maxof",  "archive", "jobs"}) {
        bool examples = false;
        for (const std::string& line : run_attest({command, "--help"}).lines()) {
            examples = examples || line == "Examples:";
            if (!examples || line.rfind("  attest ", 0) != 0) continue;
            const Run result = run("/bin/bash", {"-c", reader + line}, setting);
            CAPTURE(line, result.out, result.err);
            // Refuted is an answer as well.
            CHECK((result.status == 0 || (result.status == 1 && result.err.empty())));
            ++count;
        }
    }
    CHECK(count >= 40);
}
