#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <set>

#include "run.hpp"

// The sessions of the README as they stand, in order, in one folder. Times, digests and what `…` stands for
// may differ; so may what a command says of which the README shows nothing. A command with a remark that it
// takes long is left out.

using namespace attest::tests;

namespace {

namespace fs = std::filesystem;

struct Step {
    std::size_t line = 0;  ///< of the README
    std::string command;
    std::vector<std::string> shown;
};

std::vector<Step> sessions() {
    std::ifstream readme(ATTEST_SOURCE "/README.md");
    std::vector<Step> steps;
    bool code = false, session = false;
    std::size_t number = 0;
    for (std::string line; std::getline(readme, line);) {
        ++number;
        if (line.rfind("```", 0) == 0) {
            code = !code;
            session = false;
        } else if (code && line.rfind("$ ", 0) == 0) {
            session = true;
            steps.push_back({number, line.substr(2), {}});
        } else if (session) {
            steps.back().shown.push_back(line);
        }
    }
    return steps;
}

std::string comparable(const std::string& line) {
    static const std::regex time(" +[0-9]+(\\.[0-9]+)? s\\b"), digest("\\b[0-9a-f]{64}\\b"),
        column(" +[0-9]+\\.[0-9]{2}$"), bytes("memory +[0-9]+ bytes.*");
    std::string text = std::regex_replace(line, time, " T s");
    text = std::regex_replace(text, digest, "DIGEST");
    text = std::regex_replace(text, bytes, "memory B");
    return std::regex_replace(text, column, " T");
}

/// Whether the lines are those that are shown, where `…` stands for any.
bool same(const std::vector<std::string>& shown, const std::vector<std::string>& said, std::size_t i = 0,
          std::size_t j = 0) {
    for (; i < shown.size() && shown[i] != "…"; ++i, ++j)
        if (j >= said.size() || comparable(shown[i]) != comparable(said[j])) return false;
    if (i == shown.size()) return j == said.size();
    for (std::size_t k = j; k <= said.size(); ++k)
        if (same(shown, said, i + 1, k)) return true;
    return false;
}

}  // namespace

TEST_CASE("the README's elisions and times", "[cli]") {
    CHECK(same({"a 0.10 s", "…", "d"}, {"a 12.5 s", "b", "c", "d"}));
    CHECK(same({"a", "…"}, {"a"}));
    CHECK_FALSE(same({"a", "…", "d"}, {"a", "b"}));
    CHECK_FALSE(same({"a"}, {"a", "b"}));
    CHECK_FALSE(same({"a 3"}, {"a 4"}));
}

TEST_CASE("the README runs as it stands", "[cli]") {
    const std::vector<Step> steps = sessions();
    const Folder folder;
    fs::create_directory_symlink(ATTEST_SOURCE "/examples", folder / "examples");
    Setting setting;
    setting.folder = folder.path();
    setting.environment["PATH"] = fs::path(ATTEST_PROGRAM).parent_path().string() + ":" +
                                  fs::path(ATTEST_CHECK_PROGRAM).parent_path().string() + ":" + std::getenv("PATH");
    // Where there is no reader of man pages, the page is only made.
    const std::string reader = "command -v man >/dev/null || man() { cat >/dev/null; }\n";
    std::set<std::string> commands;
    std::size_t compared = 0;
    for (const Step& step : steps) {
        if (step.command.find("  # takes ") != std::string::npos) continue;
        const Run result = run("/bin/bash", {"-c", reader + step.command}, setting);
        CAPTURE(step.line, step.command, result.status, result.out, result.err);
        CHECK((result.status == 0 || result.status == 1));
        if (step.shown.empty()) continue;
        CHECK(same(step.shown, result.lines()));
        ++compared;
        commands.insert(step.command.substr(0, step.command.find(' ', 7)));
    }
    CHECK(steps.size() >= 30);
    CHECK(compared >= 25);
    CHECK(commands.size() >= 12);  // `attest eval`, `attest prove`, …
}
