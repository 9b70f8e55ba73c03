#include <algorithm>
#include <catch2/catch.hpp>

#include "run.hpp"

// attest zoo, languages and doctor; and each construction of the zoo against what the catalogue says of it.

using namespace attest::tests;

namespace {

struct Construction {
    std::string name, language, lengths;
};

/// Every example of every row, with the language and lengths of that very model.
std::vector<Construction> constructions() {
    std::vector<Construction> all;
    const json rows = run_attest({"zoo", "--json"}).object().at("models");
    for (const json& row : rows) {
        if (row.at("attention") == "softmax") continue;  // decided in balls, not by circuits
        for (const json& example : row.at("examples")) {
            const json model = run_attest({"zoo", "show", example, "--json"}).object().at("model");
            all.push_back({example, model.at("language"), model.at("lengths")});
        }
    }
    return all;
}

/// `all`, `N = k`, `N = k, l` or `N <= k`.
bool right_at(const std::string& lengths, int n) {
    if (lengths == "all") return true;
    const bool bound = lengths.rfind("N <= ", 0) == 0;
    REQUIRE((bound || lengths.rfind("N = ", 0) == 0));
    if (bound) return n <= std::stoi(lengths.substr(5));
    std::vector<std::string> listed = split(lengths.substr(4), ',');
    return std::any_of(listed.begin(), listed.end(), [&](const std::string& k) { return std::stoi(k) == n; });
}

}  // namespace

TEST_CASE("each construction of the zoo is right where the catalogue says, and only there", "[cli]") {
    const std::vector<Construction> all = constructions();
    CHECK(all.size() >= 25);
    for (const Construction& c : all) {
        CAPTURE(c.name, c.language, c.lengths);
        const bool tree = c.name.rfind("parity-tree", 0) == 0;
        std::string lengths = "0..6";
        if (tree) lengths = c.lengths.substr(4);
        const json object =
            run_attest({"prove", "zoo:" + c.name, "--language", c.language, "--length", lengths, "--json", "-q"})
                .object();
        for (const json& result : object.at("results")) {
            CAPTURE(result);
            CHECK(result.at("verdict") == (right_at(c.lengths, result.at("length")) ? "verified" : "refuted"));
        }
    }
}

TEST_CASE("zoo lists, shows and exports", "[cli]") {
    const Folder folder;
    CHECK(run_attest({"zoo"}).out == run_attest({"zoo", "list"}).out);
    for (const char* name : {"first",
                             "last",
                             "all-ones",
                             "contains-1",
                             "contains-11",
                             "zeros-then-ones",
                             "alternating",
                             "tomita-1",
                             "tomita-2",
                             "tomita-4",
                             "tomita-7",
                             "anbn",
                             "palindrome",
                             "dyck-K-depth-D",
                             "parity-tree-L-H",
                             "previous-token",
                             "induction-head",
                             "chiang-cholak-parity-hard",
                             "majority-attempt",
                             "average-majority",
                             "average-dyck-1",
                             "average-parity"}) {
        CAPTURE(name);
        CHECK(run_attest({"zoo"}).has(std::string(name) + " "));
    }
    const Run shown = run_attest({"zoo", "show", "palindrome"});
    CHECK(shown.status == 0);
    CHECK(shown.lines().at(0) == "palindrome");
    for (const char* part : {"language   palindrome", "right at   all", "source     hao2022formal", "alphabet"})
        CHECK(shown.has(part));
    CHECK(run_attest({"zoo", "show", "zoo:palindrome"}).out == shown.out);

    for (const char* name : {"palindrome", "parity-tree-2-2", "average-parity", "dyck-2-depth-3"}) {
        CAPTURE(name);
        REQUIRE(run_attest(folder, {"zoo", "export", name, "-o", "m.json"}).status == 0);
        CHECK(folder.read("m.json") == run_attest({"zoo", "export", name}).out);
        CHECK(run_attest({"zoo", "export", name, "--json"}).object().at("document") ==
              json::parse(folder.read("m.json")));
        const json row = run_attest({"zoo", "show", name, "--json"}).object().at("model");
        const auto verdicts = [&](const std::string& model) {
            std::vector<std::string> words;
            const json object = run_attest(folder, {"prove", model, "--language", row.at("language"), "--length",
                                                    "1..4", "--json", "-q"})
                                    .object();
            for (const json& r : object.at("results")) words.push_back(r.at("verdict"));
            return words;
        };
        CHECK(verdicts("m.json") == verdicts(std::string("zoo:") + name));
    }
}

