#include "definitions.hpp"

// Section 33: formulas that define a language.

namespace forgeries {
namespace {

Edit said(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit shown(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit formula(const std::string& from, const std::string& to) { return in("formula.json", from, to); }

/// Another list of nodes.
Edit nodes(const std::string& text) {
    return put(
        "formula.json",
        R"({"format": "attest/foc", "version": 1, "name": "", "alphabet": ["0", "1"], "nodes": [)" + text + "]}");
}

std::string nested(int depth) {
    std::string text = R"(["true"])";
    for (int k = 0; k < depth; ++k) text += R"(, ["not", )" + std::to_string(k) + "]";
    return text;
}

/// More 1 than 0 or not, whatever is even: true, but its machine follows a difference without bound.
const char* const unbounded =
    R"(["symbol", 0, "1"], ["exactly", 0, 0, 0], ["not", 0], ["exactly", 1, 0, 2], ["and", 1, 3],
    ["least", [[0, 1], [1, -1]], -1], ["multiple", 2, [[0, 1]], 1], ["and", 5, 6], ["least", [[0, -1], [1, 1]], 0],
    ["and", 8, 6], ["or", 7, 9], ["and", 4, 10], ["exists", 1, 11], ["exists", 0, 12])";

/// There is a count that two moduli divide: all of their product.
const char* const many_candidates =
    R"(["multiple", 719, [[0, 1]], 0], ["multiple", 709, [[0, 1]], 1], ["and", 0, 1], ["exists", 0, 2])";

constexpr const char* claim_keys =
    "`{\"kind\", \"formula\": name, \"language\": text, \"length\": N, \"verdict\": \"verified\" | \"refuted\"}`, or "
    "with "
    "`\"lengths\": {\"from\": 0 | 1}` in the place of `length`; 0 ≤ N ≤ 10⁶";
constexpr const char* its_file = "The certificate has the file `formula.json`; name is its own where it has one";
constexpr const char* verified =
    "for each word w of N symbols (of at least from symbols) over the formula's alphabet, the formula is true of w iff "
    "w "
    "is in the language";
constexpr const char* no_table = "With `lengths` the language is no `table`";
constexpr const char* symbols_meet = "Each symbol of the formula is in the language's alphabet";
constexpr const char* file_keys =
    "`{\"format\": \"attest/foc\", \"version\": 1, \"name\": text, \"alphabet\": [symbols], \"nodes\": [node, …]}`, "
    "from 1 "
    "to 4096 symbols of one character each, none of them twice, and from 1 to 100,000 nodes";
constexpr const char* closed_formula = "The last node is the formula; no variable is free in it";
constexpr const char* operands =
    "Operands k, l are numbers of nodes before, the first being node 0; a node nests at most 1000 deep";
constexpr const char* variables =
    "both are numbers of variables, from 0, below 1000 for positions and below 100,000 for counts";
constexpr const char* numbers = "a, c and the factors are whole numbers from −10¹² to 10¹², 1 ≤ m ≤ 720, 0 ≤ r < m";
constexpr const char* node_symbol = "the symbol s, one of the alphabet, stands at p";
constexpr const char* node_residue = "p ≡ r modulo m";
constexpr const char* node_least = "Σ a x + c ≥ 0, each x once";
constexpr const char* node_zero = "Σ a x + c = 0, each x once";
constexpr const char* node_multiple = "m divides Σ a x + c, each x once";
constexpr const char* node_connective = "as the names say";
constexpr const char* node_exists = "k is true for some value of x";
constexpr const char* node_exactly = "k is true for just x values of p";
constexpr const char* common = "it is at most 720, and M times the number of symbols at most 4096";
constexpr const char* by_vectors =
    "words of N symbols have v vectors; for each of them the formula is true of its words iff each of these is in the "
    "language";
constexpr const char* kinds = "| evidence | for | obligation |";
constexpr const char* by_closure =
    "the machine of 33.3 and the minimal automaton have at most 2²⁰ pairs of states to which words lead; in none of "
    "them, "
    "after at least from symbols, do the two differ";
constexpr const char* regular = "| `{\"kind\": \"closure\"}` | all lengths, verified; a regular language |";
constexpr const char* by_word =
    "the word has N symbols (at least from); [the formula is true of it] = actual; [it is in the language] = expected; "
    "actual ≠ expected";
constexpr const char* all_words = "of others through all words, at most 2²²";
constexpr const char* eliminated = "for some end e and some j, 0 ≤ j < D, at most 4096 in all";

constexpr const char* one = "formula at one length";
constexpr const char* residues = "formula by residues";
constexpr const char* every = "formula at every length";
constexpr const char* word = "formula with a word";

std::vector<Forgery> of_claims() {
    return {
        {claim_keys, one, said("\"verified\"", "\"proved\""), "question", "claim.verdict"},
        {claim_keys, one, said("\"formula\": \"odd\", ", ""), "question", "the key \"formula\" is missing"},
        {claim_keys, one, said("\"length\": 3", "\"length\": 3, \"map\": {}"), "question", "unknown key \"map\""},
        {claim_keys, one, said("\"length\": 3", "\"length\": 1000001"), "question", "claim.length"},
        {claim_keys, every, said("\"from\": 0", "\"from\": 2"), "question", "claim.lengths.from"},
        {claim_keys, every, said("\"from\": 0", "\"from\": 0, \"to\": 9"), "question", "unknown key \"to\""},
        {no_table, every, said("parity", "table:8"), "question", "a table is of one length"},
        {its_file, one, said("\"odd\"", "\"even\""), "question", "the formula's name is \"odd\""},
        {its_file, one, without("formula.json"), "digest", "formula.json: the file is missing"},
        {its_file, one, add_file("model.json", "{}"), "digest", "a certificate of this kind has no such file"},
        {verified, one, said("parity", "even"), "exhaustion", "formula and language differ"},
        {verified, "formula of majority", formula("[1, -1]]", "[1, 1]]"), "exhaustion", "differ"},
        {verified, "formula of a table", said("table:6", "table:7"), "exhaustion", "differ on the word \"11\""},
        {symbols_meet, one, formula("[\"0\", \"1\"]", "[\"0\", \"1\", \"2\"]"), "question",
         "\"2\" is not in the language's alphabet"},
    };
}

std::vector<Forgery> of_formulas() {
    return {
        {file_keys, one, formula("attest/foc", "attest/ltl"), "question", "format"},
        {file_keys, one, formula("\"version\": 1", "\"version\": 2"), "question", "version"},
        {file_keys, one, formula("\"name\"", "\"length\": 3, \"name\""), "question", "unknown key \"length\""},
        {file_keys, one, formula("[\"0\", \"1\"]", "[\"0\", \"0\"]"), "question", "the symbol occurs twice"},
        {file_keys, one, formula("[\"0\", \"1\"]", "[\"0\", \"10\"]"), "question", "a symbol is one character"},
        {file_keys, one, formula("[\"0\", \"1\"]", "[]"), "question", "from 1 to 4096 symbols"},
        {file_keys, one, nodes(""), "question", "from 1 to 100000 nodes"},
        {closed_formula, one, nodes(R"(["zero", [[0, 1]], 0])"), "question", "a variable is free"},
        {closed_formula, one, nodes(R"(["symbol", 0, "1"])"), "question", "a variable is free"},
        {closed_formula, one, nodes(R"(["true"], ["exactly", 0, 0, 0])"), "question", "a variable is free"},
        {operands, one, formula("[\"and\", 1, 2]", "[\"and\", 1, 3]"), "question", "nodes[3][2]"},
        {operands, one, formula("[\"and\", 1, 2]", "[\"and\", 1, -1]"), "question", "nodes[3][2]"},
        {operands, one, nodes(nested(1001)), "question", "nests more than 1000 deep"},
        {variables, one, formula("[\"symbol\", 0, \"1\"]", "[\"symbol\", 1000, \"1\"]"), "question", "nodes[0][1]"},
        {variables, one, formula("[\"exists\", 0, 3]", "[\"exists\", 100000, 3]"), "question", "nodes[4][1]"},
        {numbers, one, formula("[[0, 1]], 1]", "[[0, 1000000000001]], 1]"), "question", "nodes[2][2][0][1]"},
        {numbers, one, formula("[[0, 1]], 1]", "[[0, 1]], -1000000000001]"), "question", "nodes[2][3]"},
        {numbers, one, formula("\"multiple\", 2", "\"multiple\", 0"), "question", "nodes[2][1]"},
        {numbers, residues, formula("[\"residue\", 0, 2, 1]", "[\"residue\", 0, 2, 2]"), "question", "nodes[1][3]"},
        {numbers, residues, formula("[\"residue\", 0, 2, 1]", "[\"residue\", 0, 721, 1]"), "question", "nodes[1][2]"},
        {common, residues,
         both(formula("[\"residue\", 0, 2, 1]", "[\"residue\", 0, 700, 1]"),
              formula("[\"residue\", 0, 2, 0]", "[\"residue\", 0, 699, 0]")),
         "question", "too great a common multiple"},
        {node_symbol, one, formula("[\"symbol\", 0, \"1\"]", "[\"symbol\", 0, \"2\"]"), "question",
         "no symbol of the alphabet"},
        {node_symbol, one, formula("[\"symbol\", 0, \"1\"]", "[\"symbol\", 0, \"0\"]"), "exhaustion", "differ"},
        {node_residue, residues, formula("[\"residue\", 0, 2, 1]", "[\"residue\", 0, 2, 0]"), "exhaustion", "differ"},
        {node_least, "formula of majority", formula("[[0, 1], [1, -1]]", "[[0, 1], [0, -1]]"), "question",
         "the variable occurs twice"},
        {node_least, "formula of majority", formula("[[0, 1], [1, -1]], -1]", "[[0, 1], [1, -1]], -2]"), "exhaustion",
         "differ"},
        {node_zero, residues, formula("[\"zero\", [[0, 1]], 0]", "[\"zero\", [[0, 1]], -1]"), "exhaustion", "differ"},
        {node_multiple, one, formula("\"multiple\", 2", "\"multiple\", 3"), "exhaustion", "differ"},
        {node_connective, one, formula("[\"and\", 1, 2]", "[\"or\", 1, 2]"), "exhaustion", "differ"},
        {node_connective, residues, formula("[\"or\", 2, 5]", "[\"and\", 2, 5]"), "exhaustion", "differ"},
        {node_connective, one, formula("[\"and\", 1, 2]", "[\"xor\", 1, 2]"), "question", "\"xor\" is no operator"},
        {node_connective, one, formula("[\"and\", 1, 2]", "[\"and\", 1]"), "question", "3 entries were expected"},
        {node_exists, one, formula("[\"exists\", 0, 3]", "[\"exists\", 1, 3]"), "question", "a variable is free"},
        {node_exactly, one, formula("[\"exactly\", 0, 0, 0]", "[\"exactly\", 0, 1, 0]"), "question",
         "a variable is free"},
    };
}

std::vector<Forgery> of_evidence() {
    return {
        {by_vectors, one, shown("4", "5"), "exhaustion", "there are 4 vectors"},
        {by_vectors, residues, shown("9", "5"), "exhaustion", "there are 9 vectors"},
        {by_vectors, "formula of majority", shown("6", "32"), "exhaustion", "there are 6 vectors"},
        {by_vectors, "formula of a table", shown("3", "4"), "exhaustion", "there are 3 vectors"},
        {kinds, one, shown(R"({"kind": "exhaustion", "vectors": 4})", R"({"kind": "closure"})"), "question",
         "evidence of the kind \"exhaustion\" was expected"},
        {kinds, every, shown(R"({"kind": "closure"})", R"({"kind": "exhaustion", "vectors": 4})"), "question",
         "evidence of the kind \"closure\" was expected"},
        {kinds, word, said("\"refuted\"", "\"verified\""), "question",
         "evidence of the kind \"exhaustion\" was expected"},
        {kinds, one, said("\"verified\"", "\"refuted\""), "question", "evidence of the kind \"witness\" was expected"},
        {kinds, every, shown("\"closure\"", "\"closure\", \"states\": 2"), "question", "unknown key \"states\""},
        {by_closure, every, said("parity", "even"), "closure", "formula and language differ"},
        {by_closure, "formula by residues at every length", said("(ab)*", "(ab)+"), "closure", "differ"},
        {by_closure, "formula by residues at every length", formula("[\"and\", 11, 16]", "[\"or\", 11, 16]"), "closure",
         "differ"},
        {by_closure, every, both(said("\"odd\"", "\"\""), nodes(unbounded)), "closure",
         "words lead to more than 2^20 pairs of states"},
        {regular, every, said("parity", "majority"), "question", "the language is not regular"},
        {by_word, word, shown("\"00\"", "\"000\""), "witness", "the claim is not about words of 3 symbols"},
        {by_word, "formula with a word of some length", shown("\"11\"", "\"\""), "witness",
         "the claim is not about words of 0 symbols"},
        {by_word, word, shown("\"00\"", "\"02\""), "witness", "evidence.word"},
        {by_word, word, shown("\"actual\": \"accept\"", "\"actual\": \"reject\""), "witness",
         "the formula says otherwise"},
        {by_word, word, shown("\"expected\": \"reject\"", "\"expected\": \"accept\""), "witness",
         "the language says otherwise"},
        {by_word, word, both(shown("\"expected\": \"reject\"", "\"expected\": \"accept\""), shown("\"00\"", "\"01\"")),
         "witness", "the formula says what is expected"},
        {all_words, "formula of majority",
         both(both(said("majority", "palindrome"), said("\"length\": 5", "\"length\": 23")), shown("6", "24")),
         "exhaustion", "there are more than 2^22 words"},
        {eliminated, every, both(said("\"odd\"", "\"\""), nodes(many_candidates)), "closure",
         "more than 4096 candidates"},
    };
}

}  // namespace

Section definitions() {
    Section section{"33", of_claims()};
    for (const std::vector<Forgery>& more : {of_formulas(), of_evidence()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
