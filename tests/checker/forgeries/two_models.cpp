#include "forgery.hpp"
#include "originals.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }

constexpr const char* keys =
    "`{\"kind\", \"model\": name, \"other\": name, \"length\": N, \"verdict\": \"verified\" | \"refuted\", \"map\": "
    "{symbol: symbol, …} (optional)}`";
constexpr const char* names = "each name is the file's own where that has one";
constexpr const char* has_length = "A file that holds tables has the length N";
constexpr const char* one_entry = "the one that `map`, which has exactly one entry for each symbol of Σ, gives it";
constexpr const char* itself = "without `map` a itself";
constexpr const char* one_to_one =
    "No two symbols of Σ have one a′, and every symbol of the other's alphabet is the a′ of one";
constexpr const char* verified =
    "`verified` says: for each word w of N symbols over Σ, the model accepts w iff the other model accepts w′";
constexpr const char* all_words = "neither model being soft (section 12), count = |Σ|^N ≤ 2²²; for `verified`";
constexpr const char* hard = "both model files having only hard and average attention; for `verified`";
constexpr const char* soft = "one model or both being soft";
constexpr const char* margin = "no score of a soft model is nearer to 0 than m";
constexpr const char* classes =
    "`classes` is only there where both are soft, and then fulfils for each of them what section 12 asks of a model";
constexpr const char* witness =
    "on the word w, of N symbols over Σ, the model answers x, on w′ the other answers x′, each `\"accept\"` or "
    "`\"reject\"`, and they differ";
constexpr const char* circuit = "The roots are the miter, the model's drop literals in order, then the other's";

std::vector<Forgery> claims() {
    return {
        {keys, "same", claim("\"other\": \"last-two\", ", ""), "question", "claim: the key \"other\" is missing"},
        {keys, "same", claim("\"length\"", "\"language\": \"last\", \"length\""), "question",
         "unknown key \"language\""},
        {keys, "same", claim("\"verified\"", "\"equal\""), "question", "\"verified\" or \"refuted\" was expected"},
        {keys, "same", claim("\"verified\"", "\"verified\", \"map\": []"), "question", "map: an object was expected"},
        {names, "same", claim("last-one", "last-two"), "question", "claim.model: the model calls itself \"last-one\""},
        {names, "same", claim("last-two", "last-one"), "question", "claim.other: the model calls itself \"last-two\""},
        {has_length, "tables and model", claim("\"length\": 2", "\"length\": 3"), "question",
         "claim.length: the tables of model.json are for words of 2 symbols"},
        {one_entry, "same by a map", claim("\"0\": \"a\", ", ""), "question", "claim.map: the symbol '0' has no entry"},
        {one_entry, "same by a map", claim("\"0\": \"a\"", "\"0\": \"a\", \"2\": \"a\""), "question",
         "claim.map: an entry is not for a symbol of the model"},
        {one_entry, "same by a map", claim("\"0\": \"a\"", "\"0\": \"c\""), "question",
         "'c' is not in the other model's alphabet"},
        {itself, "same by a map", claim(", \"map\": {\"0\": \"a\", \"1\": \"b\"}", ""), "question",
         "'0' is not in the other model's alphabet"},
        {one_to_one, "same by a map", claim("\"0\": \"a\"", "\"0\": \"b\""), "question",
         "claim.map: two symbols stand for 'b'"},
        {one_to_one, "same",
         both(in("other.json", "[\"1\", \"0\"]", "[\"1\", \"0\", \"2\"]"),
              in("other.json", "\"1\": [2]", "\"1\": [2], \"2\": [0]")),
         "question", "the other model's alphabet has further symbols"},
        {verified, "same by a map", claim("{\"0\": \"a\", \"1\": \"b\"}", "{\"0\": \"b\", \"1\": \"a\"}"), "exhaustion",
         "word \"00\": one model accepts it, the other rejects it"},
        {verified, "same", in("other.json", "\"1\": [2]", "\"1\": [0]"), "exhaustion", "one model accepts it"},
        {verified, "same", in("other.json", "\"position\": \"last\"", "\"position\": 1"), "exhaustion",
         "word \"001\": one model accepts it"},
    };
}

