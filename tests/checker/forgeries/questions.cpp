#include "forgery.hpp"
#include "originals.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit kind(const std::string& text) { return put("evidence", text); }

constexpr const char* recognised =
    "`{\"kind\", \"model\": name, \"language\": text, \"length\": N, \"verdict\": \"verified\" | "
    "\"refuted\", \"map\": {model symbol: language symbol, …} (optional)}`";
constexpr const char* verified =
    "`verified` says: for each word w of N symbols over the model's alphabet, the model accepts w iff map(w) "
    "is in the language";
constexpr const char* of_tables =
    "Where the model is given as tables, N is their length and the evidence no `refutation`";
constexpr const char* name = "name is the model file's own where that has one";
constexpr const char* only_verified = "Verdict verified only";
constexpr const char* all_words = "the checker evaluates all |Σ|^N words (count is that number, at most 2²²)";

std::vector<Forgery> claims() {
    return {
        {"object: `kind`, and the keys of that kind (below)", "exhaustion", claim("\"kind\": \"recognises\", ", ""),
         "question", "claim: the key \"kind\" is missing"},
        {"object: `kind`, and the keys of that kind (below)", "exhaustion", claim("recognises", "proves"), "question",
         "claim.kind: \"proves\" is not a kind of claim"},
        {"object: `kind`, and the keys of that kind (below)", "exhaustion", claim("\"recognises\"", "1"), "question",
         "claim.kind: a string was expected"},
        {"object: `kind`, and the keys of that kind (below)", "exhaustion", put("claim", "[]"), "question",
         "claim: an object was expected"},
        {recognised, "exhaustion", claim("\"verdict\"", "\"optimal\": true, \"verdict\""), "question",
         "unknown key \"optimal\""},
        {recognised, "exhaustion", claim("\"model\": \"last-one\", ", ""), "question", "the key \"model\" is missing"},
        {recognised, "exhaustion", claim("\"language\": \"last\", ", ""), "question",
         "the key \"language\" is missing"},
        {recognised, "exhaustion", claim("\"length\": 3, ", ""), "question", "the key \"length\" is missing"},
        {recognised, "exhaustion", claim(", \"verdict\": \"verified\"", ""), "question",
         "the key \"verdict\" is missing"},
        {recognised, "exhaustion", claim("\"verified\"", "\"possible\""), "question",
         "verdict: \"verified\" or \"refuted\" was expected"},
        {recognised, "exhaustion", claim("\"verified\"", "\"Verified\""), "question",
         "verdict: \"verified\" or \"refuted\" was expected"},
        {recognised, "exhaustion", claim("\"length\": 3", "\"length\": -1"), "question", "length: -1 is not between 0"},
        {recognised, "exhaustion", claim("\"length\": 3", "\"length\": 3.0"), "question",
         "length: an integer was expected"},
        {recognised, "exhaustion", claim("\"length\": 3", "\"length\": 3e0"), "question",
         "length: an integer was expected"},
        {recognised, "exhaustion", claim("\"length\": 3", "\"length\": \"3\""), "question",
         "length: an integer was expected"},
        {recognised, "exhaustion", claim("\"length\": 3", "\"length\": 18446744073709551619"), "question",
         "length: an integer was expected"},
        {recognised, "exhaustion", claim("\"length\": 3", "\"length\": 1000000001"), "question",
         "length: 1000000001 is not between 0"},
        {recognised, "exhaustion", claim("\"last-one\"", "[\"last-one\"]"), "question", "model: a string was expected"},
        {recognised, "with a map", claim("{\"0\": \"a\", \"1\": \"b\"}", "[\"a\", \"b\"]"), "question",
         "map: an object was expected"},
        {recognised, "with a map", claim("\"1\": \"b\"", "\"1\": [\"b\"]"), "question", "map.1: a string was expected"},
        {name, "exhaustion", claim("last-one", "gpt-7"), "question", "claim.model: the model calls itself"},
        {name, "exhaustion", claim("last-one", "last-one "), "question", "claim.model: the model calls itself"},
        {name, "exhaustion", claim("last-one", ""), "question", "claim.model: the model calls itself"},
        {name, "restriction", claim("last-one", "other"), "question", "claim.model: the model calls itself"},
        {verified, "exhaustion", claim("\"last\"", "\"first\""), "exhaustion", "word \"001\""},
        {verified, "exhaustion", claim("\"last\"", "\"regex:.*1|000\""), "exhaustion",
         "word \"000\": the model rejects it, but it is in the language"},
        {verified, "exhaustion", claim("\"last\"", "\"table:54\""), "exhaustion", "word \"111\""},
        {verified, "tables", in("model.json", R"(, ["$", [1, "1"], [2, "1"]])", ""), "exhaustion", "word \"11\""},
        {of_tables, "tables", both(claim("\"length\": 2", "\"length\": 1"), evidence("4", "2")), "question",
         "claim.length: the tables are for words of 2"},
        {of_tables, "tables", both(claim("\"length\": 2", "\"length\": 3"), evidence("4", "8")), "question",
         "claim.length: the tables are for words of 2"},
        {of_tables, "tables",
         both(kind(R"({"kind": "refutation", "proof": "lrat", "drops": []})"),
              both(add_file("circuit.json", "{}"), both(add_file("formula.cnf", ""), add_file("proof.lrat", "")))),
         "question", "evidence.kind: a refutation needs a model file"},
        {"and the evidence `exhaustion`", "tables",
         both(
             put("claim", R"({"kind": "sensitive", "model": "tables", "length": 2})"),
             both(kind(R"({"kind": "refutation", "proof": "lrat", "drops": []})"),
                  both(add_file("circuit.json", "{}"), both(add_file("formula.cnf", ""), add_file("proof.lrat", ""))))),
         "question", "a refutation needs a model file"},
        {"every position of it, some other symbol at that position changes the answer", "tables",
         put("claim", R"({"kind": "sensitive", "model": "tables", "length": 2})"), "exhaustion",
         "no symbol at position 1 changes the answer"},
    };
}

