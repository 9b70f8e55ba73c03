#include "alike.hpp"

#include "forgery.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }

constexpr const char* keys =
    "`alike`: `{\"kind\", \"model\": name, \"other\": name, \"length\": N, \"verdict\": \"verified\" | \"refuted\", "
    "\"map\": "
    "{symbol: symbol, …} (optional)}`";
constexpr const char* about = "each a program, or a model file whose readout has two classes or more";
constexpr const char* names = "each name is the file's own where that has one. N ≥ 1";
constexpr const char* lengths =
    "N ≥ 1 is a length of each program, and at most the `max_length` of each model that has one";
constexpr const char* symbols = "Σ, a′ and w′ are as in section 13.";
constexpr const char* texts =
    "texts: those of a program, as the model format spells them, or the names of the classes of a model (section 20)";
constexpr const char* positions =
    "A program whose output has the positions `word`, and a model that is read at `each` position, answer at each "
    "position "
    "of the word, in their order; any other answers once, at position N";
constexpr const char* both_ways = "Both answer at each position, or both once";
constexpr const char* verified =
    "`verified` says: for each word w of N symbols over Σ the answers of the model to w and those of the other to w′ "
    "are the "
    "same texts at each position at which they answer";
constexpr const char* accepting = "Which words the two accept does not matter";
constexpr const char* all_words = "neither network being soft (section 12), count = |Σ|^N ≤ 2²²; for `verified`";
constexpr const char* soft = "one of them or both being soft, count, m and b as in section 1.1";
constexpr const char* leads =
    "wherever a soft one answers, the logit of the class that it answers is greater than each other by at least m; for "
    "`verified`";
constexpr const char* witness =
    "on the word w, of N symbols over Σ, the model answers x at position i, on w′ the other answers x′ there, and x ≠ "
    "x′";
constexpr const char* last = "i is N where they answer once";
constexpr const char* certain =
    "What a soft one answers is a class whose logit is certainly greater than each other. For `refuted`";

std::vector<Forgery> claims() {
    return {
        {keys, "alike programs", claim("\"other\": \"says ab\", ", ""), "question", "the key \"other\" is missing"},
        {keys, "alike programs", claim("\"length\"", "\"without\": [\"m\"], \"length\""), "question",
         "unknown key \"without\""},
        {keys, "alike programs", claim("\"length\"", "\"language\": \"last\", \"length\""), "question",
         "unknown key \"language\""},
        {keys, "alike programs", claim("\"verified\"", "\"same\""), "question",
         "\"verified\" or \"refuted\" was expected"},
        {about, "alike programs", put("other.json", all_seeing("01", 2, {"01", "10"})), "question",
         "tables accept and reject"},
        {about, "alike soft and exact",
         in("other.json", R"("weight": [[0, 1], [6, 0], [12, 0]], "bias": [0, -1, -4], "classes": ["0", "1", "2"])",
            R"("weight": [0, 1], "bias": 0)"),
         "question", "other.json: readout: texts are answers of a program, or of a model of two classes or more"},
        {about, "alike soft and exact",
         in("model.json", R"("weight": [[0, 1], [6, 0], [12, 0]], "bias": [0, -1, -4], "classes": ["0", "1", "2"])",
            R"("weight": [[0, 1]], "bias": [0], "classes": ["0"])"),
         "question", "model.json: readout: texts are answers of a program, or of a model of two classes or more"},
        {names, "alike programs", claim("\"says\"", "\"said\""), "question", "claim.model"},
        {names, "alike soft and exact", claim("\"exact\"", "\"exactly\""), "question",
         "claim.other: the model calls itself \"exact\""},
        {lengths, "alike programs", claim("2", "0"), "question", "length"},
        {lengths, "alike programs", claim("2", "4"), "question", "the program is for words of 0 to 3 symbols"},
        {lengths, "alike the other way", in("other.json", "[0, 3]", "[3, 3]"), "question",
         "the program is for words of 3 to 3 symbols"},
        {lengths, "alike soft and exact", in("model.json", "\"max_length\": 3", "\"max_length\": 1"), "question",
         "the model is for words of at most 1 symbols"},
        {lengths, "models not alike", in("other.json", "\"max_length\": 3", "\"max_length\": 1"), "question",
         "the model is for words of at most 1 symbols"},
        {symbols, "alike programs", claim("\"0\": \"a\", ", ""), "question", "the symbol '0' has no entry"},
        {symbols, "alike programs", claim(", \"map\": {\"0\": \"a\", \"1\": \"b\"}", ""), "question",
         "'0' is not in the other model's alphabet"},
        {symbols, "alike programs", claim("\"0\": \"a\"", "\"0\": \"b\""), "question", "two symbols stand for 'b'"},
        {symbols, "alike programs", claim("{\"0\": \"a\", \"1\": \"b\"}", "{\"0\": \"b\", \"1\": \"a\"}"), "exhaustion",
         "word \"bb\": the two networks do not answer the same"},
    };
}

