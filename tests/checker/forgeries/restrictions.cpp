#include "forgery.hpp"
#include "originals.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }

constexpr const char* rho =
    "It is written as an object from positions (decimal, 1 … N, no leading zeros) to symbols of the model's "
    "alphabet Σ";
constexpr const char* no_language = "There is no language and no map in these claims; `verdict` is no key of theirs";
constexpr const char* every_word = "the model gives this answer on every word that agrees with ρ";
constexpr const char* pair_there = "`pair` is there iff a position is free and Σ has two symbols or more";
constexpr const char* pair =
    "both words of `pair` agree with ρ, differ in one position, and model(w) = model(w′) = answer";
constexpr const char* has_open = "For `optimal: true` where k ≥ 1 positions are fixed, each has one more key, `open`";
constexpr const char* open =
    "for each choice of k − 1 positions and of symbols at them two words of the list have these symbols "
    "there and get different answers";
constexpr const char* count = "count is the number of words that agree with ρ (`sensitive`: of all words), at most 2²²";
constexpr const char* changes =
    "for every word of N symbols and every position of it, some other symbol at that position changes the "
    "answer";

std::vector<Forgery> claims() {
    return {
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\"03\": \"1\"}"), "question",
         "claim.fixed.03: a position of the word"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\"0\": \"1\"}"), "question",
         "claim.fixed.0: a position of the word"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\"4\": \"1\"}"), "question",
         "claim.fixed.4: a position of the word"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\"-1\": \"1\"}"), "question",
         "claim.fixed.-1: a position of the word"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\"three\": \"1\"}"), "question",
         "claim.fixed.three: a position of the word"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\" 3\": \"1\"}"), "question", "a position of the word"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\"4294967299\": \"1\"}"), "question", "a position of the word"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\"3\": \"2\"}"), "question",
         "claim.fixed.3: '2' is not in the model's alphabet"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\"3\": 1}"), "question", "claim.fixed.3: a string was expected"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "{\"3\": \"1\", \"3\": \"0\"}"), "question", "appears twice"},
        {rho, "restriction", claim("{\"3\": \"1\"}", "[\"*\", \"*\", \"1\"]"), "question",
         "fixed: an object was expected"},
        {no_language, "restriction", claim("\"optimal\"", "\"language\": \"last\", \"optimal\""), "question",
         "unknown key \"language\""},
        {no_language, "restriction", claim("\"optimal\"", "\"map\": {}, \"optimal\""), "question",
         "unknown key \"map\""},
        {no_language, "restriction", claim("\"optimal\"", "\"verdict\": \"verified\", \"optimal\""), "question",
         "unknown key \"verdict\""},
        {no_language, "sensitive", claim("\"length\": 2", "\"length\": 2, \"language\": \"parity\""), "question",
         "unknown key \"language\""},
        {no_language, "sensitive", claim("\"length\": 2", "\"length\": 2, \"fixed\": {}"), "question",
         "unknown key \"fixed\""},
        {"\"answer\": \"accept\" | \"reject\"", "restriction", claim("\"accept\"", "\"true\""), "question",
         "answer: \"accept\" or \"reject\" was expected"},
        {"\"answer\": \"accept\" | \"reject\"", "restriction", claim("\"answer\": \"accept\", ", ""), "question",
         "the key \"answer\" is missing"},
        {"\"optimal\": true | false}`", "restriction", claim("\"optimal\": true", "\"optimal\": 1"), "question",
         "optimal: true or false was expected"},
        {"\"optimal\": true | false}`", "restriction", claim(", \"optimal\": true", ""), "question",
         "the key \"optimal\" is missing"},
        {"`{\"kind\", \"model\": name, \"length\": N}`, N ≥ 1", "sensitive", claim("\"length\": 2", "\"length\": 0"),
         "question", "claim.length: the empty word has no position"},
        {pair_there, "restriction", claim(", \"pair\": [\"001\", \"011\"]", ""), "question",
         "claim.pair: two words were expected"},
        {pair_there, "restriction", claim("{\"3\": \"1\"}", "{\"1\": \"0\", \"2\": \"0\", \"3\": \"1\"}"), "question",
         "claim.pair: there are no two words"},
        {"\"pair\": [w, w′]", "restriction", claim("[\"001\", \"011\"]", "[\"001\"]"), "question",
         "pair: two words were expected"},
        {"\"pair\": [w, w′]", "restriction", claim("[\"001\", \"011\"]", "[\"001\", \"011\", \"101\"]"), "question",
         "pair: two words were expected"},
        {"\"pair\": [w, w′]", "restriction", claim("[\"001\", \"011\"]", "\"001\""), "question",
         "pair: an array was expected"},
    };
}

