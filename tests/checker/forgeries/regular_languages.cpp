#include "forgery.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }

constexpr const char* keys =
    "`{\"kind\", \"language\": text, \"alphabet\": [symbols], \"class\": name, \"verdict\": \"outside\"}` says: the "
    "language, which is regular, is not in the class";
constexpr const char* alphabet = "`alphabet` is the alphabet of the language, in its order";
constexpr const char* symbols = "whose symbols are one character each, none of them twice";
constexpr const char* words = "words as in section 1.1, over the alphabet, and numbers";
constexpr const char* rules = "The evidence is `{\"kind\": \"words\", \"rule\": r}` and the keys of the rule";
constexpr const char* separated = "of the two words just one is in the language";
constexpr const char* shows = "| rule | keys | what holds | shows that it is outside of |";
constexpr const char* numbers = "K and q are whole numbers, from 1 to 10⁹";
constexpr const char* by_j1 =
    "a and b are one symbol each; if they are the same, xaay and xay are separated, else xaby and xbay";
constexpr const char* by_stutter = "a is one symbol; xaay and xay are separated";
constexpr const char* by_r = "q₀·xuv = q₀·x; xy and xuy are separated";
constexpr const char* by_l = "(st)^K is idempotent; x(st)^K y and xt(st)^K y are separated";
constexpr const char* by_da = "e = (abc)^K is idempotent; xebey and xey are separated";
constexpr const char* by_groups = "e and f are idempotent, ef and f, fe and e equivalent; xey and xfy are separated";
constexpr const char* by_cycle =
    "q ≥ 2; q₀·xv^q = q₀·x; of the words xvⁱy, 0 ≤ i < q, some but not all are in the language";
constexpr const char* by_length =
    "u and v are of one length, not 0; with pᵢ = q₀·xuvⁱ: pᵢ·u = pᵢ for each i < q, and p_q = p₀";
constexpr const char* by_length_words = "of the words xuvⁱy, 0 ≤ i < q, some but not all are in the language";
constexpr const char* by_foc =
    "a and b are one symbol each, different; the length of v is not 0 and divides that of uw and one more";
constexpr const char* by_foc_states = "p·v = p and r·v = r; xauvwby and xbuvway are separated";
constexpr const char* by_group =
    "each of u, v permutes the states of the list, which ascends; these two permutations generate a group that is not "
    "solvable";
constexpr const char* partition =
    "`classes` is a list of lists of states, each of which ascends, no state twice, some list with more than one; all "
    "states of them reach each other";
constexpr const char* sums = "for any two states p, r that are neighbours in a list of `classes` there is one";
constexpr const char* linear =
    "It says that V(p) − V(r) is the sum of the numbers times V(q·a) − V(q) − E(class of q, a), as a linear form in V "
    "and E, q and q·a being states of the classes and a a symbol";

constexpr const char* counted = "outside C-RASP";
constexpr const char* layer_keys =
    "\"mask\": \"strict\", \"tie\": \"right\" | \"left\" | \"both\" | \"two-sided\", \"modulus\": m, \"layers\": k, "
    "\"read\": \"last\" | \"end\", \"verdict\": \"impossible\"}`";
constexpr const char* layer_numbers = "1 ≤ m ≤ 10⁶, 0 ≤ k ≤ 1000";
constexpr const char* layer_language = "language and alphabet as in section 22";
constexpr const char* pair = "u is in the language, v is not; with `last` neither is empty; T(u) = T(v)";
constexpr const char* pair_keys = "The evidence is `{\"kind\": \"pair\", \"words\": [u, v]}`";
constexpr const char* order = "in the order of their last occurrences, the latest first (`right`)";
constexpr const char* end = "T(w) is the list of Ω_b(N+1) for b < k, with N modulo m";
constexpr const char* first_letters = "λ₀(i) is the pair of the i-th symbol and i modulo m";
constexpr const char* two_sides =
    "the first list and that of the λ_b that occur behind i, in the order of their first occurrences there";

}  // namespace

