#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "model_text.hpp"
#include "run.hpp"

// attest prove: verdicts, their evidence, ranges, limits and interruptions.

using namespace attest::tests;

namespace {

/// What may differ between two runs is taken out.
json without_times(json object) {
    for (json& result : object.at("results")) {
        result.erase("seconds");
        result.erase("check_seconds");
    }
    return object;
}

std::string verdict(const json& object, std::size_t k = 0) { return object.at("results").at(k).at("verdict"); }

}  // namespace

TEST_CASE("the first line of prove is the verdict: what, at which length, in how long", "[cli]") {
    const Run verified = run_attest({"prove", "zoo:first", "--language", "first", "--length", "4"});
    CHECK(verified.status == 0);
    CHECK_THAT(verified.lines().at(0),
               Catch::Matches(R"(VERIFIED first recognises first at length 4 in [0-9.]+ s: .*)"));
    const Run refuted = run_attest({"prove", "zoo:first", "--language", "last", "--length", "4"});
    CHECK(refuted.status == 1);
    CHECK_THAT(refuted.lines().at(0),
               Catch::Matches(R"(REFUTED first does not recognise last at length 4 in [0-9.]+ s: .*)"));
    CHECK(refuted.has("layer 1, head 1"));
    const Run undecided =
        run_attest({"prove", "zoo:average-parity", "--language", "parity", "--length", "60", "--method", "exhaustion"});
    CHECK(undecided.status == 3);
    CHECK_THAT(undecided.lines().at(0),
               Catch::Matches(
                   R"(UNDECIDED whether average-parity recognises parity at length 60 after [0-9.]+ s: memory: .*)"));
}

TEST_CASE("prove --json keeps its promises", "[cli]") {
    const json verified =
        run_attest({"prove", "zoo:palindrome", "--language", "palindrome", "--length", "6", "--json"}).object();
    REQUIRE(verified.at("results").size() == 1);
    const json& proof = verified.at("results")[0];
    CHECK(proof.at("length") == 6);
    CHECK(proof.at("verdict") == "verified");
    CHECK(proof.at("evidence") == "refutation");
    CHECK(proof.at("seconds").is_number_float());
    CHECK_FALSE(proof.contains("counterexample"));

    const json refuted =
        run_attest({"prove", "zoo:majority-attempt", "--language", "majority", "--length", "5", "--json"}).object();
    const json& witness = refuted.at("results")[0];
    CHECK(witness.at("verdict") == "refuted");
    CHECK(witness.at("evidence") == "witness");
    const std::string word = witness.at("counterexample");
    CHECK(word.size() == 5);
    CHECK(witness.at("expected") != witness.at("actual"));
    const bool most = std::count(word.begin(), word.end(), '1') > 2;
    CHECK(witness.at("expected") == (most ? "accept" : "reject"));
    const json replayed = run_attest({"eval", "zoo:majority-attempt", "--word", word, "--json"}).object();
    CHECK(replayed.at("results")[0].at("answer") == witness.at("actual"));

    const json exhausted =
        run_attest({"prove", "zoo:average-parity", "--language", "parity", "--length", "5", "--json"}).object();
    CHECK(exhausted.at("results")[0].at("evidence") == "exhaustion");
    CHECK(exhausted.at("results")[0].at("words") == 32);

    const json open = run_attest({"prove", "zoo:average-parity", "--language", "parity", "--length", "60", "--method",
                                  "exhaustion", "--json"})
                          .object();
    CHECK(verdict(open) == "undecided");
    CHECK(open.at("results")[0].at("reason") == "memory");
}

