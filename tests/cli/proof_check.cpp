#include <algorithm>
#include <catch2/catch.hpp>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "certificate.hpp"

// attest-proof-check: a formula and a proof, without the certificate round them.

using namespace attest::tests;

namespace {

const std::string square = "p cnf 2 4\n1 2 0\n1 -2 0\n-1 2 0\n-1 -2 0\n", proof = "5 1 0 1 2 0\n6 0 5 3 4 0\n";

Run proof_check(const Folder& folder, const std::vector<std::string>& arguments) {
    Setting setting;
    setting.folder = folder.path();
    return run(ATTEST_PROOF_CHECK_PROGRAM, arguments, setting);
}

/// What is said of a formula and an LRAT proof; the files are written first.
Run judged(const Folder& folder, const std::string& formula, const std::string& lrat,
           std::vector<std::string> options = {}) {
    folder.write("f.cnf", formula);
    folder.write("p.lrat", lrat);
    options.insert(options.end(), {"f.cnf", "p.lrat"});
    return proof_check(folder, options);
}

void verified(const Run& result) {
    INFO(result.out << result.err);
    CHECK(result.status == 0);
    CHECK(result.err.empty());
    CHECK(result.out.starts_with("VERIFIED \""));
    CHECK(result.lines().size() == 1);
}

void rejected(const Run& result, const std::string& text) {
    INFO(result.out << result.err);
    CHECK(result.status == 2);
    CHECK(result.err.empty());
    CHECK(result.out.starts_with("REJECTED \""));
    CHECK(result.lines().size() == 1);
    CHECK(result.has(text));
}

void complained(const Run& result, const std::string& text) {
    INFO(result.out << result.err);
    CHECK(result.status == 2);
    CHECK(result.out.empty());
    CHECK(result.err.starts_with("attest-proof-check: "));
    CHECK(result.err.find('\n') == result.err.size() - 1);
    CHECK(result.err.find(text) != std::string::npos);
}

}  // namespace

TEST_CASE("the formula and proof of a certificate are accepted alone, damaged ones are not", "[cli]") {
    const Folder folder;
    const std::vector<std::pair<std::vector<std::string>, std::string>> kinds = {
        {{"zoo:palindrome", "palindrome", "6"}, "lrat"}, {{"zoo:parity-tree-shuffled-2-4", "parity", "24"}, "xlrup"}};
    folder.write("square.cnf", square);
    for (const auto& [question, format] : kinds) {
        CAPTURE(format);
        const Certificate whole(folder, "c-" + format, question);
        const std::string name = "proof." + format, formula = whole.name() + "/formula.cnf", text = whole.read(name);
        const Run good = proof_check(folder, {formula, whole.name() + "/" + name});
        verified(good);
        const std::string count = std::to_string(std::count(text.begin(), text.end(), '\n'));
        const std::string kind = format == "lrat" ? "LRAT" : "XLRUP";
        CHECK(good.has("\"" + formula + "\" is unsatisfiable (" + kind + " refutation of " + count + " lines) in "));

        const auto with = [&](const std::string& other) {
            folder.write("other." + format, other);
            return proof_check(folder, {formula, "other." + format});
        };
        rejected(with(""), "the proof does not reach the empty clause");
        std::size_t last = text.rfind('\n', text.size() - 2) + 1;
        while (text.find(" d ", last) != std::string::npos) last = text.rfind('\n', last - 2) + 1;
        rejected(with(text.substr(0, last)), "the proof does not reach the empty clause");
        rejected(with(text.substr(0, text.size() - 1)), "the file ends within a line");
        rejected(with(text + "garbage\n"), "a number was expected");
        std::size_t step = 0;  // the first line that is no deletion
        while (text.find(" d ", step) < text.find('\n', step)) step = text.find('\n', step) + 1;
        const std::string without = text.substr(0, step) + text.substr(text.find('\n', step) + 1);
        rejected(with(without), "other." + format + " line ");
        const std::size_t zero = text.find(" 0\n", last), hint = text.rfind(' ', zero - 1) + 1;
        rejected(with(text.substr(0, hint) + "999999999 0\n"), " 999999999");
        rejected(proof_check(folder, {"square.cnf", whole.name() + "/" + name}), name + " line ");
    }
}

