#include <sstream>
#include <stdexcept>

#include "forgery.hpp"

// Section 8. The honest proof of "ends" refutes 18 clauses by lines 19 to 25.

namespace forgeries {
namespace {

Edit lrat(const std::string& from, const std::string& to) { return in("proof.lrat", from, to); }
Edit xlrup(const std::string& from, const std::string& to) { return in("proof.xlrup", from, to); }

constexpr const char* first = "19 -1 -2 0 18 1 6 8 11 14 0\n";
constexpr const char* last = "25 0 18 21 24 0\n";
constexpr const char* greater = "id greater than all before";
constexpr const char* each_hint = "each hinted clause is either unit (its last literal becomes true) or falsified";
constexpr const char* last_hint = "the last hint is falsified";
constexpr const char* exist = "the clauses i are deleted; they must exist";
constexpr const char* rup = "Only RUP steps are allowed (no negative hints)";
constexpr const char* empty = "Some line must add the empty clause; nothing but well-formed lines may follow";
constexpr const char* variables = "Literals are of variables ≤ V";
constexpr const char* well_formed = "is well-formed to its last byte";

std::vector<Forgery> lines() {
    return {
        {greater, "ends", lrat(first, "18 -1 -2 0 18 1 6 8 11 14 0\n"), "refutation",
         "proof.lrat line 1: the identifier 18 is not greater"},
        {greater, "ends", lrat("20 -1 2 0", "19 -1 2 0"), "refutation",
         "proof.lrat line 2: the identifier 19 is not greater"},
        {greater, "ends", lrat("20 -1 2 0", "30 -1 2 0"), "refutation", "proof.lrat line 3: "},
        {greater, "ends", lrat(first, "0 -1 -2 0 18 1 6 8 11 14 0\n"), "refutation",
         "proof.lrat line 1: an identifier is positive"},
        {greater, "ends", lrat(first, "-19 -1 -2 0 18 1 6 8 11 14 0\n"), "refutation",
         "proof.lrat line 1: an identifier is positive"},
        {greater, "ends", lrat(last, "25 0 18 21 24 0\n25 0 18 21 24 0\n"), "refutation",
         "proof.lrat line 8: the identifier 25 is not greater"},
        {each_hint, "ends", lrat("18 1 6 8 11 14 0", "18 15 1 6 8 11 14 0"), "refutation",
         "proof.lrat line 1: the hint 15 is neither unit nor falsified"},
        {each_hint, "ends", lrat("18 1 6 8 11 14 0", "18 2 1 6 8 11 14 0"), "refutation",
         "proof.lrat line 1: the hint 1 is satisfied"},
        {each_hint, "ends", lrat("18 1 6 8 11 14 0", "18 1 6 99 11 14 0"), "refutation",
         "proof.lrat line 1: there is no clause 99"},
        {each_hint, "ends", lrat("18 1 6 8 11 14 0", "18 1 6 19 11 14 0"), "refutation",
         "proof.lrat line 1: there is no clause 19"},
        {each_hint, "ends", lrat("18 1 6 8 11 14 0", "1 6 8 11 14 0"), "refutation", "proof.lrat line 1"},
        {last_hint, "ends", lrat("18 1 6 8 11 14 0", "18 1 6 8 11 0"), "refutation",
         "proof.lrat line 1: the last hint is not falsified"},
        {last_hint, "ends", lrat("18 1 6 8 11 14 0", "0"), "refutation",
         "proof.lrat line 1: the last hint is not falsified"},
        {last_hint, "ends", lrat(first, "19 1 -1 0 0\n"), "refutation",
         "proof.lrat line 1: the variable of -1 occurs twice"},
        {last_hint, "ends", lrat(first, "19 0 18 0\n"), "refutation",
         "proof.lrat line 1: the last hint is not falsified"},
        {"under the assignment that makes all l false", "ends", lrat("19 -1 -2 0", "19 -1 0"), "refutation",
         "proof.lrat line 1"},
        {"under the assignment that makes all l false", "ends", lrat("19 -1 -2 0", "19 1 2 0"), "refutation",
         "proof.lrat line 1"},
        {"under the assignment that makes all l false", "ends", lrat("21 -1 0", "21 1 0"), "refutation",
         "proof.lrat line 3"},
        {"no variable twice", "ends", lrat("19 -1 -2 0", "19 -1 -2 -2 0"), "refutation",
         "proof.lrat line 1: the variable of -2 occurs twice"},
        {exist, "ends", lrat(last, "24 d 99 0\n25 0 18 21 24 0\n"), "refutation",
         "proof.lrat line 7: there is no clause 99"},
        {exist, "ends", lrat(last, "24 d 1 1 0\n25 0 18 21 24 0\n"), "refutation",
         "proof.lrat line 7: there is no clause 1"},
        {exist, "ends", lrat(last, "24 d 1 0\n24 d 1 0\n25 0 18 21 24 0\n"), "refutation",
         "proof.lrat line 8: there is no clause 1"},
        {exist, "ends", lrat(last, "24 d -1 0\n25 0 18 21 24 0\n"), "refutation",
         "proof.lrat line 7: there is no clause -1"},
        {exist, "ends", lrat(last, "24 d 21 0\n25 0 18 21 24 0\n"), "refutation",
         "proof.lrat line 8: there is no clause 21"},
        {exist, "ends", lrat(last, "25 0 18 21 24 0\n25 d 99 0\n"), "refutation",
         "proof.lrat line 8: there is no clause 99"},
        {rup, "ends", lrat("18 1 6 8 11 14 0", "18 1 6 8 11 -14 0"), "refutation",
         "proof.lrat line 1: there is no clause -14"},
        {rup, "ends", lrat("18 1 6 8 11 14 0", "-18 1 6 8 11 14 0"), "refutation",
         "proof.lrat line 1: there is no clause -18"},
        {empty, "ends", lrat(last, ""), "refutation", "proof.lrat: the proof does not reach the empty clause"},
        {empty, "ends", put("proof.lrat", ""), "refutation", "proof.lrat: the proof does not reach the empty clause"},
        {empty, "ends", lrat(last, "25 0 18 21 24 0\nqed\n"), "refutation", "proof.lrat line 8"},
        {empty, "ends", lrat(last, "25 0 18 21 24 0\n26 1 0 1 0\n"), "refutation", "proof.lrat line 8"},
        {variables, "ends", lrat("19 -1 -2 0", "19 -1 -2 8 0"), "refutation",
         "proof.lrat line 1: the literal 8 is not one of the formula's"},
        {variables, "ends", lrat("19 -1 -2 0", "19 -1 -2 -8 0"), "refutation",
         "proof.lrat line 1: the literal -8 is not one of the formula's"},
        {variables, "ends", lrat("19 -1 -2 0", "19 -1 4294967294 0"), "refutation",
         "proof.lrat line 1: the literal 4294967294 is not"},
        {variables, "ends", lrat("19 -1 -2 0", "19 -1 18446744073709551614 0"), "refutation",
         "proof.lrat line 1: a number is too large"},
    };
}

std::vector<Forgery> bytes() {
    return {
        {well_formed, "ends", lrat("25 0 18 21 24 0\n", "25 0 18 21 24 0"), "refutation",
         "proof.lrat line 7: the file ends within a line"},
        {well_formed, "ends", lrat("25 0 18 21 24 0\n", "25 0 18 21 24\n"), "refutation",
         "proof.lrat line 7: the line ends too early"},
        {well_formed, "ends", lrat(first, "19 -1 -2 0 18 1 6 8 11 14 0 0\n"), "refutation",
         "proof.lrat line 1: the end of the line was expected"},
        {well_formed, "ends", lrat(first, "19 -1 -2 0 18 1 6 8 11 14 0 \n"), "refutation", "proof.lrat line 1"},
        {well_formed, "ends", lrat(first, "19 -1 -2 0 18 1 6 8 11 14 0\r\n"), "refutation", "proof.lrat line 1"},
        {well_formed, "ends", lrat(first, "19  -1 -2 0 18 1 6 8 11 14 0\n"), "refutation",
         "proof.lrat line 1: a number was expected"},
        {well_formed, "ends", lrat(first, "19\t-1 -2 0 18 1 6 8 11 14 0\n"), "refutation",
         "proof.lrat line 1: a space or the end"},
        {well_formed, "ends", lrat(first, " 19 -1 -2 0 18 1 6 8 11 14 0\n"), "refutation",
         "proof.lrat line 1: a number was expected"},
        {well_formed, "ends", lrat(first, "19 -1 -2 0 18 1 06 8 11 14 0\n"), "refutation",
         "proof.lrat line 1: a number with a leading zero"},
        {well_formed, "ends", lrat(first, "19 -1 -2 -0 18 1 6 8 11 14 0\n"), "refutation",
         "proof.lrat line 1: a number with a leading zero"},
        {well_formed, "ends", lrat(first, "19 -1 -2 0\n18 1 6 8 11 14 0\n"), "refutation",
         "proof.lrat line 1: the line ends too early"},
        {well_formed, "ends", lrat(first, std::string("\n") + first), "refutation",
         "proof.lrat line 1: a number was expected"},
        {well_formed, "ends", lrat(first, std::string("c by hand\n") + first), "refutation",
         "proof.lrat line 1: a number was expected"},
        {well_formed, "ends", lrat(last, std::string(last) + '\0'), "refutation", "proof.lrat line 8"},
        {well_formed, "ends", lrat(last, "24 d 1\n25 0 18 21 24 0\n"), "refutation",
         "proof.lrat line 7: the line ends too early"},
        {"by the rules of section 8", "ends", lrat(last, "i x 1 -6 1 2 0 10 11 12 13 0\n25 0 18 21 24 0\n"),
         "refutation", "proof.lrat line 7: a number was expected"},
    };
}

/// The lines of a proof in bytes: a letter, and numbers between blanks.
std::string in_bytes(const std::string& text) {
    std::string bytes;
    std::istringstream words(text);
    for (std::string word; words >> word;) {
        if (word == "a" || word == "d") {
            bytes += word;
            continue;
        }
        const long long x = std::stoll(word);
        unsigned long long left =
            x < 0 ? 2 * static_cast<unsigned long long>(-x) + 1 : 2 * static_cast<unsigned long long>(x);
        for (; left >= 128; left /= 128) bytes += static_cast<char>(128 + left % 128);
        bytes += static_cast<char>(left);
    }
    return bytes;
}

/// The honest proof in bytes, of which one line is exchanged for bytes.
Edit bytes_for(const std::string& line, const std::string& bytes) {
    return [line, bytes](Certificate& certificate) {
        std::string& proof = certificate.files.at("proof.lrat");
        std::istringstream lines(proof);
        std::string all;
        bool found = false;
        for (std::string one; std::getline(lines, one);) {
            found = found || one == line;
            all += one == line ? bytes : in_bytes("a " + one);
        }
        if (!found) throw std::out_of_range(line);
        proof = all;
    };
}

std::vector<Forgery> lines_of_bytes() {
    using namespace std::string_literals;
    constexpr const char* lines_mean =
        "`a id l₁ … l_k 0 h₁ … h_m 0` and `d i₁ … 0`, which mean what the two kinds of lines in text mean";
    constexpr const char* nothing = "nothing stands between numbers, lines, or after the last line";
    constexpr const char* number = "A number x is 2|x|, plus 1 if x is negative, seven bits a byte, the least first";
    constexpr const char* few = "it has as few bytes as it can have";
    constexpr const char* no_such = "No number is negative and 0, or further from 0 than 2⁶²";
    constexpr const char* line = "25 0 18 21 24 0";
    constexpr const char* begin = "19 -1 -2 0 18 1 6 8 11 14 0";
    const std::string end = in_bytes("a 25 0 18 21 24 0");
    return {
        {lines_mean, "ends", bytes_for(line, ""), "refutation",
         "proof.lrat: the proof does not reach the empty clause"},
        {lines_mean, "ends", bytes_for(line, in_bytes("a 24 0 18 21 24 0")), "refutation",
         "proof.lrat line 7: the identifier 24 is not greater"},
        {lines_mean, "ends", bytes_for(line, in_bytes("a 0 0 18 21 24 0")), "refutation",
         "proof.lrat line 7: an identifier is positive"},
        {lines_mean, "ends", bytes_for(line, in_bytes("a -25 0 18 21 24 0")), "refutation",
         "proof.lrat line 7: an identifier is positive"},
        {lines_mean, "ends", bytes_for(line, in_bytes("a 25 0 18 21 0")), "refutation",
         "proof.lrat line 7: the last hint is not falsified"},
        {lines_mean, "ends", bytes_for(line, in_bytes("a 25 0 18 15 21 24 0")), "refutation",
         "proof.lrat line 7: the hint 15 is neither unit nor falsified"},
        {lines_mean, "ends", bytes_for(line, in_bytes("a 25 0 18 -21 24 0")), "refutation",
         "proof.lrat line 7: there is no clause -21"},
        {lines_mean, "ends", bytes_for(line, in_bytes("d 21 0") + end), "refutation",
         "proof.lrat line 8: there is no clause 21"},
        {lines_mean, "ends", bytes_for(line, in_bytes("d 99 0") + end), "refutation",
         "proof.lrat line 7: there is no clause 99"},
        {lines_mean, "ends", bytes_for(begin, in_bytes("a 19 -1 -2 -2 0 18 1 6 8 11 14 0")), "refutation",
         "proof.lrat line 1: the variable of -2 occurs twice"},
        {lines_mean, "ends", bytes_for(begin, in_bytes("a 19 -1 -2 8 0 18 1 6 8 11 14 0")), "refutation",
         "proof.lrat line 1: the literal 8 is not one of the formula's"},
        {nothing, "ends", bytes_for(line, end + "\n"), "refutation", "proof.lrat line 8: \"a\" or \"d\" was expected"},
        {nothing, "ends", bytes_for(line, " " + end), "refutation", "proof.lrat line 7: \"a\" or \"d\" was expected"},
        {nothing, "ends", bytes_for(line, "i x" + end), "refutation", "proof.lrat line 7: \"a\" or \"d\" was expected"},
        {nothing, "ends", bytes_for(line, end + "\0"s), "refutation", "proof.lrat line 8: \"a\" or \"d\" was expected"},
        {nothing, "ends", bytes_for(line, end + "\0garbage"s), "refutation",
         "proof.lrat line 8: \"a\" or \"d\" was expected"},
        {nothing, "ends", bytes_for(line, end + "a"), "refutation", "proof.lrat line 8: the file ends within a line"},
        {nothing, "ends", bytes_for(line, end.substr(0, end.size() - 1)), "refutation",
         "proof.lrat line 7: the file ends within a line"},
        {number, "ends", bytes_for(begin, in_bytes("a 19 1 2 0 18 1 6 8 11 14 0")), "refutation", "proof.lrat line 1"},
        {number, "ends", bytes_for(line, "a\xb2"s), "refutation", "proof.lrat line 7: the file ends within a line"},
        {few, "ends", bytes_for(line, "a\xb2\x00"s + end.substr(2)), "refutation",
         "proof.lrat line 7: a number with a leading zero"},
        {few, "ends", bytes_for(line, "a\xb2\x80\x00"s + end.substr(2)), "refutation",
         "proof.lrat line 7: a number with a leading zero"},
        {no_such, "ends", bytes_for(line, "a\x32\x01"s + end.substr(3)), "refutation",
         "proof.lrat line 7: a number with a leading zero"},
        {no_such, "ends", bytes_for(line, in_bytes("a 4611686018427387905 0 18 21 24 0")), "refutation",
         "proof.lrat line 7: a number is too large"},
        {no_such, "ends", bytes_for(line, "a\xb2\x80\x80\x80\x80\x80\x80\x80\x80\x80\x01"s + end.substr(2)),
         "refutation", "proof.lrat line 7: a number is too large"},
    };
}

constexpr const char* import = "`i x X l₁ … l_k 0 C₁ … 0` — XOR X follows from the clauses C";
constexpr const char* all_even =
    "all 2^(k−1) clauses over exactly these variables that forbid an even number of true literals; k ≤ 12";
constexpr const char* sum = "`x X l₁ … l_k 0 X₁ … 0` — X is the sum of the XORs X₁ …";
constexpr const char* export_rule =
    "the sum of the X's has the variables of C, or a subset, and is violated whenever all l are false";
constexpr const char* deletes = "`x d X₁ … 0` deletes XORs";
constexpr const char* own = "parity constraints, with identifiers of their own";
constexpr const char* x1 = "i x 1 -6 1 2 0 10 11 12 13 0\n";
constexpr const char* x2 = "x 2 -6 1 2 0 1 0\n";
constexpr const char* cx = "i cx 1000 -6 1 2 0 2 0\n";
constexpr const char* xd = "x d 1 0\n";

}  // namespace

Section proofs() {
    Section section{"8, LRAT", lines()};
    for (const auto& more : {bytes(), lines_of_bytes()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

Section parity_proofs() {
    return {
        "8, XLRUP",
        {{import, "xlrup", xlrup(x1, "i x 1 6 1 2 0 10 11 12 13 0\n"), "refutation",
          "proof.xlrup line 8: the clauses do not imply the parity constraint"},
         {import, "xlrup", xlrup(x1, "i x 1 -6 1 2 0 14 15 16 17 0\n"), "refutation",
          "proof.xlrup line 8: the clauses do not imply"},
         {import, "xlrup", xlrup(x1, "i x 1 -6 1 2 0 10 11 12 99 0\n"), "refutation",
          "proof.xlrup line 8: there is no clause 99"},
         {all_even, "xlrup", xlrup(x1, "i x 1 -6 1 2 0 10 11 12 0\n"), "refutation",
          "proof.xlrup line 8: the clauses do not imply the parity constraint: 3 of 4"},
         {all_even, "xlrup", xlrup(x1, "i x 1 -6 1 2 0 10 11 12 12 0\n"), "refutation",
          "proof.xlrup line 8: the clauses do not imply the parity constraint: 3 of 4"},
         {all_even, "xlrup", xlrup(x1, "i x 1 -6 1 0 10 11 12 13 0\n"), "refutation",
          "proof.xlrup line 8: the clauses do not imply the parity constraint: 0 of 2"},
         {all_even, "xlrup", xlrup(x1, "i x 1 -6 1 2 7 0 10 11 12 13 0\n"), "refutation",
          "proof.xlrup line 8: the clauses do not imply"},
         {all_even, "xlrup", xlrup(x1, "i x 1 0 10 11 12 13 0\n"), "refutation",
          "proof.xlrup line 8: a parity constraint of 1 to 12"},
         {all_even, "with a drop",
          both(in("evidence", "lrat", "xlrup"),
               both(renamed("proof.lrat", "proof.xlrup"),
                    in("proof.xlrup", "99 -1 -2 -3 0", "i x 1 1 2 3 4 5 6 7 8 9 10 11 12 13 0 1 0\n99 -1 -2 -3 0"))),
          "refutation", "proof.xlrup line 1: a parity constraint of 1 to 12"},
         {own, "xlrup", xlrup(x2, "x 1 -6 1 2 0 1 0\n"), "refutation",
          "proof.xlrup line 9: the parity constraint 1 exists already"},
         {own, "xlrup", xlrup(x1, "i x 0 -6 1 2 0 10 11 12 13 0\n"), "refutation",
          "proof.xlrup line 8: an identifier is positive"},
         {own, "xlrup", xlrup(x1, "i x -1 -6 1 2 0 10 11 12 13 0\n"), "refutation",
          "proof.xlrup line 8: an identifier is positive"},
         {own, "xlrup", xlrup(x2, "x 2 -6 1 2 0 25 0\n"), "refutation",
          "proof.xlrup line 9: there is no parity constraint 25"},
         {sum, "xlrup", xlrup(x2, "x 2 6 1 2 0 1 0\n"), "refutation",
          "proof.xlrup line 9: the parity constraint is not the sum"},
         {sum, "xlrup", xlrup(x2, "x 2 -6 1 0 1 0\n"), "refutation",
          "proof.xlrup line 9: the parity constraint is not the sum"},
         {sum, "xlrup", xlrup(x2, "x 2 -6 1 2 0 1 1 0\n"), "refutation",
          "proof.xlrup line 9: the parity constraint is not the sum"},
         {sum, "xlrup", xlrup(x2, "x 2 -6 1 2 0 0\n"), "refutation",
          "proof.xlrup line 9: the parity constraint is not the sum"},
         {sum, "xlrup", xlrup(x2, "x 2 -6 1 2 0 3 0\n"), "refutation",
          "proof.xlrup line 9: there is no parity constraint 3"},
         {"A sum that is empty with right-hand side 1 (written with no literals) is a contradiction", "xlrup",
          xlrup(x2, "x 2 0 1 1 0\n"), "refutation", "proof.xlrup line 9: the parity constraint is not the sum"},
         {"A sum that is empty with right-hand side 1 (written with no literals) is a contradiction", "xlrup",
          xlrup(x2, "x 2 0 0\n"), "refutation", "proof.xlrup line 9: the parity constraint is not the sum"},
         {"ends the proof as the empty clause does", "xlrup", xlrup("25 0 18 21 24 0\n", ""), "refutation",
          "proof.xlrup: the proof does not reach the empty clause"},
         {export_rule, "xlrup", xlrup(cx, "i cx 1000 6 1 2 0 2 0\n"), "refutation",
          "proof.xlrup line 10: the clause does not follow from the sum"},
         {export_rule, "xlrup", xlrup(cx, "i cx 1000 -6 1 0 2 0\n"), "refutation",
          "proof.xlrup line 10: the sum has a variable that the clause has not"},
         {export_rule, "xlrup", xlrup(cx, "i cx 1000 0 0\n"), "refutation",
          "proof.xlrup line 10: the clause does not follow from the sum"},
         {export_rule, "xlrup", xlrup(cx, "i cx 1000 0 1 2 0\n"), "refutation",
          "proof.xlrup line 10: the clause does not follow from the sum"},
         {export_rule, "xlrup", xlrup(cx, "i cx 1000 -6 1 2 0 7 0\n"), "refutation",
          "proof.xlrup line 10: there is no parity constraint 7"},
         {"`i cx C l₁ … l_k 0 X₁ … 0` — clause C follows from the XORs", "xlrup", xlrup(cx, "i cx 25 -6 1 2 0 2 0\n"),
          "refutation", "proof.xlrup line 10: the identifier 25 is not greater"},
         {"`i cx C l₁ … l_k 0 X₁ … 0` — clause C follows from the XORs", "xlrup", xlrup(cx, "i xc 1000 -6 1 2 0 2 0\n"),
          "refutation", "proof.xlrup line 10: \"x\" or \"cx\" was expected"},
         {deletes, "xlrup", xlrup(xd, "x d 7 0\n"), "refutation",
          "proof.xlrup line 11: there is no parity constraint 7"},
         {deletes, "xlrup", xlrup(xd, "x d 1 1 0\n"), "refutation",
          "proof.xlrup line 11: there is no parity constraint 1"},
         {deletes, "xlrup", xlrup(x2, "x d 1 0\nx 2 -6 1 2 0 1 0\n"), "refutation",
          "proof.xlrup line 10: there is no parity constraint 1"},
         {"Literals are of variables ≤ V", "xlrup", xlrup(x2, "x 2 -6 1 8 0 1 0\n"), "refutation",
          "proof.xlrup line 9: the literal 8 is not"},
         {"no variable twice", "xlrup", xlrup(x2, "x 2 -6 1 2 2 2 0 1 0\n"), "refutation",
          "proof.xlrup line 9: the variable of 2 occurs twice"},
         {"is well-formed to its last byte", "xlrup", xlrup(xd, "x d 1 0"), "refutation", "proof.xlrup line 11"},
         {"is well-formed to its last byte", "xlrup", xlrup(xd, "x d 1 0\nx\n"), "refutation", "proof.xlrup line 12"},
         {"is well-formed to its last byte", "xlrup", xlrup(xd, "x d 1 0\n999 x 1 0\n"), "refutation",
          "proof.xlrup line 12"}}};
}

}  // namespace forgeries
