#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <map>
#include <regex>
#include <set>
#include <sstream>
#include <string>
#include <vector>

// The rooms of the checker and the direction of includes between them, which is what makes each readable
// alone.

namespace {

namespace fs = std::filesystem;
using Names = std::set<std::string>;

const fs::path checker = ATTEST_CHECKER_SOURCE;

const std::map<std::string, Names> may_include = {
    {"kernel", {}},
    {"core", {"kernel"}},
    {"language", {"kernel", "core"}},
    {"network", {"kernel", "core"}},
    {"question", {"kernel", "core", "language", "network"}},
    {"machine", {"kernel", "core", "language", "network", "question"}},
    {"counting", {"kernel", "core", "language"}},
    {"translation", {"kernel", "core", "language", "network", "question"}},
    {"planes", {"kernel"}},
    {"gates", {"kernel", "core", "language", "network", "question", "translation", "planes"}},
    {"classes", {"kernel", "core", "language", "network", "question"}},
    {"doubles", {"kernel", "core"}},
    {"soft", {"kernel", "core", "language", "network", "question", "doubles"}},
    {"induction", {"kernel", "core", "language", "network", "question", "machine", "translation"}},
    {"simulation", {"kernel", "core", "language", "network", "question", "machine"}},
};

std::string text_of(const fs::path& path) {
    std::ostringstream text;
    text << std::ifstream(path).rdbuf();
    return text.str();
}

/// What a file includes: with its quotation marks or angle brackets.
std::vector<std::string> includes_of(const std::string& text) {
    static const std::regex include(R"re((^|\n)[ \t]*#[ \t]*include[ \t]*(["<][^">\n]*[">]))re");
    std::vector<std::string> found;
    for (std::sregex_iterator at(text.begin(), text.end(), include), end; at != end; ++at) found.push_back((*at)[2]);
    return found;
}

/// The room of a header of ours, "" at the top; nothing else of ours can be included.
std::string room_of(const std::string& include) {
    static const std::regex ours(R"re("checker/(?:([a-z]+)/)?[a-z0-9_]+\.hpp")re");
    std::smatch parts;
    return std::regex_match(include, parts, ours) ? parts[1].str() : "outside";
}

/// What stands in a file of the room against the direction.
std::vector<std::string> wrong_includes(const std::string& room, const std::string& text) {
    static const std::regex standard("<([a-z_]+|poll\\.h)>");
    std::vector<std::string> wrong;
    for (const std::string& include : includes_of(text)) {
        const bool quoted = include.front() == '"';
        const std::string from = quoted ? room_of(include) : room;
        const bool allowed = from == room || may_include.at(room).contains(from);
        if (!allowed || (room == "kernel" && !quoted && !std::regex_match(include, standard))) wrong.push_back(include);
    }
    return wrong;
}

bool is_source(const fs::path& path) { return path.extension() == ".cpp" || path.extension() == ".hpp"; }

}  // namespace

TEST_CASE("rooms of the checker include only rooms below them", "[checker]") {
    for (const auto& [room, allowed] : may_include) {
        std::size_t files = 0;
        for (const auto& entry : fs::directory_iterator(checker / room)) {
            if (!is_source(entry.path())) continue;
            ++files;
            INFO(room << ": " << entry.path().filename());
            CHECK(wrong_includes(room, text_of(entry.path())) == std::vector<std::string>{});
        }
        INFO(room);
        CHECK(files >= 6);
        CHECK(fs::exists(checker / room / "README.md"));
    }
}

TEST_CASE("an include against the direction of rooms is seen", "[checker]") {
    using Wrong = std::vector<std::string>;
    CHECK(wrong_includes("kernel", "#include \"checker/core/json.hpp\"\n") == Wrong{"\"checker/core/json.hpp\""});
    CHECK(wrong_includes("kernel", "#pragma once\n#include <gmpxx.h>\n#include <vector>\n") == Wrong{"<gmpxx.h>"});
    CHECK(wrong_includes("kernel", "#include <nlohmann/json.hpp>\n").size() == 1);
    CHECK(wrong_includes("network", " # include \"checker/language/language.hpp\"").size() == 1);
    CHECK(wrong_includes("soft", "#include \"checker/translation/circuit.hpp\"\n").size() == 1);
    CHECK(wrong_includes("core", "#include \"checker/checker.hpp\"\n").size() == 1);
    CHECK(wrong_includes("core", "#include \"attest/base/error.hpp\"\n").size() == 1);
    CHECK(wrong_includes("core", "#include \"../kernel/budget.hpp\"\n").size() == 1);
    CHECK(wrong_includes("core", "#include \"checker/kernel/budget.hpp\"\n#include <gmpxx.h>\n").empty());
}

TEST_CASE("each folder of the checker is a room, and its README says so", "[checker]") {
    const std::string readme = text_of(checker / "README.md");
    for (const auto& entry : fs::directory_iterator(checker)) {
        if (!entry.is_directory()) continue;
        const std::string room = entry.path().filename();
        INFO(room);
        CHECK(may_include.contains(room));
        CHECK(readme.find("](" + room + "/README.md)") != std::string::npos);
    }
}

TEST_CASE("the top of the checker includes nothing of other parts", "[checker]") {
    for (const auto& entry : fs::directory_iterator(checker)) {
        if (!is_source(entry.path())) continue;
        for (const std::string& include : includes_of(text_of(entry.path()))) {
            INFO(entry.path().filename() << ": " << include);
            CHECK((include.front() == '<' || room_of(include) != "outside"));
        }
    }
}

TEST_CASE("the kernel is as large as its README says", "[checker]") {
    std::size_t lines = 0;
    for (const auto& entry : fs::directory_iterator(checker / "kernel")) {
        const std::string name = entry.path().stem();
        if (!is_source(entry.path()) || name == "program" || name == "proof_check") continue;
        const std::string text = text_of(entry.path());
        lines += static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n'));
    }
    std::smatch said;
    const std::string readme = text_of(checker / "kernel/README.md");
    REQUIRE(std::regex_search(readme, said, std::regex("Its size: ([0-9]+) lines")));
    const double ratio = static_cast<double>(lines) / std::stod(said[1]);
    INFO(lines);
    CHECK(ratio > 0.9);
    CHECK(ratio < 1.1);
}
