#include <catch2/catch.hpp>

#include "certificate.hpp"
#include "run.hpp"

using namespace attest::tests;

TEST_CASE("As many softmax heads compute parity of as many bits and no more") {
    const Folder folder;
    const Run run = run_attest(folder, {"threshold", "parity", "--softmax", "--heads", "3", "--certificate", "s"});
    CHECK(run.status == 0);
    CHECK(run.has("EXACT parity in the class of one softmax layer of 3 heads alone: a network at length 3, none at 4"));
    CHECK(run_check(folder, {"s"}).status == 0);
    const json object = run_attest(folder, {"threshold", "parity", "--softmax", "--heads", "3", "--json"}).object();
    CHECK(object["found"] == 3);
    CHECK(object["impossible"] == 4);
    CHECK(object["heads"] == 3);
    REQUIRE(object["lengths"].size() == 4);
    CHECK(object["lengths"][2]["answer"] == "possible");
    CHECK(object["lengths"][3]["answer"] == "impossible");
}

TEST_CASE("Softmax heads are decided up to a length, or from one on") {
    const Folder folder;
    CHECK(run_attest(folder, {"threshold", "majority", "--softmax", "--to", "4"}).has("POSSIBLE majority"));
    CHECK(run_attest(folder, {"threshold", "parity", "--softmax", "--heads", "2", "--from", "5"})
              .has("IMPOSSIBLE parity"));
    const Run open = run_attest(folder, {"threshold", "first", "--softmax", "--from", "3", "--certificate", "s"});
    CHECK(open.status == 3);
    CHECK(open.has("first at length 3 is no function of the number of 1s"));
    CHECK(folder.listing().empty());
}

TEST_CASE("Softmax heads are decided at lengths whose words nobody lists") {
    const Folder folder;
    const Run run = run_attest(folder, {"threshold", "mod:3,0", "--softmax", "--heads", "133", "--from", "200", "--to",
                                        "201", "--certificate", "s"});
    CHECK(run.status == 0);
    CHECK(run.has("a network at length 200, none at 201"));
    CHECK(run_check(folder, {"s"}).status == 0);
    const json made = json::parse(folder.read("s/length-200/manifest.json"));
    CHECK(made["evidence"]["counts"] == 201);
    CHECK(run_attest(folder, {"threshold", "parity", "--heads", "65"})
              .complains("--heads: expected at most 64 without --softmax, found 65"));
}

TEST_CASE("Softmax heads have no other layers, activations or masks") {
    const Folder folder;
    for (const std::vector<std::string>& more : std::vector<std::vector<std::string>>{
             {"--layers", "2"}, {"--activations", "2"}, {"--mask", "strict"}, {"--key-dimension", "1"}}) {
        std::vector<std::string> all{"threshold", "parity", "--softmax"};
        all.insert(all.end(), more.begin(), more.end());
        CHECK(run_attest(folder, all).status == 2);
    }
    CHECK(run_attest(folder, {"threshold", "parity", "--softmax", "--from", "3", "--to", "2"})
              .complains("--to: expected at least 3, found 2"));
}
