#include <catch2/catch.hpp>

#include "checker/kernel/proof.hpp"
#include "checker_support.hpp"

using namespace checker_test;

namespace {

Formula formula_of_clauses(Budget& budget, std::size_t variables, const std::vector<std::vector<int>>& clauses) {
    Formula formula(budget);
    formula.variables = variables;
    for (const auto& clause : clauses) formula.add(clause);
    return formula;
}

/// 1 = x, 2 = y: all four clauses over x and y.
const std::vector<std::vector<int>> square = {{1, 2}, {1, -2}, {-1, 2}, {-1, -2}};

std::string lrat(const std::string& proof) {
    Budget budget = ample();
    const Formula formula = formula_of_clauses(budget, 3, square);
    return refusal([&] { check_lrat(formula, proof, "p", budget); });
}

/// x1 + x2 + x3 = 1, x3 + x4 = 0, x1 + x2 + x4 = 0, which sum to 0 = 1, all as clauses.
const std::vector<std::vector<int>> parity = {{1, 2, 3}, {1, -2, -3}, {-1, 2, -3}, {-1, -2, 3}, {3, -4},
                                              {-3, 4},   {-1, 2, 4},  {1, -2, 4},  {1, 2, -4},  {-1, -2, -4}};

std::string xlrup(const std::string& proof) {
    Budget budget = ample();
    const Formula formula = formula_of_clauses(budget, 4, parity);
    return refusal([&] { check_xlrup(formula, proof, "p", budget); });
}

std::string replaced(std::string text, const std::string& from, const std::string& to) {
    REQUIRE(text.find(from) != std::string::npos);
    return text.replace(text.find(from), from.size(), to);
}

bool names(const std::string& refusal, const std::string& place) { return refusal.find(place) != std::string::npos; }

}  // namespace

TEST_CASE("Good LRAT proofs are accepted", "[checker]") {
    CHECK(lrat("5 1 0 1 2 0\n6 0 5 3 4 0\n").empty());
    CHECK(lrat("5 1 0 1 2 0\n5 d 1 2 0\n6 0 5 3 4 0\n").empty());
    CHECK(lrat("5 1 0 1 2 0\n6 0 5 3 4 0\n7 d 5 0\n").empty());
    CHECK(lrat("5 1 0 1 2 0\n5 d 0\n6 0 5 3 4 0\n").empty());
    CHECK(lrat("4611686018427387000 1 0 1 2 0\n4611686018427387001 0 4611686018427387000 3 4 0\n").empty());
    CHECK(lrat("5 1 3 0 1 2 0\n9 1 0 1 2 0\n16 0 9 3 4 0\n").empty());
}

TEST_CASE("LRAT proofs in bytes are accepted as those in text are", "[checker]") {
    using namespace std::string_literals;
    const std::string first = "a\x0a\x02\x00\x02\x04\x00"s, last = "a\x0c\x00\x0a\x06\x08\x00"s;
    CHECK(lrat(first + last).empty());
    CHECK(lrat(first + "d\x02\x04\x00"s + last).empty());
    CHECK(lrat("d\x00"s + first + last + "d\x0a\x00"s).empty());
    CHECK(lrat("a\xac\x02\x02\x00\x02\x04\x00"s + "a\xae\x02\x00\xac\x02\x06\x08\x00"s).empty());  // 150, 151
    CHECK(names(lrat(first + "5 d 1 0\n" + last), "p line 2: \"a\" or \"d\" was expected"));
    const std::string good = first + last;
    for (std::size_t length = 0; length < good.size(); ++length) CHECK(!lrat(good.substr(0, length)).empty());
    for (std::size_t at = 0; at < good.size(); ++at)
        for (int c = 0; c < 256; ++c) {
            std::string changed = good;
            changed[at] = static_cast<char>(c);
            lrat(changed);  // ends, whatever it says
        }
    CHECK(!xlrup(good).empty());
}

