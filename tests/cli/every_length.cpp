#include <catch2/catch.hpp>
#include <filesystem>

#include "run.hpp"
#include "shared_data.hpp"

// What is said of all lengths at once: prove, equal, build and language.

using namespace attest::tests;

namespace {

const char* const brackets =
    "alphabet a b\n"
    "ok = a -> Z b   # aab is no word of (ab)*\n"
    "b & H ok & H (b -> Y a) | empty\n";

}  // namespace

TEST_CASE("equal at every length: the same, and a shortest word", "[cli]") {
    const Folder folder;
    const Run same =
        run_attest(folder, {"equal", "zoo:all-ones", "zoo:tomita-1", "--length", "all", "--certificate", "c"});
    CHECK(same.status == 0);
    CHECK(same.has("VERIFIED all-ones and tomita-1 answer the same on all words in "));
    const Run check = run_check(folder, {"c"});
    CHECK(check.status == 0);
    CHECK(check.has("\"all-ones\" and \"tomita-1\" answer the same on all words (closure of at most "));
    const Run differ = run_attest(folder, {"equal", "zoo:first", "zoo:last", "--length", "1..", "--certificate", "d"});
    CHECK(differ.status == 1);
    CHECK(differ.has("REFUTED first and last do not answer the same on all words but the empty one in "));
    CHECK(differ.has("on \"01\", a shortest such word, first says reject, last accept"));
    CHECK(run_check(folder, {"d"}).has("\"first\" does not answer as \"last\" does on all words but the empty one"));
    const json object = run_attest(folder, {"equal", "zoo:first", "zoo:last", "--length", "all", "--json"}).object();
    CHECK(object["results"][0]["lengths"]["from"] == 0);
    CHECK(object["results"][0]["word"] == "01");
    CHECK(run_attest(folder, {"equal", "zoo:first", "zoo:palindrome", "--length", "all"}).status == 3);
    CHECK(run_attest(folder, {"equal", "zoo:first", "zoo:last", "--length", "all", "--method", "circuit"})
              .complains("--method: expected automatic for all lengths"));
    folder.write("t.json", run_attest({"zoo", "export", "parity-tree-2-1"}).out);
    CHECK(run_attest(folder, {"equal", "zoo:parity-tree-2-1", "zoo:first", "--length", "all"}).status != 0);
}

TEST_CASE("a formula is a model: eval, prove and equal at every length", "[cli]") {
    const Folder folder;
    folder.write("ab.ltl", brackets);
    CHECK(run_attest(folder, {"eval", "ab.ltl", "--word", "abab"}).has("abab accept"));
    CHECK(run_attest(folder, {"eval", "ab.ltl", "--word", "aab"}).has("aab reject"));
    CHECK(run_attest(folder, {"prove", "ab.ltl", "--language", "nested:1", "--length", "all"}).has("VERIFIED ab "));
    CHECK(run_attest(folder, {"build", "nested:1", "-o", "n.json", "--certificate", "n"})
              .has("  proved at every length: closed with "));
    CHECK(run_check(folder, {"n"}).status == 0);
    CHECK(run_attest(folder, {"equal", "ab.ltl", "n.json", "--length", "all"}).has("VERIFIED ab and "));
    const Run imported = run_attest(folder, {"import", "ab.ltl", "-o", "ab.json"});
    CHECK(imported.status == 0);
    CHECK(imported.has("family      ltl, text\n"));
    CHECK(run_attest(folder, {"equal", "ab.ltl", "ab.json", "--length", "all"}).status == 0);
    folder.write("bad.ltl", "alphabet a b\nH (b -> Y)\n");
    CHECK(run_attest(folder, {"import", "bad.ltl", "-o", "bad.json"})
              .complains("bad.ltl:line 2, column 10: expected a symbol"));
}

