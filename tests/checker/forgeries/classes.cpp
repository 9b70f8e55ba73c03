#include "forgery.hpp"
#include "originals.hpp"

// The beginning of section 9: what a claim about a class says, and which evidence goes with it.

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit kind(const std::string& text) { return put("evidence", text); }

constexpr const char* keys = "The class has exactly the keys";
constexpr const char* form =
    "`{\"kind\", \"class\": {…}, \"language\": text, \"length\": N, \"verdict\": \"possible\" | "
    "\"impossible\"}`";
constexpr const char* free =
    "(`mask` must be `\"strict\"`, `read` `\"end\"`, `key_dimension` `null`, `activations` no `null`)";
constexpr const char* possible = "`possible` needs `{\"kind\": \"network\", \"words\": count}`";
constexpr const char* impossible =
    "`impossible` needs `{\"kind\": \"refutation\", \"proof\": \"lrat\", \"breaks\": [names]}`";
constexpr const char* count = "the checker simulates it on all count = |Σ|^N ≤ 2²² words";

std::vector<Forgery> claims() {
    return {
        {form, "restriction bound", claim("\"verdict\"", "\"model\": \"x\", \"verdict\""), "question",
         "unknown key \"model\""},
        {form, "restriction bound", claim("\"verdict\"", "\"map\": {}, \"verdict\""), "question",
         "unknown key \"map\""},
        {form, "restriction bound", claim(", \"verdict\": \"impossible\"", ""), "question",
         "the key \"verdict\" is missing"},
        {form, "restriction bound", claim("\"language\": \"parity\", ", ""), "question",
         "the key \"language\" is missing"},
        {form, "restriction bound", claim("\"length\": 3, ", ""), "question", "the key \"length\" is missing"},
        {form, "restriction bound", claim("\"impossible\"", "\"refuted\""), "question",
         "verdict: \"possible\" or \"impossible\" was expected"},
        {form, "restriction bound", claim("\"length\": 3", "\"length\": -3"), "question",
         "length: -3 is not between 0"},
        {form, "restriction bound",
         put("claim",
             R"({"kind": "threshold", "class": "hard", "language": "parity", "length": 3, "verdict": "impossible"})"),
         "question", "class: an object was expected"},
        {keys, "restriction bound", claim("\"mask\": \"none\"", "\"mask\": \"none\", \"width\": 1"), "question",
         "unknown key \"width\""},
        {keys, "restriction bound", claim("\"layers\": 1, ", ""), "question", "class: the key \"layers\" is missing"},
        {keys, "restriction bound", claim("\"heads\": 2, ", ""), "question", "class: the key \"heads\" is missing"},
        {keys, "restriction bound", claim("\"activations\": null, ", ""), "question",
         "class: the key \"activations\" is missing"},
        {keys, "restriction bound", claim("\"read\": \"end\", ", ""), "question", "class: the key \"read\" is missing"},
        {keys, "restriction bound", claim("\"mask\": \"none\", ", ""), "question",
         "class: the key \"mask\" is missing"},
        {keys, "restriction bound", claim("\"positions\": \"visible\", ", ""), "question",
         "class: the key \"positions\" is missing"},
        {keys, "restriction bound", claim(", \"key_dimension\": null", ""), "question",
         "class: the key \"key_dimension\" is missing"},
        {"| `layers` | L ≥ 1 |", "restriction bound", claim("\"layers\": 1", "\"layers\": 0"), "question",
         "layers: 0 is not between 1"},
        {"| `heads` | H ≥ 1 |", "restriction bound", claim("\"heads\": 2", "\"heads\": 0"), "question",
         "heads: 0 is not between 1"},
        {"A ≥ 2: after each layer but the last a value is one of 0 … A−1", "restriction bound",
         claim("\"activations\": null", "\"activations\": 1"), "question", "activations: 1 is not between 2"},
        {"A ≥ 2: after each layer but the last a value is one of 0 … A−1", "restriction bound",
         claim("\"activations\": null", "\"activations\": \"null\""), "question",
         "activations: an integer was expected"},
        {"it is read at the last position of the word (N ≥ 1)", "restriction bound",
         claim("\"read\": \"end\"", "\"read\": \"first\""), "question", "read: \"end\" or \"last\" was expected"},
        {"it is read at the last position of the word (N ≥ 1)", "restriction bound read last",
         claim("\"length\": 3", "\"length\": 0"), "question", "claim.length: there is no last position"},
        {"| `mask` |", "restriction bound", claim("\"mask\": \"none\"", "\"mask\": \"causal\""), "question",
         "mask: \"strict\" or \"none\" was expected"},
        {"| `positions` |", "restriction bound", claim("\"visible\"", "\"rotary\""), "question",
         "positions: \"visible\" or \"none\" was expected"},
        {free, "network without positions", claim("\"mask\": \"strict\"", "\"mask\": \"none\""), "question",
         "class.positions: networks without positions"},
        {free, "network without positions", claim("\"read\": \"end\"", "\"read\": \"last\""), "question",
         "class.positions: networks without positions"},
        {free, "network without positions", claim("\"key_dimension\": null", "\"key_dimension\": 1"), "question",
         "class.positions: networks without positions"},
        {free, "network without positions", claim("\"activations\": 2", "\"activations\": null"), "question",
         "class.positions: networks without positions"},
        {"(`positions` must be `visible`)", "network with keys", claim("\"visible\"", "\"none\""), "question",
         "class.positions: networks without positions"},
        {"| `key_dimension` |", "restriction bound", claim("\"key_dimension\": null", "\"key_dimension\": 2"),
         "question", "key_dimension: 2 is not between 1 and 1"},
        {"| `key_dimension` |", "restriction bound", claim("\"key_dimension\": null", "\"key_dimension\": 0"),
         "question", "key_dimension: 0 is not between 1 and 1"},
        {"N such that the language is defined", "restriction bound", claim("parity", "table:9"), "question",
         "claim.language: the table is not one of length 3"},
        {"N such that the language is defined", "network without positions", claim("contains:1", "table:7"), "question",
         "claim.language: a table is not defined at all lengths"},
        {"Words are over the language's alphabet (0 and 1 where section 3 says \"see below\")", "restriction bound",
         claim("parity", "contains:2"), "question", "'2' is not in the alphabet"},
    };
}