TEST_CASE("languages lists those of the specification, with examples that parse", "[cli]") {
    const json object = run_attest({"languages", "--json"}).object();
    std::vector<std::string> names;
    for (const json& language : object.at("languages")) {
        names.push_back(language.at("syntax"));
        CHECK(language.at("alphabet").is_string());
        CHECK(language.at("definition").is_string());
        CHECK(run_attest({"languages"}).has(names.back() + " "));
    }
    for (const char* start : {"parity",   "even",     "majority",   "first",    "last",     "all-ones", "contains:",
                              "mod:",     "dyck:",    "palindrome", "tomita:1", "tomita:2", "tomita:3", "tomita:4",
                              "tomita:5", "tomita:6", "tomita:7",   "anbn",     "regex:",   "dfa:",     "table:"}) {
        CAPTURE(start);
        CHECK(std::any_of(names.begin(), names.end(),
                          [&](const std::string& name) { return name.rfind(start, 0) == 0; }));
    }
}

TEST_CASE("each language means what the specification says", "[cli]") {
    // On words of length 4 that the model accepts iff the last symbol is 1: the first counterexample tells
    // the two apart.
    const Folder folder;
    folder.write(
        "d.json",
        R"({"format": "attest/dfa", "version": 1, "alphabet": ["0", "1"], "states": 2, "start": 0, "accept": [1],
                               "transitions": [[0, 1], [0, 1]]})");
    const std::vector<std::pair<std::string, bool>> same_as_last = {
        {"last", true},      {"dfa:d.json", true}, {"regex:(0|1)*1", true},  {"regex:[01]{3}1", true},
        {"regex:.*1", true}, {"table:5555", true}, {"table:5554", false},    {"parity", false},
        {"first", false},    {"mod:2,1", false},   {"regex:[^0]{4}", false}, {"contains:1", false}};
    for (const auto& [language, same] : same_as_last) {
        CAPTURE(language);
        CHECK(run_attest(folder, {"prove", "zoo:last", "--language", language, "--length", "4", "-q"}).status ==
              (same ? 0 : 1));
    }
    const std::vector<std::pair<std::string, std::string>> refused = {{"mod:0,0", "mod:"},
                                                                      {"mod:2,2", "mod:"},
                                                                      {"mod:5000,1", "mod:"},
                                                                      {"dyck:0", "dyck:"},
                                                                      {"dyck:31", "dyck:"},
                                                                      {"dyck:1,0", "dyck:"},
                                                                      {"tomita:8", "tomita:"},
                                                                      {"contains:", "contains:"},
                                                                      {"regex:(", "regular expression"},
                                                                      {"regex:[z-a]", "regular expression"},
                                                                      {"regex:2", "regular expression"},
                                                                      {"regex:0{3,1}", "regular expression"},
                                                                      {"regex:^0$", "regular expression"},
                                                                      {"table:5g55", "table:"},
                                                                      {"table:555", "table:"},
                                                                      {"dfa:none", "none"},
                                                                      {"dfa:.", "directory"},
                                                                      {"parity:2", "parity"},
                                                                      {"", "language"}};
    for (const auto& [language, says] : refused) {
        const Run result = run_attest(folder, {"prove", "zoo:last", "--language", language, "--length", "4"});
        CAPTURE(language, result.err);
        CHECK(result.status == 2);
        CHECK(result.complains(says));
    }
    CHECK(run_attest(folder, {"prove", "zoo:last", "--language", "table:5555", "--length", "3"}).complains("--length"));
}