TEST_CASE("cutting planes say how many gates there are, how long the proof is, and a certificate keeps both", "[cli]") {
    const Folder folder;
    const std::vector<std::string> asked = {"prove",  "zoo:average-parity", "--language", "parity",   "--length",
                                            "2..9*2", "--certificate",      "c",          "--method", "cutting-planes"};
    const Run text = run_attest(folder, asked);
    CHECK(text.status == 0);
    CHECK(text.lines().at(0).rfind("VERIFIED ", 0) == 0);
    CHECK(run_attest(folder, {"check", "c"}).status == 0);
    const Run one = run_attest(
        {"prove", "zoo:average-parity", "--language", "parity", "--length", "8", "--method", "cutting-planes"});
    CHECK_THAT(one.lines().at(0),
               Catch::Matches(R"(VERIFIED .*: [0-9]+ threshold gates, proof of [0-9]+ bytes by cutting planes .*)"));
    const json entry = run_attest({"prove", "zoo:average-parity", "--language", "parity", "--length", "8", "--method",
                                   "cutting-planes", "--json"})
                           .object()
                           .at("results")[0];
    CHECK(entry.at("evidence") == "refutation");
    CHECK(entry.at("proof") == "cutting-planes");
    CHECK(entry.at("gates") > 0);
    CHECK(entry.at("proof_bytes") > 0);
    const Run open = run_attest(
        {"prove", "zoo:average-dyck-1", "--language", "dyck:1", "--length", "6", "--method", "cutting-planes"});
    CHECK(open.status == 3);
    const Run wrong = run_attest(
        {"prove", "zoo:average-parity", "--language", "first", "--length", "6", "--method", "cutting-planes"});
    CHECK(wrong.status != 0);
    CHECK(wrong.status != 2);
}

TEST_CASE("lengths are N, A..B, A..B*F and lists, each once and ascending", "[cli]") {
    const std::vector<std::pair<std::string, std::vector<int>>> lists = {
        {"3", {3}}, {"1..4", {1, 2, 3, 4}}, {"1..9*2", {1, 2, 4, 8}}, {"5,2,3..4,2", {2, 3, 4, 5}},
        {"0", {0}}, {"2..2", {2}}};
    for (const auto& [text, lengths] : lists) {
        CAPTURE(text);
        const json object =
            run_attest({"prove", "zoo:last", "--language", "last", "--length", text, "--json", "-q"}).object();
        std::vector<int> found;
        for (const json& result : object.at("results")) found.push_back(result.at("length"));
        CHECK(found == lengths);
    }
}

TEST_CASE("a range is one certificate of many, and prints a table", "[cli]") {
    const Folder folder;
    const Run result = run_attest(
        folder, {"prove", "zoo:palindrome", "--language", "palindrome", "--length", "1..4", "--certificate", "a/c"});
    CHECK(result.status == 0);
    CHECK(result.lines().at(0).rfind("VERIFIED ", 0) == 0);
    CHECK(result.lines().size() >= 5);
    CHECK(run_attest(folder, {"check", "a/c"}).status == 0);
    CHECK(run_check(folder, {"a/c"}).status == 0);
    for (int n = 1; n <= 4; ++n) {
        const std::string part = "a/c/length-" + std::to_string(n);
        CHECK(run_check(folder, {part}).status == 0);
    }
    const json checked = run_attest(folder, {"check", "a/c", "--json"}).object();
    CHECK(checked.at("results")[0].at("accepted") == true);
    CHECK(checked.at("results")[0].at("parts").size() == 4);
}

TEST_CASE("in a range one refutation refutes, and an open length leaves open", "[cli]") {
    const json mixed =
        run_attest({"prove", "zoo:majority-attempt", "--language", "majority", "--length", "1..5", "--json"}).object();
    CHECK(verdict(mixed, 0) == "verified");
    CHECK(verdict(mixed, 4) == "refuted");
    CHECK(run_attest({"prove", "zoo:majority-attempt", "--language", "majority", "--length", "1..5"}).status == 1);
    CHECK(run_attest(
              {"prove", "zoo:average-majority", "--language", "majority", "--length", "2,60", "--method", "exhaustion"})
              .status == 3);
}

