#include <algorithm>
#include <catch2/catch.hpp>

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

TEST_CASE("attest-proof-check says which format and which files it wants", "[cli]") {
    const Folder folder;
    folder.write("f.cnf", square);
    folder.write("proof", proof);
    folder.write("p.lrat", proof);
    complained(proof_check(folder, {}), "a formula and a proof were expected");
    complained(proof_check(folder, {"f.cnf"}), "a formula and a proof were expected");
    complained(proof_check(folder, {"f.cnf", "p.lrat", "p.lrat"}), "a formula and a proof were expected");
    complained(proof_check(folder, {"f.cnf", "proof"}), "--format is needed");
    complained(proof_check(folder, {"f.cnf", "proof", "--format", "drat"}), "--format needs lrat or xlrup");
    complained(proof_check(folder, {"f.cnf", "proof", "--format"}), "--format needs lrat or xlrup");
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