std::vector<Forgery> answers() {
    return {
        {texts, "alike programs", in("model.json", "\"y\"", "\"Y\""), "exhaustion",
         "the two networks do not answer the same"},
        {texts, "alike programs", in("other.json", "\"classes\": [\"x\", \"y\"]", "\"classes\": [\"y\", \"x\"]"),
         "exhaustion", "the two networks do not answer the same"},
        {texts, "alike soft and exact",
         in("model.json", R"("classes": ["0", "1", "2"])", R"("classes": ["0", "1", "3"])"), "enclosure",
         "word \"11\": the two networks do not answer the same"},
        {texts, "alike exact and soft",
         in("other.json", R"("classes": ["0", "1", "2"])", R"("classes": ["0", "2", "1"])"), "enclosure",
         "word \"01\""},
        {positions, "programs not alike", evidence("\"position\": 2", "\"position\": 1"), "witness",
         "evidence.answers: the model answers otherwise"},
        {positions, "alike the other way", in("other.json", "[[\"0\"], \"x\"]", "[[\"0\"], \"z\"]"), "exhaustion",
         "the two networks do not answer the same"},
        {both_ways, "alike programs", in("other.json", "\"positions\": \"word\"", "\"positions\": \"last\""),
         "question", "one answers at each position of the word, the other once"},
        {both_ways, "alike soft and exact", in("model.json", "\"position\": \"last\"", "\"position\": \"each\""),
         "question", "one answers at each position of the word, the other once"},
        {both_ways, "programs not alike", in("model.json", "\"positions\": \"word\"", "\"positions\": \"last\""),
         "question", "one answers at each position of the word, the other once"},
        {verified, "alike programs", claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
        {verified, "alike programs", in("other.json", "\"b\": [0, 1]", "\"b\": [1, 1]"), "exhaustion",
         "the two networks do not answer the same"},
        {accepting, "alike soft and exact",
         both(in("model.json", R"("classes": ["0", "1", "2"])", R"("classes": ["0", "1", "2"], "accept": ["0", "1"])"),
              in("model.json", "[0, -1, -4]", "[0, -4, -4]")),
         "enclosure", "word \"01\""},
    };
}

std::vector<Forgery> by_evidence() {
    return {
        {all_words, "alike programs", evidence("4", "3"), "exhaustion", "evidence.words: there are 4 words"},
        {all_words, "alike programs", evidence("4", "4, \"margin\": 1"), "question", "unknown key \"margin\""},
        {all_words, "alike soft and exact", put("evidence", R"({"kind": "exhaustion", "words": 4})"), "question",
         "a softmax model is not evaluated exactly"},
        {all_words, "alike exact and soft", put("evidence", R"({"kind": "exhaustion", "words": 4})"), "question",
         "a softmax model is not evaluated exactly"},
        {all_words, "programs not alike", put("evidence", R"({"kind": "exhaustion", "words": 4})"), "question",
         "does not fit the verdict"},
        {soft, "alike programs", put("evidence", R"({"kind": "enclosure", "words": 4, "margin": 0, "bits": 64})"),
         "question", "an enclosure needs a softmax model"},
        {soft, "alike soft and exact", evidence("\"words\": 4", "\"words\": 5"), "enclosure",
         "evidence.words: there are 4 words"},
        {soft, "alike soft and exact", evidence("\"bits\": 64", "\"bits\": 32"), "question", "bits"},
        {soft, "alike soft and exact", evidence("\"bits\": 64", "\"bits\": 64, \"classes\": [[1, 2]]"), "question",
         "unknown key \"classes\""},
        {soft, "alike soft and exact", evidence("\"bits\": 64", "\"bits\": 64, \"by\": \"regions\""), "question",
         "unknown key \"by\""},
        {leads, "alike soft and exact", evidence("0.82", "0.83"), "enclosure",
         "its margin is not certain, or less than"},
        {leads, "alike exact and soft", evidence("0.82", "0.83"), "enclosure",
         "its margin is not certain, or less than"},
        {leads, "alike soft", evidence("0.82", "0.83"), "enclosure", "its margin is not certain, or less than"},
        {leads, "alike soft", in("other.json", "log(2)/8", "log(2)/2"), "enclosure",
         "its margin is not certain, or less than"},
        {leads, "alike soft", in("other.json", "-4]", "-3]"), "enclosure", "its margin is not certain, or less than"},
        {leads, "alike soft and exact", claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
        {witness, "programs not alike", evidence("\"01\"", "\"00\""), "witness",
         "evidence.answers: the model answers otherwise"},
        {witness, "programs not alike", evidence("[\"y\", \"x\"]", "[\"y\", \"y\"]"), "witness",
         "evidence.answers: the other model answers otherwise"},
        {witness, "programs not alike", evidence("[\"y\", \"x\"]", "[\"x\", \"x\"]"), "witness",
         "evidence.answers: the model answers otherwise"},
        {witness, "programs not alike",
         both(claim("{\"0\": \"b\", \"1\": \"a\"}", "{\"0\": \"a\", \"1\": \"b\"}"),
              evidence("[\"y\", \"x\"]", "[\"y\", \"y\"]")),
         "witness", "evidence.answers: they are the same"},
        {witness, "programs not alike", evidence("\"01\"", "\"011\""), "witness", "the word has 3 symbols"},
        {witness, "programs not alike", evidence("\"position\": 2", "\"position\": 3"), "witness",
         "the word has no such position"},
        {witness, "programs not alike", evidence("\"position\": 2", "\"position\": 0"), "witness",
         "the word has no such position"},
        {witness, "programs not alike", evidence(", \"x\"]", "]"), "question", "two answers were expected"},
        {last, "models not alike", evidence("\"position\": 2", "\"position\": 1"), "witness",
         "the networks answer at the last position only"},
        {certain, "models not alike", in("model.json", "[0, -1, -4]", "[0, -8, -8]"), "witness",
         "the model answers otherwise"},
        {certain, "models not alike",
         both(in("model.json", "[12, 0]", "[6, 0]"), in("model.json", "[0, -1, -4]", "[-1000, -4, -4]")), "witness",
         "its class is not certain"},
        {certain, "models not alike", claim("\"refuted\"", "\"verified\""), "question", "does not fit the verdict"},
    };
}

constexpr const char* by_proof =
    "`{\"kind\": \"refutation\", \"proof\": \"lrat\" | \"xlrup\", \"drops\": []}`, both being programs; for "
    "`verified`.";

std::vector<Forgery> by_circuit() {
    constexpr const char* circuit = "translation";
    const auto refutation_of_none =
        both(put("evidence", R"({"kind": "refutation", "proof": "lrat", "drops": []})"),
             both(add_file("circuit.json", "{}"), both(add_file("formula.cnf", ""), add_file("proof.lrat", ""))));
    return {
        {by_proof, "alike soft and exact", refutation_of_none, "question", "a refutation needs two model files"},
        {by_proof, "alike soft and exact",
         both(refutation_of_none, both(in("model.json", "softmax", "average"), in("model.json", "log(2)/4", "0"))),
         "question", "a refutation of answers needs two programs"},
        {by_proof, "alike proved", evidence("[]", "[[1, 1, 0]]"), "question", "a program drops no values"},
        {by_proof, "alike proved", evidence("[]", "[], \"other_drops\": []"), "question",
         "unknown key \"other_drops\""},
        {by_proof, "alike proved", claim("\"verified\"", "\"refuted\""), "question", "does not fit the verdict"},
        {"To one list of nodes come those of section 19 of the model with all its answers", "alike proved",
         in("model.json", "\"x\"", "\"X\""), circuit, "circuit.json"},
        {"its symbols in the order of the a they belong to. The miter is", "alike proved",
         claim("{\"0\": \"a\", \"1\": \"b\"}", "{\"0\": \"b\", \"1\": \"a\"}"), circuit, "circuit.json"},
        {"The miter is *differs* of section 26.2, the other's answers in the place of the task's", "alike proved",
         in("other.json", "\"b\": [0, 1]", "\"b\": [1, 0]"), circuit, "circuit.json"},
        {"The roots are the miter, the model's fault, the other's fault", "alike proved",
         in("circuit.json", ", 0]}", "]}"), circuit, "circuit.json"},
        {"The roots are the miter, the model's fault, the other's fault", "alike proved",
         in("model.json", ", [[\"1\"], \"y\"]", ""), circuit, "circuit.json"},
        {"if the formula is unsatisfiable neither fault is true on any word", "alike proved",
         without_line("proof.lrat", -1), "refutation", "proof.lrat"},
    };
}

}  // namespace

Section alike() {
    Section section{"42", claims()};
    for (const auto& more : {answers(), by_evidence(), by_circuit()})
        section.forgeries.insert(section.forgeries.end(), more.begin(), more.end());
    return section;
}

}  // namespace forgeries
