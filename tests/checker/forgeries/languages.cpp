#include "forgery.hpp"
#include "originals.hpp"

namespace forgeries {
namespace {

/// The network accepts one word more, or one less.
Edit accept(const std::string& word) {
    return in("model.json", "\"accept\": [", "\"accept\": [" + seen_value(word) + ", ");
}
Edit reject(const std::string& word) {
    return [=](Certificate& c) {
        std::string& text = c.files.at("model.json");
        const std::size_t list = text.find("\"accept\"");
        const std::string value = seen_value(word), rest = text.substr(list);
        const bool last = rest.find(", " + value) != std::string::npos;
        text = text.substr(0, list) + (last                                           ? replaced(rest, ", " + value, "")
                                       : rest.find(value + ", ") != std::string::npos ? replaced(rest, value + ", ", "")
                                                                                      : replaced(rest, value, ""));
    };
}
Edit text(const std::string& language) { return in("claim", "\"last\"", "\"" + language + "\""); }
Edit dfa(const std::string& from, const std::string& to) { return in("language.json", from, to); }
Edit map(const std::string& entries) { return in("claim", R"({"0": "a", "1": "b"})", entries); }

constexpr const char* tables = "2^N = 4 · (number of hexadecimal digits), or N ≤ 1 with one digit";
constexpr const char* expressions = "Regular expressions P, over single-character symbols";
constexpr const char* automaton =
    "Automaton file: strict JSON, `{\"format\": \"attest/dfa\", \"version\": 1, \"alphabet\": [symbols], "
    "\"states\": m, \"start\": s, \"accept\": [states], \"transitions\": [[state for each symbol], …]}`, m ≥ "
    "1 rows, states 0 … m−1";
constexpr const char* no_map =
    "without `map`, each model symbol is its own language symbol and must be in the language's alphabet";
constexpr const char* with_map =
    "with it, each model symbol has exactly one entry, whose value is in the language's alphabet";

std::vector<Forgery> memberships() {
    return {
        {"c(w) odd / even", "language parity", accept("000"), "exhaustion", "word \"000\": the model accepts it"},
        {"c(w) odd / even", "language even", reject("110"), "exhaustion", "word \"110\": the model rejects it"},
        {"2 c(w) > N", "language majority", accept("0011"), "exhaustion", "word \"0011\": the model accepts it"},
        {"N ≥ 1 and the first / last symbol is `1`", "language first", accept("011"), "exhaustion",
         "word \"011\": the model accepts it"},
        {"N ≥ 1 and the first / last symbol is `1`", "language last", reject("001"), "exhaustion",
         "word \"001\": the model rejects it"},
        {"| no `0` |", "language all-ones", accept("110"), "exhaustion", "word \"110\": the model accepts it"},
        {"W (not empty) is a factor of w", "language contains:11", reject("0110"), "exhaustion",
         "word \"0110\": the model rejects it"},
        {"c(w) ≡ R mod M; 1 ≤ M ≤ 4096, 0 ≤ R < M", "language mod:3,1", reject("1111"), "exhaustion",
         "word \"1111\": the model rejects it"},
        {"w is balanced / and of depth ≤ D; 1 ≤ K ≤ 30, 1 ≤ D", "language dyck:1", accept("()(("), "exhaustion",
         "word \"()((\": the model accepts it"},
        {"w is balanced / and of depth ≤ D; 1 ≤ K ≤ 30, 1 ≤ D", "language dyck:2", accept("([)]"), "exhaustion",
         "word \"([)]\": the model accepts it"},
        {"w is balanced / and of depth ≤ D; 1 ≤ K ≤ 30, 1 ≤ D", "language dyck:2,1", accept("[()]"), "exhaustion",
         "word \"[()]\": the model accepts it"},
        {"w is its own reverse", "language palindrome", accept("011"), "exhaustion",
         "word \"011\": the model accepts it"},
        {"1: 1\\*", "language tomita:1", accept("101"), "exhaustion", "word \"101\": the model accepts it"},
        {"2: (10)\\*", "language tomita:2", accept("0101"), "exhaustion", "word \"0101\": the model accepts it"},
        {"3: no odd run of 1 directly followed by an odd run of 0", "language tomita:3", reject("11100"), "exhaustion",
         "word \"11100\": the model rejects it"},
        {"In 3, runs are maximal", "language tomita:3", reject("11000"), "exhaustion",
         "word \"11000\": the model rejects it"},
        {"4: no 000", "language tomita:4", accept("1000"), "exhaustion", "word \"1000\": the model accepts it"},
        {"5: even number of 0 and even number of 1", "language tomita:5", accept("0111"), "exhaustion",
         "word \"0111\": the model accepts it"},
        {"6: #0 − #1 ≡ 0 mod 3", "language tomita:6", reject("1100"), "exhaustion",
         "word \"1100\": the model rejects it"},
        {"7: 0\\*1\\*0\\*1\\*", "language tomita:7", accept("10101"), "exhaustion",
         "word \"10101\": the model accepts it"},
        {"w = aᵏbᵏ, k ≥ 0", "language anbn", accept("abab"), "exhaustion", "word \"abab\": the model accepts it"},
        {"w = aᵏbᵏcᵏ, k ≥ 0", "language anbncn", accept("acb"), "exhaustion", "word \"acb\": the model accepts it"},
        {"for each pair, w without all other symbols is balanced", "language shuffle:2", reject("([)]"), "exhaustion",
         "word \"([)]\": the model rejects it"},
        {"for each pair, w without all other symbols is balanced", "language shuffle:2", accept("][()"), "exhaustion",
         "word \"][()\": the model accepts it"},
        {"which `1` sets to 0", "language reset-dyck", reject("((1"), "exhaustion",
         "word \"((1\": the model rejects it"},
        {"is never negative, and is 0 at the end", "language reset-dyck", accept("1)("), "exhaustion",
         "word \"1)(\": the model accepts it"},
        {"w is one expression in prefix notation", "language boolexpr:2", accept("01a"), "exhaustion",
         "word \"01a\": the model accepts it"},
        {"the operator of arity r, which is letter r of the alphabet's letters, before r expressions",
         "language boolexpr:2", accept("a10"), "exhaustion", "word \"a10\": the model accepts it"},
        {"of depth ≤ N, that is, in D_N with D₁ = (ab)\\*, Dₙ = (a Dₙ₋₁ b)\\*", "language nested:2",
         in("claim", "nested:2", "nested:1"), "exhaustion", "word \"aabb\": the model accepts it"},
        {"w is balanced, `a` opening and `b` closing", "language nested:2", accept("abba"), "exhaustion",
         "word \"abba\": the model accepts it"},
        {"P matches all of w", "language regex:a(?:b|[c-z]){2}|a(){1}", reject("acb"), "exhaustion",
         "word \"acb\": the model rejects it"},
        {"Matching is of the whole word; no anchors, no back-references", "language regex:a(?:b|[c-z]){2}|a(){1}",
         accept("bab"), "exhaustion", "word \"bab\": the model accepts it"},
        {"the automaton accepts w", "automaton", dfa("\"accept\": [1]", "\"accept\": [0]"), "exhaustion",
         "word \"000\": the model rejects it"},
        {"the bit of index w is 1, where the words are counted from 0…0 with the first symbol most "
         "significant",
         "language table:9", accept("01"), "exhaustion", "word \"01\": the model accepts it"},
        {"the most significant bit of each digit first", "language table:9", in("claim", "table:9", "table:1"),
         "exhaustion", "word \"00\": the model accepts it"},
    };
}

std::vector<Forgery> texts() {
    return {
        {"`text` is one of these", "exhaustion", text("Last"), "question",
         "claim.language: the language \"Last\" is not known"},
        {"`text` is one of these", "exhaustion", text("last "), "question", "claim.language: the language"},
        {"`text` is one of these", "exhaustion", text(""), "question", "claim.language: the language"},
        {"`text` is one of these", "exhaustion", text("dfa:other.json"), "question", "claim.language: the language"},
        {"`text` is one of these", "exhaustion", text("l\xd0\xb0st"), "question", "claim.language: the language"},
        {"W (not empty) is a factor of w", "exhaustion", text("contains:"), "question",
         "claim.language: the language \"contains:\" is not known"},
        {"W (not empty) is a factor of w", "exhaustion", text("contains:02"), "question",
         "claim.language: '2' is not in the alphabet"},
        {"1 ≤ M ≤ 4096, 0 ≤ R < M", "exhaustion", text("mod:0,0"), "question", "claim.language"},
        {"1 ≤ M ≤ 4096, 0 ≤ R < M", "exhaustion", text("mod:4097,0"), "question", "claim.language"},
        {"1 ≤ M ≤ 4096, 0 ≤ R < M", "exhaustion", text("mod:2,2"), "question", "claim.language"},
        {"1 ≤ M ≤ 4096, 0 ≤ R < M", "exhaustion", text("mod:2,-1"), "question", "claim.language"},
        {"1 ≤ M ≤ 4096, 0 ≤ R < M", "exhaustion", text("mod:2"), "question", "claim.language"},
        {"numbers without leading zeros", "exhaustion", text("mod:02,1"), "question", "claim.language"},
        {"1 ≤ K ≤ 30, 1 ≤ D", "language dyck:1", in("claim", "dyck:1", "dyck:0"), "question", "claim.language"},
        {"1 ≤ K ≤ 30, 1 ≤ D", "language dyck:1", in("claim", "dyck:1", "dyck:31"), "question", "claim.language"},
        {"1 ≤ K ≤ 30, 1 ≤ D", "language dyck:1", in("claim", "dyck:1", "dyck:1,0"), "question", "claim.language"},
        {"1 ≤ K ≤ 30, 1 ≤ D", "language dyck:1", in("claim", "dyck:1", "dyck:1,"), "question", "claim.language"},
        {"1 ≤ K ≤ 30 for `shuffle`", "language shuffle:2", in("claim", "shuffle:2", "shuffle:31"), "question",
         "claim.language"},
        {"1 ≤ K ≤ 30 for `shuffle`", "language shuffle:2", in("claim", "shuffle:2", "shuffle:0"), "question",
         "claim.language"},
        {"1 ≤ R ≤ 26", "language boolexpr:2", in("claim", "boolexpr:2", "boolexpr:27"), "question", "claim.language"},
        {"1 ≤ R ≤ 26", "language boolexpr:2", in("claim", "boolexpr:2", "boolexpr:0"), "question", "claim.language"},
        {"1 ≤ N ≤ 4096", "language nested:2", in("claim", "nested:2", "nested:4097"), "question", "claim.language"},
        {"1 ≤ N ≤ 4096", "language nested:2", in("claim", "nested:2", "nested:0"), "question", "claim.language"},
        {"`tomita:1` … `tomita:7`", "exhaustion", text("tomita:0"), "question", "claim.language"},
        {"`tomita:1` … `tomita:7`", "exhaustion", text("tomita:8"), "question", "claim.language"},
        {tables, "exhaustion", text("table:5"), "question", "claim.language: the table is not one of length 3"},
        {tables, "exhaustion", text("table:555"), "question", "claim.language: the table is not one of length 3"},
        {tables, "exhaustion", text("table:"), "question", "claim.language: the table is not one of length 3"},
        {tables, "exhaustion", both(text("table:"), in("claim", "\"length\": 3", "\"length\": 40")), "question",
         "claim.language: the table is not one of length 40"},
        {tables, "exhaustion", text("table:5g"), "question", "claim.language: the language"},
        {"At every other length the language is undefined and the question refused", "exhaustion",
         both(text("table:55"), both(in("claim", "\"length\": 3", "\"length\": 2"), in("evidence", "8", "4"))),
         "question", "the table is not one of length 2"},
        {"Unused bits (N ≤ 1) are 0", "exhaustion",
         both(text("table:5"), both(in("claim", "\"length\": 3", "\"length\": 1"), in("evidence", "8", "2"))),
         "question", "an unused bit of the table is set"},
    };
}

std::vector<Forgery> patterns() {
    const auto refused = [](const char* sentence, const std::string& pattern, const char* why) {
        return Forgery{sentence, "exhaustion", text("regex:" + pattern), "question", why};
    };
    return {
        refused("`{m}` `{m,n}` `{m,}` (m ≤ n ≤ 1000, without leading zeros)", ".*1{1001}", "a number of at most 1000"),
        refused("`{m}` `{m,n}` `{m,}` (m ≤ n ≤ 1000, without leading zeros)", ".*1{1,1001}",
                "a number of at most 1000"),
        refused("`{m}` `{m,n}` `{m,}` (m ≤ n ≤ 1000, without leading zeros)", ".*1{,1}", "a number of at most 1000"),
        refused("`{m}` `{m,n}` `{m,}` (m ≤ n ≤ 1000, without leading zeros)", ".*1{2,1}", "in the wrong order"),
        refused("`{m}` `{m,n}` `{m,}` (m ≤ n ≤ 1000, without leading zeros)", ".*1{1", "'}' was expected"),
        refused("parentheses (also `(?:…)`", "(.*1", "')' was expected"),
        refused("parentheses (also `(?:…)`", ".*1)", "unexpected )"),
        refused("parentheses (also `(?:…)`", "(?=.*1).*", "only groups"),
        refused("classes `[ab]`, `[^ab]`, ranges `[a-z]` by code point", ".*[1-0]", "in the wrong order"),
        refused("classes `[ab]`, `[^ab]`, ranges `[a-z]` by code point", ".*[1", "unexpected end"),
        refused("classes `[ab]`, `[^ab]`, ranges `[a-z]` by code point", ".*[]", "an empty class"),
        refused("A repetition is repeated only in parentheses", ".**1", "repeats a repetition"),
        refused("A repetition is repeated only in parentheses", ".{2}{3}1", "repeats a repetition"),
        refused("A repetition is repeated only in parentheses", ".*?1", "repeats a repetition"),
        refused("whatever has a meaning in another dialect and none here", "\\\\d*1", "means nothing here"),
        refused("whatever has a meaning in another dialect and none here", ".*\\\\1", "means nothing here"),
        refused("whatever has a meaning in another dialect and none here", "\\\\w*1", "means nothing here"),
        refused("whatever has a meaning in another dialect and none here", ".*1\\\\b", "means nothing here"),
        refused("whatever has a meaning in another dialect and none here", ".*\\\\x31", "means nothing here"),
        refused("whatever has a meaning in another dialect and none here", "[[:digit:]]*1", "is not in the alphabet"),
        refused("(m ≤ n ≤ 1000, without leading zeros)", ".{02}1", "a number of at most 1000"),
        refused("(also `(?:…)`; at most 200 deep)", std::string(201, '(') + ".*1" + std::string(201, ')'),
                "nested deeper than 200"),
        refused("no anchors, no back-references", "^.*1$", "stands for itself only after a backslash"),
        refused("no anchors, no back-references", ".*1$", "stands for itself only after a backslash"),
        refused("alternation `|`, concatenation, `*` `+` `?`", "*1", "stands for itself only after a backslash"),
        refused("`\\` before a character that stands for itself and is no ASCII letter or digit", ".*1\\\\",
                "unexpected end"),
        refused("A literal that is not in the alphabet is refused", ".*2", "'2' is not in the alphabet"),
        refused("A literal that is not in the alphabet is refused", ".*[12]", "'2' is not in the alphabet"),
        refused("A literal that is not in the alphabet is refused", ".*1 ", "' ' is not in the alphabet"),
        refused(expressions, ".*1\\u0085", "is not in the alphabet"),
    };
}

std::vector<Forgery> maps() {
    return {
        {no_map, "exhaustion", text("anbn"), "question", "claim: '0' is not in the alphabet of anbn"},
        {no_map, "exhaustion", text("dyck:1"), "question", "claim: '0' is not in the alphabet of dyck:1"},
        {no_map, "three symbols", in("claim", "regex:[ab]*c|.*[abc]c", "anbn"), "question",
         "claim: 'c' is not in the alphabet of anbn"},
        {with_map, "with a map", map(R"({"1": "b"})"), "question", "claim.map: the symbol '0' has no entry"},
        {with_map, "with a map", map(R"({"0": "a", "1": "b", "2": "a"})"), "question",
         "claim.map: an entry is not for a symbol of the model"},
        {with_map, "with a map", map(R"({"0": "a", "1": "b", "": "a"})"), "question",
         "claim.map: an entry is not for a symbol of the model"},
        {with_map, "with a map", map(R"({"0": "a", "1": "b", "0": "b"})"), "question", "appears twice"},
        {with_map, "with a map", map("{}"), "question", "claim.map: the symbol '0' has no entry"},
        {with_map, "with a map", map(R"({"0": "a", "1": "ab"})"), "question", "claim.map: \"ab\" is not one character"},
        {with_map, "with a map", map(R"({"0": "a", "1": "\u0007"})"), "question", "claim.map"},
        {with_map, "with a map", in("claim", "regex:[ab]*b", "last"), "question",
         "claim: 'a' is not in the alphabet of last"},
        {"with a `map`, the set of the map's values, in order of code points", "with a map",
         map(R"({"0": "b", "1": "b"})"), "question", "'a' is not in the alphabet"},
        {"with a `map`, the set of the map's values, in order of code points", "with a map",
         both(in("claim", "regex:[ab]*b", "regex:b*"), map(R"({"0": "b", "1": "b"})")), "exhaustion",
         "word \"00\": the model rejects it"},
        {"without a map, the model's alphabet", "exhaustion", text("regex:[ab]*b"), "question",
         "'a' is not in the alphabet"},
        {"map(w) is in the language", "with a map", map(R"({"0": "b", "1": "a"})"), "exhaustion",
         "word \"00\": the model rejects it"},
    };
}

std::vector<Forgery> automata() {
    return {
        {automaton, "automaton", put("language.json", "[]"), "question", "language.json"},
        {automaton, "automaton", dfa("attest/dfa", "attest/nfa"), "question", "format: \"attest/dfa\" was expected"},
        {automaton, "automaton", dfa("\"version\": 1", "\"version\": 2"), "question", "language.json: version"},
        {automaton, "automaton", dfa("\"states\": 2", "\"states\": 3"), "question",
         "transitions: one row for each state"},
        {automaton, "automaton", dfa("\"states\": 2", "\"states\": 1"), "question",
         "transitions: one row for each state"},
        {"m ≥ 1 rows, states 0 … m−1", "automaton", dfa("\"states\": 2", "\"states\": 0"), "question",
         "states: 0 is not between 1"},
        {"m ≥ 1 rows, states 0 … m−1", "automaton", dfa("\"start\": 0", "\"start\": 2"), "question",
         "start: 2 is not between 0 and 1"},
        {"m ≥ 1 rows, states 0 … m−1", "automaton", dfa("\"accept\": [1]", "\"accept\": [2]"), "question",
         "accept[0]: 2 is not between 0 and 1"},
        {"m ≥ 1 rows, states 0 … m−1", "automaton", dfa("[[0, 1]", "[[0, 2]"), "question",
         "transitions[0][1]: 2 is not between 0 and 1"},
        {"m ≥ 1 rows, states 0 … m−1", "automaton", dfa("[[0, 1]", "[[0, -1]"), "question",
         "transitions[0][1]: -1 is not between 0 and 1"},
        {"[[state for each symbol], …]", "automaton", dfa("[[0, 1]", "[[0]"), "question",
         "transitions[0]: one state for each symbol"},
        {"[[state for each symbol], …]", "automaton", dfa("[[0, 1]", "[[0, 1, 1]"), "question",
         "transitions[0]: one state for each symbol"},
        {"[[state for each symbol], …]", "automaton", dfa("[[0, 1]", "[[0, null]"), "question",
         "transitions[0][1]: an integer was expected"},
        {"no symbol and no accepting state twice", "automaton", dfa("\"accept\": [1]", "\"accept\": [1, 1]"),
         "question", "accept[1]: the state occurs twice"},
        {"no symbol and no accepting state twice", "automaton", dfa("[\"0\", \"1\"]", "[\"0\", \"0\"]"), "question",
         "alphabet[1]: the symbol occurs twice"},
        {"no symbol and no accepting state twice", "automaton", dfa("[\"0\", \"1\"]", "[\"0\", \"11\"]"), "question",
         "alphabet[1]: a symbol is one character"},
        {"no symbol and no accepting state twice", "automaton", dfa("[\"0\", \"1\"]", "[]"), "question",
         "alphabet: at least one symbol"},
        {"| its own |", "automaton", dfa("[\"0\", \"1\"]", "[\"a\", \"b\"]"), "question",
         "claim: '0' is not in the alphabet of dfa:language.json"},
        {"| its own |", "automaton", dfa("[\"0\", \"1\"]", "[\"1\", \"0\"]"), "exhaustion",
         "word \"000\": the model rejects it"},
        {"strict JSON, `{\"format\": \"attest/dfa\"", "automaton", dfa("\"states\"", "\"final\": [1], \"states\""),
         "question", "unknown key \"final\""},
        {"strict JSON, `{\"format\": \"attest/dfa\"", "automaton", dfa("\"start\": 0", "\"start\": 0, \"start\": 1"),
         "question", "appears twice"},
        {"strict JSON, `{\"format\": \"attest/dfa\"", "automaton", dfa("\"start\": 0, ", ""), "question",
         "the key \"start\" is missing"},
    };
}

}  // namespace

Section languages() {
    Section section{"3", memberships()};
    for (const auto& more : {texts(), patterns(), maps(), automata()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
