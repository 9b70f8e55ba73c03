#include <catch2/catch.hpp>

#include "certificate.hpp"

using namespace attest::tests;

namespace {

json counted(std::vector<std::string> arguments, int status = 0) {
    arguments.insert(arguments.begin(), "accuracy");
    arguments.emplace_back("--json");
    const Run result = run_attest(arguments);
    INFO(result.out << result.err);
    CHECK(result.status == status);
    return result.object();
}

}  // namespace

TEST_CASE("accuracy counts exactly, says where, and keeps a certificate", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"accuracy", "zoo:first", "--language", "last", "--length", "0..4", "--list",
                                        "3", "--json", "--certificate", "a"});
    CHECK(run.status == 0);
    const json object = run.object();
    const json at4 = object.at("results").at(4);
    CHECK(at4.at("wrong").at("value") == "8");
    CHECK(at4.at("wrong").at("guarantee") == "exact");
    CHECK(at4.at("words") == "16");
    CHECK(at4.at("evidence") == "exhaustion");
    CHECK(at4.at("mistakes").size() == 3);
    CHECK(at4.at("by_number").at("1") == json({"0", "2", "4", "2", "0"}));
    CHECK(at4.at("by_position") == json({8, 0, 0, 0}));
    CHECK(object.at("shortest").at("word") == "01");
    CHECK(run_check(folder, {"a"}).status == 0);
}

TEST_CASE("accuracy calls a mistake the shortest only where no length was left out", "[cli]") {
    const Run all = run_attest({"accuracy", "zoo:first", "--language", "last", "--length", "1..3"});
    CHECK(all.has("at 3 lengths 1 to 3: the shortest mistake has length 2\n"));
    for (const char* lengths : {"2..3", "1,3"}) {
        const Run some = run_attest({"accuracy", "zoo:first", "--language", "last", "--length", lengths});
        CHECK(some.has(": the shortest mistake at these lengths has length "));
    }
}

TEST_CASE("accuracy lists the few mistakes of a long word with a proof", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"accuracy", "zoo:palindrome", "--language", "palindrome", "--length", "20",
                                        "--method", "circuit", "--certificate", "a"});
    CHECK(run.status == 0);
    CHECK(run.has("is wrong about palindrome on 0 of 1048576 words of length 20"));
    CHECK(run_check(folder, {"a"}).status == 0);
    const json diagram = counted({"zoo:first", "--language", "last", "--length", "64"});
    CHECK(diagram.at("results").at(0).at("wrong").at("value") == "9223372036854775808");
    CHECK(diagram.at("results").at(0).at("evidence") == "refutation");
}

TEST_CASE("accuracy draws a sample where nothing else is possible, with seed and confidence", "[cli]") {
    const json sample =
        counted({"zoo:first", "--language", "last", "--length", "30", "--method", "sample", "--seed", "5"});
    const json wrong = sample.at("results").at(0).at("wrong");
    CHECK(wrong.at("guarantee") == "interval");
    CHECK(wrong.at("sampled").at("seed") == 5);
    CHECK(wrong.at("sampled").at("confidence") == "99/100");
    CHECK(sample == [&] {
        json again =
            counted({"zoo:first", "--language", "last", "--length", "30", "--method", "sample", "--seed", "5"});
        again.at("results").at(0)["seconds"] = sample.at("results").at(0).at("seconds");
        return again;
    }());
}

TEST_CASE("accuracy refuses what makes no sense", "[cli]") {
    CHECK(run_attest({"accuracy", "zoo:first", "--language", "table:6", "--length", "3"}).complains("--length"));
    CHECK(run_attest({"accuracy", "zoo:first", "--language", "last", "--length", "3", "--method", "all"})
              .complains("--method"));
    CHECK(run_attest({"accuracy", "zoo:first", "--language", "last", "--length", "3", "--trials", "0"})
              .complains("trials"));
}
