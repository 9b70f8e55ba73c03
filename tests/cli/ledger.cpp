#include <catch2/catch.hpp>
#include <filesystem>

#include "run.hpp"

// attest ledger, cite, completion and manual, as a user runs them.

using namespace attest::tests;
using Catch::Contains;

namespace {

std::string claim(const std::vector<std::string>& command, const std::string& key, const std::string& value,
                  const json& more = json::object()) {
    json claim = {{"format", "attest/claim"},
                  {"version", 1},
                  {"statement", "It is so."},
                  {"command", command},
                  {"value", {{"key", key}, {"is", value}, {"guarantee", "exact"}}},
                  {"source", "attest"},
                  {"standing", "new"}};
    claim.update(more, true);
    return claim.dump();
}

const std::vector<std::string> first = {"prove", "zoo:first", "--language", "first", "--length", "3"};
const std::vector<std::string> measured = {"measure", "--language", "parity", "--length", "4"};

/// A folder with a ledger of two claims.
void fill(const Folder& folder) {
    std::filesystem::create_directory(folder / "claims");
    folder.write("claims/first.json", claim(first, "/results/*/verdict", "verified", {{"certificate", true}}));
    folder.write("claims/parity.json", claim(measured, "/sensitivity/value", "4"));
}

Run run_ledger(const Folder& folder, std::vector<std::string> arguments) {
    arguments.insert(arguments.begin(), "ledger");
    arguments.insert(arguments.end(), {"--ledger", "claims"});
    return run_attest(folder, arguments);
}

}  // namespace

TEST_CASE("a ledger's claims are proved again, each with its certificate", "[cli]") {
    const Folder folder;
    fill(folder);
    const Run ran = run_ledger(folder, {"run", "-o", "results", "--json"});
    CAPTURE(ran.err);
    REQUIRE(ran.status == 0);
    const json object = ran.object();
    CHECK(object.at("asked") == 2);
    for (const json& row : object.at("results")) CHECK(row.at("outcome") == "same");
    CHECK(run_check(folder, {"results/first"}).status == 0);
    CHECK(std::filesystem::exists(folder / "results/results.jsonl"));
    CHECK_FALSE(std::filesystem::exists(folder / "results/unfinished.jsonl"));

    CHECK(run_ledger(folder, {"run", "-o", "results", "--update", "--only", "first"}).status == 0);
    const json recorded = json::parse(folder.read("claims/first.json"));
    CHECK(recorded.at("last").at("certificate").get<std::string>().size() == 64);
    const Run cited = run_ledger(folder, {"cite", "first"});
    CHECK(cited.has(recorded.at("last").at("certificate").get<std::string>()));
}

TEST_CASE("a value that became weaker or differs is told by the exit status", "[cli]") {
    const Folder folder;
    fill(folder);
    folder.write("claims/parity.json",
                 claim(measured, "/sensitivity/value", "5", {{"value", {{"guarantee", "lower"}}}}));
    Run ran = run_ledger(folder, {"run", "-o", "a"});
    CHECK(ran.status == 1);
    CHECK(ran.has("weaker"));
    CHECK(ran.has("4 in place of 5"));
    folder.write("claims/parity.json",
                 claim(measured, "/sensitivity/value", "3", {{"value", {{"guarantee", "lower"}}}}));
    ran = run_ledger(folder, {"run", "-o", "b"});
    CHECK(ran.status == 0);
    CHECK(ran.has("sharper"));
    folder.write("claims/parity.json", claim({"prove", "zoo:no-such"}, "/results/*/verdict", "verified"));
    ran = run_ledger(folder, {"run", "-o", "c"});
    CHECK(ran.status == 1);
    CHECK(ran.has("differs"));
    CHECK(ran.has("exit status 2 in place of 0"));
}

TEST_CASE("a claim whose file is not there is skipped with one line, and proved where it is", "[cli]") {
    const Folder folder;
    fill(folder);
    const std::string document = run_attest({"zoo", "export", "first"}).out;
    folder.write("model.json", document);
    // As sha256sum says it of the file that the program writes.
    const Run digest = run("/usr/bin/sha256sum", {folder / "model.json"});
    REQUIRE(digest.status == 0);
    const json needs = {{"needs", {{{"file", "model.json"}, {"sha256", digest.out.substr(0, 64)}}}}};
    folder.write("claims/about-a-file.json", claim({"prove", "model.json", "--language", "first", "--length", "3"},
                                                   "/results/*/verdict", "verified", needs));
    const Run without = run_ledger(folder, {"run", "-o", "a", "--data", "nowhere"});
    CHECK(without.status == 0);
    CHECK(without.has("needs model.json, which is not there; --data DIR says where such files are"));
    CHECK(without.has("3 of 3 claims: 2 same, 1 skipped"));
    const Run with = run_ledger(folder, {"run", "-o", "b"});
    CHECK(with.has("3 of 3 claims: 3 same"));
    folder.write("model.json", document + "\n");
    CHECK(run_ledger(folder, {"run", "-o", "c"}).has("is not the file that the claim is about"));
    CHECK(run_ledger(folder, {"show", "about-a-file"}).has("needs      model.json, SHA-256 "));
}