TEST_CASE("language: automaton, words, classes and formulas of a model", "[cli]") {
    const Folder folder;
    const Run found = run_attest(folder, {"language", "zoo:zeros-then-ones", "-o", "l.json", "-o", "l.ltl", "-o",
                                          "l.brasp", "-o", "l.dot", "-o", "l.hoa", "--certificate", "c"});
    CHECK(found.status == 0);
    CHECK(found.has("VERIFIED zeros-then-ones recognises at every length what an automaton of 3 states accepts"));
    CHECK(found.has("  accepts    \"\" \"0\" \"1\" \"00\" \"01\" \"11\" \"000\" \"001\" …\n"));
    CHECK(found.has("  rejects    \"10\" \"010\" \"100\" \"101\" \"110\" "));
    CHECK(run_check(folder, {"c"}).status == 0);
    for (const char* file : {"l.ltl", "l.brasp"})
        CHECK(run_attest(folder, {"equal", "zoo:zeros-then-ones", file, "--length", "all"}).status == 0);
    for (const char* file : {"dfa:l.json", "dfa:l.hoa"})
        CHECK(run_attest(folder, {"prove", "zoo:zeros-then-ones", "--language", file, "--length", "all"}).status == 0);
    CHECK(folder.read("l.dot").starts_with("digraph \"zeros-then-ones\" {\n"));
    const json object = run_attest(folder, {"language", "zoo:zeros-then-ones", "--json"}).object();
    CHECK(object["recognition"]["verdict"] == "verified");
    CHECK(object["automaton"]["states"] == 3);
    CHECK(object["algebra"]["modulus"] == 1);
    CHECK(object["accepted"][0] == "");
}

TEST_CASE("language: a program that counts symbols alone, by counts", "[cli]") {
    const Folder folder;
    folder.write("more.crasp", "alphabet 0 1\nout = 2 * #[Q(1)] > #[true]\n");
    const Run found = run_attest(folder, {"language", "more.crasp"});
    CHECK(found.status == 0);
    CHECK(found.has("more counts symbols alone: it accepts"));
    CHECK(found.has("ends in 0: #0 >= 1 & -#0 + #1 >= 1"));
    CHECK(found.has("= 0 + 2×1 + ℕ×(1) + ℕ×(0 + 1)"));
    const json object = run_attest(folder, {"language", "more.crasp", "--json"}).object();
    CHECK(object.at("counts").at(1).at("last") == "1");
    CHECK(object.at("counts").at(1).at("sets").at(0).at("base") == json::array({0, 1}));
    CHECK(object.at("accepted").at(0) == "1");
    CHECK(object.at("rejected").at(0) == "0");
    CHECK_FALSE(object.contains("recognition"));
    CHECK(run_attest(folder, {"language", "more.crasp", "-o", "l.json"})
              .complains("language: a program that counts symbols alone has no automaton to write and no certificate; "
                         "leave out -o and --certificate"));
    CHECK(run_attest(folder, {"prove", "more.crasp", "--language", "majority", "--length", "all", "--certificate", "c"})
              .has("found by cells"));
    CHECK(run_check(folder, {"c"}).status == 0);
}

TEST_CASE("language: what has none, and what cannot be written, is said in one line", "[cli]") {
    const Folder folder;
    CHECK(run_attest(folder, {"language", "zoo:first", "-o", "l.txt"})
              .complains("-o: expected a file that ends with .json, .hoa, .dot, .ltl or .brasp, found l.txt"));
    CHECK(folder.listing().empty());
    CHECK(run_attest(folder, {"language", "zoo:palindrome"}).status == 3);
    const Run modulo = run_attest(folder, {"build", "regex:(aa)*", "-o", "even.json"});
    CHECK(modulo.status == 0);
    const Run even = run_attest(folder, {"language", "even.json", "-o", "even.ltl"});
    CHECK(even.has("  modulus    2\n"));
    CHECK(even.has("  B-RASP     none\n"));
    CHECK(run_attest(folder, {"equal", "even.json", "even.ltl", "--length", "all"}).status == 0);
    CHECK(run_attest(folder, {"language", "even.json", "-o", "even.brasp"}).status != 0);
    CHECK(folder.listing() == std::vector<std::string>{"even.json", "even.ltl"});
}