TEST_CASE("the same question and seed give the same bytes, times aside", "[cli]") {
    const Folder folder;
    const std::vector<std::vector<std::string>> questions = {{"zoo:dyck-2-depth-2", "dyck:2,2", "6"},
                                                             {"zoo:majority-attempt", "majority", "7"},
                                                             {"zoo:parity-tree-shuffled-2-4", "parity", "24"},
                                                             {"zoo:average-dyck-1", "dyck:1", "6"},
                                                             {"zoo:contains-11", "contains:11", "1..6"}};
    for (const auto& question : questions)
        for (const char* seed : {"0", "7"}) {
            CAPTURE(question, seed);
            std::vector<json> objects;
            for (const char* directory : {"one", "two"})
                objects.push_back(without_times(
                    run_attest(folder, {"prove", question[0], "--language", question[1], "--length", question[2],
                                        "--seed", seed, "--threads", directory[0] == 'o' ? "1" : "3", "--certificate",
                                        directory, "--json", "-q"})
                        .object()));
            CHECK(objects[0] == objects[1]);
            for (const std::string& name : folder.listing()) {
                if (name.rfind("one/", 0) != 0 || std::filesystem::is_directory(folder / name)) continue;
                CAPTURE(name);
                CHECK(folder.read(name) == folder.read("two" + name.substr(3)));
            }
        }
}

TEST_CASE("the solvers and exhaustion give the same verdicts", "[cli]") {
    const std::vector<std::vector<std::string>> questions = {
        {"zoo:palindrome", "palindrome", "7"},   {"zoo:palindrome", "contains:1", "4"},
        {"zoo:dyck-2-depth-2", "dyck:2,2", "4"}, {"zoo:dyck-2-depth-2", "dyck:2,3", "6"},
        {"zoo:parity-tree-2-2", "parity", "8"},  {"zoo:parity-tree-2-2", "parity", "7"},
        {"zoo:tomita-4", "tomita:4", "8"},       {"zoo:tomita-4", "tomita:7", "8"},
        {"zoo:first", "table:0F", "3"}};
    for (const auto& question : questions) {
        CAPTURE(question);
        std::vector<std::string> verdicts;
        for (const std::vector<std::string>& way : std::vector<std::vector<std::string>>{{"--solver", "cadical"},
                                                                                         {"--solver", "cryptominisat"},
                                                                                         {"--solver", "z3"},
                                                                                         {"--method", "exhaustion"},
                                                                                         {"--method", "circuit"}}) {
            std::vector<std::string> arguments{"prove",    question[0], "--language", question[1],
                                               "--length", question[2], "--json"};
            arguments.insert(arguments.end(), way.begin(), way.end());
            const json object = run_attest(arguments).object();
            verdicts.push_back(verdict(object));
            CHECK(object.at("results")[0].at("evidence") != "unchecked");
        }
        for (const std::string& one : verdicts) CHECK(one == verdicts[0]);
        CHECK(verdicts[0] != "undecided");
    }
}