std::vector<Forgery> names_of_files() {
    constexpr const char* other = "| `other.json` | claims `equal`";
    constexpr const char* companion =
        "if it names a tensor file, that is there too, under the name `other-` followed by the name that the model "
        "gives it";
    return {
        {other, "same", without("other.json"), "digest", "other.json: the file is missing"},
        {other, "exhaustion", add_file("other.json", "{}"), "digest",
         "other.json: a certificate of this kind has no such"},
        {companion, "same", in("other.json", "\"dimension\"", "\"tensors\": \"w\", \"dimension\""), "digest",
         "other-w: the file is missing"},
        {companion, "same",
         both(in("other.json", "\"dimension\"", "\"tensors\": \"w\", \"dimension\""), add_file("w", "bytes")), "digest",
         "other-w: the file is missing"},
    };
}

std::vector<Forgery> by_words() {
    return {
        {all_words, "same", evidence("8", "7"), "exhaustion", "evidence.words: there are 8 words"},
        {all_words, "same", claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
        {all_words, "same", evidence("8", "8, \"classes\": []"), "question", "unknown key \"classes\""},
        {all_words, "soft and exact", put("evidence", R"({"kind": "exhaustion", "words": 2})"), "question",
         "a softmax model is not evaluated exactly"},
        {soft, "same", put("evidence", R"({"kind": "enclosure", "words": 8, "margin": 0, "bits": 64})"), "question",
         "an enclosure needs a softmax model"},
        {margin, "soft and exact", evidence("0.42", "0.43"), "enclosure", "its score is not certain, or nearer to 0"},
        {margin, "same by counts", evidence("0.01", "1"), "enclosure", "its score is not certain, or nearer to 0"},
        {verified, "same by counts", in("other.json", "[2, -2]", "[-2, -2]"), "enclosure",
         "one model accepts it, the other rejects it"},
        {classes, "soft and exact", evidence("\"bits\": 64", "\"bits\": 64, \"classes\": [[1]]"), "question",
         "evidence.classes: both models must be softmax models"},
        {classes, "same by counts",
         both(evidence("\"words\": 6", "\"words\": 4"), evidence("[[1, 2], [3]]", "[[1, 2, 3]]")), "enclosure",
         "evidence.classes"},
        {classes, "same by counts", evidence("\"words\": 6", "\"words\": 8"), "enclosure",
         "it is not the number of choices of counts"},
        {classes, "same by counts", in("other.json", "\"position\": [0,", "\"position\": [\"i/8\","), "enclosure",
         "evidence.classes"},
        {witness, "different", evidence("\"01\"", "\"11\""), "witness",
         "evidence.answers: the other model does otherwise"},
        {witness, "different", evidence("\"01\"", "\"10\""), "witness", "evidence.answers: the model does otherwise"},
        {witness, "different", both(evidence("\"01\"", "\"11\""), evidence("\"reject\"", "\"accept\"")), "witness",
         "evidence.answers: both models answer the same"},
        {witness, "different", evidence("\"01\"", "\"001\""), "witness", "evidence.word: the word has 3 symbols"},
        {witness, "different", evidence("\"01\"", "\"0x\""), "witness", "'x' is not in the model's alphabet"},
        {witness, "different", evidence("\"reject\"", "\"no\""), "question", "\"accept\" or \"reject\" was expected"},
        {witness, "different", evidence(", \"reject\"]", "]"), "question", "answers: two answers were expected"},
        {"they differ; for `refuted`", "different", claim("\"refuted\"", "\"verified\""), "question",
         "does not fit the verdict"},
    };
}

std::vector<Forgery> by_proof() {
    return {
        {hard, "same by proof", claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
        {hard, "same by proof", in("model.json", "\"kind\": \"hard\"", "\"kind\": \"softmax\""), "question",
         "a refutation needs two model files with hard or average attention throughout"},
        {hard, "same by proof", in("other.json", "\"kind\": \"hard\"", "\"kind\": \"softmax\""), "question",
         "a refutation needs two model files with hard or average attention throughout"},
        {hard, "same by proof",
         both(put("model.json", all_seeing("01", 2, {"01", "10"})), claim("\"ends\"", "\"tables\"")), "question",
         "a refutation needs two model files with hard or average attention throughout"},
        {hard, "same by proof", evidence(", \"other_drops\": []", ""), "question",
         "the key \"other_drops\" is missing"},
        {circuit, "same by proof", in("other.json", "\"-1/2\"", "\"1/2\""), "translation", "circuit.json"},
        {circuit, "same by proof", evidence("\"other_drops\": []", "\"other_drops\": [[1, 1, 0]]"), "translation",
         "circuit.json"},
        {circuit, "same with drops", evidence("\"other_drops\": [[1, 1, 1]]", "\"other_drops\": []"), "translation",
         "circuit.json"},
        {circuit, "same with drops", evidence("\"drops\": [[1, 1, 1]],", "\"drops\": [],"), "translation",
         "circuit.json"},
        {circuit, "same with drops", evidence("\"other_drops\": [[1, 1, 1]]", "\"other_drops\": [[9, 1, 1]]"),
         "translation", "drops"},
        {"The miter is xor(accept, accept′)", "same by proof", in("circuit.json", "\"roots\": [", "\"roots\": [0, "),
         "translation", "other roots were expected"},
        {"if the formula is unsatisfiable no dropped value of either ever occurs", "same by proof",
         without_line("proof.lrat", -1), "refutation", "proof.lrat"},
    };
}

/// The model, or the other, as a text of version 2 with something of it.
Edit of_version_2(const std::string& file, const std::string& from, const std::string& to) {
    return both(in(file, "\"version\": 1", "\"version\": 2"), in(file, from, to));
}

std::vector<Forgery> readouts() {
    constexpr const char* decide = "Each of the two accepts and rejects words";
    constexpr const char* length = "N is at most the `max_length` of each that has one";
    constexpr const char* position = "with evidence `refutation` each is read at one position, not by `mean` or `sum`";
    const std::string bias = "\"weight\": [1], \"bias\": 0";
    const std::string classes = "\"weight\": [[1], [0]], \"classes\": [\"a\", \"b\"]";
    const std::string each = "\"position\": \"last\", " + bias;
    return {
        {decide, "same", of_version_2("model.json", bias, classes), "question",
         "model.json: readout: the model accepts and rejects nothing"},
        {decide, "same", of_version_2("other.json", bias, classes), "question",
         "other.json: readout: the model accepts and rejects nothing"},
        {decide, "same", of_version_2("other.json", each, "\"position\": \"each\", " + classes), "question",
         "other.json: readout: the model accepts and rejects nothing"},
        {decide, "different", of_version_2("model.json", bias, classes), "question",
         "model.json: readout: the model accepts and rejects nothing"},
        {length, "same", of_version_2("model.json", "\"dimension\"", "\"max_length\": 2, \"dimension\""), "question",
         "claim.length: the model is for words of at most 2 symbols"},
        {length, "same", of_version_2("other.json", "\"dimension\"", "\"max_length\": 2, \"dimension\""), "question",
         "claim.length: the model is for words of at most 2 symbols"},
        {length, "different", of_version_2("other.json", "\"dimension\"", "\"max_length\": 0, \"dimension\""),
         "question", "claim.length: the model is for words of at most 0 symbols"},
        {length, "tables and model", of_version_2("other.json", "\"dimension\"", "\"max_length\": 1, \"dimension\""),
         "question", "claim.length: the model is for words of at most 1 symbols"},
        {position, "same by proof", of_version_2("model.json", "\"last\"", "\"mean\""), "question",
         "a refutation needs a readout at one position"},
        {position, "same by proof", of_version_2("other.json", "\"position\": 1", "\"position\": \"sum\""), "question",
         "a refutation needs a readout at one position"},
    };
}

}  // namespace

Section two_models() {
    Section section{"13", claims()};
    for (const auto& more : {names_of_files(), by_words(), by_proof(), readouts()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
