#include "ledger/needs.hpp"

#include <catch2/catch.hpp>
#include <filesystem>

#include "attest/base/file.hpp"
#include "base/digest.hpp"

// Claims about files that do not come with attest.

using namespace attest;

TEST_CASE("a claim that needs a file is about that file and no other") {
    const std::filesystem::path folder =
        std::filesystem::temp_directory_path() / ("attest-needs-" + std::to_string(::getpid()));
    std::filesystem::create_directories(folder / "theirs");
    ledger::Claim claim;
    claim.command = {"accuracy", "theirs/model.json", "--task", "sort"};
    CHECK(ledger::lacks(claim, folder.string()).empty());
    claim.needs = {{"theirs/model.json", base::sha256("{}")}};
    CHECK_THAT(ledger::lacks(claim, folder.string()), Catch::Contains("needs theirs/model.json, which is not there"));
    base::write_file((folder / "theirs/model.json").string(), "[]");
    CHECK_THAT(ledger::lacks(claim, folder.string()), Catch::Contains("is not the file that the claim is about"));
    base::write_file((folder / "theirs/model.json").string(), "{}");
    CHECK(ledger::lacks(claim, folder.string()).empty());
    CHECK(ledger::command_in(claim, folder.string(), "elsewhere") ==
          std::vector<std::string>{"accuracy", (folder / "theirs/model.json").string(), "--task", "sort"});
    std::filesystem::remove_all(folder);
}

TEST_CASE("a claim about a model that is made of what it needs names both commands") {
    ledger::Claim claim;
    claim.command = {"prove", "m.json", "--language", "dyck:1"};
    claim.needs = {{"theirs/model.pt", std::string(64, '0')}};
    claim.made = ledger::Made{"m.json", {"import", "theirs/model.pt", "--alphabet", "()"}};
    CHECK(ledger::command_in(claim, "data", "made") ==
          std::vector<std::string>{"prove", "made/m.json", "--language", "dyck:1"});
    CHECK(ledger::making_in(claim, "data", "made") ==
          std::vector<std::string>{"import", "data/theirs/model.pt", "--alphabet", "()", "-o", "made/m.json"});
    CHECK(ledger::command_line(claim) ==
          "attest import theirs/model.pt --alphabet '()' -o m.json && attest prove m.json --language dyck:1");
}