std::vector<Forgery> of_soft_models() {
    constexpr const char* kind = "Where it is a soft model (section 12), the evidence is `enclosure`";
    constexpr const char* for_soft =
        "`enclosure`: `{\"kind\", \"words\": count, \"margin\": m, \"bits\": b}`, for soft models";
    constexpr const char* no_classes =
        "There is no key `classes`, since a restriction fixes symbols at their positions";
    constexpr const char* margin =
        "each score that is judged, also of the words of `pair` and `open`, has a certain sign and is at least the "
        "margin from 0";
    const Edit exactly = both(evidence("enclosure", "exhaustion"), evidence("\"margin\": 0.07, \"bits\": 64, ", ""));
    return {
        {kind, "soft restriction", exactly, "question", "evidence.kind: a softmax model is not evaluated exactly"},
        {for_soft, "restriction",
         both(evidence("exhaustion", "enclosure"), evidence("4", "4, \"margin\": 0, \"bits\": 64")), "question",
         "evidence.kind: an enclosure needs a softmax model"},
        {for_soft, "soft restriction", evidence("\"bits\": 64, ", ""), "question", "the key \"bits\" is missing"},
        {no_classes, "soft restriction", evidence("\"bits\"", "\"classes\": [[1, 2]], \"bits\""), "question",
         "unknown key \"classes\""},
        {no_classes, "soft sensitive", evidence("\"bits\"", "\"classes\": [[1]], \"bits\""), "question",
         "unknown key \"classes\""},
        {"the same words are evaluated, as section 12 says", "soft restriction",
         evidence("\"words\": 2", "\"words\": 4"), "enclosure", "evidence.words: there are 2 words"},
        {margin, "soft restriction", evidence("0.07", "0.1"), "enclosure",
         "word \"10\": its score is not certain, or nearer to 0"},
        {margin, "soft sensitive", evidence("0.42", "0.43"), "enclosure",
         "word \"0\": its score is not certain, or nearer to 0"},
        {every_word, "soft restriction", claim("\"accept\"", "\"reject\""), "enclosure",
         "word \"10\": the model answers otherwise"},
        {changes, "soft sensitive",
         both(claim("\"length\": 1", "\"length\": 2"),
              both(evidence("\"words\": 2", "\"words\": 4"), evidence("0.42", "0"))),
         "enclosure", "no symbol at position"},
    };
}

std::vector<Forgery> pairs() {
    return {
        {pair, "restriction", claim("[\"001\", \"011\"]", "[\"001\", \"001\"]"), "witness",
         "claim.pair: the words differ in 0 positions"},
        {pair, "restriction", claim("[\"001\", \"011\"]", "[\"001\", \"111\"]"), "witness",
         "claim.pair: the words differ in 2 positions"},
        {pair, "restriction", claim("[\"001\", \"011\"]", "[\"000\", \"010\"]"), "witness",
         "claim.pair: \"000\" does not agree with the restriction"},
        {pair, "restriction", claim("[\"001\", \"011\"]", "[\"001\", \"000\"]"), "witness",
         "claim.pair: \"000\" does not agree with the restriction"},
        {pair, "restriction", claim("[\"001\", \"011\"]", "[\"01\", \"11\"]"), "witness",
         "claim.pair: the word has 2 symbols"},
        {pair, "restriction", claim("[\"001\", \"011\"]", "[\"001\", \"021\"]"), "witness",
         "claim.pair: '2' is not in the model's alphabet"},
        {pair, "restriction refuted", claim("[\"001\", \"011\"]", "[\"001\", \"101\"]"), "witness",
         "claim.pair: \"101\" does not agree with the restriction"},
    };
}