TEST_CASE("attest-proof-check reads any well-formed DIMACS formula", "[cli]") {
    const Folder folder;
    verified(judged(folder, square, proof));
    verified(judged(folder, "c of a square\nc\np  cnf\t2 4\r\n1 2\n0 1 -2 0\nc between\n -1 2 0 -1 -2 0", proof));
    verified(judged(folder, "p cnf 2 4\n1 2 1 0\n1 -2 -2 0\n-1 2 2 -1 0\n-1 -2 0\n\n", proof));
    verified(judged(folder, "p cnf 0 1\n0\n", "2 0 1 0\n"));
    CHECK(judged(folder, "p cnf 0 1\n0\n", "2 0 1 0\n").has("LRAT refutation of 1 line)"));
}

TEST_CASE("attest-proof-check refuses what is no formula, by its line", "[cli]") {
    const Folder folder;
    const std::vector<std::pair<std::string, std::string>> bad = {
        {"", "f.cnf line 1: \"p cnf VARIABLES CLAUSES\" was expected"},
        {"garbage\n", "f.cnf line 1: \"p cnf"},
        {std::string("\0\xff\x1b[2J\n", 7), "f.cnf line 1: \"p cnf"},
        {"p dnf 2 4\n", "f.cnf line 1"},
        {"c\np cnf x 4\n", "f.cnf line 2: the number of variables was expected, \"x\" was found"},
        {"p cnf 2 \x1b[2J\n", "the number of clauses was expected, \"\\x1b[2J\" was found"},
        {"p cnf 2147483648 0\n", "the number of variables"},
        {"p cnf 99999999999999999999 0\n", "the number of variables"},
        {"p cnf 2 99999999999999999999\n", "the number of clauses"},
        {"p cnf -2 4\n", "the number of variables"},
        {"p cnf 2147483647 0\n", "limits: "},
        {"p cnf 2 4611686018427387904\n1 2 0\n",
         "f.cnf line 3: a literal or the 0 that ends a clause was expected, the file ends"},
        {"p cnf 2 5\n1 2 0\n1 -2 0\n-1 2 0\n-1 -2 0\n", "f.cnf line 6"},
        {"p cnf 2 3\n1 2 0\n1 -2 0\n-1 2 0\n-1 -2 0\n", "f.cnf line 5: the end was expected after 3 clauses"},
        {"p cnf 2 4\n1 2 0\n1 -3 0\n-1 2 0\n-1 -2 0\n", "f.cnf line 3"},
        {"p cnf 2 4\n1 2 0\n1 -2147483648 0\n-1 2 0\n-1 -2 0\n", "f.cnf line 3"},
        {"p cnf 2 4\n1 2 0\n1 -2x 0\n-1 2 0\n-1 -2 0\n", "\"-2x\" was found"},
        {"p cnf 2 4\n1 2 0\n1 +2 0\n-1 2 0\n-1 -2 0\n", "\"+2\" was found"},
        {"p cnf 2 1\n1 2", "the file ends"}};
    for (const auto& [formula, reason] : bad) {
        CAPTURE(formula);
        rejected(judged(folder, formula, proof), reason);
    }
}