std::vector<Forgery> evidences() {
    return {
        {possible, "network", claim("possible", "impossible"), "question",
         "evidence of this kind does not fit the verdict"},
        {possible, "network", kind(R"({"kind": "exhaustion", "words": 4})"), "question",
         "\"exhaustion\" is not a kind of evidence for a threshold"},
        {possible, "network", in("evidence", "4", "4, \"drops\": []"), "question", "unknown key \"drops\""},
        {possible, "network", in("evidence", ", \"words\": 4", ""), "question", "the key \"words\" is missing"},
        {impossible, "refuted class", claim("impossible", "possible"), "question",
         "evidence of this kind does not fit the verdict"},
        {impossible, "restriction bound", claim("impossible", "possible"), "question",
         "evidence of this kind does not fit the verdict"},
        {impossible, "refuted class", in("evidence", "lrat", "xlrup"), "question", "proof: \"lrat\" was expected"},
        {impossible, "refuted class", in("evidence", "\"breaks\"", "\"drops\""), "question", "unknown key \"drops\""},
        {impossible, "refuted class", in("evidence", ", \"breaks\": []", ""), "question",
         "the key \"breaks\" is missing"},
        {impossible, "refuted class", in("evidence", "\"breaks\": []", "\"breaks\": [1]"), "question",
         "breaks[0]: a string was expected"},
        {impossible, "restriction bound", kind(R"({"kind": "belief"})"), "question",
         "\"belief\" is not a kind of evidence for a threshold"},
        {"`{\"kind\": \"bound\", \"by\": \"restriction\"}` and no files", "restriction bound",
         in("evidence", "restriction", "authority"), "question",
         "by: \"restriction\", \"peeling\", \"orders\", \"counting\", \"counting-restriction\", "
         "\"restriction-layers\", \"faces\", "
         "\"alternating-sum\" or \"alternation\" was expected"},
        {"`{\"kind\": \"bound\", \"by\": \"restriction\"}` and no files", "restriction bound",
         in("evidence", "\"by\"", "\"words\": 8, \"by\""), "question", "unknown key \"words\""},
        {count, "network", in("evidence", "4", "3"), "network", "evidence.words: there are 4 words"},
        {count, "network", in("evidence", "4", "5"), "network", "evidence.words: there are 4 words"},
        {count, "network", both(claim("\"length\": 2", "\"length\": 23"), in("evidence", "4", "8388608")), "question",
         "claim.length: there are more than 2^22 words"},
        {count, "network", claim("\"length\": 2", "\"length\": 1000000000"), "question", "limits"},
        {"The count of words is that of all words of lengths 0 … N", "network without positions",
         in("evidence", "7", "4"), "network", "evidence.words: there are 7 words"},
    };
}

}  // namespace

Section classes() {
    Section section{"9, the class", claims()};
    const auto more = evidences();
    section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