TEST_CASE("a ledger's run that was interrupted goes on where it was", "[cli]") {
    const Folder folder;
    fill(folder);
    folder.write("claims/slow.json", claim({"prove", "zoo:dyck-2-depth-3", "--language", "dyck:2,3", "--length", "64",
                                            "--method", "circuit"},
                                           "/results/*/verdict", "verified"));
    Setting setting;
    setting.folder = folder.path();
    setting.interrupt_when = [&] {
        return std::filesystem::exists(folder / "results/unfinished.jsonl") &&
               folder.read("results/unfinished.jsonl").find("\"parity\"") != std::string::npos;
    };
    const Run stopped = run_attest({"ledger", "run", "-o", "results", "--ledger", "claims"}, setting);
    CHECK(stopped.status == 3);
    CHECK(stopped.has("2 of 3 claims"));
    CHECK_FALSE(std::filesystem::exists(folder / "results/results.jsonl"));

    // As a kill leaves it: the last line cut. And the slow claim is now a quick one.
    folder.write("results/unfinished.jsonl", folder.read("results/unfinished.jsonl") + "{\"id\": \"slow\", \"outc");
    folder.write("claims/slow.json", claim(measured, "/degree/value", "4"));
    const Run whole = run_ledger(folder, {"run", "-o", "results"});
    CHECK(whole.status == 0);
    CHECK(whole.has("3 of 3 claims: 3 same"));
    CHECK(whole.has("2 from an earlier run"));
}

TEST_CASE("a ledger's slips cost one line", "[cli]") {
    const Folder folder;
    fill(folder);
    CHECK(run_ledger(folder, {"show", "frist"}).complains("perhaps 'first'"));
    CHECK(run_ledger(folder, {"show"}).complains("expected the id of a claim"));
    CHECK(run_ledger(folder, {"sing"}).complains("expected run, list, show, cite, table or add, found 'sing'"));
    CHECK(run_ledger(folder, {"table", "z*"}).complains("no claim"));
    CHECK(run_attest(folder, {"ledger", "--ledger", "nowhere"}).complains("nowhere"));
    folder.write("claims/parity.json", "{}");
    CHECK(run_ledger(folder, {"list"}).complains("parity.json"));
}

TEST_CASE("the claims that came with attest are found", "[cli]") {
    CHECK(run_attest({"ledger", "show", "parity-tree-2-1"}).has("attest prove zoo:parity-tree-2-1"));
    CHECK(run_attest({"ledger", "table", "--latex", "parity-tree-*"}).has("\\toprule"));
    CHECK(run_attest({"ledger", "table", "--csv", "parity-tree-*"}).lines().size() >= 8);
}

TEST_CASE("attest and its sources can be cited", "[cli]") {
    CHECK(run_attest({"cite"}).has("@software{attest,"));
    CHECK(run_attest({"cite", "hahn2020theoretical"}).has("@article{hahn2020theoretical,"));
    CHECK(run_attest({"cite", "hahn2020theoretica"}).complains("perhaps 'hahn2020theoretical'"));
    CHECK(run_attest({"cite", "--cff"}).has("cff-version: 1.2.0"));
}

TEST_CASE("completion scripts name every command", "[cli]") {
    for (const char* shell : {"bash", "zsh", "fish"}) {
        const Run script = run_attest({"completion", shell});
        REQUIRE(script.status == 0);
        for (const char* word : {"prove", "measure", "restrict", "ledger", "--certificate", "palindrome", "parity"}) {
            CAPTURE(shell, word);
            CHECK(script.has(std::string(shell) == "fish" && word[0] == '-' ? std::string(word).substr(2) : word));
        }
    }
    CHECK(run_attest({"completion", "csh"}).complains("expected bash, zsh or fish, found 'csh'"));
}

TEST_CASE("there is a man page of each command, which names its options", "[cli]") {
    const Folder folder;
    std::filesystem::create_directory(folder / "man");
    REQUIRE(run_attest(folder, {"manual", "-o", "man"}).status == 0);
    for (const char* command : {"prove", "measure", "ledger", "manual"})
        CHECK(folder.read("man/attest.1").find(std::string("attest\\-") + command) != std::string::npos);
    const std::string page = folder.read("man/attest-prove.1");
    CHECK_THAT(page, Contains(".TH \"ATTEST-PROVE\" 1") && Contains("\\-\\-certificate") &&
                         Contains(".SH EXIT STATUS") && Contains("zoo:"));
    CHECK(run_attest({"manual", "prov"}).complains("perhaps 'prove'"));
}