std::vector<Forgery> evidence_about_models() {
    return {
        {"Evidence kinds:", "exhaustion", evidence("\"exhaustion\"", "\"trust\""), "question",
         "evidence.kind: \"trust\" is not a kind of evidence"},
        {"Evidence kinds:", "exhaustion", evidence("\"kind\": \"exhaustion\", ", ""), "question",
         "evidence: the key \"kind\" is missing"},
        {"Evidence kinds:", "exhaustion", kind("null"), "question", "evidence: an object was expected"},
        {only_verified, "exhaustion", claim("\"verified\"", "\"refuted\""), "question",
         "evidence of this kind does not fit the verdict"},
        {only_verified, "suffix", claim("\"verified\"", "\"refuted\""), "question",
         "evidence of this kind does not fit the verdict"},
        {only_verified, "enclosure", claim("\"verified\"", "\"refuted\""), "question",
         "evidence of this kind does not fit the verdict"},
        {"Verdict refuted only", "witness", claim("\"refuted\"", "\"verified\""), "question",
         "evidence of this kind does not fit the verdict"},
        {"`{\"kind\", \"proof\": \"lrat\" | \"xlrup\", \"drops\": [[b, p, v], …]}`. Verdict verified only.", "suffix",
         evidence("\"lrat\"", "\"drat\""), "question", "proof: \"lrat\" or \"xlrup\" was expected"},
        {"`{\"kind\", \"proof\": \"lrat\" | \"xlrup\", \"drops\": [[b, p, v], …]}`. Verdict verified only.", "suffix",
         evidence(", \"drops\": []", ""), "question", "the key \"drops\" is missing"},
        {"`{\"kind\", \"proof\": \"lrat\" | \"xlrup\", \"drops\": [[b, p, v], …]}`. Verdict verified only.", "suffix",
         evidence("\"proof\": \"lrat\", ", ""), "question", "the key \"proof\" is missing"},
        {"`{\"kind\", \"proof\": \"lrat\" | \"xlrup\", \"drops\": [[b, p, v], …]}`. Verdict verified only.", "suffix",
         evidence("\"drops\": []", "\"drops\": [], \"breaks\": []"), "question", "unknown key \"breaks\""},
        {"`{\"kind\", \"proof\": \"lrat\" | \"xlrup\", \"drops\": [[b, p, v], …]}`. Verdict verified only.",
         "with a drop", evidence("[1, 1, 1]", "[1, 1]"), "question", "drops[0]: a drop is [boundary, position, value]"},
        {"`{\"kind\", \"proof\": \"lrat\" | \"xlrup\", \"drops\": [[b, p, v], …]}`. Verdict verified only.",
         "with a drop", evidence("[1, 1, 1]", "[1, 1, -1]"), "question", "drops[0][2]"},
        {"claim `threshold` only, sections 9 and 11", "exhaustion", kind(R"({"kind": "network", "words": 8})"),
         "question", "\"network\" is not a kind of evidence"},
        {"claim `threshold` only, sections 9 and 11", "exhaustion", kind(R"({"kind": "bound", "by": "restriction"})"),
         "question", "\"bound\" is not a kind of evidence"},
        {"nothing more; the checker evaluates all |Σ|^N words", "exhaustion", evidence("8", "8, \"drops\": []"),
         "question", "unknown key \"drops\""},
        {"nothing more; the checker evaluates all |Σ|^N words", "exhaustion", evidence("8", "8, \"open\": []"),
         "question", "unknown key \"open\""},
        {"nothing more; the checker evaluates all |Σ|^N words", "exhaustion", evidence(", \"words\": 8", ""),
         "question", "the key \"words\" is missing"},
        {all_words, "exhaustion", evidence("8", "7"), "exhaustion", "evidence.words: there are 8 words"},
        {all_words, "exhaustion", evidence("8", "0"), "exhaustion", "evidence.words: there are 8 words"},
        {all_words, "exhaustion", evidence("8", "8.0"), "question", "words: an integer was expected"},
        {all_words, "exhaustion", evidence("8", "-8"), "question", "words"},
        {all_words, "exhaustion", claim("\"length\": 3", "\"length\": 2"), "exhaustion",
         "evidence.words: there are 4 words"},
        {all_words, "exhaustion", both(claim("\"length\": 3", "\"length\": 23"), evidence("8", "8388608")),
         "exhaustion", "evidence.words: there are more than 2^22 words"},
        {all_words, "exhaustion", both(claim("\"length\": 3", "\"length\": 64"), evidence("8", "0")), "exhaustion",
         "evidence.words: there are more than 2^22 words"},
        {"`refutation` and `exhaustion` are for the others", "enclosure", kind(R"({"kind": "exhaustion", "words": 2})"),
         "question", "evidence.kind: a softmax model is not evaluated exactly"},
        {"`enclosure`: `{\"kind\", \"words\": count, \"margin\": m, \"bits\": b}`, for softmax models", "exhaustion",
         kind(R"({"kind": "enclosure", "words": 8, "margin": 0, "bits": 64})"), "question",
         "evidence.kind: an enclosure needs a softmax model"},
    };
}

