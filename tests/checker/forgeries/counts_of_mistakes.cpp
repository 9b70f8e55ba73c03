#include "forgery.hpp"
#include "originals.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }

constexpr const char* keys =
    "`{\"kind\", \"model\": name, \"language\": text, \"length\": N, \"wrong\": count, \"map\": … (optional)}`";
constexpr const char* decimal = "count is a natural number, decimal, without leading zeros, in quotation marks";
constexpr const char* exactly = "The claim is that exactly count words are mistakes";
constexpr const char* number = "the number of w in Σ^N that are mistakes is count";
constexpr const char* stands = "each word that is evaluated stands for the number of words with its counts";
constexpr const char* list = "the list has all mistakes, none twice, and count of them";
constexpr const char* hard = "only for model files with hard or average attention throughout";
constexpr const char* listed =
    "each listed word has N symbols and is a mistake; no word is listed twice; their number is count";
constexpr const char* circuit = "the miter is and(old miter, ¬v for the listed words in order)";

std::vector<Forgery> claims() {
    return {
        {keys, "counted", claim(", \"wrong\": \"4\"", ""), "question", "the key \"wrong\" is missing"},
        {keys, "counted", claim("\"length\"", "\"verdict\": \"verified\", \"length\""), "question",
         "unknown key \"verdict\""},
        {keys, "counted", claim("\"language\": \"parity\", ", ""), "question", "the key \"language\" is missing"},
        {decimal, "counted", claim("\"4\"", "4"), "question", "wrong: a string was expected"},
        {decimal, "counted", claim("\"4\"", "\"04\""), "question", "a natural number without leading zeros"},
        {decimal, "counted", claim("\"4\"", "\"+4\""), "question", "a natural number without leading zeros"},
        {decimal, "counted", claim("\"4\"", "\"\""), "question", "a natural number without leading zeros"},
        {decimal, "counted", claim("\"4\"", "\"4.0\""), "question", "a natural number without leading zeros"},
        {exactly, "counted", claim("\"4\"", "\"3\""), "exhaustion", "claim.wrong: it is wrong on 4 words"},
        {exactly, "counted", claim("\"4\"", "\"5\""), "exhaustion", "claim.wrong: it is wrong on 4 words"},
        {exactly, "counted", claim("\"parity\"", "\"last\""), "exhaustion", "claim.wrong: it is wrong on 0 words"},
        {number, "counted", claim("\"parity\"", "\"majority\""), "exhaustion", "claim.wrong: it is wrong on 2 words"},
        {number, "counted", evidence("8", "4"), "exhaustion", "evidence.words: there are 8 words"},
        {"The evidence is `exhaustion`, `enclosure`, with or without `classes`, as for `recognises`", "counted",
         put("evidence", R"({"kind": "witness", "word": "110", "expected": "reject", "actual": "accept"})"), "question",
         "does not fit the verdict"},
    };
}

std::vector<Forgery> counts() {
    return {
        {stands, "counted by counts", claim("\"2\"", "\"1\""), "enclosure", "claim.wrong: it is wrong on 2 words"},
        {stands, "counted by counts", claim("\"2\"", "\"3\""), "enclosure", "claim.wrong: it is wrong on 2 words"},
        {stands, "counted by counts", evidence("\"words\": 6", "\"words\": 8"), "enclosure",
         "it is not the number of choices of counts"},
        {stands, "counted by counts", both(claim("contains:1", "first"), claim("\"2\"", "\"4\"")), "enclosure",
         "may change whether the word is in the language"},
        {stands, "counted by counts",
         both(evidence("\"words\": 6", "\"words\": 4"), evidence("[[1, 2], [3]]", "[[1, 2, 3]]")), "enclosure",
         "evidence.classes"},
        {"each score has a certain sign and is at least the margin from 0", "counted by counts",
         evidence("\"margin\": 0", "\"margin\": 1"), "enclosure", "its score is not certain, or nearer to 0"},
    };
}

std::vector<Forgery> lists() {
    return {
        {list, "listed", both(evidence(", \"110\"", ""), claim("\"3\"", "\"2\"")), "translation", "circuit.json"},
        {hard, "listed", evidence(", \"mistakes\": [\"010\", \"100\", \"110\"]", ""), "question",
         "the key \"mistakes\" is missing"},
        {hard, "listed", both(put("model.json", all_seeing("01", 3, {"001"})), claim("last-one", "tables")), "question",
         "a refutation needs a model file"},
        {listed, "listed", evidence("\"110\"", "\"111\""), "witness", "\"111\" is no mistake"},
        {listed, "listed", evidence("\"110\"", "\"100\""), "witness", "\"100\" is listed twice"},
        {listed, "listed", evidence("\"110\"", "\"1100\""), "witness", "the word has 4 symbols"},
        {listed, "listed", evidence("\"110\"", "\"11x\""), "witness", "'x' is not in the model's alphabet"},
        {listed, "listed", claim("\"3\"", "\"4\""), "witness", "claim.wrong: it is wrong on 3 words"},
        {circuit, "listed", evidence("\"010\", \"100\"", "\"100\", \"010\""), "translation", "circuit.json"},
        {circuit, "listed", in("circuit.json", "\"roots\": [", "\"roots\": [0, "), "translation",
         "other roots were expected"},
        {"If the formula is unsatisfiable then no word that is not listed is a mistake", "listed",
         without_line("proof.lrat", -1), "refutation", "proof.lrat"},
    };
}

}  // namespace

Section counts_of_mistakes() {
    Section section{"14", claims()};
    for (const auto& more : {counts(), lists()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