TEST_CASE("attest-proof-check accepts no proof of a formula that has a solution", "[cli]") {
    const Folder folder;
    rejected(judged(folder, "p cnf 2 4\n1 2 0\n1 -2 0\n-1 2 0\n-1 2 0\n", proof), "p.lrat line 2");
    rejected(judged(folder, square, "5 1 0 1 3 0\n6 0 5 3 4 0\n"), "p.lrat line 1");
    // Three literals of the right variables and signs, but tautologies: 1, 2 and not 3 satisfy all clauses.
    folder.write("t.cnf", "p cnf 3 7\n1 2 3 0\n1 -1 -2 0\n1 -1 -3 0\n2 -2 -3 0\n1 0\n2 0\n-3 0\n");
    folder.write("t.xlrup", "i x 1 1 2 3 0 1 2 3 4 0\ni cx 8 -1 -2 3 0 1 0\n9 0 5 6 7 8 0\n");
    rejected(proof_check(folder, {"t.cnf", "t.xlrup"}),
             "t.xlrup line 1: the clauses do not imply the parity constraint");
}

namespace {

// x1 by resolution and division, then x3, of which the equation allows one.
const std::string planes =
    "* #variable= 4 #constraint= 4\n1 x1 1 x2 >= 1 ;\n1 x1 1 ~x2 >= 1 ;\n1 ~x1 1 x3 >= 1 ;\n1 x1 1 x3 = 1 ;\n";
const std::string cuts =
    "pseudo-Boolean proof version 2.0\nf 5\nrup 1 x3 >= 1 ;\npol 1 2 +\npol 7 2 d\ndel id 1 2\npol 5 6 + 8 +\n"
    "output NONE\nconclusion UNSAT : 9\nend pseudo-Boolean proof\n";

/// What is said of inequalities and a proof by cutting planes; the files are written first.
Run cut(const Folder& folder, const std::string& formula, const std::string& pbp) {
    folder.write("f.opb", formula);
    folder.write("p.pbp", pbp);
    return proof_check(folder, {"f.opb", "p.pbp"});
}

/// Needs  `from` stands in the text once
std::string changed(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    REQUIRE(text.find(from) == text.rfind(from));
    return text.replace(text.find(from), from.size(), to);
}

}  // namespace

TEST_CASE("attest-proof-check takes cutting planes of any well-formed OPB formula", "[cli]") {
    const Folder folder;
    const Run good = cut(folder, planes, cuts);
    verified(good);
    CHECK(good.has("\"f.opb\" is unsatisfiable (cutting-planes refutation of 5 rules) in "));
    verified(
        cut(folder,
            "* #variable= 4 #constraint= 4 #equal= 1 intsize= 4\r\n* of others\n+1 x1\t+1 x2 >=\n1;-1 x2 1 x1 >= 0;\n"
            "* between\n1 x3 -1 x1 >= +0;3 x1 1 x3 -2 x1 = 1;",
            cuts));
    verified(
        cut(folder, "* #variable= 0 #constraint= 1\n>= 1 ;\n",
            "pseudo-Boolean proof version 2.0\nf 1\noutput NONE\nconclusion UNSAT : 1\nend pseudo-Boolean proof\n"));
    folder.write("g.opb", planes);
    folder.write("proof", cuts);
    verified(proof_check(folder, {"g.opb", "proof", "--format", "pbp"}));

    const Certificate whole(folder, "planes", {"zoo:average-parity", "parity", "6", "--method", "cutting-planes"});
    verified(proof_check(folder, {"planes/formula.opb", "planes/proof.pbp"}));
    rejected(proof_check(folder, {"f.opb", "planes/proof.pbp"}), "planes/proof.pbp line 2: \"f 1\" was expected");
}