TEST_CASE("an automaton file is read strictly and goes into the certificate", "[cli]") {
    const Folder folder;
    const std::string good =
        R"({"format": "attest/dfa", "version": 1, "alphabet": ["0", "1"], "states": 2, "start": 0, "accept": [1],
                                 "transitions": [[0, 1], [0, 1]]})";
    folder.write("good.json", good);
    REQUIRE(
        run_attest(folder, {"prove", "zoo:last", "--language", "dfa:good.json", "--length", "5", "--certificate", "c"})
            .status == 0);
    CHECK(folder.read("c/language.json") == good);
    CHECK(run_check(folder, {"c"}).status == 0);
    const std::vector<std::pair<std::string, std::string>> changes = {{"\"start\": 0", "\"start\": 2"},
                                                                      {"\"states\": 2", "\"states\": 3"},
                                                                      {"[[0, 1], [0, 1]]", "[[0, 1], [0, 2]]"},
                                                                      {"[[0, 1], [0, 1]]", "[[0, 1], [0]]"},
                                                                      {"\"accept\": [1]", "\"accept\": [-1]"},
                                                                      {"\"version\": 1", "\"version\": 2"},
                                                                      {"\"start\": 0", "\"start\": 0, \"start\": 0"},
                                                                      {"\"start\"", "\"strat\""},
                                                                      {"\"0\", \"1\"", "\"0\", \"0\""}};
    for (const auto& [from, to] : changes) {
        std::string bad = good;
        bad.replace(bad.find(from), from.size(), to);
        folder.write("bad.json", bad);
        const Run result = run_attest(folder, {"prove", "zoo:last", "--language", "dfa:bad.json", "--length", "5"});
        CAPTURE(to, result.err);
        CHECK(result.status == 2);
        CHECK(result.complains("bad.json:"));
    }
}

TEST_CASE("doctor asks each back end for a yes and a no", "[cli]") {
    const Run result = run_attest({"doctor", "--json"});
    CHECK(result.status == 0);
    std::size_t back_ends = 0;
    const json tools = result.object().at("tools");
    for (const json& tool : tools) {
        CAPTURE(tool);
        const std::string name = tool.at("tool");
        CHECK(tool.at("detail").is_string());
        if (name == "berkeley-abc" && tool.at("present") == true) CHECK(tool.at("trusted") == true);
        if (name.rfind("cadical", 0) == 0 || name.rfind("cryptominisat", 0) == 0 || name.rfind("z3", 0) == 0) {
            ++back_ends;
            CHECK(tool.at("trusted") == true);
        }
    }
    CHECK(back_ends == 3);
}

TEST_CASE("doctor does not trust a tool that accepts everything", "[cli]") {
    const Folder folder;
    folder.write("drat-trim", "#!/bin/sh\necho 's VERIFIED'\n");
    folder.write("berkeley-abc", "#!/bin/sh\necho 'Networks are equivalent'\n");
    folder.write("cake_lpr", "#!/bin/sh\nexit 0\n");
    folder.write("cake_xlrup", "#!/bin/sh\necho 's VERIFIED UNSAT'\n");
    for (const char* name : {"drat-trim", "berkeley-abc", "cake_lpr", "cake_xlrup"})
        REQUIRE(run("/bin/chmod", {"+x", folder / name}).status == 0);
    Setting setting;
    setting.environment["PATH"] = folder.path() + ":/usr/bin:/bin";
    const json object = run_attest({"doctor", "--json"}, setting).object();
    std::size_t refused = 0;
    for (const json& tool : object.at("tools"))
        if (tool.at("tool") == "drat-trim" || tool.at("tool") == "berkeley-abc" || tool.at("tool") == "cake_lpr" ||
            tool.at("tool") == "cake_xlrup") {
            CAPTURE(tool);
            CHECK(tool.at("trusted") == false);
            ++refused;
        }
    CHECK(refused == 4);
}
