#include "ledger/outcome.hpp"

#include <catch2/catch.hpp>

#include "record/pointer.hpp"
#include "refused.hpp"

// What a run of a claim's command comes to.

using namespace attest;
using ledger::Comparison;
using ledger::Guarantee;

namespace {

ledger::Claim claim(const std::string& value, Guarantee guarantee = Guarantee::exact,
                    const std::string& tolerance = "0") {
    ledger::Claim claim;
    claim.id = "c";
    claim.command = {"prove"};
    claim.key = "/value";
    claim.value = value;
    claim.guarantee = guarantee;
    claim.tolerance = tolerance;
    return claim;
}

base::ProcessResult said(const std::string& out, int status = 0) {
    base::ProcessResult ran;
    ran.finished = true;
    ran.status = status;
    ran.out = out;
    return ran;
}

}  // namespace

TEST_CASE("values are found by pointers, with stars and several at a time") {
    const std::string json = R"({"a": [{"v": 1}, {"v": 1}], "b": [{"v": "x"}, {"v": "y"}], "c": {"d": true}, "e": []})";
    CHECK(record::value_at(json, "/a/*/v") == "1");
    CHECK(record::value_at(json, "/b/*/v") == "x,y");
    CHECK(record::value_at(json, "/b/1/v") == "y");
    CHECK(record::value_at(json, "/c/d /a/0/v") == "true 1");
    for (const char* key : {"/x", "/b/2/v", "/b/-1/v", "/c/d/e", "/e/*", "/b/99999999999999999999/v"}) {
        CAPTURE(key);
        CHECK(tests::refused([&] { (void)record::value_at(json, key); }) != "accepted");
    }
    CHECK(tests::refused([] { (void)record::value_at("{", "/a"); }) != "accepted");
}

TEST_CASE("values are compared as numbers where both are, in the direction of the guarantee") {
    CHECK(compare(claim("1/2"), "0.5") == Comparison::same);
    CHECK(compare(claim("1/2"), "1/3") == Comparison::differs);
    CHECK(compare(claim("verified"), "refuted") == Comparison::differs);
    CHECK(compare(claim("3"), "three") == Comparison::differs);
    CHECK(compare(claim("6", Guarantee::lower), "7") == Comparison::sharper);
    CHECK(compare(claim("6", Guarantee::lower), "5") == Comparison::weaker);
    CHECK(compare(claim("6", Guarantee::upper), "5") == Comparison::sharper);
    CHECK(compare(claim("6", Guarantee::upper), "7") == Comparison::weaker);
    CHECK(compare(claim("100", Guarantee::exact, "0.01"), "100.5") == Comparison::same);
    CHECK(compare(claim("100", Guarantee::exact, "0.01"), "102") == Comparison::differs);
    CHECK(compare(claim("1e-6"), "0.000001") == Comparison::same);
    CHECK(compare(claim("1"), "1/0") == Comparison::differs);
}

TEST_CASE("status, limits and certificates count as much as the value") {
    CHECK(judge(claim("6"), said(R"({"value": 6})"), "").comparison == Comparison::same);
    CHECK(judge(claim("6"), said(R"({"value": 6})", 1), "").comparison == Comparison::differs);
    CHECK(judge(claim("6"), said(R"({"value": 6})", 3), "").comparison == Comparison::undecided);
    CHECK(judge(claim("6"), said(R"({"valve": 6})"), "").comparison == Comparison::differs);
    CHECK(judge(claim("6"), said(""), "").comparison == Comparison::differs);
    base::ProcessResult killed = said("");
    killed.finished = false;
    CHECK(judge(claim("6"), killed, "").comparison == Comparison::undecided);

    ledger::Claim certified = claim("6");
    certified.certificate = true;
    CHECK(judge(certified, said(R"({"value": 6})"), "").comparison == Comparison::differs);
    CHECK(judge(certified, said(R"({"value": 6})"), "ab").certificate == "ab");

    ledger::Claim timed = claim("6");
    timed.last = ledger::Claim::Last{1.0, 0, ""};
    base::ProcessResult slow = said(R"({"value": 6})");
    slow.processor_seconds = 5;
    CHECK(judge(timed, slow, "").slower == Approx(5));
    slow.processor_seconds = 1.5;
    CHECK(judge(timed, slow, "").slower == 0);
}