TEST_CASE("option --map says what a symbol means", "[cli]") {
    const Folder folder;
    const auto prove = [&](const std::string& language, const std::string& map) {
        return run_attest(folder, {"prove", "zoo:first", "--language", language, "--length", "2", "--map", map});
    };
    CHECK(prove("first", "0=0,1=1").status == 0);
    CHECK(prove("first", "0=1,1=0").status == 1);
    CHECK(prove("regex:ba|bb", "0=a,1=b").status == 0);
    // The verdict says by which map, whatever it is.
    CHECK(prove("first", "0=0,1=1").has("VERIFIED first recognises first at length 2 (map 0=0,1=1) in "));
    CHECK(prove("first", "0=1,1=0").has("REFUTED first does not recognise first at length 2 (map 0=1,1=0) in "));
    CHECK(run_attest({"prove", "zoo:first", "--language", "first", "--length", "1..2", "--map", "1=1,0=0"})
              .has("VERIFIED first against first (map 1=1,0=0) at 2 lengths"));
    CHECK(run_attest({"prove", "zoo:first", "--language", "dyck:1", "--length", "2", "--map", "0=(,1=)", "--json"})
              .object()
              .at("map") == json({{"0", "("}, {"1", ")"}}));
    CHECK_FALSE(
        run_attest({"prove", "zoo:first", "--language", "first", "--length", "2", "--json"}).object().contains("map"));
    CHECK(prove("regex:aa", "0=a,1=a").status == 1);
    CHECK(prove("dyck:1", "0=(,1=)").status == 1);
    CHECK(prove("dyck:1", "0=(").complains("the model's symbol '1' has no entry"));
    CHECK(prove("dyck:1", "0=(,1=x").complains("'x'"));
    CHECK(prove("dyck:1", "0=(,1=),2=(").complains("'2'"));
    CHECK(prove("dyck:1", "0=(,0=),1=(").complains("'0'"));
    CHECK(prove("dyck:1", "ab").complains("pairs such as a=0,b=1"));
    CHECK(prove("dyck:1", ",").complains("pairs such as a=0,b=1"));
    const Run unmapped = run_attest({"prove", "zoo:first", "--language", "dyck:1", "--length", "2"});
    CHECK(unmapped.status == 2);
    CHECK(unmapped.complains("--map"));
    // Symbols that the map's own marks are made of.
    folder.write("m.json", with(bits(), {{"alphabet", R"(["=",","])"}, {"embedding", R"({"=":[0],",":[1]})"}}));
    CHECK(run_attest(folder, {"prove", "m.json", "--language", "last", "--length", "2", "--map", "==0,,=1",
                              "--certificate", "c"})
              .status == 0);
    CHECK(run_attest(folder, {"check", "c"}).status == 0);
}

TEST_CASE("a claim about no word at all, or about every word, says so", "[cli]") {
    const Run none = run_attest({"prove", "zoo:anbn", "--language", "anbn", "--length", "3"});
    CHECK(none.status == 0);
    CHECK(none.err.find("attest: note: no word of length 3 is in anbn") == 0);
    const Run quiet = run_attest({"prove", "zoo:anbn", "--language", "anbn", "--length", "3", "--json", "-q"});
    CHECK(quiet.err.empty());
    CHECK(quiet.object().at("results")[0].at("vacuous") == "no word");
    const json all = run_attest({"prove", "zoo:first", "--language", "regex:.*", "--length", "3", "--json"}).object();
    CHECK(all.at("results")[0].at("vacuous") == "every word");
    // One line however many lengths, and no more time than was given.
    const Run range = run_attest({"prove", "zoo:anbn", "--language", "anbn", "--length", "1..31"});
    CHECK(std::count(range.err.begin(), range.err.end(), '\n') == 1);
    Setting setting;
    setting.timeout = 60;
    const Run stopped = run_attest({"prove", "zoo:first", "--language", "mod:4096,1", "--length", "1..2000", "--method",
                                    "circuit", "--timeout", "0.5"},
                                   setting);
    CHECK(stopped.status != 0);  // 1 where the time was enough for a length with a counterexample
    CHECK(stopped.out.find("deadline") != std::string::npos);
    CHECK(run_attest({"prove", "zoo:first", "--language", "first", "--length", "1..2000", "--method", "circuit",
                      "--timeout", "0.5"},
                     setting)
              .status == 3);
}

TEST_CASE("option --timeout ends undecided with what is done so far", "[cli]") {
    const Folder folder;
    const Run one = run_attest({"prove", "zoo:dyck-2-depth-3", "--language", "dyck:2,3", "--length", "60", "--method",
                                "circuit", "--timeout", "0.5", "--json"});
    CHECK(one.status == 3);
    CHECK(verdict(one.object()) == "undecided");
    CHECK(one.object().at("results")[0].at("reason") == "deadline");
    const Run range = run_attest(folder, {"prove", "zoo:dyck-2-depth-3", "--language", "dyck:2,3", "--length", "1,2,60",
                                          "--method", "circuit", "--timeout", "3", "--certificate", "c", "--json"});
    CHECK(range.status == 3);
    CHECK(verdict(range.object(), 0) == "verified");
    CHECK(verdict(range.object(), 2) == "undecided");
    CHECK(std::filesystem::exists(folder / "c/length-2"));
    CHECK_FALSE(std::filesystem::exists(folder / "c/length-60"));
    CHECK(run_attest(folder, {"check", "c"}).status == 0);
    CHECK(run_attest({"compile", "zoo:dyck-4-depth-2", "--length", "200", "--timeout", "0.3"}).status == 3);
}