TEST_CASE("attest-proof-check accepts no cutting planes that do not follow", "[cli]") {
    const Folder folder;
    const std::vector<std::tuple<std::string, std::string, std::string>> forged = {
        {"rup 1 x3 >= 1 ;", "rup 1 x4 >= 1 ;", "p.pbp line 3: the inequality does not follow"},
        {"rup 1 x3 >= 1 ;", "rup 1 x3 1 ~x4 >= 2 ;", "p.pbp line 3: the inequality does not follow"},
        {"rup 1 x3 >= 1 ;", "rup 1 x5 >= 1 ;", "p.pbp line 3: a variable was expected, \"x5\" was found"},
        {"pol 7 2 d", "pol 8 2 d", "p.pbp line 5: there is no inequality \"8\""},
        {"pol 7 2 d", "pol 7 0 d", "p.pbp line 5: a number above 0 was expected"},
        {"pol 7 2 d", "pol 7 1 d", "p.pbp line 9: the inequality can be satisfied"},
        {"pol 1 2 +", "pol 1 0 +", "p.pbp line 4: there is no inequality \"0\""},
        {"pol 5 6 + 8 +", "pol 1 6 + 8 +", "p.pbp line 7: there is no inequality \"1\""},
        {"del id 1 2", "del id 1 1", "p.pbp line 6: there is no inequality \"1\""},
        {"UNSAT : 9", "UNSAT : 8", "p.pbp line 9: the inequality can be satisfied"},
        {"UNSAT : 9", "UNSAT : 2", "p.pbp line 9: there is no inequality \"2\""},
        {"conclusion UNSAT : 9\n", "conclusion NONE\n", "p.pbp line 9"},
        {"output NONE\nconclusion UNSAT : 9\nend pseudo-Boolean proof\n", "", "p.pbp line 8"},
        {"f 5", "f 4", "p.pbp line 2: \"f 5\" was expected"}};
    for (const auto& [from, to, reason] : forged) {
        CAPTURE(to);
        rejected(cut(folder, planes, changed(cuts, from, to)), reason);
    }
    rejected(cut(folder, changed(planes, "1 x1 1 x3 = 1", "1 x1 1 x3 >= 1"), changed(cuts, "f 5", "f 4")),
             "p.pbp line 5: there is no inequality \"7\"");
    rejected(cut(folder, changed(planes, "1 x1 1 ~x2 >= 1", "1 x1 1 ~x2 >= 0"), cuts),
             "p.pbp line 5: what always holds is divided");
}

TEST_CASE("attest-proof-check refuses what is no OPB formula, by its line", "[cli]") {
    const Folder folder;
    const std::string header = "* #variable= 3 #constraint= 1\n",
                      first = "f.opb line 1: \"* #variable= V #constraint= C\"";
    const std::vector<std::pair<std::string, std::string>> bad = {
        {"", first},
        {square, first},
        {"* #variable= x #constraint= 1\n", first},
        {"* #variable= 2147483648 #constraint= 1\n", first},
        {"* #variable= 1 #constraint= 99999999999999999999\n", first},
        {"* #variable=\n3 #constraint= 1\n", first},
        {header, "f.opb line 2: a weight, \">=\" or \"=\" was expected, the file ends"},
        {header + "min: 1 x1 ;\n1 x1 >= 1 ;\n",
         "f.opb line 2: a weight, \">=\" or \"=\" was expected, \"min:\" was found"},
        {header + "1 x1 x2 >= 1 ;\n", "\"x2\" was found"},
        {header + "1 x1 <= 1 ;\n", "\"<=\" was found"},
        {header + "x1 >= 1 ;\n", "\"x1\" was found"},
        {header + "1 x4 >= 1 ;\n", "f.opb line 2: a variable, x1 to x3 was expected, \"x4\" was found"},
        {header + "1 x02 >= 1 ;\n", "f.opb line 2: a variable, x1 to x3 was expected, \"x02\" was found"},
        {header + "1 x0 >= 1 ;\n", "\"x0\" was found"},
        {header + "1 ~~x1 >= 1 ;\n", "\"~~x1\" was found"},
        {header + "1 x1 >= ;\n", "f.opb line 2: a number was expected, \";\" was found"},
        {header + "1 x1 >= 1.5 ;\n", "\"1.5\" was found"},
        {header + "1 x1 >= --1 ;\n", "\"--1\" was found"},
        {header + "1 x1 >= 1\n", "f.opb line 3: \";\" was expected, the file ends"},
        {header + "1 x1 >= 1 ;\n1 x2 >= 1 ;\n", "f.opb line 3: the end was expected after 1 constraints"},
        {"* #variable= 3 #constraint= 2\n1 x1 >= 1 ;\n", "f.opb line 3: a weight"},
        {header + "1 x1 >= \x1b[2J ;\n", "\"\\x1b[2J\" was found"}};
    for (const auto& [formula, reason] : bad) {
        CAPTURE(formula);
        rejected(cut(folder, formula, cuts), reason);
    }
}