TEST_CASE("a program of the rival and a network that was built answer the same at every length", "[cli]") {
    const auto program = shared_data("brasp/dyck_d2.brasp");
    if (!program) return;
    const Folder folder;
    CHECK(run_attest(folder, {"import", program->string(), "-o", "b.json"}).status == 0);
    CHECK(run_attest(folder, {"build", "regex:(a(ab)*b)*", "--kind", "uhat", "-o", "d2.json"}).status == 0);
    const Run equal = run_attest(folder, {"equal", "b.json", "d2.json", "--length", "1..", "--certificate", "e"});
    CHECK(equal.status == 0);
    CHECK(run_check(folder, {"e"}).status == 0);
    CHECK(
        run_attest(folder, {"prove", program->string(), "--language", "regex:(a(ab)*b)*", "--length", "1.."}).status ==
        0);
}

TEST_CASE("a large program is asked about every length as it is", "[cli]") {
    const Folder folder;
    std::string text = "alphabet a b\nf0 = symbol a\n";
    for (int k = 1; k <= 60; ++k)
        text += "f" + std::to_string(k) + " = rightmost(true, f" + std::to_string(k - 1) + "@j)\n";
    folder.write("far.brasp", text);
    const std::vector<std::string> prove{"prove", "far.brasp", "--language", "regex:[^ab]", "--length", "all"};
    std::vector<std::string> kept = prove;
    kept.insert(kept.end(), {"--certificate", "c", "--json"});
    const Run run = run_attest(folder, kept);
    CHECK(run.status == 1);
    CHECK(run.object()["results"][0]["counterexample"] == std::string(61, 'a'));
    CHECK(run_check(folder, {"c"}).status == 0);
    std::vector<std::string> pairs = prove;
    pairs.insert(pairs.end(), {"--method", "exhaustion"});
    CHECK(run_attest(folder, pairs).complains("--method: expected automatic or circuit"));
}

TEST_CASE("prove by an invariant where heads look to the right, or just before", "[cli]") {
    const Folder folder;
    const auto proved = [&](const std::string& model, const std::string& language) {
        const Run run = run_attest(folder, {"prove", model, "--language", language, "--length", "all", "--method",
                                            "circuit", "--certificate", "c", "--json"});
        CHECK(run.status == 0);
        CHECK(run_check(folder, {"c"}).status == 0);
        std::filesystem::remove_all(folder / "c");
        return run.object()["results"][0]["invariant"];
    };
    CHECK(proved("zoo:dyck-1-depth-1", "dyck:1,1")["window"] == 0);
    CHECK(proved("zoo:dyck-1-depth-2", "dyck:1,2")["window"] == 0);
    CHECK(proved("zoo:tomita-4", "tomita:4")["window"] > 0);
    CHECK_FALSE(proved("zoo:contains-11", "contains:11").contains("window"));
    const Run refuted =
        run_attest({"prove", "zoo:dyck-1-depth-1", "--language", "dyck:1,2", "--length", "all", "--method", "circuit"});
    CHECK(refuted.status == 1);
    CHECK(refuted.has("on \"(())\", a shortest such word, it says reject, the language accept"));
}

TEST_CASE("prove --invariant: a file of another prover, at all lengths only", "[cli]") {
    const Folder folder;
    folder.write("i.pla", ".i 0\n.o 1\n.p 0\n.ilb\n.ob inv\n.e\n");
    const std::vector<std::string> prove{"prove", "zoo:contains-1", "--language", "contains:1", "--invariant", "i.pla"};
    const auto with = [&](const std::string& length) {
        std::vector<std::string> all = prove;
        all.insert(all.end(), {"--length", length});
        return run_attest(folder, all);
    };
    CHECK(with("all").has("no step leaves an invariant of"));
    CHECK(with("4").complains("--invariant: expected with --length all"));
    folder.write("i.pla", ".i 1\n.o 1\n.p 1\n.ilb nothing\n.ob inv\n1 1\n.e\n");
    CHECK(with("all").complains("i.pla:line 4: the name of a latch was expected"));
}

