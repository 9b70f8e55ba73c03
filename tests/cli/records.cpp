// What commands print with --json is a record: what is read of it is written again byte for byte, so nothing is printed
// that a list of members does not know.

#include <catch2/catch.hpp>
#include <filesystem>

#include "attest/base/json.hpp"
#include "base/version.hpp"
#include "record/ablation.hpp"
#include "record/accuracy.hpp"
#include "record/archive.hpp"
#include "record/census.hpp"
#include "record/check.hpp"
#include "record/compile.hpp"
#include "record/emergence.hpp"
#include "record/emergence_graph.hpp"
#include "record/equality.hpp"
#include "record/eval.hpp"
#include "record/function_census.hpp"
#include "record/import.hpp"
#include "record/influence.hpp"
#include "record/least_class.hpp"
#include "record/ledger.hpp"
#include "record/lists.hpp"
#include "record/measure.hpp"
#include "record/measured_functions.hpp"
#include "record/prove.hpp"
#include "record/restriction.hpp"
#include "record/sensitivity.hpp"
#include "record/stopped.hpp"
#include "record/threshold.hpp"
#include "record/zoo.hpp"
#include "run.hpp"

using namespace attest;
using tests::Folder;

namespace {

constexpr const char* source = ATTEST_SOURCE;

using Words = std::vector<std::string>;

template <typename Record>
void holds(const std::string& text) {
    INFO(text);
    const auto record = record::read<Record>(base::Json::parse(text, "output"));
    REQUIRE(record);
    auto again = record::write(*record);
    again["version"] = base::version();
    CHECK(again.dump(2) + "\n" == text);
}

/// Gives what was printed.
template <typename Record>
std::string prints(const Folder& folder, Words words, int status = 0) {
    words.emplace_back("--json");
    INFO(words.front() << " " << words.at(1));
    const tests::Run run = tests::run_attest(folder, words);
    CHECK(run.status == status);
    holds<Record>(run.out);
    return run.out;
}

/// With nothing done.
template <typename Record>
void stops(const Folder& folder, Words words) {
    words.insert(words.end(), {"--timeout", "0.000001"});
    prints<Record>(folder, words, 3);
}

}  // namespace

TEST_CASE("What eval prints is its record: scores, classes, tables, traces, and what was not evaluated") {
    const Folder folder;
    const Words import = {"import",     std::string(source) + "/examples/parity4.pt",
                          "--set",      "heads=2",
                          "--set",      "activation=relu",
                          "--alphabet", "01",
                          "--begin",    "<s>=2",
                          "--read",     "first"};
    Words accepting = import, classes = import;
    accepting.insert(accepting.end(), {"--accept", "1", "-o", "a.json"});
    classes.insert(classes.end(), {"-o", "c.json"});
    prints<record::Import>(folder, accepting);
    prints<record::Import>(folder, classes);
    prints<record::Listing>(folder, {"import", import[1], "--list"});
    prints<record::Eval>(folder, {"eval", "zoo:palindrome", "--word", "0110", "01", "", "--trace"});
    prints<record::Eval>(folder, {"eval", "zoo:chiang-cholak-parity", "--word", "0110", "--trace"});
    prints<record::Eval>(folder,
                         {"eval", std::string(source) + "/examples/parity-6.json", "--word", "010101", "--trace"});
    prints<record::Eval>(folder, {"eval", "a.json", "--word", "0101", "--trace"});
    prints<record::Eval>(folder, {"eval", "c.json", "--word", "0101", "1"});
    stops<record::Eval>(folder, {"eval", "zoo:first", "--word", "10"});
    stops<record::Eval>(folder, {"eval", "zoo:chiang-cholak-parity", "--word", "10"});
    stops<record::Eval>(folder, {"eval", "c.json", "--word", "10"});
}

TEST_CASE("What decides about words prints its record: verdicts, counterexamples, what was left open, certificates") {
    const Folder folder;
    prints<record::Prove>(folder,
                          {"prove", "zoo:first", "--language", "first", "--length", "1..3", "--certificate", "c"});
    prints<record::Prove>(folder, {"prove", "zoo:first", "--language", "parity", "--length", "2"}, 1);
    prints<record::Check>(folder, {"check", "c"});
    prints<record::Check>(folder, {"check", "nowhere"}, 2);
    prints<record::Check>(folder, {"check", "c", "--timeout", "0.000001"}, 3);
    prints<record::Equality>(folder, {"equal", "zoo:first", "zoo:first", "--length", "1..2", "--certificate", "e"});
    prints<record::Equality>(folder, {"equal", "zoo:first", "zoo:last", "--length", "2"}, 1);
    prints<record::Equality>(folder, {"equal", "zoo:chiang-cholak-parity", "zoo:parity-tree-1-1", "--length", "1"});
    stops<record::Equality>(folder, {"equal", "zoo:palindrome", "zoo:palindrome", "--length", "30"});
    prints<record::Accuracy>(folder, {"accuracy", "zoo:first", "--language", "last", "--length", "0..3", "--list", "2",
                                      "--certificate", "a"});
    prints<record::Accuracy>(folder,
                             {"accuracy", "zoo:first", "--language", "last", "--length", "40", "--method", "sample"});
    prints<record::Accuracy>(folder, {"accuracy", "zoo:chiang-cholak-parity", "--language", "first", "--length", "3"});
    prints<record::Accuracy>(folder,
                             {"accuracy", "zoo:first", "--language", "first", "--length", "4", "--map", "0=1,1=0"});
    stops<record::Accuracy>(folder, {"accuracy", "zoo:first", "--language", "last", "--length", "12"});
    prints<record::Ablation>(folder, {"ablate", "zoo:chiang-cholak-first", "--language", "first", "--length", "3"});
    prints<record::Ablation>(folder, {"ablate", "zoo:first", "--same", "--length", "3"});
    prints<record::Ablation>(folder, {"ablate", "zoo:first", "--language", "last", "--length", "2"}, 1);
    prints<record::Restriction>(folder, {"restrict", "zoo:palindrome", "--length", "4"});
}

