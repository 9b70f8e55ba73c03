#include "forgery.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }

constexpr const char* keys =
    "`{\"kind\", \"model\": name, \"length\": N, \"positions\": [i, …], \"verdict\": \"verified\" | \"refuted\"}`";
constexpr const char* positions = "positions of the word, from 1 to N, ascending, at least one";
constexpr const char* verified =
    "`verified` says: any two words of N symbols that differ at no other positions than these have the same answer";
constexpr const char* all_words = "as for `recognises`, without `classes`; for `verified`";
constexpr const char* scores = "each score has a certain sign and is at least the margin from 0";
constexpr const char* pair = "two words of N symbols that differ at no other positions than those of the claim";
constexpr const char* answers =
    "on w the model answers x, on w′ x′, each `\"accept\"` or `\"reject\"`, and they differ; for `refuted`";

}  // namespace

Section invariances() {
    return {
        "16",
        {
            {keys, "invariant", claim("\"verdict\": \"verified\"", "\"verdict\": \"invariant\""), "question",
             "\"verified\" or \"refuted\" was expected"},
            {keys, "invariant", claim("\"length\"", "\"language\": \"last\", \"length\""), "question",
             "unknown key \"language\""},
            {keys, "invariant", claim("\"positions\": [2], ", ""), "question", "the key \"positions\" is missing"},
            {positions, "invariant", claim("[2]", "[]"), "question", "some position was expected"},
            {positions, "invariant", claim("[2]", "[0]"), "question", "positions[0]"},
            {positions, "invariant", claim("[2]", "[4]"), "question", "the word has no such position"},
            {positions, "invariant", claim("[2]", "[2, 2]"), "question", "the positions do not ascend"},
            {positions, "not invariant", claim("[2, 3]", "[3, 2]"), "question", "the positions do not ascend"},
            {verified, "invariant", claim("[2]", "[2, 3]"), "exhaustion", "word \"001\": another answer"},
            {verified, "invariant", claim("[2]", "[1]"), "exhaustion", "word \"100\": another answer"},
            {verified, "softly invariant", claim("[1]", "[2]"), "enclosure", "word \"01\": another answer"},
            {verified, "softly invariant", claim(", \"without\": [[1, 1]]", ""), "enclosure", "word"},
            {all_words, "invariant", evidence("8", "4"), "exhaustion", "evidence.words: there are 8 words"},
            {all_words, "invariant", claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
            {all_words, "softly invariant", evidence("\"bits\": 64", "\"bits\": 64, \"classes\": [[1, 2]]"), "question",
             "each word was expected to be evaluated"},
            {all_words, "softly invariant", put("evidence", R"({"kind": "exhaustion", "words": 4})"), "question",
             "a softmax model is not evaluated exactly"},
            {all_words, "invariant", put("evidence", R"({"kind": "enclosure", "words": 8, "margin": 0, "bits": 64})"),
             "question", "an enclosure needs a softmax model"},
            {all_words, "invariant", put("evidence", R"({"kind": "refutation", "proof": "lrat", "drops": []})"),
             "question", "\"refutation\" is not a kind of evidence"},
            {scores, "softly invariant", evidence("0.42", "0.43"), "enclosure",
             "its score is not certain, or nearer to 0"},
            {pair, "not invariant", claim("[2, 3]", "[3]"), "witness", "the words differ at position 2"},
            {pair, "not invariant", evidence("\"001\"", "\"0011\""), "witness", "the word has 4 symbols"},
            {pair, "not invariant", evidence("\"010\", \"001\"", "\"010\""), "question", "two words were expected"},
            {answers, "not invariant", evidence("\"001\"", "\"000\""), "witness", "the model does otherwise"},
            {answers, "not invariant", both(evidence("\"001\"", "\"000\""), evidence("\"accept\"", "\"reject\"")),
             "witness", "the answers are the same"},
            {answers, "not invariant", evidence("\"accept\"", "\"yes\""), "question",
             "\"accept\" or \"reject\" was expected"},
            {answers, "not invariant", evidence(", \"accept\"]", "]"), "question", "two answers were expected"},
            {answers, "not invariant", claim("\"refuted\"", "\"verified\""), "question", "does not fit the verdict"},
        }};
}

}  // namespace forgeries
