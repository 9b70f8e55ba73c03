#include <catch2/catch.hpp>
#include <map>
#include <set>

#include "run.hpp"

// How the program answers slips, and what it says about itself.

using namespace attest::tests;

namespace {

const std::vector<std::string> commands = {"eval",    "compile", "prove",     "check",
                                           "measure", "zoo",     "languages", "doctor"};

struct Slip {
    std::vector<std::string> arguments;
    std::string says;
};

}  // namespace

TEST_CASE("help names every command, and each shows an example that starts with it", "[cli]") {
    const Run all = run_attest({"--help"});
    CHECK(all.status == 0);
    for (const std::string& command : commands) {
        INFO(command);
        CHECK(all.has("  " + command + " "));
        const Run one = run_attest({command, "--help"});
        CHECK(one.status == 0);
        CHECK(one.err.empty());
        CHECK(one.has("Examples:\n  attest " + command));
        for (const char* option : {"--json", "--timeout", "--memory"}) CHECK(one.has(option));
        CHECK_FALSE(one.has("Excludes"));
    }
    CHECK(run_attest({"prove", "--help"}).has("--certificate"));
}

TEST_CASE("the version is a line", "[cli]") {
    const Run version = run_attest({"--version"});
    CHECK(version.status == 0);
    CHECK(version.out.rfind("attest ", 0) == 0);
    CHECK(version.lines().size() == 1);
}

TEST_CASE("a slip is one line on stderr, names what is near, and exits with 2", "[cli]") {
    const std::vector<Slip> slips = {
        {{}, "expected a command (eval, "},
        {{"--json"}, "expected a command (eval, "},
        {{"evl"}, "perhaps 'eval'"},
        {{"prove", "zoo:first", "--langauge", "first", "--length", "3"}, "perhaps '--language'"},
        {{"prove", "zoo:first", "--language", "frist", "--length", "3"}, "first"},
        {{"prove", "zoo:first", "--language", "first"}, "--length: expected a length, found none"},
        {{"prove", "zoo:first", "--length", "3"}, "--language"},
        {{"prove", "--language", "first", "--length", "3"}, "MODEL"},
        {{"prove", "zoo:frist", "--language", "first", "--length", "3"}, "perhaps first"},
        {{"prove", "zoo:first", "--language", "first", "--length", "x"},
         "--length: expected N, A..B or a list of these, or all"},
        {{"prove", "zoo:first", "--language", "first", "--length", "-1"}, "--length"},
        {{"prove", "zoo:first", "--language", "first", "--length", "5..3"},
         "expected A..B with A at most B, found '5..3'"},
        {{"prove", "zoo:first", "--language", "first", "--length", "2.."}, "--length"},
        {{"prove", "zoo:first", "--language", "first", "--length", "1,,2"}, "--length"},
        {{"prove", "zoo:first", "--language", "first", "--length", "0..8*2"}, "at least 1"},
        {{"prove", "zoo:first", "--language", "first", "--length", "1..1000000000"}, "at most 100000 lengths"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--method", "guess"}, "--method"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--solver", "cadicl"},
         "--solver: expected one of cadical, cryptominisat, z3, found 'cadicl'"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--threads", "0"}, "--threads"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--seed", "-1"}, "--seed"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--timeout", "nan"}, "--timeout"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--timeout", "-1"}, "--timeout"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--timeout", "1e300"}, "--timeout"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--memory", "0"}, "--memory"},
        {{"prove", "zoo:first", "--language", "first", "--length", "3", "--certificate", ""},
         "--certificate: expected a value, found an empty one"},
        {{"eval", "zoo:first"}, "expected words"},
        {{"eval", "zoo:first", "--word", "012"}, "--word:3: expected a symbol of the alphabet {0, 1}, found '2'"},
        {{"eval", "zoo:first", "--word", "\xff"}, "--word"},
        {{"compile", "zoo:first", "--length", "3", "--form", "deep"},
         "expected constant-depth, compact, threshold, opb or tabulated, found 'deep'"},
        {{"compile", "zoo:first", "--length", "3..4"}, "--length"},
        {{"compile", "zoo:first", "--length", "3", "-o", "f.xyz"}, ".aag, .aig, .cnf, .dot, .graphml, .smt2, .json"},
        {{"compile", "zoo:first", "--length", "3", "-o", "aag"}, ".aag"},
        {{"check"}, "check: expected CERTIFICATE, found none"},
        {{"build", "parity", "--kind", "hard"}, "build: --kind: expected one of uhat, crasp, foc, found 'hard'"},
        {{"zoo", "shw", "first"}, "expected list, show or export, found 'shw'"},
        {{"zoo", "show"}, "expected the name"},
        {{"zoo", "show", "palindrom"}, "perhaps palindrome"},
        {{"zoo", "show", "parity-tree-9-9"}, "parity-tree"},
        {{"zoo", "palindrome"}, "perhaps 'zoo show palindrome'"},
        {{"languages", "parity"}, "languages: expected no further operand, found 'parity'"},
        {{"doctor", "now"}, "doctor: expected no further operand, found 'now'"},
        {{"help"}, "perhaps 'attest --help'"},
        {{"version"}, "perhaps 'attest --version'"},
        {{"Prove"}, "perhaps 'prove'"},
        {{"eval", "palindrome", "--word", "0"}, "no file of this name; perhaps 'zoo:palindrome'"},
        {{"prove", "Palindrom", "--language", "first", "--length", "3"}, "perhaps 'zoo:palindrome'"},
        {{"measure", "dyck-2-depth-2", "--length", "3"}, "perhaps 'zoo:dyck-2-depth-2'"},
        {{"eval", "nothing-like-this.json", "--word", "0"}, "cannot read"},
        {{"prove", "zoo:first", "--language", "FIRST", "--length", "3"}, "did you mean first?"},
        {{"threshold", "PARITY"}, "did you mean parity?"},
        {{"cite", "hahn"}, "perhaps 'hahn2020theoretical'"},
        {{"ledger", "shw", "x"}, "perhaps 'show'"},
        {{"eval", "zoo:first", "--word", "0", "--solver", "z3"}, "found '--solver', which eval does not use"},
        {{"zoo", "list", "--seed", "1"}, "found '--seed', which zoo does not use"},
        {{"check", "c", "--threads=2"}, "found '--threads', which check does not use"},
    };
    const Folder folder;
    for (const Slip& slip : slips) {
        const Run result = run_attest(folder, slip.arguments);
        CAPTURE(slip.arguments, result.out, result.err);
        CHECK(result.status == 2);
        CHECK(result.complains(slip.says));
    }
    CHECK(folder.listing().empty());
}