TEST_CASE("Ctrl-C ends a range with the table of what is done", "[cli]") {
    const Folder folder;
    Setting setting;
    setting.folder = folder.path();
    setting.environment["TMPDIR"] = folder.path();
    setting.interrupt_when = [&] {
        for (const std::string& name : folder.listing())
            if (name.size() > 9 && name.substr(name.size() - 9) == "/length-5") return true;
        return false;
    };
    const Run result = run_attest(
        {"prove", "zoo:dyck-2-depth-3", "--language", "dyck:2,3", "--length", "1..60", "--certificate", "c", "--json"},
        setting);
    CHECK(result.status == 3);
    const json results = result.object().at("results");
    REQUIRE(results.size() == 60);
    for (std::size_t k = 0; k < 4; ++k) CHECK(results[k].at("verdict") == "verified");
    CHECK(results[59].at("verdict") == "undecided");
    CHECK(results[59].at("reason") == "interrupted");
    CHECK(run_attest(folder, {"check", "c"}).status == 0);
    for (const std::string& name : folder.listing()) CHECK((name == "c" || name.rfind("c/", 0) == 0));
}

TEST_CASE("lengths beyond memory are undecided at once, not tried", "[cli]") {
    Setting setting;
    setting.timeout = 20;
    for (const char* length : {"1000000000", "1000000000000"}) {
        CAPTURE(length);
        CHECK(run_attest({"compile", "zoo:first", "--length", length}, setting).status == 3);
        const Run proved = run_attest(
            {"prove", "zoo:first", "--language", "first", "--length", length, "--method", "circuit", "--json"},
            setting);
        CHECK(proved.status == 3);
        if (proved.status == 3) CHECK(proved.object().at("results")[0].at("reason") == "memory");
        CHECK(run_attest({"prove", "zoo:average-parity", "--language", "parity", "--length", length}, setting).status ==
              3);
        CHECK(run_attest({"prove", "zoo:first", "--language", "first", "--length", length, "--method", "exhaustion"},
                         setting)
                  .status == 3);
    }
    CHECK(run_attest({"prove", "zoo:first", "--language", "first", "--length", "1000000000001"}).complains("--length"));
    for (const char* model : {"zoo:first", "zoo:chiang-cholak-first"})
        for (const char* method : {"automatic", "exhaustion", "circuit", "sample"}) {
            CAPTURE(model, method);
            const Run counted = run_attest(
                {"accuracy", model, "--language", "first", "--length", "1000000000000", "--method", method, "--json"},
                setting);
            CHECK(counted.status == 3);
            CHECK(counted.err.find("words of length 1000000000000") != std::string::npos);
            CHECK(counted.object().at("verdict") == "undecided");
        }
}

TEST_CASE("great numbers and automata get an answer that the checker accepts, or none", "[cli]") {
    const Folder folder;
    const auto judge = [&](const std::string& language) {
        const Run result =
            run_attest(folder, {"prove", "m.json", "--language", language, "--length", "2", "--certificate", "c"});
        CAPTURE(result.out.substr(0, 500), result.err);
        CHECK(result.status >= 0);
        CHECK(result.status <= 3);
        if (result.status <= 1) CHECK(run_check(folder, {"c"}).status == 0);
        else CHECK(folder.listing() == std::vector<std::string>{"m.json"});
        std::filesystem::remove_all(folder / "c");
    };
    for (const char* expression : {"2^900000", "(10^30000)*(10^30000)", "((((((((i-n)*1e4000)^2)^2)^2)^2)^2)^2)^2"}) {
        CAPTURE(expression);
        folder.write("m.json", with(bits(), {{"position", "[\"" + std::string(expression) + "\"]"}}));
        judge("last");
        judge("first");
    }
    folder.write("m.json", text(bits()));
    std::string branches;
    for (int k = 0; k < 50000; ++k) branches += "0|";
    judge("regex:" + branches);
    judge("regex:(0|1)*1(0|1){25}");
}