TEST_CASE("a model that averages is proved at every length by counts", "[cli]") {
    const Folder folder;
    const Run majority = run_attest(
        folder, {"prove", "zoo:average-majority", "--language", "majority", "--length", "all", "--certificate", "m"});
    CHECK(majority.status == 0);
    CHECK(majority.has("VERIFIED average-majority recognises majority at every length in "));
    CHECK(run_check(folder, {"m"}).status == 0);
    const json wrong = run_attest(folder, {"prove", "zoo:average-majority", "--language", "regex:.*1.*", "--length",
                                           "1..", "--certificate", "w", "--json"})
                           .object();
    CHECK(wrong.at("results").at(0).at("verdict") == "refuted");
    CHECK(wrong.at("results").at(0).at("counterexample") == "01");
    CHECK(run_check(folder, {"w"}).status == 0);
    CHECK(run_attest(folder, {"prove", "zoo:average-majority", "--language", "majority", "--length", "all", "--method",
                              "circuit"})
              .complains("expected automatic for all lengths"));
}

TEST_CASE("classify proves the program of a language in C-RASP", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"classify", "regex:(ab)*", "--certificate", "c"});
    CHECK(run.status == 0);
    CHECK(run.has("by a program of 3 counters, nested 2 deep, at every length but 0  (checked)"));
    CHECK(run.has("         attest build 'regex:(ab)*' --kind crasp -o FILE.crasp\n"));
    CHECK(run_check(folder, {"c"}).status == 0);
    CHECK(run_check(folder, {"c/program"}).status == 0);
    const json object = run_attest({"classify", "regex:(ab)*", "--json"}).object();
    CHECK(object.at("program").at("verdict") == "verified");
    CHECK(object.at("program").at("text").get<std::string>().find("#[") != std::string::npos);
}

TEST_CASE("classify shows each yes by a network that is proved at every length", "[cli]") {
    const Folder folder;
    const Run run = run_attest(folder, {"classify", "regex:.*a.*", "--alphabet", "ab", "--certificate", "c"});
    CHECK(run.status == 0);
    CHECK(run.has("J1 (sets of letters)               yes  by a network of 1 layer with 1 head, at every length: "));
    CHECK(run.has("         attest build 'regex:.*a.*' --alphabet ab --kind uhat --mask none -o FILE.json\n"));
    for (const char* part : {"sets", "exits", "mirrored-exits", "cascade", "causal-cascade"})
        CHECK(run_check(folder, {"c/network-" + std::string(part)}).status == 0);
    CHECK(run_check(folder, {"c"}).status == 0);

    const json object = run_attest({"classify", "regex:(aa|bb)*", "--json"}).object();
    std::size_t networks = 0;
    for (const json& row : object.at("classes")) {
        if (!row.contains("network")) continue;
        ++networks;
        CHECK(row.at("name") == "quasi-aperiodic");
        CHECK(row.at("basis") == "network");
        const json& network = row.at("network");
        CHECK(network.at("verdict") == "verified");
        CHECK(network.at("kind") == "uhat");
        CHECK(network.at("layers") == 2);
        CHECK(network.at("heads") == 1);
        CHECK(network.at("modulus") == 2);
        CHECK(network.at("lengths").at("from") == 0);
        CHECK(network.at("closure").at("states").get<int>() > 1);
        CHECK(network.at("build") == json{"build", "regex:(aa|bb)*", "--kind", "uhat", "--tie", "right"});
    }
    CHECK(networks == 1);
}

