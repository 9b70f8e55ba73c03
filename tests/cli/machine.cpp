#include <catch2/catch.hpp>

#include "run.hpp"

// attest machine: what it prints, and with which status it ends.

using namespace attest::tests;

namespace {

const std::string champion = "bb:1RB1LC_1RC1RB_1RD0LE_1LA1LD_1RH0LA";
const std::string adversary = "subleq:4,11:0,0,1,-1:2,2,4_3,0,2_1,1,3_1,1,3_1,1,3_1,1,2_1,1,3_1,1,3";

}  // namespace

TEST_CASE("machine prove: for ever, and the certificate is checked", "[cli]") {
    const Folder folder;
    const Run proved = run_attest({"machine", "prove", champion, "--all", "--certificate", folder / "t"});
    CHECK(proved.status == 0);
    CHECK(proved.has("VERIFIED the network of bb-1RB1LC_1RC1RB_1RD0LE_1LA1LD_1RH0LA (dimension 39, 222 weights)"));
    CHECK(run_attest({"check", folder / "t"}).status == 0);
    CHECK(run_attest({"machine", "compile", champion}).out == run_attest({"machine", "export", champion}).out);
    const Run a_while = run_attest({"machine", "prove", champion, "--length", "0", "--steps", "20", "--json"});
    CHECK(a_while.object().at("proof").at("evidence") == "exhaustion");
    CHECK(run_attest({"machine", "prove", champion, "--length", "1", "--steps", "20"}).status == 3);
}

TEST_CASE("machine float: the first wrong step, exactly", "[cli]") {
    const Run failed = run_attest({"machine", "float", champion, "--format", "binary32", "--steps", "1000"});
    CHECK(failed.status == 1);
    CHECK(failed.out ==
          "FAILS in binary32 at step 145 of 1000: in cell -11 the last visit is time 135, the network reads time 133 "
          "(score "
          "8.2473633e-10 against 8.5716606e-10)\n");
    CHECK(run_attest({"machine", "float", champion, "--steps", "144"}).status == 0);
}

TEST_CASE("machine prove: a network with another number", "[cli]") {
    const Folder folder;
    CHECK(run_attest({"machine", "export", champion, "-o", folder / "n.json"}).status == 0);
    const auto with = [&](const std::string& from, const std::string& to) {
        std::string text = folder.read("n.json");
        REQUIRE(text.find(from) != std::string::npos);
        folder.write("changed.json", text.replace(text.find(from), from.size(), to));
        return run_attest({"machine", "prove", champion, "--network", folder / "changed.json"});
    };
    const Run half = with("\"1/3\"", "\"1/2\"");
    CHECK(half.status == 3);
    CHECK(half.has("margin at network.json"));
    CHECK(with("\"1/3\"", "\"2/5\"").status == 0);
    const Run wrong = with("\"bias\": [-1,-1", "\"bias\": [-1,1");
    CHECK(wrong.status == 1);
    CHECK(wrong.has("on \"\" it is wrong at time 1"));
}

TEST_CASE("machine with SUBLEQ programs: the least temperature, and the loop that goes wrong", "[cli]") {
    const Folder folder;
    const Run least = run_attest({"machine", "prove", adversary, "--certificate", folder / "l"});
    CHECK(least.status == 0);
    CHECK(least.has("at temperature 11.88"));
    const Run wrong = run_attest({"machine", "prove", adversary, "--temperature", "10", "--certificate", folder / "w"});
    CHECK(wrong.status == 1);
    CHECK(wrong.has("goes wrong in loop 1: bit 1 of the next command"));
    CHECK(run_attest({"check", folder / "l", folder / "w"}).status == 0);
    const Run open =
        run_attest({"machine", "prove", "subleq:4,9:0,0,1,-1:2,2,4_3,0,2_1,1,3_1,1,3_1,1,3_1,1,2_1,1,3_1,1,3",
                    "--temperature", "10"});
    CHECK(open.status == 3);
}

TEST_CASE("machine: what makes no sense is one line", "[cli]") {
    for (const std::vector<std::string>& words : {std::vector<std::string>{"machine", "prov", champion},
                                                  {"machine", "run", "bb:1RB"},
                                                  {"machine", "run", "no.json"},
                                                  {"machine", "run", champion, "--word", "2"},
                                                  {"machine", "prove", champion, "--length", "0"},
                                                  {"machine", "float", champion, "--steps", "20000000"},
                                                  {"machine", "run", adversary, "--word", "1"},
                                                  {"machine", "prove", adversary, "--temperature", "0"}}) {
        const Run run = run_attest(words);
        CAPTURE(words, run.err);
        CHECK(run.status == 2);
        CHECK(run.complains(""));
    }
}
