#include <catch2/catch.hpp>

#include "attest/base/error.hpp"
#include "ledger/add.hpp"

// What is said of a claim before its command is run.

using namespace attest;

namespace {

ledger::Draft good() {
    ledger::Draft draft;
    draft.statement = "s";
    draft.command = "prove  zoo:first --language 'regex:(a b)*' --map \"a='\" ''";
    draft.key = "/results/*/verdict";
    return draft;
}

}  // namespace

TEST_CASE("a command's words stand apart by blanks, and quotes keep them together") {
    const ledger::Claim claim = ledger::draft("one", good());
    CHECK(claim.command ==
          std::vector<std::string>{"prove", "zoo:first", "--language", "regex:(a b)*", "--map", "a='", ""});
    CHECK(claim.guarantee == ledger::Guarantee::exact);
    CHECK(claim.standing == ledger::Standing::fresh);
}

TEST_CASE("what is missing or wrong in a new claim is named") {
    CHECK_THROWS_AS(ledger::draft("One", good()), base::UsageError);
    CHECK_THROWS_AS(ledger::draft("", good()), base::UsageError);
    for (const auto& spoil : std::vector<void (*)(ledger::Draft&)>{
             [](ledger::Draft& d) { d.statement.clear(); }, [](ledger::Draft& d) { d.command = " "; },
             [](ledger::Draft& d) { d.command = "prove 'zoo:first"; },
             [](ledger::Draft& d) { d.command = "prove zoo:first --json"; },
             [](ledger::Draft& d) { d.key = "results"; }, [](ledger::Draft& d) { d.source = "nobody2020"; }}) {
        ledger::Draft draft = good();
        spoil(draft);
        CHECK_THROWS_AS(ledger::draft("one", draft), base::UsageError);
    }
}

TEST_CASE("a command that gives no value makes no claim") {
    ledger::Claim claim = ledger::draft("one", good());
    CHECK_THROWS_AS(ledger::established(claim, {.program = "/bin/false", .directory = "/nonexistent/x"}), base::Error);
    CHECK_THROWS_AS(ledger::established(claim, {.program = "/bin/sleep", .directory = "/nonexistent/x"}), base::Error);
}