TEST_CASE("What measures prints its record") {
    const Folder folder;
    prints<record::Measure>(folder, {"measure", "zoo:palindrome", "--length", "4", "--proofs", "p"});
    const std::string sensitivity = folder.read("p/sensitivity.json");
    const auto read = record::read<record::Sensitivity>(base::Json::parse(sensitivity, "sensitivity.json"));
    REQUIRE(read);
    CHECK(record::write(*read).dump(1) + "\n" == sensitivity);
    prints<record::Influence>(folder,
                              {"influence", "zoo:chiang-cholak-parity", "--lengths", "2..4", "--float", "binary32"});
    prints<record::Influence>(folder, {"influence", "zoo:chiang-cholak-first-norm", "--eps", "1e-5", "--lengths", "4"});
    prints<record::Influence>(folder, {"influence", "zoo:chiang-cholak-parity", "--lengths", "20", "--samples", "20"});
    stops<record::Influence>(folder, {"influence", "zoo:chiang-cholak-parity", "--lengths", "3,4"});
    prints<record::Threshold>(folder, {"threshold", "parity", "--softmax", "--heads", "2"});
    prints<record::Emergence>(folder, {"emerge", "--nodes", "6", "--samples", "20", "--hallucination", "1"});
    prints<record::Emergence>(folder, {"emerge", "--nodes", "40", "--recall", "0,1", "--samples", "0"});
    stops<record::Emergence>(folder, {"emerge", "--nodes", "40"});
    const std::string bridge = std::string(source) + "/examples/bridge.json";
    prints<record::EmergenceGraph>(folder, {"emerge", "--graph", bridge, "--model", bridge});
    folder.write("table.json", R"({"source": "s", "rows": [{"kind": "k", "ability": "x", "flops": 2e22}]})");
    prints<record::EmergenceCounts>(folder, {"emerge", "--thresholds", "table.json"});
    prints<record::Census>(folder, {"threshold", "--census", "2", "--layers", "1", "--heads", "2"});
    stops<record::FunctionCensus>(folder, {"threshold", "--census", "5"});
    prints<record::LeastClass>(folder, {"threshold", "parity", "--least", "--length", "2"});
    prints<record::MeasuredFunctions>(folder, {"threshold", "--measure", "degree", "--length", "2"});
    prints<record::Compile>(folder, {"compile", "zoo:palindrome", "--length", "4", "-o", "c.aag"});
    prints<record::Compile>(folder, {"compile", "zoo:palindrome", "--length", "4", "--form", "compact"});
    stops<record::Stopped>(folder, {"compile", "zoo:palindrome", "--length", "40"});
}

TEST_CASE("What lists, or prints a text for another program, prints its record") {
    const Folder folder;
    prints<record::Languages>(folder, {"languages"});
    prints<record::Zoo>(folder, {"zoo", "list"});
    prints<record::Zoo>(folder, {"zoo", "show", "parity-tree-2-2"});
    prints<record::Zoo>(folder, {"zoo", "export", "chiang-cholak-first-norm", "--eps", "1e-5"});
    prints<record::Zoo>(folder, {"zoo", "export", "first", "-o", "first.json"});
    prints<record::Cite>(folder, {"cite", "hahn2020theoretical"});
    prints<record::Completion>(folder, {"completion", "bash"});
    prints<record::Manual>(folder, {"manual", "prove"});
    prints<record::Manual>(folder, {"manual", "-o", "pages"});
    const std::string ledger = std::string(source) + "/benchmarks/ledger";
    prints<record::Ledger>(folder, {"ledger", "list", "--ledger", ledger});
    prints<record::Ledger>(folder, {"ledger", "show", "cc-parity-margin", "--ledger", ledger});
    prints<record::Ledger>(folder, {"ledger", "cite", "cc-parity-margin", "--ledger", ledger});
    prints<record::Ledger>(folder, {"ledger", "table", "cc-*", "--ledger", ledger});
    prints<record::LedgerRun>(folder, {"ledger", "run", "cc-parity-margin", "--ledger", ledger});
    std::filesystem::create_directory(folder / "results");
    folder.write("results/e.json", prints<record::Eval>(folder, {"eval", "zoo:first", "--word", "1"}));
    prints<record::Report>(folder, {"report", "results", "-o", "page.html"});
    prints<record::Prove>(folder,
                          {"prove", "zoo:first", "--language", "last", "--length", "2", "--certificate", "refuted"}, 1);
    prints<record::Cite>(folder, {"cite", "refuted", "--author", "A. Author", "--figure"});
    prints<record::Archive>(folder, {"archive", "refuted", "-o", "paper.tar"});
    prints<record::Ledger>(folder, {"ledger", "add", "first-2", "--ledger", "claims", "--statement", "s", "--command",
                                    "prove zoo:first --language first --length 2", "--key", "/results/*/verdict"});
}
