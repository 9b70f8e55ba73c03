#include <catch2/catch.hpp>

#include "run.hpp"

// attest invariance and attest maxof: what they print, and with which status they end.

using namespace attest::tests;

TEST_CASE("invariance: a model and a language, by one pair", "[cli]") {
    const Folder folder;
    const Run both =
        run_attest({"invariance", "zoo:uniform-majority", "--language", "regex:(01)*", "--certificate", folder / "i"});
    CHECK(both.status == 0);
    CHECK(both.has("VERIFIED uniform-majority is order-invariant: its text shows it"));
    CHECK(both.has("So uniform-majority does not recognise \"regex:(01)*\", and no order-invariant model does"));
    CHECK(run_attest({"check", folder / "i"}).status == 0);
    const Run parity = run_attest({"invariance", "--language", "parity", "--json"});
    CHECK(parity.object().at("answers").at(0).at("verdict") == "verified");
    CHECK(parity.object().at("answers").at(1).at("words") == json({"1", "11"}));
    const Run first = run_attest({"invariance", "zoo:first", "--json"});
    CHECK(first.object().at("answers").at(0).at("verdict") == "refuted");
}

TEST_CASE("invariance: what makes no sense", "[cli]") {
    CHECK(run_attest({"invariance"}).status == 2);
    const Run table = run_attest({"invariance", "--language", "table:6"});
    CHECK(table.status == 3);
    CHECK(table.err.find("a table is a language of one length") != std::string::npos);
}

TEST_CASE("maxof: few cells, and all words", "[cli]") {
    const Folder folder;
    const std::string model = ATTEST_SOURCE "/examples/max4.safetensors";
    const Run cubic = run_attest({"maxof", model, "--vocabulary", "16", "--certificate", folder / "m"});
    CHECK(cubic.status == 0);
    CHECK(cubic.has("on at least 65302 of 65536 words (0.996429)"));
    CHECK(cubic.has("1856 cells in the place of 65536 words (35.3 times fewer), of which 1852 are certified"));
    CHECK(run_attest({"check", folder / "m"}).status == 0);
    const Run brute = run_attest({"maxof", model, "--proof", "brute", "--json"});
    CHECK(brute.object().at("right") == "65536");
    CHECK(brute.object().at("least").at("word") == "13 13 14 4");
    CHECK(brute.object().at("least").at("lower") == "7.15891");
    const Run wrong = run_attest({"maxof", model, "--vocabulary", "17"});
    CHECK(wrong.status == 2);
    CHECK(wrong.err.find("expected 17 symbols, found 16") != std::string::npos);
    CHECK(run_attest({"maxof", ATTEST_SOURCE "/examples/grok-59.safetensors"}).status == 2);
}
