// The public headers: attest.hpp and the table that explains them name the same.

#include <catch2/catch.hpp>
#include <filesystem>
#include <regex>
#include <set>
#include <string>
#include <vector>

#include "attest/attest.hpp"
#include "attest/base/file.hpp"

using namespace attest;

namespace {

std::set<std::string> found(const std::string& file, const std::string& pattern) {
    const std::string text = base::read_file(std::string(ATTEST_INCLUDE) + "/" + file);
    const std::regex each(pattern);
    std::set<std::string> names;
    for (std::sregex_iterator at(text.begin(), text.end(), each), end; at != end; ++at) names.insert((*at)[1]);
    return names;
}

}  // namespace

TEST_CASE("The headers of the face are those that its table explains, and they are few") {
    const std::set<std::string> included = found("attest.hpp", "#include \"attest/([^\"]+)\"");
    CHECK(included == found("README.md", "\\| `([a-z_/]+\\.hpp)` \\|"));
    CHECK(included.size() <= 23);
    for (const std::string& header : included)
        CHECK(std::filesystem::exists(std::string(ATTEST_INCLUDE) + "/" + header));
}

TEST_CASE("What is installed is the face and what it includes, and nothing else") {
    std::set<std::string> reached = {"attest.hpp"};
    std::vector<std::string> next = {"attest.hpp"};
    while (!next.empty()) {
        const std::string header = next.back();
        next.pop_back();
        for (const std::string& name : found(header, "#include \"attest/([^\"]+)\""))
            if (reached.insert(name).second) next.push_back(name);
        CHECK(found(header, "#include \"((?!attest/)[^\"]+)\"").empty());
    }
    std::set<std::string> installed;
    for (const auto& entry : std::filesystem::recursive_directory_iterator(ATTEST_INCLUDE))
        if (entry.path().extension() == ".hpp")
            installed.insert(std::filesystem::relative(entry.path(), ATTEST_INCLUDE).string());
    CHECK(installed == reached);
}