/// 24 of 25 positions are fixed, the last of which settles the answer.
Edit many_fixed() {
    return [](Certificate& c) {
        std::string fixed = "{", word(23, '0');
        for (int i = 1; i <= 23; ++i) fixed += "\"" + std::to_string(i) + "\": \"0\", ";
        c.claim = replaced(c.claim, "{\"3\": \"1\"}", fixed + "\"25\": \"1\"}");
        c.claim = replaced(c.claim, "\"length\": 3", "\"length\": 25");
        c.claim = replaced(c.claim, "[\"001\", \"011\"]", "[\"" + word + "01\", \"" + word + "11\"]");
        c.evidence = replaced(c.evidence, "4", "2");
        c.evidence = replaced(c.evidence, "[\"000\", \"001\"]", "[\"" + word + "00\", \"" + word + "01\"]");
    };
}

std::vector<Forgery> optimality() {
    const char* const all = "[\"000\", \"001\", \"010\", \"011\", \"100\", \"101\", \"110\", \"111\"]";
    return {
        {has_open, "restriction", evidence(", \"open\": [\"000\", \"001\"]", ""), "question",
         "evidence.open: a list of words was expected"},
        {has_open, "restriction", claim("\"optimal\": true", "\"optimal\": false"), "question",
         "evidence.open: there is nothing to show"},
        {has_open, "restriction refuted", claim("\"optimal\": false", "\"optimal\": true"), "question",
         "evidence.open: a list of words was expected"},
        {has_open, "restriction", both(claim("{\"3\": \"1\"}", "{}"), evidence("4", "8")), "question",
         "evidence.open: there is nothing to show"},
        {has_open, "sensitive", evidence("4", "4, \"open\": []"), "question", "unknown key \"open\""},
        {"a list of words of N symbols", "restriction", evidence("[\"000\", \"001\"]", "[\"00\", \"001\"]"),
         "optimality", "evidence.open: the word has 2 symbols"},
        {"a list of words of N symbols", "restriction", evidence("[\"000\", \"001\"]", "[\"00x\", \"001\"]"),
         "optimality", "evidence.open: 'x' is not in the model's alphabet"},
        {"a list of words of N symbols", "restriction", evidence("[\"000\", \"001\"]", "[0, 1]"), "question",
         "open[0]: a string was expected"},
        {open, "restriction", evidence("[\"000\", \"001\"]", "[\"000\"]"), "optimality",
         "evidence.open: some symbols at the positions"},
        {open, "restriction", evidence("[\"000\", \"001\"]", "[]"), "optimality",
         "evidence.open: some symbols at the positions"},
        {open, "restriction", evidence("[\"000\", \"001\"]", "[\"000\", \"010\"]"), "optimality",
         "evidence.open: some symbols at the positions"},
        {open, "restriction of two", evidence(", \"100\", \"101\", \"110\", \"111\"]", ", \"100\"]"), "optimality",
         "evidence.open: some symbols at the positions"},
        {open, "restriction of two", evidence("[\"000\", \"001\", \"010\", \"011\", ", "["), "optimality",
         "evidence.open: some symbols at the positions"},
        {"The number of choices, C(N, k−1) · |Σ|^(k−1), is at most 2²²", "restriction", many_fixed(), "optimality",
         "evidence.open: there are more than 2^22"},
        {"every restriction with fewer fixed positions is *open*", "restriction",
         both(claim("{\"3\": \"1\"}", "{\"2\": \"0\", \"3\": \"1\"}"),
              both(claim("\"001\", \"011\"", "\"001\", \"101\""),
                   both(evidence("4", "2"), evidence("[\"000\", \"001\"]", all)))),
         "optimality", "evidence.open: some symbols at the positions{ 3 }"},
    };
}

