#include <catch2/catch.hpp>

#include "certificate.hpp"

using namespace attest::tests;

TEST_CASE("ablate finds what is enough, with its certificates", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3",
                                        "--json", "--certificate", "b"});
    INFO(run.out << run.err);
    CHECK(run.status == 0);
    const json object = run.object();
    CHECK(object.at("smallest") == true);
    CHECK(object.at("sufficient").size() >= 1);
    const json& found = object.at("sufficient").at(0);
    CHECK(found.at("verdict") == "verified");
    CHECK(found.at("kept").size() <= object.at("parts").size());
    CHECK(found.at("needs").size() == found.at("kept").size());
    for (const json& need : found.at("needs")) CHECK(need.contains("word"));
    CHECK(found.at("margin").at("guarantee") == "lower");
    CHECK(run_check(folder, {"b"}).status == 0);
}

TEST_CASE("ablate --same asks for the answers of the whole", "[cli]") {
    const json object = run_attest({"ablate", "zoo:first", "--same", "--length", "3", "--json"}).object();
    CHECK(object.at("same") == true);
    CHECK(object.at("sufficient").at(0).at("kept") == json({"1.1"}));
}

TEST_CASE("ablate refuses what makes no sense", "[cli]") {
    CHECK(run_attest({"ablate", "zoo:first", "--length", "3"}).complains("expected --language L or --same"));
    CHECK(
        run_attest({"ablate", ATTEST_SOURCE "/examples/parity-6.json", "--same", "--length", "6"}).complains("tables"));
    CHECK(run_attest({"ablate", "zoo:first", "--language", "last", "--length", "3"}).status == 1);
    CHECK(run_attest({"ablate", "zoo:first", "--language", "last", "--same", "--length", "3"}).status == 2);
}