TEST_CASE("build makes networks with other masks, and says for which languages", "[cli]") {
    const Folder folder;
    for (const auto& [language, mask] :
         {std::pair{"regex:.*a.*b.*", "strict-future"}, {"regex:(a+b+)+", "causal"}, {"regex:.*a.*", "none"}}) {
        const std::string file = std::string(mask) + ".json";
        const Run run = run_attest(
            folder, {"build", language, "--alphabet", "ab", "--mask", mask, "-o", file, "--certificate", mask});
        CHECK(run.status == 0);
        CHECK(run.has("  proved at every length: closed with "));
        CHECK(run_check(folder, {mask}).status == 0);
        CHECK(run_attest(folder, {"prove", file, "--language", language, "--length", "0..6"}).status == 0);
    }
    const Run none = run_attest(folder, {"build", "regex:(ab)*", "--mask", "none", "-o", "n.json"});
    CHECK(none.status == 3);
    CHECK((none.out + none.err).find("which symbols occur") != std::string::npos);
    CHECK(run_attest(folder, {"build", "regex:a*", "--mask", "none", "--tie", "left", "-o", "n.json"})
              .complains("--tie: expected right with --mask none, found left"));
    CHECK(run_attest(folder, {"build", "regex:a*", "--kind", "foc", "--mask", "none", "-o", "n.foc"})
              .complains("--mask: expected with --kind uhat, found with foc"));
}

TEST_CASE("more than a hundred thousand pairs of states are looked at", "[cli]") {
    const Folder folder;
    CHECK(run_attest(folder, {"build", "nested:16", "--tie", "right", "-o", "n.json"}).status == 0);
    const Run run =
        run_attest(folder, {"prove", "n.json", "--language", "nested:16", "--length", "all", "--method", "exhaustion"});
    CHECK(run.status == 0);
    CHECK(run.has("all 196607 pairs of states"));
}

TEST_CASE("Every length: what is asked otherwise is told in one line", "[cli]") {
    const Folder folder;
    folder.write("empty.pla", "");
    const std::vector<std::string> last{"zoo:last", "--language", "last"};
    const auto prove = [&](const std::vector<std::string>& more) {
        std::vector<std::string> all{"prove"};
        all.insert(all.end(), last.begin(), last.end());
        all.insert(all.end(), more.begin(), more.end());
        return run_attest(folder, all);
    };
    for (const char* length : {"al", "ALL", "2..", ".."})
        CHECK(prove({"--length", length})
                  .complains(
                      "--length: expected N, A..B or a list of these, or all, 0.. or 1.. for all lengths, found '" +
                      std::string(length) + "'"));
    CHECK(prove({"--length", "all", "--solver", "z4"}).complains("--solver: expected one of cadical"));
    CHECK(prove({"--length", "all", "--invariant", "empty.pla"})
              .complains("empty.pla: expected an invariant in PLA form"));
    CHECK(prove({"--length", "all", "--map", "0=0", "--map", "1=1"}).complains("--map: expected once, found 2 times"));
    CHECK(run_attest({"compile", "zoo:last", "--length", "all", "--map", "0=0"})
              .complains("--map: expected with --language, found without --language"));
    CHECK(run_attest({"compile", "zoo:last", "--length", "all", "--form", "compact"}).complains("found 'compact'"));
    CHECK(run_attest({"equal", "zoo:last", "zoo:anbn", "--length", "all"})
              .complains("by itself or by --map, found {a, b}"));
    // Lengths are advised where there are some to give.
    const Run proved = run_attest({"prove", "zoo:last", "--language", "palindrome", "--length", "all"});
    CHECK(proved.status == 3);
    CHECK(proved.has("; give --length a number or a range A..B"));
    const Run found = run_attest({"language", "zoo:anbn"});
    CHECK(found.status == 3);
    CHECK(found.err.find("--length") == std::string::npos);
}