TEST_CASE("Each damage to an LRAT proof is refused at its line", "[checker]") {
    const std::string good = "5 1 0 1 2 0\n6 0 5 3 4 0\n";
    CHECK(names(lrat("6 0 5 3 4 0\n"), "p line 1: there is no clause 5"));
    CHECK(names(lrat("5 1 0 1 2 0\n"), "empty clause"));
    CHECK(names(lrat(""), "empty clause"));
    CHECK(names(lrat(replaced(good, "1 2 0\n", "1 3 0\n")), "p line 1: the hint 3 is neither"));
    CHECK(names(lrat(replaced(good, "1 2 0\n", "1 0\n")), "p line 1: the last hint is not falsified"));
    CHECK(names(lrat(replaced(good, "1 2 0\n", "0\n")), "p line 1: the last hint"));
    CHECK(names(lrat(replaced(good, "5 3 4", "3 5 4")), "p line 2: the hint 3 is neither"));
    CHECK(names(lrat(replaced(good, "5 3 4", "5 3 9")), "p line 2: there is no clause 9"));
    CHECK(names(lrat(replaced(good, "5 3 4", "5 3 -4")), "p line 2: there is no clause -4"));
    CHECK(names(lrat(replaced(good, "5 1 0 1", "5 4 0 1")), "p line 1: the literal 4"));
    CHECK(names(lrat(replaced(good, "5 1 0 1", "5 -4 0 1")), "p line 1: the literal -4"));
    CHECK(names(lrat(replaced(good, "5 1 0 1", "5 1 1 0 1")), "p line 1: the variable of 1 occurs twice"));
    CHECK(names(lrat(replaced(good, "5 1 0 1", "5 1 -1 0 1")), "p line 1: the variable of -1 occurs twice"));
    CHECK(names(lrat(replaced(good, "5 1 0 1", "4 1 0 1")), "p line 1: the identifier 4"));
    CHECK(names(lrat(replaced(good, "6 0", "5 0")), "p line 2: the identifier 5"));
    CHECK(names(lrat("5 1 0 1 2 0\n5 d 3 0\n6 0 5 3 4 0\n"), "p line 3: there is no clause 3"));
    CHECK(names(lrat("5 1 0 1 2 0\n5 d 1 1 0\n6 0 5 3 4 0\n"), "p line 2: there is no clause 1"));
    CHECK(names(lrat("5 1 0 1 2 0\n5 d 9 0\n6 0 5 3 4 0\n"), "p line 2: there is no clause 9"));
}

TEST_CASE("LRAT proofs that are not well-formed to the last byte are refused", "[checker]") {
    const std::string good = "5 1 0 1 2 0\n6 0 5 3 4 0\n";
    using namespace std::string_literals;
    for (std::size_t length = 0; length < good.size(); ++length) CHECK(!lrat(good.substr(0, length)).empty());
    for (const std::string& junk : {" "s,
                                    "\n"s,
                                    "c end\n"s,
                                    "x\n"s,
                                    "7\n"s,
                                    "7 0\n"s,
                                    "7 0 1\n"s,
                                    "7 d 1\n"s,
                                    "7 1 0 1 2\n"s,
                                    "\0"s,
                                    "7 d 5 0\r\n"s,
                                    "7 d 5 0 \n"s,
                                    "7  d 5 0\n"s,
                                    " 7 d 5 0\n"s,
                                    "7\td 5 0\n"s,
                                    "7 d 5 0 6\n"s,
                                    "7 d -5 0\n"s,
                                    "07 d 5 0\n"s,
                                    "+7 d 5 0\n"s,
                                    "7 d 5 -0\n"s,
                                    "-7 d 5 0\n"s,
                                    "i x 1 1 0 1 0\n"s,
                                    "99999999999999999999 d 5 0\n"s,
                                    "7 2147483648 0 1 0\n"s,
                                    "7 4294967297 0 1 0\n"s,
                                    "7 dd 5 0\n"s}) {
        INFO(junk);
        CHECK(names(lrat(good + junk), "p line 3"));
    }
    CHECK(!lrat(replaced(good, "\n", "\r\n")).empty());
    CHECK(!lrat("c comment\n" + good).empty());
}

TEST_CASE("Every single-byte change of an LRAT proof is refused or still a proof", "[checker]") {
    // Soundness cannot be seen from outside here, but crashes and endless loops can.
    const std::string good = "5 1 0 1 2 0\n5 d 1 0\n6 0 5 3 4 0\n";
    for (std::size_t at = 0; at < good.size(); ++at)
        for (const char c : std::string("019- \nd")) {
            std::string text = good;
            text[at] = c;
            lrat(text);
        }
}

