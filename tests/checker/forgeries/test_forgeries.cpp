#include <algorithm>
#include <catch2/catch.hpp>
#include <fstream>
#include <set>
#include <sstream>

#include "../checker_support.hpp"
#include "checker/checker.hpp"
#include "forgery.hpp"

using namespace forgeries;
using attest::checker::Report;

namespace {

Report check(const Certificate& certificate) {
    const checker_test::TemporaryDirectory directory;
    seal(certificate, directory.path().string());
    return checker_test::check_both_ways(directory.path());
}

Certificate forged(const Forgery& forgery) {
    Certificate certificate = original(forgery.original);
    forgery.edit(certificate);
    return certificate;
}

std::string text_of(const std::string& path) {
    std::ifstream file(path, std::ios::binary);
    REQUIRE(file);
    return {std::istreambuf_iterator<char>(file), {}};
}

/// Lines are broken anywhere.
std::string words_of(const std::string& text) {
    std::istringstream words(text);
    std::string result;
    for (std::string word; words >> word;) result += (result.empty() ? "" : " ") + word;
    return result;
}

}  // namespace

TEST_CASE("Forgeries: the honest originals are accepted", "[forgeries]") {
    for (const std::string& name : names_of_originals()) {
        INFO(name);
        const Report report = check(original(name));
        INFO(report.obligation << " at " << report.place << ": " << report.reason);
        CHECK(report.accepted);
    }
}

// Who believes a certificate believes its sentence.
TEST_CASE("Forgeries: sentences say what was taken away, and over which alphabet", "[forgeries]") {
    for (const std::string& name : names_of_originals()) {
        INFO(name);
        const Certificate& honest = original(name);
        const std::string sentence = check(honest).claim;
        INFO(sentence);
        if (honest.claim.find("\"without\"") != std::string::npos)
            CHECK(sentence.find(" without ") != std::string::npos);
        if (honest.claim.find("\"alphabet\"") != std::string::npos) CHECK(sentence.find(" over ") != std::string::npos);
    }
}

TEST_CASE("Forgeries: what breaks one sentence is refused, for that and where it is broken", "[forgeries]") {
    for (const Section& section : all_sections())
        for (const Forgery& forgery : section.forgeries) {
            INFO("section " << section.name << ": " << forgery.sentence << " (" << forgery.original << ", "
                            << forgery.obligation << ", " << forgery.where << ")");
            Report report;
            CHECK_NOTHROW(report = check(forged(forgery)));
            INFO("obligation " << report.obligation << " at " << report.place << ": " << report.reason);
            CHECK_FALSE(report.accepted);
            CHECK(report.readable);
            CHECK(report.obligation == forgery.obligation);
            CHECK((report.place + ": " + report.reason).find(forgery.where) != std::string::npos);
        }
}

TEST_CASE("Forgeries: no two are the same", "[forgeries]") {
    std::set<std::string> seen;
    for (const Section& section : all_sections())
        for (const Forgery& forgery : section.forgeries) {
            const Certificate certificate = forged(forgery);
            if (!certificate.on_disk.empty()) continue;
            const checker_test::TemporaryDirectory directory;
            INFO("section " << section.name << ": " << forgery.sentence << " (" << forgery.original << ", "
                            << forgery.where << ")");
            std::string all = seal(certificate, directory.path().string());
            for (const auto& [name, part] : certificate.parts) all += name;
            CHECK(seen.insert(text_of(directory.path().string() + "/manifest.json") + all).second);
        }
}

TEST_CASE("Forgeries: each sentence stands in FORMAT.md, or in the model format", "[forgeries]") {
    const std::string format = words_of(text_of(ATTEST_FORMAT) + text_of(ATTEST_MODEL_FORMAT));
    for (const Section& section : all_sections())
        for (const Forgery& forgery : section.forgeries) {
            INFO("section " << section.name << ": " << forgery.sentence);
            CHECK(format.find(words_of(forgery.sentence)) != std::string::npos);
        }
}

TEST_CASE("Forgeries: the checker's README states how many there are", "[forgeries]") {
    const std::string readme = words_of(text_of(ATTEST_CHECKER_README));
    std::size_t count = 0;
    for (const Section& section : all_sections()) {
        const std::size_t size = section.forgeries.size();
        const std::string row = "| " + section.name + " | " + std::to_string(size) + " |";
        INFO(row);
        CHECK(readme.find(row) != std::string::npos);
        count += size;
    }
    INFO(count);
    CHECK(readme.find("in all " + std::to_string(count)) != std::string::npos);
}
