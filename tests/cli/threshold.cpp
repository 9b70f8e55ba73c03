#include <algorithm>
#include <catch2/catch.hpp>
#include <filesystem>

#include "certificate.hpp"
#include "run.hpp"

using namespace attest::tests;

TEST_CASE("A threshold with a network below and a refutation above is exact and certified") {
    const Folder folder;
    const Run run =
        run_attest(folder, {"threshold", "parity", "--layers", "1", "--heads", "2", "--certificate", "t", "--json"});
    CHECK(run.status == 0);
    const json object = run.object();
    CHECK(object["language"] == "parity");
    CHECK(object["layers"] == 1);
    CHECK(object["heads"] == 2);
    CHECK(object["activations"].is_null());
    CHECK(object["found"] == 2);
    CHECK(object["impossible"] == 3);
    REQUIRE(object["lengths"].size() == 3);
    const std::vector<std::string> answers{"possible", "possible", "impossible"};
    for (std::size_t k = 0; k < 3; ++k) {
        CHECK(object["lengths"][k]["length"] == k + 1);
        CHECK(object["lengths"][k]["answer"] == answers[k]);
        CHECK(object["lengths"][k]["seconds"].is_number());
    }
    CHECK(run_check(folder, {"t"}).status == 0);
    CHECK(run_attest(folder, {"prove", "t/length-2/witness.json", "--language", "parity", "--length", "2"})
              .has("VERIFIED"));
}

TEST_CASE("The checker regenerates the formula of every class and takes its refutation") {
    using Arguments = std::vector<std::string>;
    for (const Arguments& more :
         {Arguments{"--heads", "2", "--read", "last"}, Arguments{"--mask", "strict"},
          Arguments{"--heads", "2", "--key-dimension", "1"},
          Arguments{"--layers", "2", "--activations", "2", "--positions", "none", "--mask", "strict"},
          Arguments{"--layers", "2", "--activations", "3", "--positions", "none", "--mask", "strict"},
          Arguments{"--mask", "strict", "--key-dimension", "1"}})
        for (const std::string breaks : {"all", "none"}) {
            const Folder folder;
            Arguments all{"threshold", "parity", "--breaks", breaks, "--certificate", "t", "--json", "--to", "4"};
            all.insert(all.end(), more.begin(), more.end());
            CAPTURE(all);
            const Run run = run_attest(folder, all);
            INFO(run.err);
            REQUIRE(run.status == 0);
            const json lengths = run.object()["lengths"];
            CHECK(lengths.back()["answer"] == "impossible");
            CHECK(run_check(folder, {"t"}).status == 0);
        }
}

TEST_CASE("Damaged evidence about a class is refused: proof and cut and witness") {
    const Folder folder;
    REQUIRE(
        run_attest(folder, {"threshold", "parity", "--heads", "3", "--from", "3", "--to", "4", "--certificate", "t"})
            .status == 0);
    const auto damaged = [&](const std::string& part, const std::string& file, auto change) {
        const Certificate copy = Certificate::existing(folder, part).copy();
        std::string bytes = copy.read(file);
        change(bytes);
        copy.write(file, bytes);
        copy.seal();
        return copy.judge().obligation;
    };
    const auto last_line = [](const std::string& text) { return text.rfind('\n', text.size() - 2) + 1; };
    CHECK(damaged("t/length-4", "proof.lrat", [&](std::string& proof) { proof.erase(last_line(proof)); }) ==
          "refutation");
    CHECK(damaged("t/length-4", "formula.cnf", [&](std::string& formula) {
              const std::size_t cut = last_line(formula);
              formula[cut] == '-' ? formula.erase(cut, 1) : formula.insert(cut, "-");
          }) == "translation");
    CHECK(damaged("t/length-3", "witness.json", [](std::string& witness) {
              const std::size_t list = witness.find("[[", witness.find("\"accept\""));
              REQUIRE(list != std::string::npos);
              witness = witness.substr(0, list) + "[]}";
          }) == "network");
}

TEST_CASE("What is not decided in time is undecided, and no certificate is left behind") {
    const Folder folder;
    const Run run = run_attest(
        folder,
        {"threshold", "parity", "--layers", "3",  "--heads", "2",  "--activations", "2",   "--key-dimension", "1",
         "--mask",    "strict", "--from",   "12", "--to",    "12", "--timeout",     "0.2", "--certificate",   "t"});
    CHECK(run.status == 3);
    CHECK(run.has("UNDECIDED"));
    CHECK(folder.listing().empty());
}