TEST_CASE("option --memory stops before it is used", "[cli]") {
    Setting setting;
    setting.timeout = 30;
    const Run compiled =
        run_attest({"compile", "zoo:palindrome", "--length", "1000", "--memory", "2", "--json"}, setting);
    CHECK(compiled.status == 3);
    if (compiled.status == 3) CHECK(compiled.object().at("reason") == "memory");
    const Run proved = run_attest(
        {"prove", "zoo:palindrome", "--language", "palindrome", "--length", "100000", "--memory", "1", "--json"},
        setting);
    CHECK(proved.status == 3);
    if (proved.status == 3) CHECK(proved.object().at("results")[0].at("reason") == "memory");
}

TEST_CASE("progress is for terminals, notes are for stderr", "[cli]") {
    const Run result = run_attest({"prove", "zoo:palindrome", "--language", "palindrome", "--length", "2..6"});
    CHECK(result.err.empty());
    CHECK(result.out.find('\r') == std::string::npos);
    const Run note = run_attest({"prove", "zoo:first", "--language", "first", "--length", "3", "--solver", "z3"});
    CHECK(note.status == 0);
    CHECK(note.err.find("attest: note: ") == 0);
    CHECK(
        run_attest({"prove", "zoo:first", "--language", "first", "--length", "3", "--solver", "z3", "-q"}).err.empty());
}

TEST_CASE("an automaton of another format is proved about, and the certificate carries it as attest/dfa", "[cli]") {
    const Folder folder;
    folder.write("even.hoa",
                 "HOA: v1\nStates: 2\nStart: 0\nAP: 1 \"one\"\nAcceptance: 1 Inf(0)\n--BODY--\nState: 0\n[!0] 0\n[0] "
                 "1\nState: 1 {0}\n[0] 0\n[!0] 1\n--END--\n");
    folder.write("odd.json",
                 R"({"states": ["e", "o"], "input_symbols": ["0", "1"], "initial_state": "e", "final_states": ["o"],
        "transitions": {"e": {"0": "e", "1": "o"}, "o": {"0": "o", "1": "e"}}})");
    folder.write(
        "zeros.json",
        R"({"format": "attest/dfa", "version": 1, "alphabet": ["0", "1"], "states": 1, "start": 0, "accept": [0], "transitions": [[0, null]]})");
    folder.write("drawn.dot", "digraph { a -> b }");
    const Run hoa = run_attest(
        folder, {"prove", "zoo:parity-tree-2-2", "--language", "dfa:even.hoa", "--length", "8", "--certificate", "c"});
    CHECK(hoa.status == 0);
    CHECK(hoa.err.find("note: even.hoa is read as HOA") != std::string::npos);
    CHECK(folder.read("c/language.json").rfind("{\"format\":\"attest/dfa\"", 0) == 0);
    CHECK(run_check(folder, {"c"}).status == 0);
    const Run lib = run_attest(folder, {"prove", "zoo:parity-tree-2-2", "--language", "dfa:odd.json", "--length", "8"});
    CHECK(lib.status == 0);
    CHECK(lib.err.find("JSON of automata-lib") != std::string::npos);
    const Run partial = run_attest(folder, {"measure", "--language", "dfa:zeros.json", "--length", "4"});
    CHECK(partial.status == 0);
    CHECK(partial.err.find("the automaton is partial: 1 transition that is missing leads to a sink, state 1") !=
          std::string::npos);
    CHECK(run_attest(folder, {"prove", "zoo:parity-tree-2-2", "--language", "dfa:drawn.dot", "--length", "8"})
              .complains("found DOT"));
    CHECK(run_attest(folder, {"prove", "zoo:parity-tree-2-2", "--language", "regex:(0|1)\\d", "--length", "8"})
              .complains("a digit is written [0-9]"));
}
