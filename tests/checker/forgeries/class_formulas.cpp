#include "forgery.hpp"
#include "originals.hpp"

// Sections 9.1 to 9.5: the formula of a class, its breaks and its cuts.

namespace forgeries {
namespace {

Edit cnf(const std::string& from, const std::string& to) { return in("formula.cnf", from, to); }
Edit breaks(const std::string& from, const std::string& to) {
    return in("evidence", "\"breaks\": " + from, "\"breaks\": " + to);
}
Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }

constexpr const char* in_order =
    "All variables of this section (9) are numbered 1, 2, … in the order in which they are first asked for "
    "by the text, literal for literal, clause for clause";
constexpr const char* selection = "Otherwise new variables sel(h, c) for c in C in order; the clause of all of them";
constexpr const char* accepting =
    "l = L: `G acc` if x is in the language, else `G −acc`, acc being the variable of the tuple";
constexpr const char* listed = "the named breaks that the evidence lists (in this order, none twice)";
constexpr const char* activations = "`activations` (bounded, L ≥ 2)";
constexpr const char* heads = "`heads` (H ≥ 2, `key_dimension: null`, positions visible)";
constexpr const char* permutations =
    "`permutations` (`mask: \"none\"`, `key_dimension: null`, an alphabet of two symbols, called 0 and 1 "
    "here, N ≥ 1, and "
    "for any two word positions j, k other than r the language at length N is kept by their exchange)";
constexpr const char* complements =
    "`complements` (needs `permutations` and, for each j in P, that the language is kept by the complement "
    "of symbol j)";
constexpr const char* signs = "`signs` (key dimension 1)";
constexpr const char* numbers =
    "`numbers` (key dimension 1, an alphabet of two symbols, called 0 and 1 here, N ≥ 1, and for each word "
    "position j "
    "other than r the language at length N is kept by the complement of symbol j)";
constexpr const char* cuts = "clauses of k ≥ 2 literals, each of which is the complement of a cycle";
constexpr const char* one_strict =
    "says above(a_t, a_{t+1}) or (weak orders) atleast(a_t, a_{t+1}), at least one of them above";
constexpr const char* first_line =
    "V of the first line of `formula.cnf` is the number of variables of 9.3 and 9.4, C the number of all "
    "clauses";

std::vector<Forgery> base() {
    return {
        {selection, "refuted class", cnf("\n1 2 0\n", "\n2 1 0\n"), "translation", "formula.cnf line 2"},
        {selection, "refuted class", cnf("\n1 2 0\n", "\n1 0\n"), "translation", "formula.cnf line 2"},
        {selection, "refuted class", cnf("\n1 2 0\n", "\n1 2 1 0\n"), "translation", "formula.cnf line 2"},
        {"strict order: `P above(c, c′)`", "refuted class", cnf("-1 3 0\n", "-1 -3 0\n"), "translation",
         "formula.cnf line 3"},
        {"the pair that is asked for first has the variable, the other the complement", "refuted class",
         cnf("-2 -3 0\n", "-2 17 0\n"), "translation", "formula.cnf line 4"},
        {accepting, "refuted class", cnf("-1 -4 0\n", "-1 4 0\n"), "translation", "formula.cnf line 5"},
        {accepting, "refuted class", cnf("-1 -4 0\n", ""), "translation", "formula.cnf line"},
        {in_order, "refuted class", cnf("-6 8 0\n-7 -8 0\n", "-6 9 0\n-7 -9 0\n"), "translation", "formula.cnf line 8"},
        {"a clause is written as soon as its literals are known", "refuted class",
         cnf("-6 8 0\n-7 -8 0\n", "-7 -8 0\n-6 8 0\n"), "translation", "formula.cnf line 8"},
        {"above(a, b) and above(b, a) are two variables, made together in this order, and the clause "
         "`−above(a, b) −above(b, a)` is written when they are made",
         "refuted keys", cnf("-6 -7 0\n", "-6 7 0\n"), "translation", "formula.cnf line 4"},
        {"made together in this order when first asked for, with the clause `−most −least`", "refuted keys",
         cnf("-4 -5 0\n", ""), "translation", "formula.cnf"},
        {"`−own −sel(h, c) most least`", "refuted keys", cnf("-2 4 5 0\n", "-2 4 0\n"), "translation",
         "formula.cnf line"},
        {"without positions: w = w′: if j > j′ the clause `P`, else nothing", "refuted without positions",
         line("formula.cnf", 1, [](const std::string& text) { return "1 " + text; }), "translation",
         "formula.cnf line 2"},
        {"a formula of 9.3 to 9.5", "refuted class", put("formula.cnf", "p cnf 1 2\n1 0\n-1 0\n"), "translation",
         "formula.cnf"},
        {"a formula of 9.3 to 9.5", "refuted class", put("formula.cnf", ""), "translation", "formula.cnf"},
        {"a formula of 9.3 to 9.5", "refuted class", claim("\"parity\"", "\"even\""), "translation",
         "formula.cnf line"},
        {"a formula of 9.3 to 9.5", "refuted class", claim("\"parity\"", "\"majority\""), "translation",
         "formula.cnf line"},
        {"a formula of 9.3 to 9.5", "refuted class", claim("\"heads\": 1", "\"heads\": 2"), "translation",
         "formula.cnf"},
        {"a formula of 9.3 to 9.5", "refuted class", claim("\"layers\": 1", "\"layers\": 2"), "translation",
         "formula.cnf"},
        {"a formula of 9.3 to 9.5", "refuted class", claim("\"length\": 2", "\"length\": 3"), "translation",
         "formula.cnf"},
        {"a formula of 9.3 to 9.5", "refuted class", claim("\"length\": 2", "\"length\": 1"), "translation",
         "formula.cnf line"},
        {"a formula of 9.3 to 9.5", "refuted class", claim("\"read\": \"end\"", "\"read\": \"last\""), "translation",
         "formula.cnf line"},
        {"a formula of 9.3 to 9.5", "refuted class", claim("\"key_dimension\": null", "\"key_dimension\": 1"),
         "translation", "formula.cnf"},
        {"a refutation of it by section 8", "refuted class", in("proof.lrat", "25 0 23 24 0\n", ""), "refutation",
         "proof.lrat: the proof does not reach the empty clause"},
        {"a refutation of it by section 8", "refuted class", in("proof.lrat", "23 -1 0 2", "23 -2 0 2"), "refutation",
         "proof.lrat line 1"},
        {"without positions: on all words of the lengths 0 … N at once", "refuted without positions",
         claim("\"length\": 2", "\"length\": 1"), "translation", "formula.cnf"},
    };
}

std::vector<Forgery> bounded() {
    const char* const o = "refuted two activations";
    constexpr const char* literal =
        "for A = 2 one new variable b, value 0 has the literal ¬b and value 1 the literal b";
    constexpr const char* function = "bounded: A = 2: `G −act b`, `G act −b`, act being the variable of (l, i, tuple)";
    return {
        {literal, o, cnf("-2 1 0\n2 -1 0\n", "-2 -1 0\n2 1 0\n"), "translation", "formula.cnf line 2"},
        {function, o, cnf("-2 1 0\n2 -1 0\n", "2 -1 0\n-2 1 0\n"), "translation", "formula.cnf line 2"},
        {function, o, cnf("-14 6 -16 0\n", "6 -16 0\n"), "translation", "formula.cnf line"},
        {"Without positions tuples are (o, w₁, …, w_k) of the values alone, and act belongs to (l, tuple)", o,
         cnf("-4 11 0\n", "-12 11 0\n"), "translation", "formula.cnf line 12"},
        {"if j > j′ the clause `P`, else nothing", o, cnf("\n-15 0\n", "\n15 0\n"), "translation", "formula.cnf line"},
        {"if j > j′ the clause `P`, else nothing", o, cnf("\n-15 0\n", "\n-15 0\n-14 0\n"), "translation",
         "formula.cnf line"},
        {"w ≠ w′: `P atleast(w, w′)` if j < j′, `P above(w, w′)` if j > j′", o, cnf("-21 22 0\n", "-21 -23 0\n"),
         "translation", "formula.cnf line"},
        {"w ≠ w′: `P atleast(w, w′)` if j < j′, `P above(w, w′)` if j > j′", o, cnf("-20 -22 0\n", "-20 23 0\n"),
         "translation", "formula.cnf line"},
        {"and the clause `−above(a, b) −above(b, a)` is written when they are made", o,
         cnf("-22 -23 0\n", "-23 -22 0\n"), "translation", "formula.cnf line"},
        {"Without positions, i is not named: for each l, the first A−1 pairs (word, position)", o,
         line("formula.cnf", -1, [](const std::string&) { return "-3 0\n"; }), "translation", "formula.cnf line 791"},
        {"for a = t+1 … A−1 the unit clause `−val_a` of V(l, i, word t)", o,
         line("formula.cnf", -1, [](const std::string&) { return "1 0\n"; }), "translation", "formula.cnf line 791"},
        {"for a = t+1 … A−1 the unit clause `−val_a` of V(l, i, word t)", o, breaks("[\"activations\"]", "[]"),
         "translation", "formula.cnf line 791: a cut has at least two literals"},
        {"without positions: on all words of the lengths 0 … N at once", o, claim("\"length\": 3", "\"length\": 2"),
         "translation", "formula.cnf"},
        {"after each layer but the last a value is one of 0 … A−1", o,
         claim("\"activations\": 2", "\"activations\": 3"), "translation", "formula.cnf"},
    };
}

std::vector<Forgery> symmetries() {
    return {
        {listed, "refuted class with breaks",
         breaks(R"(["permutations", "complements"])", R"(["complements", "permutations"])"), "translation",
         "evidence.breaks: \"permutations\" is unknown, or out of order"},
        {listed, "refuted class with breaks", breaks(R"(["permutations")", R"(["permutations", "permutations")"),
         "translation", "evidence.breaks: \"permutations\" is unknown, or out of order"},
        {listed, "refuted class", breaks("[]", "[\"mirrors\"]"), "translation",
         "evidence.breaks: \"mirrors\" is unknown"},
        {listed, "refuted class", breaks("[]", "[\"\"]"), "translation", "evidence.breaks: \"\" is unknown"},
        {listed, "refuted class with breaks", breaks(R"(["permutations", "complements"])", "[]"), "translation",
         "formula.cnf"},
        {listed, "refuted class", breaks("[]", "[\"permutations\"]"), "translation", "formula.cnf"},
        {listed, "refuted class with permutations", cnf("-17 12 0\n", ""), "translation", "formula.cnf"},
        {listed, "refuted class with permutations", cnf("-17 12 0\n", "-17 -12 0\n"), "translation",
         "formula.cnf line 22"},
        {activations, "refuted class", breaks("[]", "[\"activations\"]"), "translation",
         "activations needs bounded activations and two layers"},
        {activations, "refuted class",
         both(claim("\"activations\": null", "\"activations\": 2"), breaks("[]", "[\"activations\"]")), "translation",
         "activations needs bounded activations and two layers"},
        {activations, "refuted class", both(claim("\"layers\": 1", "\"layers\": 2"), breaks("[]", "[\"activations\"]")),
         "translation", "activations needs bounded activations and two layers"},
        {heads, "refuted class", breaks("[]", "[\"heads\"]"), "translation",
         "heads needs two heads, positions and any keys"},
        {heads, "refuted keys",
         both(claim("\"heads\": 1", "\"heads\": 2"), breaks("[\"signs\"", "[\"heads\", \"signs\"")), "translation",
         "heads needs two heads, positions and any keys"},
        {heads, "refuted without positions", both(claim("\"heads\": 1", "\"heads\": 2"), breaks("[]", "[\"heads\"]")),
         "translation", "heads needs two heads, positions and any keys"},
        {permutations, "refuted class with permutations", claim("\"mask\": \"none\"", "\"mask\": \"strict\""),
         "translation", "permutations needs no mask"},
        {permutations, "refuted keys", breaks("[\"signs\"", "[\"permutations\", \"signs\""), "translation",
         "permutations needs no mask, any keys"},
        {permutations, "refuted without positions", breaks("[]", "[\"permutations\"]"), "translation",
         "permutations needs no mask"},
        {permutations, "refuted class with permutations", claim("\"parity\"", "\"dyck:2\""), "translation",
         "permutations needs no mask, any keys, two symbols"},
        {permutations, "refuted class with permutations", claim("\"length\": 2", "\"length\": 0"), "translation",
         "permutations needs no mask, any keys, two symbols and a word"},
        {permutations, "refuted class with permutations", claim("\"parity\"", "\"first\""), "translation",
         "permutations needs a language that no exchange of positions changes"},
        {permutations, "refuted class with permutations", claim("\"parity\"", "\"table:4\""), "translation",
         "permutations needs a language that no exchange of positions changes"},
        {permutations, "refuted class with permutations",
         both(claim("\"parity\"", "\"table:52\""), claim("\"length\": 2", "\"length\": 3")), "translation",
         "permutations needs a language that no exchange of positions changes"},
        {complements, "refuted class with breaks", breaks(R"(["permutations", )", "["), "translation",
         "complements needs permutations"},
        {complements, "refuted class with breaks", claim("\"parity\"", "\"majority\""), "translation",
         "complements needs a language that no complement of a symbol changes"},
        {complements, "refuted class with breaks", claim("\"parity\"", "\"all-ones\""), "translation",
         "complements needs a language that no complement of a symbol changes"},
        {signs, "refuted class", breaks("[]", "[\"signs\"]"), "translation", "signs needs key dimension 1"},
        {signs, "refuted keys", cnf("\n-5 0\n", "\n-4 0\n"), "translation", "formula.cnf line"},
        {signs, "refuted keys", breaks("[\"signs\", ", "["), "translation", "formula.cnf"},
        {numbers, "refuted class", breaks("[]", "[\"numbers\"]"), "translation", "numbers needs key dimension 1"},
        {numbers, "refuted keys", claim("\"parity\"", "\"dyck:2\""), "translation",
         "numbers needs key dimension 1, two symbols"},
        {numbers, "refuted keys", claim("\"length\": 2", "\"length\": 0"), "translation",
         "numbers needs key dimension 1, two symbols and a word"},
        {numbers, "refuted keys", claim("\"parity\"", "\"majority\""), "translation",
         "numbers needs a language that no complement of a symbol changes"},
        {numbers, "refuted keys", cnf("-7 27 0\n", ""), "translation", "formula.cnf"},
    };
}

std::vector<Forgery> cycles() {
    // Variables 1 and 4 of the honest formula are a selection and an acceptance, 3 8 12 16 are pairs of one
    // order.
    const auto cut = [](const std::string& clause) { return cnf("3 -8 16 -12 0\n", clause); };
    return {
        {cuts, "refuted class", cut("3 0\n"), "translation", "formula.cnf line 22: a cut has at least two literals"},
        {cuts, "refuted class", cut("0\n"), "translation", "formula.cnf line 22: a cut has at least two literals"},
        {cuts, "refuted class", cut("3 -8 16 12 0\n"), "translation",
         "formula.cnf line 22: the literals are not the complement of a cycle"},
        {cuts, "refuted class", cut("3 -8 16 0\n"), "translation",
         "formula.cnf line 22: the literals are not the complement of a cycle"},
        {cuts, "refuted class", cut("-3 -8 16 -12 0\n"), "translation",
         "formula.cnf line 22: the literals are not the complement of a cycle"},
        {cuts, "refuted class", cut("3 16 -8 -12 0\n"), "translation",
         "formula.cnf line 22: the literals are not the complement of a cycle"},
        {cuts, "refuted class", cut("1 -8 16 -12 0\n"), "translation",
         "formula.cnf line 22: the variable belongs to no order"},
        {cuts, "refuted class", cut("4 -4 0\n"), "translation",
         "formula.cnf line 22: the variable belongs to no order"},
        {cuts, "refuted class", cut("3 -8 16 -99 0\n"), "translation",
         "formula.cnf line 22: the variable belongs to no order"},
        {cuts, "refuted class", cut("3 -8 16 -12\n"), "translation", "formula.cnf line 22"},
        {cuts, "refuted class", cut("3 -8 16 -12 0 \n"), "translation", "formula.cnf line 22"},
        {cuts, "refuted class", cnf("-3 12 -16 8 0\n", "-3 12 -16 8 0\n1 0\n"), "translation", "formula.cnf line 24"},
        {cuts, "refuted class", cnf("-3 12 -16 8 0\n", "-3 12 -16 8 0"), "translation", "formula.cnf line 23"},
        {one_strict, "refuted keys", both(cnf("p cnf 35 94", "p cnf 35 95"), cnf("-20 10 0\n", "-20 10 0\n6 7 0\n")),
         "translation", "formula.cnf line 96: no step of the cycle is strict"},
        {"with elements a₁, …, a_k of one order", "refuted keys",
         both(cnf("p cnf 35 94", "p cnf 35 95"), cnf("-20 10 0\n", "-20 10 0\n-6 8 0\n")), "translation",
         "formula.cnf line 96: the literals are not the complement of a cycle"},
        {first_line, "refuted class", cnf("p cnf 16 22", "p cnf 16 20"), "translation", "formula.cnf line 1"},
        {first_line, "refuted class", cnf("p cnf 16 22", "p cnf 17 22"), "translation", "formula.cnf line 1"},
        {first_line, "refuted class", both(cnf("p cnf 16 22", "p cnf 16 21"), cnf("3 -8 16 -12 0\n", "")), "refutation",
         "proof.lrat"},
    };
}

}  // namespace

Section class_formulas() {
    Section section{"9.1 to 9.5", base()};
    for (const auto& more : {bounded(), symmetries(), cycles()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
