#include "answers_by_class.hpp"

// Models that answer with classes, and tasks.

namespace forgeries {
namespace {

constexpr const char* about =
    "A claim `performs` or `performance` may also be about a model file whose readout has two classes or more";
constexpr const char* lengths = "then N ≥ 1, and N is at most the `max_length` of a model that has one";
constexpr const char* each =
    "If the readout is at `each` position, the model answers at each position of the word, in their order";
constexpr const char* once = "Any other gives one answer, which is that at position N";
constexpr const char* listed =
    "For each word the task's text at each position at which the model answers is one of the classes";
constexpr const char* margin =
    "of the logit of the class that is the task's text less the greatest of the other logits";
constexpr const char* soft_only = "`exhaustion` is for models that are not soft (section 12), and for soft ones stands";
constexpr const char* all_words = "count = |Σ|^N ≤ 2²². m is a number as in section 1.1, but may be negative";
constexpr const char* no_less = "no word has a margin less than m";
constexpr const char* exactly = "`exhaustion` may have `margin` and `least` as well, both, in the same sense";
constexpr const char* least = "M like m: the margin of this word, of N symbols, is at most M";
constexpr const char* with_margin =
    "An `enclosure` may have the key `least`: `{\"word\": text, \"most\": M}`, M like m";
constexpr const char* programs = "Evidence about a program has neither key";
constexpr const char* last = "In the evidence `witness` of a model that gives one answer, i is N";
constexpr const char* models =
    "A claim about a model has no key `without`, and neither `refutation` nor `prefixes` (section 26) for evidence";
constexpr const char* positive = "for `performs` it is positive";
constexpr const char* negative = "for `performance` the number of w for which it is negative is count";
constexpr const char* certain = "margin(w) is certainly not 0, and at least m";
constexpr const char* greater =
    "the answer of a soft model is a class whose logit is certainly greater than each other";
constexpr const char* defined = "the task is defined over its alphabet and for N, and asks for classes";
constexpr const char* modulo = "the sum of all symbols of w, modulo P, in decimal; 1 ≤ P ≤ 4096";
constexpr const char* below = "each symbol of the alphabet is a number below P, in decimal without leading zeros";

Forgery task_of(const char* sentence, const char* original, const std::string& from, const std::string& to,
                const char* obligation, const char* where) {
    return {sentence, original, in("claim", from, to), obligation, where};
}

std::vector<Forgery> questions_of_classes() {
    return {
        {about, "right class",
         in("model.json", R"("weight": [[0, 1], [6, 0], [12, 0]], "bias": [0, -1, -4], "classes": ["0", "1", "2"])",
            R"("weight": [0, 1], "bias": 0)"),
         "question", "of a model of two classes or more"},
        {about, "right class",
         in("model.json", R"("weight": [[0, 1], [6, 0], [12, 0]], "bias": [0, -1, -4], "classes": ["0", "1", "2"])",
            R"("weight": [[0, 1]], "bias": [0], "classes": ["0"])"),
         "question", "of a model of two classes or more"},
        {about, "right class", in("claim", "\"counts\"", "\"other\""), "question", "the model calls itself \"counts\""},
        {lengths, "right class", in("model.json", "\"max_length\": 3", "\"max_length\": 1"), "question",
         "the model is for words of at most 1 symbols"},
        {lengths, "right class", in("claim", "2", "0"), "question", "there is no position at which it would answer"},
        {listed, "right class", in("model.json", R"(["0", "1", "2"])", R"(["0", "1", "3"])"), "question",
         "\"2\", which it asks for, is no class of the model"},
        {defined, "class of two", in("claim", "2", "3"), "question", "the task is for words of 2 symbols"},
        task_of(defined, "right class", "count:1", "count:2", "question", "is not a task over this alphabet"),
        task_of(below, "class of a sum", "sum-mod:3", "sum-mod:1", "question", "is not a task over this alphabet"),
        task_of(modulo, "class of a sum", "sum-mod:3", "sum-mod:4097", "question", "is not a task over this alphabet"),
        task_of(modulo, "class of two", "add:3", "add:0", "question", "is not a task over this alphabet"),
        task_of(modulo, "class of a sum", "sum-mod:3", "sum-mod:2", "enclosure", "word \"11\""),
        {soft_only, "right class", put("evidence", R"({"kind": "exhaustion", "words": 4})"), "question",
         "a softmax model is not evaluated exactly"},
        {soft_only, "classes at each",
         put("evidence", R"({"kind": "enclosure", "words": 4, "margin": -1, "bits": 64})"), "question",
         "an enclosure needs a softmax model"},
        {programs, "performs",
         put("evidence", R"({"kind": "exhaustion", "words": 4, "margin": 0, "least": {"word": "00", "most": 0}})"),
         "question", "a program has no margin"},
        {models, "right class", in("claim", "\"length\"", "\"without\": [\"m\"], \"length\""), "question",
         "only a program is without variables"},
        {models, "right class", put("evidence", R"({"kind": "prefixes"})"), "question",
         "such evidence is about a program"},
        {models, "right class",
         both(put("evidence", R"({"kind": "refutation", "proof": "lrat", "drops": []})"),
              both(add_file("circuit.json", "{}"), both(add_file("formula.cnf", ""), add_file("proof.lrat", "")))),
         "question", "such evidence is about a program"},
        {exactly, "classes at each", in("evidence", "\"margin\": -1, ", ""), "question",
         "the key \"margin\" is missing"},
        {exactly, "classes at each", in("evidence", ", \"least\": {\"word\": \"10\", \"most\": -1}", ""), "question",
         "the key \"least\" is missing"},
        {with_margin, "right class", in("evidence", "\"least\"", "\"lowest\""), "question", "unknown key \"lowest\""},
        {with_margin, "right class", in("evidence", "\"most\"", "\"greatest\""), "question",
         "unknown key \"greatest\""},
    };
}

std::vector<Forgery> margins_of_classes() {
    return {
        {each, "classes at each", in("model.json", "\"each\"", "\"first\""), "exhaustion", "evidence.least.most"},
        {once, "classes counted", in("model.json", "\"last\"", "1"), "enclosure", "word \"10\""},
        {margin, "right class", in("model.json", "[6, 0]", "[-6, 0]"), "enclosure", "word \"01\""},
        {all_words, "right class", in("evidence", "\"words\": 4", "\"words\": 3"), "enclosure",
         "evidence.words: there are 4 words"},
        {no_less, "right class", in("evidence", "0.82", "0.827"), "enclosure",
         "word \"01\": its margin is not certain"},
        {no_less, "classes counted", in("evidence", "-4.18", "-4.173"), "enclosure",
         "word \"00\": its margin is not certain"},
        {no_less, "class of two", in("evidence", "0.82671", "0.82672"), "enclosure", "word \"01\""},
        {exactly, "classes at each", in("evidence", "\"margin\": -1", "\"margin\": -0.9"), "exhaustion",
         "word \"10\": its margin is less than"},
        {least, "right class", in("evidence", "0.83", "0.826"), "enclosure", "evidence.least.most"},
        {least, "right class", in("evidence", "\"01\"", "\"00\""), "enclosure", "evidence.least.most"},
        {least, "right class", in("evidence", "\"01\"", "\"011\""), "enclosure", "the word has 3 symbols"},
        {least, "classes counted", in("evidence", "-4.17", "-4.174"), "enclosure", "evidence.least.most"},
        {least, "classes at each", in("evidence", "\"10\"", "\"01\""), "exhaustion", "evidence.least.most"},
        {positive, "right class",
         both(in("claim", "count:1", "hist"),
              put("evidence", R"({"kind": "enclosure", "words": 4, "margin": -5, "bits": 64})")),
         "enclosure", "word \"00\": the model does not do what the task asks"},
        {negative, "classes counted", in("claim", "\"1\"", "\"0\""), "enclosure",
         "it does not perform the task on 1 words"},
        {negative, "classes counted", in("claim", "\"1\"", "\"3\""), "enclosure",
         "it does not perform the task on 1 words"},
        {certain, "class of a sum", in("model.json", "-4]", "-3]"), "enclosure",
         "word \"01\": its margin is not certain"},
        {last, "class misstep", in("evidence", "\"position\": 2", "\"position\": 1"), "witness",
         "the model answers at the last position only"},
        {greater, "class misstep", in("evidence", "\"actual\": \"0\"", "\"actual\": \"1\""), "witness",
         "the model answers otherwise"},
        {greater, "class misstep", in("model.json", "[0, -1, -4]", "[-1000, -4, -4]"), "witness",
         "its class is not certain"},
        {each, "misstep at one", in("evidence", "\"actual\": \"1\"", "\"actual\": \"0\""), "witness",
         "the model answers otherwise"},
        {each, "misstep at one", in("evidence", "\"position\": 1", "\"position\": 2"), "witness",
         "the model answers otherwise"},
    };
}

}  // namespace

Section answers_by_class() {
    std::vector<Forgery> all = questions_of_classes();
    std::vector<Forgery> more = margins_of_classes();
    for (Forgery& forgery : more) all.push_back(std::move(forgery));
    return {"20", std::move(all)};
}

}  // namespace forgeries
