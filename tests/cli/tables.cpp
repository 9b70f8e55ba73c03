#include <catch2/catch.hpp>

#include "run.hpp"

using namespace attest::tests;

namespace {

/// The second bit, read at an end symbol.
const char* const second_bit =
    R"({"format":"attest/guhat","version":1,"alphabet":["0","1"],"end":"$","length":2,"layers":1,"heads":1,"activations":null,
        "attention":[{"layer":1,"head":1,"position":3,"value":"$","prefer":[[2,"0"],[2,"1"]]}],"accept":[["$",[2,"1"]]]})";

}  // namespace

TEST_CASE("Tables are evaluated with a trace and without a score") {
    const Folder folder;
    folder.write("t.json", second_bit);
    CHECK(run_attest(folder, {"eval", "t.json", "--word", "10", "01", "11"}).out ==
          "10 reject\n01 accept\n11 accept\n");
    CHECK(run_attest(folder, {"eval", "t.json", "--word", "01", "--trace"}).out ==
          "01 accept\n    layer 1, head 1\n      3 '$' → 2 '1'\n    read at 3 '$': accept\n");
    const json results =
        run_attest(folder, {"eval", "t.json", "--word", "01", "--trace", "--json"}).object()["results"];
    CHECK(results[0]["answer"] == "accept");
    CHECK(results[0]["score"].is_null());
    CHECK(results[0]["trace"]["layers"][0][0][0]["attends"] == json::array({2}));
}

TEST_CASE("Tables are proved by all words, refuted by one, and the certificates are checked") {
    const Folder folder;
    folder.write("t.json", second_bit);
    const Run yes =
        run_attest(folder, {"prove", "t.json", "--language", "last", "--length", "2", "--certificate", "c"});
    CHECK(yes.status == 0);
    CHECK(yes.has("VERIFIED t recognises last at length 2"));
    CHECK(run_check(folder, {"c"}).status == 0);
    const Run no =
        run_attest(folder, {"prove", "t.json", "--language", "first", "--length", "2", "--certificate", "d"});
    CHECK(no.status == 1);
    CHECK(no.has("REFUTED t does not recognise first at length 2"));
    CHECK(no.has("3 '$' → 2 '1'"));
    CHECK(run_check(folder, {"d"}).status == 0);
    const json mapped =
        run_attest(folder, {"prove", "t.json", "--language", "anbn", "--map", "0=a,1=b", "--length", "2", "--json"})
            .object();
    CHECK(mapped["results"][0]["counterexample"] == "11");
}

TEST_CASE("Tables have one length") {
    const Folder folder;
    folder.write("t.json", second_bit);
    const Run run = run_attest(folder, {"prove", "t.json", "--language", "last", "--length", "1..3"});
    CHECK(run.status == 2);
    CHECK(run.complains("--length: expected 2, the length of the tables in t.json, found 1"));
    CHECK(run_attest(folder, {"eval", "t.json", "--word", "0"}).complains("expected words of 2 symbols"));
}

TEST_CASE("A proof about tables needs no circuit, and there is none") {
    const Folder folder;
    folder.write("t.json", second_bit);
    CHECK(
        run_attest(folder, {"prove", "t.json", "--language", "last", "--length", "2", "--method", "circuit"}).status ==
        3);
}

TEST_CASE("Tables are compiled to a circuit that is the function that they compute") {
    const Folder folder;
    folder.write("t.json", second_bit);
    const json sizes = run_attest(folder, {"compile", "t.json", "--length", "2", "-o", "t.aag", "--json"}).object();
    CHECK(sizes["model"] == "t");
    CHECK(sizes["layers"] == 1);
    CHECK(sizes["depth"] <= 3);
    CHECK(folder.read("t.aag").find("x2") != std::string::npos);
    const json circuit = run_attest(folder, {"measure", "--circuit", "t.aag", "--json"}).object();
    CHECK(circuit["influences"]["value"] == json::array({"0", "1"}));
    CHECK(run_attest(folder, {"compile", "t.json", "--length", "3"})
              .complains("--length: expected 2, the length of the tables in t.json, found 3"));
}

TEST_CASE("Tables are measured, with their length or without") {
    const Folder folder;
    folder.write("t.json", second_bit);
    for (const auto& arguments :
         {std::vector<std::string>{"measure", "t.json", "--json"}, {"measure", "t.json", "--length", "2", "--json"}}) {
        const json measures = run_attest(folder, arguments).object();
        CHECK(measures["model"] == "t");
        CHECK(measures["sensitivity"]["value"] == 1);
        CHECK(measures["influences"]["value"] == json::array({"0", "1"}));
        CHECK(measures["accepted_words"]["value"] == 2);
    }
    CHECK(run_attest(folder, {"measure", "t.json", "--length", "3"}).complains("--length: expected 2"));
}

TEST_CASE("Tables are restricted, with a certificate that the checker accepts") {
    const Folder folder;
    folder.write("t.json", second_bit);
    const Run run =
        run_attest(folder, {"restrict", "t.json", "--length", "2", "--certificate", "r", "--plot", "r.svg"});
    CHECK(run.status == 0);
    CHECK(run.has("RESTRICTED t at length 2"));
    CHECK(run.has("1 of 2 positions free"));
    CHECK(run.has("Hahn's algorithm is not run on tables"));
    CHECK(run_check(folder, {"r"}).status == 0);
    const json found = run_attest(folder, {"restrict", "t.json", "--length", "2", "--json"}).object();
    CHECK(found["free"] == 1);
    CHECK(found["fixed"].contains("2"));
    CHECK(found["optimal"] == true);
}

TEST_CASE("Tables with a mistake are refused by its place") {
    const Folder folder;
    folder.write(
        "t.json",
        R"({"format":"attest/guhat","version":1,"alphabet":["0","1"],"length":0,"layers":1,"heads":1,"activations":null,"attention":[],"accept":[]})");
    CHECK(run_attest(folder, {"eval", "t.json", "--word", "0"})
              .complains("t.json:length: expected a sequence of at least one position"));
}
