#include <catch2/catch.hpp>
#include <filesystem>

#include "run.hpp"

// Programs (attest/program), and tasks.

using namespace attest::tests;

namespace {

const std::string sorter = ATTEST_SOURCE "/examples/sorter.json";

}  // namespace

TEST_CASE("programs are evaluated, with a trace of their variables", "[cli][program]") {
    const Folder folder;
    const Run run = run_attest(folder, {"eval", sorter, "--word", "101", "000", "--trace"});
    CHECK(run.status == 0);
    CHECK(run.has("101 accept\n    sequence  <s> 1 0 1\n"));
    CHECK(run.has("    zeros     1 1 1 1\n"));
    CHECK(run.has("    answer    0 1 1\n"));
    CHECK(run.has("000 reject\n"));
    const json results = run_attest(folder, {"eval", sorter, "--word", "101", "--json"}).object()["results"];
    CHECK(results[0]["classes"] == json::array({"0", "1", "1"}));
}

TEST_CASE("a program performs a task at each position, or a word shows that it does not", "[cli][program]") {
    const Folder folder;
    const Run yes = run_attest(folder, {"prove", sorter, "--task", "sort", "--length", "4", "--certificate", "c"});
    CHECK(yes.status == 0);
    CHECK(yes.has("VERIFIED sorter performs sort at length 4"));
    CHECK(run_check(folder, {"c"}).has("VERIFIED \"sorter\" performs \"sort\" at length 4"));
    const Run no = run_attest(folder, {"prove", sorter, "--task", "reverse", "--length", "2..3", "--certificate", "d"});
    CHECK(no.status == 1);
    CHECK(no.has("on \"01\" it says 0 at position 1, the task 1 (0 1 for 1 0)"));
    CHECK(run_check(folder, {"d"}).status == 0);
    const Run count =
        run_attest(folder, {"accuracy", sorter, "--task", "reverse", "--length", "3", "--certificate", "e"});
    CHECK(count.status == 0);
    CHECK(count.has("ACCURACY sorter is wrong about reverse on 4 of 8 words of length 3"));
    CHECK(run_check(folder, {"e"}).status == 0);
    const json result =
        run_attest(folder, {"accuracy", sorter, "--task", "reverse", "--length", "3", "--json"}).object()["results"][0];
    CHECK(result["wrong"] == 4);
    CHECK(result["missteps"][0]["word"] == "001");
    CHECK(result["missteps"][0]["expected"] == json::array({"1", "0", "0"}));
}

TEST_CASE("a program that accepts is a model", "[cli][program]") {
    const Folder folder;
    for (const std::string method : {"circuit", "exhaustion"}) {
        const Run run = run_attest(folder, {"prove", sorter, "--language", "contains:1", "--length", "1..5", "--method",
                                            method, "--certificate", "c-" + method});
        CHECK(run.status == 0);
        CHECK(run_check(folder, {"c-" + method}).status == 0);
    }
    CHECK(run_attest(folder, {"equal", sorter, sorter, "--length", "3"}).status == 0);
    CHECK(run_attest(folder, {"accuracy", sorter, "--language", "parity", "--length", "3"})
              .has("wrong about parity on 3 of 8 words"));
    CHECK(run_attest(folder, {"compile", sorter, "--length", "4"}).has("form      one-hot"));
    CHECK(run_attest(folder, {"measure", sorter, "--length", "4", "--json"}).object()["sensitivity"]["value"] == 4);
}

TEST_CASE("what does not fit programs and tasks is said in one line", "[cli][program]") {
    const Folder folder;
    CHECK(run_attest(folder, {"prove", sorter, "--length", "2"}).complains("expected --language or --task"));
    CHECK(run_attest(folder, {"prove", sorter, "--task", "srot", "--length", "2"}).complains("perhaps 'sort'"));
    CHECK(
        run_attest(folder, {"prove", sorter, "--task", "sort", "--length", "6"}).complains("words of 0 to 5 symbols"));
    CHECK(
        run_attest(folder, {"prove", "zoo:first", "--task", "sort", "--length", "2"}).complains("expected a program"));
    CHECK(run_attest(folder, {"prove", sorter, "--task", "sort", "--language", "last", "--length", "2"}).status == 2);
    CHECK(run_attest(folder, {"influence", sorter, "--length", "2"}).complains("attest measure says how often"));
}

TEST_CASE("what settles the answer of a program is found and checked", "[cli][program]") {
    const Folder folder;
    const Run restricted = run_attest(folder, {"restrict", sorter, "--length", "4", "--certificate", "r"});
    CHECK(restricted.status == 0);
    CHECK(restricted.has("RESTRICTED sorter at length 4"));
    CHECK(restricted.has("3 of 4 positions free, every completion is accepted (optimal, checked)"));
    CHECK(run_check(folder, {"r"}).status == 0);
}

TEST_CASE("tasks are decided and counted by circuits and by prefixes as well", "[cli][program]") {
    const Folder folder;
    const Run yes = run_attest(
        folder, {"prove", sorter, "--task", "sort", "--length", "5", "--method", "circuit", "--certificate", "c"});
    CHECK(yes.status == 0);
    CHECK(yes.has("LRAT proof of"));
    CHECK(run_check(folder, {"c"}).status == 0);
    const Run no = run_attest(folder, {"prove", sorter, "--task", "reverse", "--length", "4", "--method", "circuit"});
    CHECK(no.status == 1);
    const Run count = run_attest(folder, {"accuracy", sorter, "--task", "reverse", "--length", "3", "--method",
                                          "circuit", "--certificate", "d"});
    CHECK(count.has("ACCURACY sorter is wrong about reverse on 4 of 8 words of length 3"));
    CHECK(run_check(folder, {"d"}).status == 0);
    CHECK(run_attest(folder, {"accuracy", sorter, "--task", "reverse", "--length", "3", "--method", "prefixes"})
              .complains("look back"));
    CHECK(run_attest(folder, {"accuracy", sorter, "--task", "reverse", "--length", "3", "--method", "sample"})
              .complains("expected automatic, exhaustion, prefixes or circuit"));
}

TEST_CASE("tasks are listed with their definitions", "[cli][program]") {
    const Folder folder;
    CHECK(run_attest(folder, {"tasks"}).has("sort           the symbols in the order of the alphabet\n"));
    CHECK(run_attest(folder, {"tasks", "--json"}).object()["tasks"].size() == 12);
}