TEST_CASE("Questions about classes that make no sense are refused in one line") {
    const Folder folder;
    CHECK(run_attest(folder, {"threshold", "parity", "--positions", "none"}).complains("--mask strict"));
    CHECK(run_attest(folder, {"threshold", "parity", "--breaks", "mirror"})
              .complains("expected activations, heads, permutations, complements, signs, numbers, found 'mirror'"));
    CHECK(run_attest(folder, {"threshold", "parity", "--from", "3", "--to", "2"})
              .complains("--to: expected at least 3, found 2"));
    CHECK(run_attest(folder, {"threshold", "table:6"}).status == 2);
    CHECK(run_attest(folder, {"threshold"}).complains("LANGUAGE: expected a language"));
    CHECK(run_attest(folder, {"threshold", "--census", "2", "--read", "last"}).complains("--census: expected no"));
}

TEST_CASE("The same question and seed give the same network") {
    const Folder folder;
    const std::vector<std::string> first{"threshold", "majority", "--layers", "2", "--activations", "2",
                                         "--from",    "4",        "--to",     "4", "--certificate"};
    for (const std::string name : {"a", "b"}) {
        std::vector<std::string> arguments = first;
        arguments.push_back(name);
        REQUIRE(run_attest(folder, arguments).status == 0);
    }
    CHECK(folder.read("a/length-4/witness.json") == folder.read("b/length-4/witness.json"));
}

TEST_CASE("A network of key dimension 1 is certified by the numbers of its keys") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"threshold", "parity", "--layers", "2", "--activations", "2", "--key-dimension", "1",
                                "--from", "3", "--to", "3", "--certificate", "k"})
                .status == 0);
    CHECK(run_check(folder, {"k"}).status == 0);
    const Certificate copy = Certificate::existing(folder, "k/length-3").copy();
    copy.write("keys.json", R"({"keys":[],"queries":[]})");
    copy.seal();
    CHECK(copy.judge().obligation == "network");
}

TEST_CASE("A census finds how many heads each function needs, with both sides certified") {
    const Folder folder;
    const Run run = run_attest(folder, {"threshold", "--census", "3", "--certificate", "c", "--json"});
    REQUIRE(run.status == 0);
    const json object = run.object();
    CHECK(object["undecided"] == 0);
    REQUIRE(object["classes"].size() == 14);
    std::map<int, int> functions;
    for (const json& c : object["classes"]) functions[c["least"][0]["heads"].get<int>()] += c["functions"].get<int>();
    CHECK(functions == std::map<int, int>{{1, 96}, {2, 158}, {3, 2}});
    CHECK(run_check(folder, {"c"}).has("all 24 claims"));
    CHECK(run_attest(folder, {"threshold", "--census", "2", "--layers", "2", "--activations", "2"})
              .has("L = 2, H = 1: 4 classes, 16 functions"));
}

TEST_CASE("Networks without positions and of key dimension 1 are certified") {
    const Folder folder;
    CHECK(run_attest(folder, {"threshold", "parity", "--layers", "3", "--activations", "3", "--positions", "none",
                              "--mask", "strict", "--certificate", "p"})
              .has("EXACT"));
    CHECK(run_check(folder, {"p"}).has("all lengths up to 3"));
    CHECK(run_attest(folder, {"threshold", "parity", "--layers", "2", "--activations", "2", "--key-dimension", "1",
                              "--to", "4", "--certificate", "k"})
              .has("POSSIBLE"));
    CHECK(run_check(folder, {"k"}).status == 0);
}

TEST_CASE("One layer is decided on both sides beyond what a solver reaches") {
    const Folder folder;
    for (const std::string read : {"end", "last"}) {
        const json far =
            run_attest(folder, {"threshold", "parity", "--heads", "6", "--read", read, "--certificate", read, "--json"})
                .object();
        CHECK(far["found"] == (read == "end" ? 6 : 7));
        CHECK(far["impossible"] == (read == "end" ? 7 : 8));
        CHECK(run_check(folder, {read}).status == 0);
        const json near =
            run_attest(folder, {"threshold", "majority", "--heads", "2", "--read", read, "--json"}).object();
        CHECK(near["found"] == (read == "end" ? 4 : 5));
        CHECK(near["impossible"] == near["found"].get<int>() + 1);
    }
}

