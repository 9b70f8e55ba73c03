#include "forgery.hpp"

// Section 7: the formula is byte for byte what follows from the circuit.

namespace forgeries {
namespace {

Edit cnf(const std::string& from, const std::string& to) { return in("formula.cnf", from, to); }

constexpr const char* lines =
    "Clauses, one a line, literals separated by one space, ended by ` 0` and a newline; first line `p cnf V "
    "C`, no comments";
constexpr const char* gate = "AND of l₁ … l_k: `−g l_i` for i = 1 … k, then `g −l₁ … −l_k`";
constexpr const char* parity = "XOR of a, b: `−g a b`, `−g −a −b`, `g −a b`, `g a −b`";
constexpr const char* symbols =
    "For m ≥ 3, for each position i: `x_{i,0} x_{i,1} … `, then `−x_{i,a} −x_{i,a′}` for a < a′ in "
    "lexicographic order";
constexpr const char* root = "The root literals in order, without ⊥ and without repeats, as one clause";
constexpr const char* none =
    "If there is none left: two clauses `z` and `−z` with z = V, a fresh variable V = number of nodes but "
    "the constant, plus one";
constexpr const char* counts =
    "V is the number of inputs and gates (plus one in the case just named), C the number of clauses";

constexpr const char* satisfiable =
    "If ⊤ or a complementary pair is among the roots the clause is left out (the formula is then satisfiable "
    "and no "
    "certificate of this kind exists)";

/// A model that rejects every word, and says of itself that each symbol matters: circuit and formula are what
/// they must be.
Edit always_silent(const std::string& proof) {
    return both(both(in("model.json", "\"-1/2\"", "\"-3/2\""), in("circuit.json", "[0, 0]", "[1, 1]")),
                both(put("formula.cnf", "p cnf 2 0\n"), put("proof.lrat", proof)));
}

}  // namespace

Section formulas() {
    return {
        "7",
        {{lines, "ends", cnf("p cnf", "c honest\np cnf"), "translation", "formula.cnf line 1"},
         {lines, "ends", cnf("p cnf 7", "p  cnf 7"), "translation", "formula.cnf line 1"},
         {lines, "ends", cnf("-3 -1 0\n", "-3 -1 0\r\n"), "translation", "formula.cnf line 2"},
         {lines, "ends", cnf("-3 -1 0\n", "-3 -1 0 \n"), "translation", "formula.cnf line 2"},
         {lines, "ends", cnf("-3 -1 0\n", "-3  -1 0\n"), "translation", "formula.cnf line 2"},
         {lines, "ends", cnf("-3 -1 0\n", "-3\t-1 0\n"), "translation", "formula.cnf line 2"},
         {lines, "ends", cnf("-3 -1 0\n", "-3 -1\n"), "translation", "formula.cnf line 2"},
         {lines, "ends", cnf("-3 -1 0\n", "-3 -1 0 "), "translation", "formula.cnf line 2"},
         {lines, "ends", cnf("-3 -1 0\n", "-03 -1 0\n"), "translation", "formula.cnf line 2"},
         {lines, "ends", cnf("3 1 2 0\n", "3 +1 2 0\n"), "translation", "formula.cnf line 4"},
         {lines, "ends", cnf("\n7 0\n", "\n7 0"), "translation", "formula.cnf line 19"},
         {lines, "ends", cnf("\n7 0\n", "\n7 0\n\n"), "translation", "formula.cnf line 20: the end was expected"},
         {lines, "ends", cnf("\n7 0\n", "\n7 0\nc end\n"), "translation", "formula.cnf line 20: the end was expected"},
         {lines, "ends", put("formula.cnf", ""), "translation", "formula.cnf line 1"},
         {gate, "ends", cnf("-3 -1 0\n-3 -2 0\n", "-3 -2 0\n-3 -1 0\n"), "translation", "formula.cnf line 2"},
         {gate, "ends", cnf("-3 -1 0\n", "-1 -3 0\n"), "translation", "formula.cnf line 2"},
         {gate, "ends", cnf("3 1 2 0\n", "3 2 1 0\n"), "translation", "formula.cnf line 4"},
         {gate, "ends", cnf("3 1 2 0\n", "3 1 0\n"), "translation", "formula.cnf line 4"},
         {gate, "ends", cnf("-3 -1 0\n", "-3 1 0\n"), "translation", "formula.cnf line 2"},
         {gate, "ends", cnf("-3 -1 0\n-3 -2 0\n3 1 2 0\n", ""), "translation", "formula.cnf line 2"},
         {parity, "ends", cnf("-6 1 2 0\n-6 -1 -2 0\n", "-6 -1 -2 0\n-6 1 2 0\n"), "translation",
          "formula.cnf line 11"},
         {parity, "ends", cnf("6 1 -2 0\n", "6 1 2 0\n"), "translation", "formula.cnf line 14"},
         {parity, "ends", cnf("6 1 -2 0\n", ""), "translation", "formula.cnf line 14"},
         {parity, "ends", cnf("6 1 -2 0\n", "1 0\n"), "translation", "formula.cnf line 14"},
         {symbols, "three symbols", cnf("1 2 3 0\n", ""), "translation", "formula.cnf line 21"},
         {symbols, "three symbols", cnf("1 2 3 0\n", "1 2 0\n"), "translation", "formula.cnf line 21"},
         {symbols, "three symbols", cnf("-1 -2 0\n-1 -3 0\n", "-1 -3 0\n-1 -2 0\n"), "translation",
          "formula.cnf line 22"},
         {symbols, "three symbols", cnf("-5 -6 0\n", ""), "translation", "formula.cnf line 28"},
         {symbols, "three symbols", cnf("-5 -6 0\n", "-5 0\n"), "translation", "formula.cnf line 28"},
         {symbols, "ends", cnf("-7 5 6 0\n", "-1 -2 0\n-7 5 6 0\n"), "translation", "formula.cnf line 15"},
         {root, "ends", cnf("\n7 0\n", "\n-7 0\n"), "translation", "formula.cnf line 19"},
         {root, "ends", cnf("\n7 0\n", "\n"), "translation", "formula.cnf line 19"},
         {root, "ends", cnf("\n7 0\n", "\n7 7 0\n"), "translation", "formula.cnf line 19"},
         {root, "ends", cnf("\n7 0\n", "\n0\n"), "translation", "formula.cnf line 19"},
         {root, "with a drop", cnf("\n30 7 0\n", "\n30 0\n"), "translation", "formula.cnf line 99"},
         {root, "with a drop", cnf("\n30 7 0\n", "\n7 30 0\n"), "translation", "formula.cnf line 99"},
         {root, "with a drop", cnf("\n30 7 0\n", "\n30 0\n7 0\n"), "translation", "formula.cnf line 99"},
         {none, "restriction refuted", cnf("4 0\n-4 0\n", "4 0\n"), "translation", "formula.cnf line 3"},
         {none, "restriction refuted", cnf("4 0\n-4 0\n", "-4 0\n4 0\n"), "translation", "formula.cnf line 2"},
         {none, "restriction refuted", cnf("p cnf 4 2\n4 0\n-4 0\n", "p cnf 3 2\n3 0\n-3 0\n"), "translation",
          "formula.cnf line 1"},
         {none, "restriction refuted", cnf("p cnf 4 2\n4 0\n-4 0\n", "p cnf 4 1\n0\n"), "translation",
          "formula.cnf line 1"},
         {satisfiable, "sensitive refuted", always_silent("1 0 0\n"), "refutation",
          "proof.lrat line 1: the last hint is not falsified"},
         {satisfiable, "sensitive refuted", always_silent("1 0 1 0\n"), "refutation",
          "proof.lrat line 1: there is no clause 1"},
         {satisfiable, "sensitive refuted", always_silent(""), "refutation",
          "proof.lrat: the proof does not reach the empty clause"},
         {counts, "ends", cnf("p cnf 7 18", "p cnf 8 18"), "translation", "formula.cnf line 1"},
         {counts, "ends", cnf("p cnf 7 18", "p cnf 7 17"), "translation", "formula.cnf line 1"},
         {counts, "ends", both(cnf("p cnf 7 18", "p cnf 7 19"), cnf("\n7 0\n", "\n7 0\n-7 0\n")), "translation",
          "formula.cnf line 1"}}};
}

}  // namespace forgeries
