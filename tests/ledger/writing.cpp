#include <algorithm>
#include <catch2/catch.hpp>

#include "ledger/citation.hpp"
#include "ledger/table.hpp"

// Claims as papers have them: tables in three forms, and citations.

using namespace attest;
using Catch::Contains;

namespace {

ledger::Claim nasty() {
    ledger::Claim claim;
    claim.id = "nasty-claim";
    claim.statement = "50% of {a_b} & \"c\" | d, \\ ≥ (H+1)^L # $x~";
    claim.command = {"prove", "zoo:first", "--language", "regex:(0|1)*"};
    claim.key = "/value";
    claim.value = "6";
    claim.guarantee = ledger::Guarantee::lower;
    claim.source = "hahn2020theoretical";
    claim.last = ledger::Claim::Last{1, 1, std::string(64, 'a')};
    return claim;
}

/// Braces outside of escapes, opened less closed.
long depth(const std::string& latex) {
    long open = 0;
    for (std::size_t k = 0; k < latex.size(); ++k) {
        if (latex[k] == '\\') ++k;
        else open += latex[k] == '{' ? 1 : latex[k] == '}' ? -1 : 0;
    }
    return open;
}

}  // namespace

TEST_CASE("LaTeX shows every character as it is") {
    CHECK(ledger::latex("50% & {a_b}") == "50\\% \\& \\{a\\_b\\}");
    const std::string text = ledger::latex(nasty().statement);
    CHECK(depth(text) == 0);
    for (const char* raw : {" & ", "50% ", "{a_", " # ", " $x"}) CHECK_THAT(text, !Contains(raw));
    CHECK_THAT(text, Contains("\\textbackslash") && Contains("$\\ge"));
}

TEST_CASE("a LaTeX table has as many columns in each row as it says") {
    const std::string table = ledger::latex_table({nasty(), nasty()});
    CHECK_THAT(table, Contains("\\toprule") && Contains("\\midrule") && Contains("\\bottomrule"));
    CHECK(depth(table) == 0);
    std::size_t rows = 0;
    for (std::size_t at = 0, end; (end = table.find('\n', at)) != std::string::npos; at = end + 1) {
        const std::string line = table.substr(at, end - at);
        if (line.size() < 2 || line.substr(line.size() - 2) != "\\\\") continue;
        ++rows;
        std::size_t columns = 1;
        for (std::size_t k = 0; k < line.size(); ++k) columns += line[k] == '&' && line[k - 1] != '\\' ? 1 : 0;
        CHECK(columns == 6);
    }
    CHECK(rows == 4);  // the head stands twice: on the first page, and on each that follows
    CHECK_THAT(table, Contains("\\cite{hahn2020theoretical}") && Contains("\\endhead") && Contains("longtable"));
}

TEST_CASE("a LaTeX table says where long words go on in the next line") {
    ledger::Claim claim = nasty();
    claim.value = "3.0402947574623456e-06";
    claim.id = "one-two";
    const std::string table = ledger::latex_table({claim});
    CHECK_THAT(table, Contains("3.\\allowbreak{}040294\\allowbreak{}757462"));
    CHECK_THAT(table, Contains("aaaa\\allowbreak{}aaaa\\allowbreak{}aaaa \\\\") && Contains("  one-two & "));
}

TEST_CASE("Markdown and comma-separated tables keep their cells apart") {
    const std::string markdown = ledger::markdown_table({nasty()});
    CHECK_THAT(markdown, Contains("\\| d"));
    const std::string csv = ledger::csv_table({nasty()});
    CHECK_THAT(csv, Contains("\"50% of {a_b} & \"\"c\"\" | d,"));
    CHECK(std::count(csv.begin(), csv.end(), '\n') == 2);
}

TEST_CASE("a citation holds the claim, its source, attest and a sentence with the digest") {
    const std::string text = ledger::citation(nasty());
    CHECK_THAT(text, Contains("@misc{attest-nasty-claim,") && Contains("@article{hahn2020theoretical,") &&
                         Contains("@software{attest,"));
    CHECK_THAT(text,
               Contains("at least 6") && Contains(std::string(64, 'a')) && Contains("\\cite{hahn2020theoretical}"));
    CHECK(depth(text) == 0);
    ledger::Claim ours = nasty();
    ours.source = "attest";
    CHECK_THAT(ledger::citation(ours), !Contains("hahn2020theoretical"));
    ours.source = "nobody2020";
    CHECK_THROWS(ledger::citation(ours));
}