TEST_CASE("attest-proof-check says which format and which files it wants", "[cli]") {
    const Folder folder;
    folder.write("f.cnf", square);
    folder.write("proof", proof);
    folder.write("p.lrat", proof);
    complained(proof_check(folder, {}), "a formula and a proof were expected");
    complained(proof_check(folder, {"f.cnf"}), "a formula and a proof were expected");
    complained(proof_check(folder, {"f.cnf", "p.lrat", "p.lrat"}), "a formula and a proof were expected");
    complained(proof_check(folder, {"f.cnf", "proof"}), "--format is needed");
    complained(proof_check(folder, {"f.cnf", "proof", "--format", "drat"}), "--format needs lrat, xlrup or pbp");
    complained(proof_check(folder, {"f.cnf", "proof", "--format"}), "--format needs lrat, xlrup or pbp");
    complained(proof_check(folder, {"f.cnf", "p.lrat", "--bogus\n"}), "unknown option --bogus\\x0a");
    complained(proof_check(folder, {"f.cnf", "missing.lrat"}), "missing.lrat: No such file or directory");
    complained(proof_check(folder, {"missing\x1b.cnf", "p.lrat"}), "missing\\x1b.cnf: No such file or directory");
    complained(proof_check(folder, {".", "p.lrat"}), "not a regular file");
    complained(proof_check(folder, {"f.cnf", "p.lrat", "--max-steps", "99999999999999999999"}),
               "--max-steps needs a number");
    complained(proof_check(folder, {"f.cnf", "p.lrat", "--timeout", "-1"}), "--timeout needs a number of seconds");
    verified(proof_check(folder, {"f.cnf", "proof", "--format", "lrat"}));
    CHECK(proof_check(folder, {"f.cnf", "p.lrat", "--format", "xlrup"}).has("(XLRUP refutation of 2 lines)"));
}

TEST_CASE("attest-proof-check has limits, a version and help", "[cli]") {
    const Folder folder;
    rejected(judged(folder, square, proof, {"--max-steps", "10"}), "limits: checking takes more than the 10 steps");
    rejected(judged(folder, square, proof, {"--max-memory", "10"}), "limits: checking takes more than the 10 bytes");
    const Run late = judged(folder, square, proof, {"--timeout", "0"});
    CHECK(late.status == 3);
    CHECK(late.out.starts_with("UNDECIDED \"f.cnf\": the time is up after "));
    verified(judged(folder, square, proof, {"--timeout", "100"}));
    const Run version = proof_check(folder, {"--version"});
    CHECK(version.status == 0);
    CHECK(version.out.starts_with("attest-proof-check "));
    CHECK(proof_check(folder, {"--help"}).has("usage: attest-proof-check "));
}

TEST_CASE("a reader of attest-proof-check that has enough is no error, a full disk is", "[cli]") {
    const Folder folder;
    const std::string gone = R"(exec 3> >(exec true); wait $!; "$0" "$@" >&3)";
    CHECK(run("/bin/bash", {"-c", gone, ATTEST_PROOF_CHECK_PROGRAM, "--help"}).status == 0);
    Setting full;
    full.out = "/dev/full";
    CHECK(run(ATTEST_PROOF_CHECK_PROGRAM, {"--help"}, full).status == 4);
}