TEST_CASE("A satisfiable formula has no LRAT proof made of its own hints", "[checker]") {
    Budget budget = ample();
    const Formula formula = formula_of_clauses(budget, 2, {{1, 2}, {1, -2}, {-1, 2}});
    std::size_t accepted = 0;
    std::mt19937 random(7);
    for (int round = 0; round < 20000; ++round) {
        std::string proof;
        for (std::size_t id = 4; id < 7; ++id) {
            proof += std::to_string(id) + " ";
            for (std::size_t k = random() % 2; k > 0; --k)
                proof += std::to_string(static_cast<int>(random() % 5) - 2) + " ";
            proof += "0 ";
            for (std::size_t k = random() % 4; k > 0; --k) proof += std::to_string(1 + random() % (id - 1)) + " ";
            proof += "0\n";
        }
        accepted += refusal([&] { check_lrat(formula, proof, "p", budget); }).empty() ? 1 : 0;
    }
    CHECK(accepted == 0);
}

TEST_CASE("Good XLRUP proofs are accepted", "[checker]") {
    const std::string imports = "i x 1 1 2 3 0 1 2 3 4 0\ni x 2 3 -4 0 5 6 0\ni x 3 1 2 -4 0 7 8 9 10 0\n";
    CHECK(xlrup(imports + "x 4 0 1 2 3 0\n").empty());
    CHECK(xlrup(imports + "x 4 1 2 4 0 1 2 0\nx d 1 2 0\nx 5 0 4 3 0\n").empty());
    CHECK(xlrup(imports + "x 4 1 2 4 0 1 2 0\ni cx 11 1 2 4 0 4 0\nx 5 0 4 3 0\n").empty());
    CHECK(xlrup(imports + "i cx 11 0 1 2 3 0\n").empty());
    CHECK(xlrup(replaced(imports, "1 2 3 0 1 2 3 4 0", "3 2 1 0 4 6 3 2 1 0") + "x 4 0 3 2 1 0\n").empty());
    CHECK(xlrup(replaced(imports, "x 1 1 2 3", "x 1 -1 -2 3") + "x 4 0 3 2 1 0\n").empty());
    // Through clauses: from x1 = x2 = 0 both x3 and not x4 follow, against x3 = x4, and so on for each case.
    CHECK(xlrup("11 1 2 0 1 9 6 0\n12 1 0 11 2 8 5 0\n13 2 0 12 3 7 5 0\n14 0 12 13 4 10 6 0\n").empty());
}