std::vector<Forgery> witnesses() {
    constexpr const char* says = "expected is what the language says, actual what the model does";
    return {
        {"the word has N symbols", "witness", evidence("\"11\"", "\"1\""), "witness",
         "evidence.word: the word has 1 symbols, the length is 2"},
        {"the word has N symbols", "witness", evidence("\"11\"", "\"111\""), "witness",
         "evidence.word: the word has 3 symbols, the length is 2"},
        {"the word has N symbols", "witness", evidence("\"11\"", "\"\""), "witness",
         "evidence.word: the word has 0 symbols"},
        {"the word has N symbols", "witness", evidence("\"11\"", "\"12\""), "witness",
         "evidence.word: '2' is not in the model's alphabet"},
        {"the word has N symbols", "witness", evidence("\"11\"", "\"１１\""), "witness",
         "is not in the model's alphabet"},
        {says, "witness", evidence("\"11\"", "\"00\""), "witness", "evidence.actual: the model does otherwise"},
        {says, "witness",
         evidence("\"expected\": \"reject\", \"actual\": \"accept\"",
                  "\"expected\": \"accept\", \"actual\": \"reject\""),
         "witness", "evidence.actual"},
        {says, "witness", evidence("\"11\"", "\"01\""), "witness", "evidence.expected: the language says otherwise"},
        {says, "soft witness", evidence("\"01\"", "\"11\""), "witness",
         "evidence.expected: the language says otherwise"},
        {says, "soft witness", evidence("\"01\"", "\"00\""), "witness", "evidence.actual: the model does otherwise"},
        {"actual ≠ expected", "witness", both(evidence("\"11\"", "\"01\""), evidence("\"reject\"", "\"accept\"")),
         "witness", "evidence: the model does what is expected"},
        {"`{\"kind\", \"word\": text, \"expected\": \"accept\" | \"reject\", \"actual\": \"accept\" | "
         "\"reject\"}`",
         "witness", evidence("\"reject\"", "\"no\""), "question", "expected: \"accept\" or \"reject\" was expected"},
        {"`{\"kind\", \"word\": text, \"expected\": \"accept\" | \"reject\", \"actual\": \"accept\" | "
         "\"reject\"}`",
         "witness", evidence(", \"actual\": \"accept\"", ""), "question", "the key \"actual\" is missing"},
        {"`{\"kind\", \"word\": text, \"expected\": \"accept\" | \"reject\", \"actual\": \"accept\" | "
         "\"reject\"}`",
         "witness", evidence("\"word\"", "\"words\": 1, \"word\""), "question", "unknown key \"words\""},
    };
}

