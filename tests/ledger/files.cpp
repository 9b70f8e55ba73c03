#include <catch2/catch.hpp>
#include <filesystem>
#include <set>

#include "attest/base/file.hpp"
#include "ledger/file.hpp"
#include "refused.hpp"
#include "report/bibliography.hpp"

// The files of claims: those of the project, and what the reader refuses.

using namespace attest;

namespace {

const std::string one =
    R"({"format": "attest/claim", "version": 1, "statement": "It is so.", "command": ["prove", "zoo:first"],
"value": {"key": "/results/*/verdict", "is": "verified", "guarantee": "exact"}, "source": "attest", "standing": "new"})";

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

/// A claim's file in a folder of its own.
class File {
  public:
    explicit File(const std::string& text, const std::string& name = "a-claim.json")
        : folder_(std::filesystem::temp_directory_path() / ("attest-claim-" + std::to_string(::getpid()))),
          path_((folder_ / name).string()) {
        std::filesystem::create_directories(folder_);
        base::write_file(path_, text);
    }
    ~File() { std::filesystem::remove_all(folder_); }
    File(const File&) = delete;
    File& operator=(const File&) = delete;
    const std::string& path() const { return path_; }
    std::string folder() const { return folder_.string(); }

  private:
    std::filesystem::path folder_;
    std::string path_;
};

std::string complaint(const std::string& text) {
    const File file(text);
    return tests::refused([&] { (void)ledger::read_claim(file.path()); });
}

}  // namespace

TEST_CASE("the project's claims are at least sixty, cite known sources, and are written as they are read") {
    const auto keys = report::bibliography_keys();
    const std::set<std::string> sources(keys.begin(), keys.end());
    const auto claims = ledger::read_ledger(ATTEST_LEDGER);
    CHECK(claims.size() >= 60);
    std::set<std::vector<std::string>> questions;
    for (const ledger::Claim& claim : claims) {
        CAPTURE(claim.id);
        CHECK(sources.count(claim.source) == 1);
        CHECK(ledger::write_claim(claim) == base::read_file(std::string(ATTEST_LEDGER) + "/" + claim.id + ".json"));
        std::vector<std::string> question = claim.command;
        question.push_back(claim.key);
        CHECK(questions.insert(question).second);
        CHECK(claim.last.has_value());
        CHECK((!claim.certificate || !claim.last || claim.last->digest.size() == 64));
    }
}

TEST_CASE("a claim is read as written") {
    const File file(one);
    const ledger::Claim claim = ledger::read_claim(file.path());
    CHECK(claim.id == "a-claim");
    CHECK(ledger::command_line(claim) == "attest prove zoo:first");
    CHECK(claim.standing == ledger::Standing::fresh);
    CHECK_FALSE(claim.last.has_value());
    ledger::Claim needing = claim;
    needing.needs = {{"zoo:first", std::string(64, 'a')}};
    const File with_needs(ledger::write_claim(needing));
    CHECK(ledger::write_claim(ledger::read_claim(with_needs.path())) == ledger::write_claim(needing));
    CHECK(ledger::digest(needing) != ledger::digest(claim));
    ledger::Claim making = claim;
    making.command = {"prove", "m.json"};
    making.needs = {{"theirs.pt", std::string(64, 'a')}};
    making.made = ledger::Made{"m.json", {"import", "theirs.pt"}};
    const File with_made(ledger::write_claim(making));
    CHECK(ledger::write_claim(ledger::read_claim(with_made.path())) == ledger::write_claim(making));
    CHECK_THAT(complaint(replaced(ledger::write_claim(making), "\"file\": \"m.json\"", "\"file\": \"n.json\"")),
               Catch::Contains("made.file: expected a word of the command"));
    CHECK_THAT(complaint(replaced(ledger::write_claim(making), "\"import\"", "\"prove\"")),
               Catch::Contains("made.by: expected the words of attest import"));
    ledger::Claim proved = claim;
    proved.last = ledger::Claim::Last{0.5, 1024, "ab"};
    const File again(ledger::write_claim(proved));
    CHECK(ledger::write_claim(ledger::read_claim(again.path())) == ledger::write_claim(proved));
    CHECK(ledger::digest(proved) == ledger::digest(claim));
    proved.value = "refuted";
    CHECK(ledger::digest(proved) != ledger::digest(claim));
}