TEST_CASE("an option stands on a command that uses it", "[cli]") {
    const std::map<std::string, std::set<std::string>> uses = {{"compile", {"--seed"}},
                                                               {"prove", {"--solver", "--seed", "--threads"}},
                                                               {"measure", {"--seed", "--threads"}},
                                                               {"restrict", {"--solver", "--seed"}},
                                                               {"influence", {"--seed", "--threads"}},
                                                               {"threshold", {"--solver", "--seed", "--threads"}},
                                                               {"export", {"--seed"}},
                                                               {"report", {"--threads"}}};
    for (const char* command :
         {"eval", "compile", "prove", "check", "measure", "restrict", "influence", "threshold", "report", "zoo",
          "import", "export", "languages", "doctor", "ledger", "cite", "completion", "manual"}) {
        const Run help = run_attest({command, "--help"});
        for (const char* option : {"--solver", "--seed", "--threads"}) {
            CAPTURE(command, option);
            CHECK(help.has(std::string("  ") + option + " ") ==
                  (uses.contains(command) && uses.at(command).contains(option)));
        }
    }
}

TEST_CASE("files of other programs that are given as a model are told what to do", "[cli]") {
    const Folder folder;
    for (const char* name : {"m.pt", "m.pth", "m.ckpt", "m.bin", "m.safetensors", "m.onnx", "m.npz"}) {
        folder.write(name, std::string("\x80\x02binary\0bytes", 14));
        const Run run = run_attest(folder, {"eval", name, "--word", "0"});
        CAPTURE(name, run.err);
        CHECK(run.status == 2);
        CHECK(run.complains(std::string(name) + ": expected a model file (JSON), found "));
        CHECK(run.complains("\"tensors\": "));
    }
    folder.write("json.bin", run_attest({"zoo", "export", "first"}).out);
    CHECK(run_attest(folder, {"eval", "json.bin", "--word", "1"}).out == "1 accept\n");
}

TEST_CASE("option --json prints one object and nothing else, with the version of the program", "[cli]") {
    const Folder folder;
    REQUIRE(run_attest(folder, {"prove", "zoo:first", "--language", "first", "--length", "2", "--certificate", "c"})
                .status == 0);
    const std::vector<std::vector<std::string>> calls = {
        {"eval", "zoo:first", "--word", "10", "01", "--trace"},
        {"compile", "zoo:first", "--length", "3"},
        {"compile", "zoo:first", "--length", "3", "-o", "f.aag"},
        {"prove", "zoo:first", "--language", "first", "--length", "1..3"},
        {"prove", "zoo:first", "--language", "last", "--length", "2"},
        {"check", "c"},
        {"zoo"},
        {"zoo", "list"},
        {"zoo", "show", "first"},
        {"zoo", "export", "first"},
        {"zoo", "export", "first", "-o", "f.json"},
        {"languages"},
        {"doctor"},
    };
    for (std::vector<std::string> arguments : calls) {
        const std::string command = arguments[0];
        arguments.push_back("--json");
        const Run result = run_attest(folder, arguments);
        CAPTURE(arguments, result.err);
        const json object = result.object();
        CHECK(object.at("command") == command);
        CHECK(object.at("version").is_string());
        CHECK(result.out.back() == '\n');
    }
}

TEST_CASE("an error leaves stdout empty with --json too", "[cli]") {
    const Run result = run_attest({"prove", "zoo:first", "--language", "frist", "--length", "3", "--json"});
    CHECK(result.status == 2);
    CHECK(result.complains("frist"));
}