std::vector<Forgery> answers() {
    return {
        {every_word, "restriction", claim("\"accept\"", "\"reject\""), "exhaustion",
         "word \"001\": the model answers otherwise"},
        {every_word, "restriction", both(claim("{\"3\": \"1\"}", "{\"2\": \"1\"}"), claim("\"001\"", "\"111\"")),
         "exhaustion", "word \"010\": the model answers otherwise"},
        {every_word, "restriction of two", claim("\"3\": \"1\"", "\"3\": \"0\""), "exhaustion",
         "word \"000\": the model answers otherwise"},
        {every_word, "restriction refuted", claim("\"3\": \"1\"", "\"3\": \"0\""), "translation", "circuit.json"},
        {every_word, "restriction refuted", claim("\"accept\"", "\"reject\""), "translation", "circuit.json"},
        {every_word, "restriction refuted", claim("\"1\": \"0\", ", ""), "translation", "circuit.json"},
        {every_word, "restriction refuted", in("model.json", "\"-1/2\"", "\"-3/2\""), "translation", "circuit.json"},
        {count, "restriction", evidence("4", "8"), "exhaustion", "evidence.words: there are 4 words to evaluate"},
        {count, "restriction", evidence("4", "3"), "exhaustion", "evidence.words: there are 4 words to evaluate"},
        {count, "restriction", both(claim("\"length\": 3", "\"length\": 24"), evidence("4", "8388608")), "exhaustion",
         "evidence.words: there are more than 2^22"},
        {count, "sensitive", evidence("4", "2"), "exhaustion", "evidence.words: there are 4 words to evaluate"},
        {count, "sensitive", both(claim("\"length\": 2", "\"length\": 23"), evidence("4", "8388608")), "exhaustion",
         "evidence.words: there are more than 2^22"},
        {changes, "sensitive", both(claim("\"length\": 2", "\"length\": 3"), evidence("4", "8")), "exhaustion",
         "word \"000\": no symbol at position 2 changes the answer"},
        {changes, "sensitive", in("model.json", "\"-1/2\"", "\"1/2\""), "exhaustion",
         "word \"00\": no symbol at position 2"},
        {changes, "sensitive refuted", claim("\"length\": 2", "\"length\": 3"), "translation", "circuit.json"},
        {changes, "sensitive refuted", in("model.json", "\"-1/2\"", "\"1/2\""), "translation", "circuit.json: roots"},
        {"The roots are silent_1 … silent_N, then the drop literals' images", "sensitive refuted",
         in("circuit.json", "[0, 0]", "[0]"), "translation", "circuit.json: roots"},
        {"The first root is the image of accept, complemented if the answer is `accept`", "restriction refuted",
         in("circuit.json", "[0]", "[1]"), "translation", "circuit.json: roots"},
        {"The first root is the image of accept, complemented if the answer is `accept`", "restriction refuted",
         in("circuit.json", "[0]", "[]"), "translation", "circuit.json: roots"},
        {"into a new list of nodes with the same inputs", "restriction refuted",
         in("circuit.json", "\"inputs\": 3", "\"inputs\": 1"), "translation", "circuit.json: inputs"},
        {"Evidence for both, the files being those of the kind", "restriction",
         put("evidence", R"({"kind": "witness", "word": "001", "expected": "reject", "actual": "accept"})"), "question",
         "evidence of this kind does not fit the claim"},
        {"Evidence for both, the files being those of the kind", "restriction",
         put("evidence", R"({"kind": "network", "words": 4})"), "question", "\"network\" is not a kind of evidence"},
    };
}

}  // namespace

Section restrictions() {
    Section section{"10", claims()};
    for (const auto& more : {of_soft_models(), pairs(), optimality(), answers()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