TEST_CASE("a claim that is wrong is refused with its place") {
    using Catch::Contains;
    CHECK_THAT(complaint(""), Contains("a-claim.json"));
    CHECK_THAT(complaint("[]"), Contains("expected an object"));
    CHECK_THAT(complaint(replaced(one, "attest/claim", "attest/model")),
               Contains("expected \"attest/claim\", found the string \"attest/model\""));
    CHECK_THAT(complaint(replaced(one, "\"version\": 1", "\"version\": 2")), Contains("version"));
    CHECK_THAT(complaint(replaced(one, "It is so.", "")), Contains("statement"));
    CHECK_THAT(complaint(replaced(one, "[\"prove\", \"zoo:first\"]", "[]")),
               Contains("expected the words of a command"));
    CHECK_THAT(complaint(replaced(one, "/results", "results")), Contains("expected a pointer that starts with /"));
    CHECK_THAT(complaint(replaced(one, "\"exact\"", "\"roughly\"")), Contains("expected one of exact, lower, upper"));
    CHECK_THAT(complaint(replaced(one, "\"new\"", "\"newest\"")),
               Contains("expected one of published, sharper, new, contradicts"));
    CHECK_THAT(complaint(replaced(one, "\"source\"", "\"sauce\"")), Contains("sauce"));
    CHECK_THAT(complaint(replaced(one, "\"is\"", "\"tolerance\": \"-1\", \"is\"")), Contains("tolerance"));
    const auto needing = [&](const std::string& file, const std::string& digest) {
        return complaint(
            replaced(replaced(one, "zoo:first", file), "\"value\"",
                     "\"needs\": [{\"file\": \"" + file + "\", \"sha256\": \"" + digest + "\"}], \"value\""));
    };
    const std::string digest(64, '0');
    CHECK_THAT(complaint(replaced(one, "\"value\"", "\"needs\": [], \"value\"")),
               Contains("expected at least one file"));
    CHECK_THAT(complaint(replaced(one, "\"value\"",
                                  "\"needs\": [{\"file\": \"x\", \"sha256\": \"" + digest + "\"}], \"value\"")),
               Contains("expected a word of the command"));
    CHECK_THAT(needing("/x", digest), Contains("expected a path below the folder"));
    CHECK_THAT(needing("a/../../x", digest), Contains("expected a path below the folder"));
    CHECK_THAT(needing("x", "0"), Contains("expected 64 hexadecimal digits"));
    CHECK(needing("x", digest) == "accepted");
    const File named(one, "A claim.json");
    CHECK_THAT(tests::refused([&] { (void)ledger::read_claim(named.path()); }), Contains("lower-case letters"));
    CHECK_THAT(tests::refused([&] { (void)ledger::read_ledger("/nowhere"); }), Contains("/nowhere"));
}

TEST_CASE("claims are chosen by id or pattern, and a slip names the nearest") {
    const File file(one);
    base::write_file(file.folder() + "/b-claim.json", one);
    const auto claims = ledger::read_ledger(file.folder());
    REQUIRE(claims.size() == 2);
    CHECK(ledger::select(claims, "").size() == 2);
    CHECK(ledger::select(claims, "b-*").at(0).id == "b-claim");
    CHECK_THROWS_WITH(ledger::select(claims, "b-klaim"), Catch::Contains("perhaps 'b-claim'"));
    CHECK_THROWS_WITH(ledger::find(claims, "a-clam"), Catch::Contains("perhaps 'a-claim'"));
}