TEST_CASE("Two layers of one head with one number a key are decided on both sides") {
    const Folder folder;
    const Run run = run_attest(folder, {"threshold", "parity", "--layers", "2", "--activations", "2", "--key-dimension",
                                        "1", "--certificate", "k"});
    CHECK(run.status == 0);
    CHECK(run.has("EXACT"));
    CHECK(run.has("a network at length 4, none at 5"));
    CHECK(run.has("4 symbols settle any network of the class, but not the language"));
    CHECK(run_check(folder, {"k/length-5"})
              .has("4 symbols can be fixed so that any network of the class is constant, but none so that the language "
                   "is"));
}

TEST_CASE("Where a length stays open the least one that a bound answers is told beside it") {
    const Folder folder;
    const Run run = run_attest(
        folder, {"threshold", "parity", "--layers", "3", "--heads", "2", "--activations", "2", "--key-dimension", "1",
                 "--from", "9", "--timeout", "1", "--memory", "500", "--certificate", "t", "--json"});
    CHECK(run.status == 3);
    const json object = run.object();
    CHECK(object["found"].is_null());
    CHECK(object["impossible"] == 12);
    CHECK(object["lengths"][0]["answer"] == "undecided");
    CHECK(object["lengths"].back()["answer"] == "impossible");
    CHECK(run_check(folder, {"t/length-12"}).status == 0);
    CHECK(run_attest(folder, {"threshold", "parity", "--layers", "3", "--heads", "2", "--activations", "2",
                              "--key-dimension", "1", "--from", "9", "--timeout", "1", "--memory", "500"})
              .has("no network found, length 9 undecided, none at 12"));
}

TEST_CASE("A search in cubes that is killed goes on from its journal to the same certificate") {
    const Folder folder;
    const auto arguments = [](const std::string& name) {
        return std::vector<std::string>{
            "threshold", "parity", "--heads", "3", "--breaks",  "heads",           "--from",        "4",
            "--to",      "4",      "--cubes", "8", "--journal", name + ".journal", "--certificate", name};
    };
    const auto refuted = [&](const std::string& journal) {
        const std::string text = std::filesystem::exists(folder / journal) ? folder.read(journal) : "";
        return std::count(text.begin(), text.end(), '\n') - 1;
    };
    REQUIRE(run_attest(folder, arguments("whole")).status == 0);
    REQUIRE(refuted("whole.journal") == 8);

    Setting setting;
    setting.folder = folder.path();
    setting.signal = SIGKILL;
    setting.interrupt_when = [&] { return refuted("killed.journal") >= 2; };
    CHECK(run_attest(arguments("killed"), setting).status == -1);
    const std::string before = folder.read("killed.journal");
    const std::string kept =
        before.substr(0, before.rfind('\n') + 1);  // the kill may have come in the middle of a line
    CHECK(refuted("killed.journal") >= 2);
    CHECK(refuted("killed.journal") < 8);

    const Run resumed = run_attest(folder, arguments("killed"));
    INFO(resumed.err);
    CHECK(resumed.has("none at 4"));
    CHECK(folder.read("killed.journal").starts_with(kept));
    CHECK(refuted("killed.journal") == 8);
    CHECK(folder.read("killed/length-4/proof.lrat") == folder.read("whole/length-4/proof.lrat"));
    CHECK(run_check(folder, {"killed"}).status == 0);
}

TEST_CASE("A journal is of one length and one question") {
    const Folder folder;
    CHECK(run_attest(folder, {"threshold", "parity", "--cubes", "4", "--journal", "j"})
              .complains("one length: --from N --to N"));
    CHECK(run_attest(folder, {"threshold", "parity", "--cubes", "3"})
              .complains("--cubes: expected a power of two, found 3"));
}

TEST_CASE("Where the search is stopped, a bound ends the interval", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"threshold", "parity", "--layers", "2", "--heads", "1", "--from", "9",
                                        "--timeout", "1", "--certificate", "t", "--json"});
    CHECK(run.status == 3);
    const json object = run.object();
    CHECK(object["impossible"] == 10);
    REQUIRE(object["lengths"].size() == 2);
    CHECK(object["lengths"][0]["answer"] == "undecided");
    CHECK((object["lengths"][1]["length"] == 10 && object["lengths"][1]["answer"] == "impossible"));
    CHECK(run_attest(folder, {"check", "t"}).has("length-10"));
    CHECK(run_attest(
              {"threshold", "parity", "--layers", "2", "--heads", "1", "--from", "9", "--to", "10", "--timeout", "1"})
              .has("length 9 undecided"));
}