Section classes_of_languages() {
    return {
        "22",
        {
            {keys, "outside R", claim("\"outside\"", "\"inside\""), "question", "\"outside\" was expected"},
            {keys, "outside R", claim("\"R\"", "\"P\""), "question", "\"P\" is not a class"},
            {keys, "outside R", claim(", \"class\": \"R\"", ""), "question", "the key \"class\" is missing"},
            {keys, "outside R", claim("\"verdict\"", "\"length\": 3, \"verdict\""), "question",
             "unknown key \"length\""},
            {keys, "outside R", claim("\"last\"", "\"majority\""), "question", "the language is not regular"},
            {alphabet, "outside R", claim("[\"0\", \"1\"]", "[\"1\", \"0\"]"), "question",
             "the language has another alphabet"},
            {alphabet, "outside R", claim("[\"0\", \"1\"]", "[\"0\", \"1\", \"2\"]"), "question",
             "the language has another alphabet"},
            {symbols, "outside R", claim("[\"0\", \"1\"]", "[\"0\", \"0\"]"), "question", "the symbol occurs twice"},
            {symbols, "outside R", claim("[\"0\", \"1\"]", "[\"0\", \"10\"]"), "question", "a symbol is one character"},
            {symbols, "outside R", claim("[\"0\", \"1\"]", "[]"), "question", "at least one symbol was expected"},
            {words, "outside R", evidence("\"v\": \"0\"", "\"v\": \"2\""), "words",
             "evidence.v: not a word over the alphabet"},
            {rules, "outside R", evidence("\"words\"", "\"word\""), "question",
             "evidence of the kind \"words\" was expected"},
            {rules, "outside R", evidence("\"rule\": \"R\"", "\"rule\": \"r\""), "question", "\"r\" is not a rule"},
            {rules, "outside R", evidence(", \"v\": \"0\"", ""), "question", "the key \"v\" is missing"},
            {rules, "outside R", evidence("\"x\": \"\"", "\"x\": \"\", \"K\": 1"), "question", "unknown key \"K\""},
            {shows, "outside R", claim("\"R\"", "\"L\""), "question", "the rule does not show this of the class"},
            {shows, "outside star-free", claim("\"star-free\"", "\"quasi-aperiodic\""), "question",
             "the rule does not show this of the class"},
            {shows, "outside R-groups", claim("\"R-groups\"", "\"star-free\""), "question",
             "the rule does not show this of the class"},
            {numbers, "outside star-free", evidence("\"q\": 2", "\"q\": 0"), "question", "evidence.q"},
            {numbers, "outside L", evidence("\"K\": 1", "\"K\": 1000000001"), "question", "evidence.K"},
            {separated, "outside J1", claim("\"last\"", "\"parity\""), "words",
             "both words are in the language, or neither"},
            {by_j1, "outside J1", evidence("\"a\": \"0\"", "\"a\": \"00\""), "words",
             "evidence.a: one symbol was expected"},
            {by_j1, "outside J1", evidence("\"b\": \"1\"", "\"b\": \"\""), "words",
             "evidence.b: one symbol was expected"},
            {by_j1, "outside J1, by one symbol", evidence("\"b\": \"1\"", "\"b\": \"0\""), "words",
             "both words are in the language, or neither"},
            {by_stutter, "outside stutter", evidence("\"a\": \"1\"", "\"a\": \"0\""), "words",
             "both words are in the language, or neither"},
            {by_stutter, "outside stutter", evidence("\"a\": \"1\"", "\"a\": \"11\""), "words",
             "one symbol was expected"},
            {by_r, "outside R", evidence("\"v\": \"0\"", "\"v\": \"1\""), "words", "does not lead to the state of x"},
            {by_r, "outside R", evidence("\"y\": \"\"", "\"y\": \"0\""), "words",
             "both words are in the language, or neither"},
            {by_l, "outside L", claim("\"first\"", "\"parity\""), "words", "not idempotent"},
            {by_l, "outside L", evidence("\"x\": \"\"", "\"x\": \"1\""), "words",
             "both words are in the language, or neither"},
            {by_l, "outside J, by L", evidence("\"t\": \"1\"", "\"t\": \"0\""), "words",
             "both words are in the language, or neither"},
            {by_da, "outside DA", evidence("\"c\": \"\"", "\"c\": \"b\""), "words",
             "both words are in the language, or neither"},
            {by_da, "outside DA", evidence("\"c\": \"\"", "\"c\": \"a\""), "words", "not idempotent"},
            {by_groups, "outside R-groups", evidence("\"e\": \"0\"", "\"e\": \"\""), "words",
             "e f is not f, or f e is not e"},
            {by_groups, "outside R-groups", claim("\"last\"", "\"parity\""), "words", "not idempotent"},
            {by_groups, "outside R-groups", evidence("\"e\": \"0\"", "\"e\": \"11\""), "words",
             "both words are in the language, or neither"},
            {by_cycle, "outside star-free", evidence("\"q\": 2", "\"q\": 3"), "words",
             "v does not lead back after q times"},
            {by_cycle, "outside star-free", evidence("\"q\": 2", "\"q\": 1"), "words", "at least 2 was expected"},
            {by_cycle, "outside star-free", evidence("\"v\": \"1\"", "\"v\": \"11\""), "words",
             "with y all are in the language, or none"},
            {by_length, "outside quasi-aperiodic", evidence("\"u\": \"0\"", "\"u\": \"00\""), "words",
             "u and v are not of one length, or empty"},
            {by_length, "outside quasi-aperiodic",
             both(evidence("\"u\": \"0\"", "\"u\": \"\""), evidence("\"v\": \"1\"", "\"v\": \"\"")), "words",
             "u and v are not of one length, or empty"},
            {by_length, "outside quasi-aperiodic", evidence("\"u\": \"0\"", "\"u\": \"1\""), "words",
             "u changes a state"},
            {by_length, "outside quasi-aperiodic", evidence("\"q\": 2", "\"q\": 5"), "words",
             "v does not lead back after q times"},
            {by_length_words, "outside quasi-aperiodic", evidence("\"v\": \"1\"", "\"v\": \"0\""), "words",
             "with y all are in the language, or none"},
            {by_foc, "outside FOC", evidence("\"b\": \"1\"", "\"b\": \"0\""), "words", "a and b are one symbol"},
            {by_foc, "outside FOC", evidence("\"v\": \"0\"", "\"v\": \"00\""), "words",
             "the length of v does not divide that of u, w and a symbol"},
            {by_foc, "outside FOC", evidence("\"v\": \"0\"", "\"v\": \"\""), "words",
             "the length of v does not divide that of u, w and a symbol"},
            {by_foc_states, "outside FOC", claim("\"last\"", "\"regex:(00)*1\""), "words", "v changes a state"},
            {by_foc_states, "outside FOC", evidence("\"y\": \"\"", "\"y\": \"0\""), "words",
             "both words are in the language, or neither"},
            {by_group, "outside solvable", evidence("\"v\": \"b\"", "\"v\": \"aa\""), "words", "the group is solvable"},
            {by_group, "outside solvable", evidence("[0, 1, 2, 3, 4]", "[0, 1, 2, 3]"), "words",
             "a word does not permute the states"},
            {by_group, "outside solvable", evidence("[0, 1, 2, 3, 4]", "[1, 0, 2, 3, 4]"), "question",
             "the states do not ascend"},
            {by_group, "outside solvable", evidence("[0, 1, 2, 3, 4]", "[0, 1, 2, 3, 5]"), "words",
             "the automaton has no such state"},
            {partition, counted, evidence("[[0, 1]]", "[[0], [1]]"), "words", "each class has one state"},
            {partition, counted, evidence("[[0, 1]]", "[[0, 1], [1]]"), "words", "a state is in two classes"},
            {partition, counted, evidence("[[0, 1]]", "[[1, 0]]"), "question", "the states do not ascend"},
            {partition, counted, evidence("[[0, 1]]", "[[0, 2]]"), "words", "the automaton has no such state"},
            {partition, counted, claim("\"last\"", "\"first\""), "words", "some state is not reached from another"},
            {sums, counted, evidence("\"states\": [0, 1]", "\"states\": [1, 0]"), "words",
             "the equations do not add up to it"},
            {sums, counted, evidence("{\"states\": [0, 1], \"edges\": [[1, \"0\", 1], [0, \"0\", -1]]}", ""), "words",
             "two neighbours of a class have no sum"},
            {linear, counted, evidence("-1", "1"), "words", "the equations do not add up to it"},
            {linear, counted, evidence(", [0, \"0\", -1]", ""), "words", "the equations do not add up to it"},
            {linear, counted, evidence("[1, \"0\", 1]", "[1, \"2\", 1]"), "words", "not a word over the alphabet"},
            {linear, counted, evidence("[1, \"0\", 1]", "[2, \"0\", 1]"), "words", "no such edge"},
            {linear, counted, evidence("[1, \"0\", 1]", "[1, \"0\"]"), "question",
             "a state, a symbol and a number were expected"},
        }};
}