TEST_CASE("Each damage to an XLRUP proof is refused at its line", "[checker]") {
    const std::string imports = "i x 1 1 2 3 0 1 2 3 4 0\ni x 2 3 -4 0 5 6 0\ni x 3 1 2 -4 0 7 8 9 10 0\n";
    const std::string good = imports + "x 4 1 2 4 0 1 2 0\ni cx 11 1 2 4 0 4 0\nx 5 0 4 3 0\n";
    CHECK(xlrup(good).empty());
    const auto damaged = [&](const std::string& from, const std::string& to) {
        return xlrup(replaced(good, from, to));
    };
    CHECK(names(damaged("0 1 2 3 4 0", "0 1 2 3 0"), "p line 1: the clauses do not imply"));
    CHECK(names(damaged("0 1 2 3 4 0", "0 1 2 3 3 0"), "p line 1: the clauses do not imply"));
    CHECK(names(damaged("0 1 2 3 4 0", "0 1 2 3 99 0"), "p line 1: there is no clause 99"));
    CHECK(names(damaged("x 1 1 2 3 0", "x 1 1 2 -3 0"), "p line 1: the clauses do not imply"));
    CHECK(names(damaged("x 1 1 2 3 0", "x 1 1 2 4 0"), "p line 1: the clauses do not imply"));
    CHECK(names(damaged("x 1 1 2 3 0", "x 1 1 2 0"), "p line 1: the clauses do not imply"));
    CHECK(names(damaged("x 1 1 2 3 0", "x 1 1 2 3 3 0"), "p line 1: the variable of 3 occurs twice"));
    CHECK(names(damaged("x 1 1 2 3 0", "x 1 1 2 5 0"), "p line 1: the literal 5"));
    CHECK(names(damaged("x 1 1 2 3 0", "x 1 0"), "p line 1: a parity constraint of 1 to 12"));
    CHECK(names(damaged("i x 2", "i x 1"), "p line 2: the parity constraint 1 exists already"));
    CHECK(names(damaged("i x 2", "i x -2"), "p line 2: an identifier"));
    CHECK(names(damaged("x 4 1 2 4 0 1 2 0", "x 4 1 2 -4 0 1 2 0"), "p line 4: the parity constraint is not the sum"));
    CHECK(names(damaged("x 4 1 2 4 0 1 2 0", "x 4 1 2 4 0 1 2 2 0"), "p line 4: the parity constraint is not the sum"));
    CHECK(names(damaged("x 4 1 2 4 0 1 2 0", "x 4 1 2 4 0 1 9 0"), "p line 4: there is no parity constraint 9"));
    CHECK(names(damaged("i cx 11 1 2 4 0 4 0", "i cx 11 1 2 -4 0 4 0"), "p line 5: the clause does not follow"));
    CHECK(names(damaged("i cx 11 1 2 4 0 4 0", "i cx 11 1 2 0 4 0"), "p line 5: the sum has a variable"));
    CHECK(names(damaged("i cx 11 1 2 4 0 4 0", "i cx 10 1 2 4 0 4 0"), "p line 5: the identifier 10"));
    CHECK(names(damaged("x 5 0 4 3 0", "x 5 0 4 4 0"), "p line 6: the parity constraint is not the sum"));
    CHECK(names(damaged("x 5 0 4 3 0", "x 5 0 0"), "p line 6: the parity constraint is not the sum"));
    CHECK(names(damaged("x 5 0 4 3 0\n", ""), "empty clause"));
    CHECK(names(damaged("x 5 0 4 3 0\n", "x d 4 4 0\n"), "p line 6: there is no parity constraint 4"));
    CHECK(names(damaged("x 5 0 4 3 0\n", "x d 4 0\nx 5 0 4 3 0\n"), "p line 7: there is no parity constraint 4"));
    for (const char* junk : {"i", "i \n", "i y 6 1 0 0\n", "x\n", "x 6 1 0\n", "x d\n", "i cx 12 1 0\n", "i x 6\n",
                             "o x 6 1 0\n", "x  d 4 0\n"})
        CHECK(names(xlrup(good + junk), "p line 7"));
}

TEST_CASE("A satisfiable formula has no XLRUP proof by chance", "[checker]") {
    Budget budget = ample();
    std::vector<std::vector<int>> clauses(parity.begin(), parity.end() - 1);
    const Formula formula = formula_of_clauses(budget, 4, clauses);
    std::mt19937 random(11);
    const std::vector<std::string> lines = {"i x 1 1 2 3 0 1 2 3 4 0\n",
                                            "i x 2 3 -4 0 5 6 0\n",
                                            "i x 3 1 2 -4 0 7 8 9 0\n",
                                            "i x 3 1 2 4 0 7 8 9 0\n",
                                            "x 4 1 2 4 0 1 2 0\n",
                                            "i cx 11 -1 -2 -4 0 4 0\n",
                                            "x 5 0 4 4 0\n",
                                            "x 5 0 4 3 0\n",
                                            "x 5 0 1 2 4 0\n",
                                            "i cx 12 0 1 2 4 0\n"};
    std::size_t accepted = 0;
    for (int round = 0; round < 5000; ++round) {
        std::string proof;
        for (int k = 0; k < 5; ++k) proof += lines[random() % lines.size()];
        accepted += refusal([&] { check_xlrup(formula, proof, "p", budget); }).empty() ? 1 : 0;
    }
    CHECK(accepted == 0);
}

TEST_CASE("A clause with a literal and its complement does not help to import a parity", "[checker]") {
    // 1, 2 and not 3 satisfy all of them; the tautologies have three literals of the right variables and signs.
    Budget budget = ample();
    const Formula formula =
        formula_of_clauses(budget, 3, {{1, 2, 3}, {1, -1, -2}, {1, -1, -3}, {2, -2, -3}, {1}, {2}, {-3}});
    const std::string proof = "i x 1 1 2 3 0 1 2 3 4 0\ni cx 8 -1 -2 3 0 1 0\n9 0 5 6 7 8 0\n";
    CHECK(names(refusal([&] { check_xlrup(formula, proof, "p", budget); }), "p line 1: the clauses do not imply"));
}
