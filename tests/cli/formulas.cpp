#include <catch2/catch.hpp>

#include "run.hpp"

// Formulas with counting quantifiers, FOC[+;MOD]: prove, build, classify, and as models.

using namespace attest::tests;

namespace {

const char* const odd = "alphabet 0 1\nexists x exists y (exactly x p 1(p) & x = y + y + 1)\n";
const char* const more = "alphabet 0 1\nexists x exists y (exactly x p 1(p) & exactly y p 0(p) & y < x)\n";

}  // namespace

TEST_CASE("prove a formula: at every length, at some, and a word where it is wrong", "[cli]") {
    const Folder folder;
    folder.write("odd.foc", odd);
    folder.write("more.foc", more);
    const Run all =
        run_attest(folder, {"prove", "odd.foc", "--language", "parity", "--length", "all", "--certificate", "c"});
    CHECK(all.status == 0);
    CHECK(all.has("VERIFIED odd defines parity at every length in "));
    const Run check = run_check(folder, {"c"});
    CHECK(check.status == 0);
    CHECK(check.has("the formula \"odd\" defines parity over its alphabet at every length"));
    const Run some = run_attest(
        folder, {"prove", "more.foc", "--language", "majority", "--length", "0..20", "--certificate", "d", "--json"});
    CHECK(some.status == 0);
    CHECK(some.object()["results"][20]["words"] == 21);
    CHECK(run_check(folder, {"d"}).status == 0);
    const Run wrong =
        run_attest(folder, {"prove", "odd.foc", "--language", "last", "--length", "1..", "--certificate", "e"});
    CHECK(wrong.status == 1);
    CHECK(wrong.has("on \"10\", a shortest such word, it says accept, the language reject"));
    CHECK(run_check(folder, {"e"})
              .has("the formula \"odd\" does not define last over its alphabet at every length but 0"));
    CHECK(run_attest(folder, {"prove", "more.foc", "--language", "majority", "--length", "all"}).status == 0);
    CHECK(run_attest(folder, {"prove", "odd.foc", "--language", "parity", "--length", "3", "--map", "0=1,1=0"})
              .complains("prove: expected no --attribute, --map, --eps and --method with a formula"));
    folder.write("bad.foc", "alphabet a\nsome p b(p)\n");
    CHECK(run_attest(folder, {"prove", "bad.foc", "--language", "regex:a*", "--length", "all"})
              .complains("bad.foc:line 2, column 8: expected a symbol of the alphabet"));
}

TEST_CASE("a formula with counting quantifiers is a model, of average attention", "[cli]") {
    const Folder folder;
    folder.write("odd.foc", odd);
    CHECK(run_attest(folder, {"eval", "odd.foc", "--word", "0111"}).has("0111 accept"));
    CHECK(run_attest(folder, {"import", "odd.foc", "-o", "odd.json"}).status == 0);
    CHECK(run_attest(folder, {"prove", "odd.json", "--language", "parity", "--length", "0..7"}).status == 0);
}

TEST_CASE("build and classify: a formula for a language that has one, proved at every length", "[cli]") {
    const Folder folder;
    const Run built =
        run_attest(folder, {"build", "regex:(abab)*", "--kind", "foc", "-o", "abab.foc", "--certificate", "c"});
    CHECK(built.status == 0);
    CHECK(built.has("BUILT abab.foc for regex:(abab)*: 2 counts of positions modulo 2\n"));
    CHECK(run_check(folder, {"c"}).status == 0);
    CHECK(run_attest(folder, {"prove", "abab.foc", "--language", "regex:(abab)*", "--length", "13"}).status == 0);
    CHECK(run_attest(folder, {"build", "regex:a*b*", "--kind", "foc", "-o", "no.foc"})
              .complains("build: no formula of FOC[+;MOD]"));
    const Run classes = run_attest(folder, {"classify", "regex:(abab)*"});
    CHECK(classes.has("by the formula below, in "));
    CHECK(classes.has("  formula of FOC[+;MOD]\n    exists x1 "));
    const json object = run_attest(folder, {"classify", "regex:(abab)*", "--json"}).object();
    CHECK(object["formula"]["verdict"] == "verified");
    CHECK_FALSE(run_attest(folder, {"classify", "regex:a*b*", "--json"}).object().contains("formula"));
}
