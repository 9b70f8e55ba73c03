#include "planes.hpp"

namespace forgeries {
namespace {

constexpr const char* evidence_alone =
    "evidence `{\"kind\": \"cutting-planes\"}`, with no other key; the claim is about one length, N ≥ 1, and has "
    "neither "
    "`without` nor `robust`";
constexpr const char* subjects =
    "The model is a model file whose layers have `hard` or `average` attention, at the claim's length and as often as "
    "they "
    "stand";
constexpr const char* by_byte = "formula.opb is byte for byte the text of 38.3";
constexpr const char* wires = "pairs of a node and a whole number that is its weight and not 0, ascending by node";
constexpr const char* reaches = "It is true iff the weights of its true wires add up to the bound at least";
constexpr const char* divided =
    "Else weights and b are divided by the greatest common divisor of the weights, b rounded up";
constexpr const char* one_view = "cases of one view are one value, in order of first appearance";
constexpr const char* each_value = "for each value z of V(b−1, p) in order: for each live head in order, its *ways*";
constexpr const char* hard_order = "for its steps, ascending where the head's tie is left and else descending";
constexpr const char* totals =
    "T is the set of all totals that come about so, whatever the literals are, in ascending order";
constexpr const char* next_greater = "and ¬R_k(s′), s′ the next greater one, unless s is the greatest";
constexpr const char* linear =
    "no feed-forward part, one head of it is live at r, the readout has no classes, and there is one kept class for "
    "each "
    "value z of V(L−1, r)";
constexpr const char* weighed = "each with (f(its image) + t) · d, 1)";
constexpr const char* others = "other languages have none, and no evidence of this kind";
constexpr const char* minimal =
    "for regular languages it is their minimal automaton (for those with two states as well)";
constexpr const char* spelling = "each of which adds w to b; then `>= b ;` and a newline";
constexpr const char* header = "`formula.opb` begins with the line `* #variable= V #constraint= C`";
constexpr const char* gate_lines = "Σ w x + (n − b) g ≥ n, then Σ (−w) x + (m − b + 1) g ≥ 1 − b";
constexpr const char* one_symbol = "For m ≥ 3 symbols, for each position i: the sum of its inputs equal to 1";
constexpr const char* run_lines = "for each symbol a in order Σ_q e(t, q, a) equal to [present(t, a)]";
constexpr const char* members = "with a leading from q to an accepting state) equal to [¬accept]";
constexpr const char* only_these = "of which only these lines are allowed";
constexpr const char* first_lines = "The first line is `pseudo-Boolean proof version 2.0`, the second `f C`";
constexpr const char* one_space = "words are separated by one space, and each line is ended by a newline";
constexpr const char* polish = "words in reverse Polish notation, that leave one inequality";
constexpr const char* must_be_there = "an identifier stands for its inequality, which must be there";
constexpr const char* above_0 = "a number above 0 and `*` multiply the last";
constexpr const char* degree = "the bound, read so, must be above 0";
constexpr const char* propagation =
    "unit propagation over all inequalities that are there comes to one that cannot be satisfied";
constexpr const char* deletion = "`del id` and identifiers, at least one: these inequalities, which must be there";
constexpr const char* last_lines = "The last three lines are `output NONE`, `conclusion UNSAT : i`";
constexpr const char* contradiction =
    "where the inequality i must be there and have positive weights that add up to less than its bound";
constexpr const char* nothing_follows = "Nothing may follow.";

Forgery another_formula(const char* sentence, const char* original, Edit edit) {
    return {sentence, original, std::move(edit), "translation", "formula.opb line"};
}
Forgery formula(const char* sentence, const std::string& from, const std::string& to, const char* original = "planes") {
    return another_formula(sentence, original, in("formula.opb", from, to));
}
Forgery proof(const char* sentence, const std::string& from, const std::string& to, const char* reason,
              const char* original = "planes") {
    return {sentence, original, in("proof.pbp", from, to), "refutation", reason};
}

std::vector<Forgery> about_claims() {
    return {{evidence_alone, "planes", in("evidence", "planes\"", "planes\", \"drops\": []"), "question", "evidence"},
            {evidence_alone, "planes and residues", in("claim", "\"length\": 2", "\"length\": 0"), "question",
             "no position has a symbol"},
            {evidence_alone, "planes", in("claim", "\"length\": 2", "\"length\": 2, \"robust\": \"1/8\""), "question",
             "cutting planes are about whole models"},
            {evidence_alone, "planes", in("claim", "\"verified\"", "\"refuted\""), "question", "verdict"},
            {subjects, "planes", in("model.json", "\"average\"", "\"softmax\""), "question",
             "cutting planes need a model file with hard or average attention throughout"},
            {others, "planes", in("claim", "all-ones", "palindrome"), "translation", "has no automaton"}};
}

std::vector<Forgery> about_formulas() {
    return {
        formula(by_byte, "1 ~x1 1 ~x2 1 x3 >= 1 ;\n", "1 ~x1 1 ~x2 1 x3 >= 1 ;\n\n"),
        another_formula(by_byte, "planes", in("claim", "\"length\": 2", "\"length\": 3")),
        formula(wires, "1 x1 1 x2 2 ~x3 >= 2", "1 x2 1 x1 2 ~x3 >= 2"),
        another_formula(reaches, "planes", in("model.json", "\"-3/4\"", "\"-1/4\"")),
        formula(divided, "1 x1 1 x2 2 ~x3 >= 2", "2 x1 2 x2 4 ~x3 >= 4"),
        another_formula(one_view, "planes of classes", in("model.json", "[0], [1], [0]", "[0], [-1], [0]")),
        another_formula(each_value, "planes of classes", in("model.json", "[[0, 1, 0]],", "[[1, 1, 0]],")),
        another_formula(hard_order, "planes of hard attention",
                        both(in("model.json", "\"[j = 1]\"", "\"0\""),
                             in("model.json", "\"hard\"", "\"hard\", \"tie\": \"right\""))),
        another_formula(hard_order, "planes of hard attention", in("model.json", "\"[j = 1]\"", "\"[j = 2]\"")),
        formula(totals,
                "1 x1 1 x2 1 ~x3 >= 1 ;\n1 ~x1 1 ~x2 2 x3 >= 2 ;\n1 x1 1 x2 2 ~x4 >= 2 ;\n1 ~x1 1 ~x2 1 x4 >= 1 ;\n",
                "1 x1 1 x2 2 ~x3 >= 2 ;\n1 ~x1 1 ~x2 1 x3 >= 1 ;\n1 x1 1 x2 1 ~x4 >= 1 ;\n1 ~x1 1 ~x2 2 x4 >= 2 ;\n",
                "planes and residues"),
        formula(next_greater, "1 x3 1 ~x4 2 ~x5 >= 2", "1 x3 1 x4 2 ~x5 >= 2", "planes and residues"),
        another_formula(linear, "planes",
                        in("model.json", "]]}]}}]", "]]}]}, \"feedforward\": {\"maps\": [[[0, 0], [0, 1]]]}}]")),
        another_formula(weighed, "planes", in("model.json", "[[1, 0]]", "[[-1, 0]]")),
        another_formula(minimal, "planes and residues", in("claim", "parity", "first")),
        formula(spelling, "1 ~x1 1 ~x2 1 x3 >= 1 ;", "-1 x1 -1 x2 1 x3 >= -1 ;"),
        formula(spelling, "1 x1 1 x2 2 ~x3 >= 2 ;", "+1 x1 1 x2 2 ~x3 >= 2 ;"),
        formula(header, "#variable= 12", "#variable= 13"),
        formula(header, "#constraint= 22", "#constraint= 21"),
        formula(gate_lines, "1 ~x1 1 ~x2 1 x3 >= 1", "1 ~x1 1 ~x2 2 x3 >= 1"),
        formula(one_symbol, "1 ~x1 1 ~x2 1 ~x3 >= 2", "1 ~x1 1 ~x2 1 ~x3 >= 1", "planes of three symbols"),
        formula(run_lines, "1 x1 1 x7 >= 1 ;\n1 ~x1 1 ~x7 >= 1 ;\n", ""),
        formula(members, "1 x6 1 x10 >= 1", "1 ~x6 1 x10 >= 1"),
    };
}

std::vector<Forgery> about_proofs() {
    return {
        proof(only_these, "output NONE", "red 1 x1 >= 1 ; x1 -> 1\noutput NONE", "pol, rup, del"),
        proof(first_lines, "version 2.0", "version 1.2", "proof.pbp line 1"),
        proof(first_lines, "f 22\n", "f 21\n", "proof.pbp line 2"),
        proof(one_space, "pol 18 20 +", "pol 18  20 +", "words are separated by one space"),
        proof(polish, "pol 18 20 +", "pol 18 20", "one inequality was expected to be left"),
        proof(polish, "pol 18 20 +", "pol 18 20 + +", "there is nothing to work on"),
        proof(must_be_there, "del id 23 24\npol 3", "del id 23 24\npol 23", "there is no inequality"),
        proof(must_be_there, "pol 18 20 +", "pol 18 99 +", "there is no inequality"),
        proof(above_0, "26 2 *", "26 0 *", "a number above 0 was expected"),
        proof(above_0, "26 2 *", "26 -2 *", "a number above 0 was expected"),
        proof(degree, "pol 18 20 +", "pol x1 2 d", "what always holds is divided"),
        proof(degree, "pol 18 20 +", "pol x1 s", "what always holds is saturated"),
        proof(polish, "x10 w s", "~x10 w s", "a variable was expected"),
        proof(polish, "x10 w s", "x13 w s", "a variable was expected"),
        proof(propagation, "rup 1 ~x6 1 x10", "rup 1 ~x1", "the inequality does not follow"),
        proof(propagation, "rup 1 ~x6 1 x10", "rup 0 ~x6 1 x10", "a weight above 0"),
        proof(propagation, "rup 1 ~x6 1 x10", "rup 1 x10 1 ~x6", "ascending order"),
        proof(deletion, "del id 23 24", "del id", "the line ends too early"),
        proof(deletion, "del id 23 24", "del id 23 23", "there is no inequality"),
        proof(deletion, "del id 23 24", "del 23 24", "\"del id\" was expected"),
        proof(last_lines, "output NONE\n", "", "output NONE"),
        proof(last_lines, "conclusion UNSAT : 35", "conclusion SAT : 35", "conclusion UNSAT"),
        proof(contradiction, "UNSAT : 35", "UNSAT : 34", "the inequality can be satisfied"),
        proof(contradiction, "UNSAT : 35", "UNSAT : 36", "there is no inequality"),
        proof(nothing_follows, "end pseudo-Boolean proof\n", "end pseudo-Boolean proof\nend\n", "the end was expected"),
    };
}

}  // namespace

Section cutting_planes() {
    Section section{"38", {}};
    for (const auto& part : {about_claims(), about_formulas(), about_proofs()})
        section.forgeries.insert(section.forgeries.end(), part.begin(), part.end());
    return section;
}

}  // namespace forgeries
