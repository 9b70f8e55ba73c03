#include "two_models_at_every_length.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }

constexpr const char* lengths =
    "A claim `equal` may have the key `lengths`, `{\"from\": 0}` or `{\"from\": 1}`, in the place of `length`";
constexpr const char* verified =
    "for each N ≥ from and each word w of N symbols over Σ, the model accepts w iff the other model accepts w′";
constexpr const char* greatest = "Both are model files without `max_length`";
constexpr const char* from_zero = "`from` is 0 only if each of them has a begin or an end symbol";
constexpr const char* no_keys =
    "without `max_length`; `from` is 0 only if each of them has a begin or an end symbol. Such a claim has none of the "
    "keys `without`, `instead` and `robust`";
constexpr const char* witness =
    "`refuted` has the evidence `witness` of section 13; N is the number of symbols of its word, at least from";
constexpr const char* closure =
    "`{\"kind\": \"closure\", \"states\": c, \"first\": t, \"period\": m, \"window\": W, \"other\": {\"first\": t′, "
    "\"period\": m′, \"window\": W′}}` and no files for it";
constexpr const char* ranges = "with 1 ≤ c ≤ 2²², and t, m, W as well as t′, m′, W′ in the ranges of section 21";
constexpr const char* machines =
    "Each of the two models must be one for which section 21 has a machine: that of the model for t, m and W, that of "
    "the other for t′, m′ and W′";
constexpr const char* pairs = "together have at most c pairs of states that words w lead to";
constexpr const char* differ = "in none of them, nor on the empty word if from is 0, do the answers of the two differ";

std::vector<Forgery> claims() {
    return {
        {lengths, "window and tie", claim("\"from\": 0", "\"from\": 2"), "question", "claim.lengths.from"},
        {lengths, "window and tie", claim("{\"from\": 0}", "{\"from\": 0, \"to\": 9}"), "question",
         "unknown key \"to\""},
        {lengths, "window and tie", claim("{\"from\": 0}", "{\"from\": 0}, \"length\": 3"), "question",
         "unknown key \"length\""},
        {verified, "window and tie", claim(R"({"0": "a", "1": "b"})", R"({"0": "b", "1": "a"})"), "closure",
         "is told otherwise by the one model than by the other"},
        {verified, "two moduli", in("other.json", "[mod(i,6)=5]", "[mod(i,6)=0]"), "closure", "is told otherwise"},
        {verified, "two moduli",
         both(in("model.json", R"("alphabet": ["0", "1"])", R"("alphabet": ["0", "1"], "end": "$")"),
              in("model.json", R"("1": [0])", R"("1": [0], "$": [0])")),
         "closure", "is told otherwise"},
        {verified, "two moduli", put("evidence", R"({"kind": "exhaustion", "words": 2})"), "question",
         "evidence of this kind is about one length"},
        {greatest, "two moduli",
         both(in("other.json", "\"version\": 1", "\"version\": 2"),
              in("other.json", "\"layers\"", "\"max_length\": 9, \"layers\"")),
         "question", "other.json has a greatest length"},
        {greatest, "two moduli",
         both(in("model.json", "\"version\": 1", "\"version\": 2"),
              in("model.json", "\"layers\"", "\"max_length\": 9, \"layers\"")),
         "question", "model.json has a greatest length"},
        {from_zero, "two moduli", claim("\"from\": 1", "\"from\": 0"), "question",
         "model.json has no empty sequence to read"},
        {from_zero, "window and tie",
         both(in("other.json", "\"end\": \"$\",", ""), in("other.json", ", \"$\": [0, 0, 0]", "")), "question",
         "other.json has no empty sequence to read"},
        {no_keys, "window and tie", claim("\"verdict\"", "\"without\": [[1, 1]], \"verdict\""), "question",
         "unknown key \"without\""},
        {no_keys, "window and tie", claim("\"verdict\"", "\"instead\": {}, \"verdict\""), "question",
         "unknown key \"instead\""},
        {no_keys, "window and tie", claim("\"verdict\"", "\"robust\": 0, \"verdict\""), "question",
         "unknown key \"robust\""},
        {witness, "not everywhere", evidence("\"01\"", "\"11\""), "witness", "the model does otherwise"},
        {witness, "not everywhere", both(claim("\"from\": 0", "\"from\": 1"), evidence("\"01\"", "\"\"")), "witness",
         "the claim says nothing of the empty word"},
        {witness, "window and tie", claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
        {witness, "not everywhere", claim("\"refuted\"", "\"verified\""), "question", "does not fit the verdict"},
    };
}

std::vector<Forgery> closures() {
    return {
        {closure, "window and tie", claim("\"lengths\": {\"from\": 0}", "\"length\": 2"), "question",
         "a closure is about all lengths"},
        {closure, "window and tie", evidence(", \"window\": 2", ""), "question", "the key \"window\" is missing"},
        {closure, "two moduli", evidence(", \"period\": 6", ""), "question", "the key \"period\" is missing"},
        {closure, "two moduli", evidence("\"period\": 6", "\"period\": 6, \"states\": 6"), "question",
         "unknown key \"states\""},
        {closure, "two moduli", evidence("\"states\": 6", "\"states\": 6, \"words\": 6"), "question",
         "unknown key \"words\""},
        {closure, "two moduli", add_file("machine.json", "{}"), "digest", "machine.json"},
        {ranges, "two moduli", evidence("\"states\": 6", "\"states\": 0"), "question", "evidence.states"},
        {ranges, "two moduli", evidence("\"states\": 6", "\"states\": 4194305"), "question", "evidence.states"},
        {ranges, "two moduli", evidence("\"period\": 2", "\"period\": 0"), "question", "evidence.period"},
        {ranges, "two moduli", evidence("\"period\": 6", "\"period\": 1025"), "question", "evidence.other.period"},
        {ranges, "window and tie", evidence("\"window\": 0", "\"window\": 65"), "question", "evidence.other.window"},
        {machines, "window and tie", evidence("\"window\": 2", "\"window\": 1"), "closure",
         "depends on where they are"},
        {machines, "two moduli", evidence("\"period\": 2", "\"period\": 1"), "closure",
         "a number plus a number times p"},
        {machines, "two moduli", evidence("\"period\": 6", "\"period\": 3"), "closure",
         "a number plus a number times p"},
        {machines, "window and tie", in("other.json", "\"position\": \"last\"", "\"position\": 1"), "closure",
         "a readout at the last position"},
        {pairs, "two moduli", evidence("\"states\": 6", "\"states\": 5"), "closure", "there are more pairs of states"},
        {pairs, "window and tie", evidence("\"states\": 5", "\"states\": 4"), "closure",
         "there are more pairs of states"},
        {differ, "window and tie", in("model.json", "\"^\": [0, 0]", "\"^\": [1, 0]"), "closure", "is told otherwise"},
        {differ, "nothing remembered", in("other.json", "\"^\": [0]", "\"^\": [1]"), "closure", "is told otherwise"},
        {differ, "nothing remembered", in("model.json", "\"^\": [0]", "\"^\": [1]"), "closure", "is told otherwise"},
    };
}

}  // namespace

Section two_models_at_every_length() {
    Section section{"27", claims()};
    const std::vector<Forgery> more = closures();
    section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