Section too_few_layers() {
    constexpr const char* few = "too few layers";
    return {
        "23",
        {
            {layer_keys, few, claim("\"strict\"", "\"none\""), "question", "\"strict\" was expected"},
            {layer_keys, few, claim("\"right\"", "\"up\""), "question", "\"two-sided\" was expected"},
            {layer_keys, few, claim("\"last\"", "\"first\""), "question", "\"end\" or \"last\" was expected"},
            {layer_keys, few, claim("\"impossible\"", "\"possible\""), "question", "\"impossible\" was expected"},
            {layer_keys, few, claim(", \"modulus\": 1", ""), "question", "the key \"modulus\" is missing"},
            {layer_keys, few, claim("\"layers\": 1", "\"layers\": 1, \"heads\": 2"), "question",
             "unknown key \"heads\""},
            {layer_numbers, few, claim("\"modulus\": 1", "\"modulus\": 0"), "question", "claim.modulus"},
            {layer_numbers, few, claim("\"layers\": 1", "\"layers\": -1"), "question", "claim.layers"},
            {layer_numbers, few, claim("\"layers\": 1", "\"layers\": 1001"), "question", "claim.layers"},
            {layer_language, few, claim("\"nested:1\"", "\"anbn\""), "question", "the language is not regular"},
            {layer_language, few, claim("[\"a\", \"b\"]", "[\"b\", \"a\"]"), "question",
             "the language has another alphabet"},
            {pair_keys, few, evidence("\"pair\"", "\"words\""), "question",
             "evidence of the kind \"pair\" was expected"},
            {pair_keys, few, evidence("\"ab\", \"aab\"", "\"ab\""), "question", "two words were expected"},
            {pair_keys, few, evidence("\"pair\"", "\"pair\", \"answers\": []"), "question", "unknown key \"answers\""},
            {pair, few, evidence("\"ab\", \"aab\"", "\"aab\", \"ab\""), "pair", "the word is not in the language"},
            {pair, few, evidence("\"aab\"", "\"abab\""), "pair", "the word is in the language"},
            {pair, few, evidence("\"aab\"", "\"ac\""), "pair", "evidence.words[1]"},
            {pair, few, evidence("\"ab\"", "\"\""), "pair", "an empty word has no last symbol"},
            {pair, few, evidence("\"aab\"", "\"aa\""), "pair", "tells the words apart"},
            {pair, few, claim("\"layers\": 1", "\"layers\": 2"), "pair", "tells the words apart"},
            {pair, few, claim("\"layers\": 1", "\"layers\": 1000"), "pair", "tells the words apart"},
            {order, "too few layers, to the left", claim("\"left\"", "\"right\""), "pair", "tells the words apart"},
            {order, "too few layers, to the left", claim("\"left\"", "\"both\""), "pair", "tells the words apart"},
            {end, "too few layers, to the left", claim("\"layers\": 1", "\"layers\": 2"), "pair",
             "tells the words apart"},
            {end, "too few layers, to the left", claim("\"modulus\": 1", "\"modulus\": 2"), "pair",
             "tells the words apart"},
            {first_letters, "too few layers, with positions", evidence("\"bb\"", "\"bbb\""), "pair",
             "tells the words apart"},
            {first_letters, few, claim("\"modulus\": 1", "\"modulus\": 2"), "pair", "tells the words apart"},
            {two_sides, "too few layers, to both sides", claim("\"layers\": 2", "\"layers\": 3"), "pair",
             "tells the words apart"},
        }};
}

}  // namespace forgeries