std::vector<Forgery> obligations() {
    constexpr const char* have_values =
        "its expressions have a value at every position and every pair that a mask allows";
    return {
        {"the model file is one", "exhaustion", put("model.json", "[]"), "question", "model.json"},
        {"the model file is one", "exhaustion", put("model.json", "{}"), "question", "the key \"format\" is missing"},
        {"the model file is one", "exhaustion", in("model.json", "attest/model", "attest/models"), "question",
         "format: \"attest/model\" was expected"},
        {have_values, "rich model", in("model.json", "\"1/n\"", "\"1/(i - 5)\""), "question",
         "position[1]: division by zero at i = 5"},
        {have_values, "rich model", in("model.json", "(i + 1 - j)", "(i - j)"), "question",
         "bias: division by zero at i = 1, j = 1"},
        {have_values, "rich model", in("model.json", "\"mask\": \"causal\"", "\"mask\": \"none\""), "question",
         "bias: division by zero at i = 1, j = 2"},
        {have_values, "rich model", in("model.json", "\"1/n\"", "\"mod(1, 5 - n)\""), "question",
         "position[1]: mod(x, y) with y <= 0"},
        {have_values, "rich model", in("model.json", "\"1/n\"", "\"2^(1/n)\""), "question",
         "position[1]: an exponent that is not an integer"},
        {have_values, "rich model", in("model.json", "\"1/n\"", "\"0^(0-n)\""), "question",
         "position[1]: division by zero"},
        {have_values, "rich model", in("model.json", "\"1/dk\"", "\"1 - dk\""), "question",
         "scale: the scale is not positive"},
        {have_values, "rich model", in("model.json", "\"1/dk\"", "\"dk - 2\""), "question",
         "scale: the scale is not positive"},
        {"the sequence at length N is not empty", "exhaustion",
         both(claim("\"length\": 3", "\"length\": 0"), evidence("8", "1")), "question",
         "claim.length: the sequence is empty"},
        {"the sequence at length N is not empty", "enclosure",
         both(claim("\"length\": 1", "\"length\": 0"), evidence("2", "1")), "enclosure",
         "claim.length: the sequence is empty"},
    };
}

}  // namespace

Section questions() {
    Section section{"1.1 and 2, claims and evidence", claims()};
    for (const auto& more : {evidence_about_models(), witnesses(), obligations()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
