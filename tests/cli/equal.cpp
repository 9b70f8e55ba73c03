#include <catch2/catch.hpp>

#include "certificate.hpp"

using namespace attest::tests;

TEST_CASE("equal keeps its promise to scripts", "[cli]") {
    const Folder folder;
    const Run same =
        run_attest(folder, {"equal", "zoo:palindrome", "zoo:palindrome", "--length", "8", "--certificate", "e"});
    CHECK(same.status == 0);
    CHECK(same.lines().front().rfind("VERIFIED palindrome and palindrome answer the same", 0) == 0);
    CHECK(Certificate::existing(folder, "e").judge().status == 0);

    const Run differ =
        run_attest(folder, {"equal", "zoo:first", "zoo:last", "--length", "1..3", "--json", "--certificate", "d"});
    CHECK(differ.status == 1);
    const json results = differ.object().at("results");
    CHECK(results.at(0).at("verdict") == "verified");
    CHECK(results.at(0).at("evidence") == "refutation");
    CHECK(results.at(1).at("verdict") == "refuted");
    CHECK(results.at(1).at("answers").at(0) != results.at(1).at("answers").at(1));
    CHECK(run_check(folder, {"d"}).status == 0);
}

TEST_CASE("equal shows both runs on the word", "[cli]") {
    const Run differ = run_attest({"equal", "zoo:first", "zoo:last", "--length", "2"});
    CHECK(differ.has("first on \"10\": accept"));
    CHECK(differ.has("last on \"10\": reject"));
    const Run soft = run_attest({"equal", "zoo:chiang-cholak-parity", "zoo:first", "--length", "2"});
    CHECK(soft.status == 1);
    CHECK(soft.has("score, in balls of"));
}

TEST_CASE("equal shows how the heads of softmax models spread their weight on the word", "[cli]") {
    const Run run = run_attest({"equal", "zoo:chiang-cholak-parity", "zoo:chiang-cholak-first", "--length", "3"});
    INFO(run.out << run.err);
    CHECK(run.status == 1);
    std::size_t scores = 0, reads = 0;
    for (const std::string& line : run.lines()) {
        scores += line.starts_with("    score, in balls of ") ? 1 : 0;
        reads += line.starts_with("    read at ") ? 1 : 0;
    }
    CHECK(scores == 2);
    CHECK(reads == 2);
    CHECK(run.has("    layer 2, head 2\n      4 '$' → "));
}

TEST_CASE("equal holds tables against models, and letters against bits", "[cli]") {
    const std::string tables = ATTEST_SOURCE "/examples/parity-6.json";
    const json soft = run_attest({"equal", tables, "zoo:chiang-cholak-parity", "--length", "6", "--json"}).object();
    CHECK(soft.at("results").at(0).at("verdict") == "verified");
    CHECK(soft.at("results").at(0).at("words") == 64);
    CHECK(run_attest({"equal", tables, "zoo:first", "--length", "5"}).complains("the length of the tables"));
    const Run mapped = run_attest({"equal", "zoo:anbn", "zoo:zeros-then-ones", "--map", "a=0,b=1", "--length", "3"});
    CHECK(mapped.status == 1);
    CHECK(mapped.has("anbn on \""));
    CHECK(run_attest({"equal", "zoo:anbn", "zoo:first", "--length", "2"}).complains("the second model"));
    CHECK(run_attest({"equal", "zoo:anbn", "zoo:first", "--map", "a=0,b=0", "--length", "2"})
              .complains("the second model"));
    CHECK(run_attest({"equal", "zoo:first", "zoo:last", "--length", "2", "--method", "guess"}).complains("--method"));
}
