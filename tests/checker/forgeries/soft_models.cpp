#include "forgery.hpp"
#include "originals.hpp"

namespace forgeries {
namespace {

Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }
Edit evidence(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }

constexpr const char* form = "`{\"kind\", \"words\": count, \"margin\": m, \"bits\": b}`";
constexpr const char* margin =
    "no score is nearer to 0 than the margin m, a number as in model files or a decimal in quotation marks, "
    "not negative";
constexpr const char* bits = "b, 64 to 4096, is the precision that sufficed";
constexpr const char* scores = "for all w in Σ^N: (score(w) > 0 ⇔ map(w) ∈ L)";
constexpr const char* one_side = "judges a score only where the enclosure lies on one side of 0 or is 0 itself";
constexpr const char* partition =
    "lists of positions of the word (from 1), each list ascending and not empty, each position in exactly "
    "one";
constexpr const char* number =
    "Then `words` is the number of choices of these counts, the product over classes of C(size + |Σ| − 1, "
    "|Σ| − 1), at most 2²²";
constexpr const char* language = "*Language*: `majority`, or a regular one, or all classes are single";
constexpr const char* exchanged = "the minimal automaton accepts both words or neither";
constexpr const char* lists = "evidence.classes: ";

}  // namespace

Section soft_models() {
    return {
        "12, enclosures",
        {{form, "enclosure", evidence(", \"margin\": 0.42", ""), "question", "the key \"margin\" is missing"},
         {form, "enclosure", evidence("\"words\": 2, ", ""), "question", "the key \"words\" is missing"},
         {form, "enclosure", evidence(", \"bits\": 64", ""), "question", "the key \"bits\" is missing"},
         {form, "enclosure", evidence("\"bits\"", "\"drops\": [], \"bits\""), "question", "unknown key \"drops\""},
         {margin, "enclosure", evidence("0.42", "0.4232867952"), "enclosure",
          "word \"0\": its score is not certain, or nearer to 0"},
         {margin, "close enclosure", evidence("32735", "32736"), "enclosure",
          "word \"0\": its score is not certain, or nearer to 0"},
         {margin, "enclosure near 0", evidence("0,", "1e-20,"), "enclosure",
          "word \"0\": its score is not certain, or nearer to 0"},
         {scores, "enclosure near 0", model("32735", "32736"), "enclosure", "word \"0\": the model accepts it"},
         {margin, "enclosure", evidence("0.42", "1000"), "enclosure",
          "word \"0\": its score is not certain, or nearer to 0"},
         {margin, "enclosure", evidence("0.42", "-0.42"), "question", "margin: a margin is not negative"},
         {margin, "enclosure", evidence("0.42", "\"all\""), "question", "evidence.margin"},
         {margin, "enclosure", evidence("0.42", "null"), "question", "margin: a number was expected"},
         {bits, "enclosure", evidence("64", "63"), "question", "bits: 63 is not between 64 and 4096"},
         {bits, "enclosure", evidence("64", "4097"), "question", "bits: 4097 is not between 64 and 4096"},
         {bits, "enclosure", evidence("64", "\"64\""), "question", "bits: an integer was expected"},
         {"the checker evaluates all |Σ|^N words (count is that number, at most 2²²) in its own enclosing "
          "arithmetic",
          "enclosure", evidence("2", "1"), "enclosure", "evidence.words: there are 2 words"},
         {"the checker evaluates all |Σ|^N words (count is that number, at most 2²²) in its own enclosing "
          "arithmetic",
          "enclosure", both(claim("\"length\": 1", "\"length\": 23"), evidence("2", "8388608")), "enclosure",
          "evidence.words: there are more than 2^22 words"},
         {scores, "enclosure", claim("\"last\"", "\"even\""), "enclosure", "word \"0\": the model rejects it"},
         {scores, "enclosure", model("\"-1/4\"", "\"1/4\""), "enclosure", "word \"0\""},
         {one_side, "enclosure",
          both(evidence("0.42", "0"), both(model("\"log(2)/4\"", "\"exp(log(2)) - 2\""), model("\"-1/4\"", "0"))),
          "enclosure", "word \"0\": its score is not certain"},
         {"Its evidence is `enclosure` or `witness`", "enclosure",
          both(put("evidence", R"({"kind": "refutation", "proof": "lrat", "drops": []})"),
               both(add_file("circuit.json", "{}"), both(add_file("formula.cnf", ""), add_file("proof.lrat", "")))),
          "question", "a refutation needs hard or average attention throughout"},
         {"Its expressions may use `pi`, `sqrt`, `log`, `exp`, `sin`, `cos`", "rich model",
          model("\"1/n\"", "\"log(n)\""), "question", "an expression is transcendental"},
         {"Its expressions may use `pi`, `sqrt`, `log`, `exp`, `sin`, `cos`", "rich model",
          model("\"1/n\"", "\"0*pi\""), "question", "an expression is transcendental"},
         {"Its expressions may use `pi`, `sqrt`, `log`, `exp`, `sin`, `cos`", "enclosure",
          model("\"log(2)/4\"", "\"tan(2)/4\""), "question", "position[1]: expression: 'tan' is not allowed here"},
         {"its expressions have a value at every position", "enclosure", model("\"log(2)/4\"", "\"log(1 - i)\""),
          "enclosure", "position[1]"},
         {"its expressions have a value at every position", "enclosure", model("\"log(2)/4\"", "\"sqrt(0 - 1)\""),
          "enclosure", "position[1]"},
         {"A norm with eps = 0 whose variance is certainly 0 at a position that is needed has no value, and "
          "the question is refused",
          "norm",
          both(model("\"eps\": 1", "\"eps\": 0"),
               both(model("\"weight\": [1, 0]", "\"weight\": [1, 1]"), model("[[1], [-1]]", "[[1], [1]]"))),
          "enclosure", "model.json: layers[0]: a norm with eps = 0"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[[2, 1], [3]]"), "enclosure",
          "evidence.classes: the positions of a class do not ascend"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[[1, 1, 2], [3]]"), "enclosure",
          "evidence.classes: position 1 is listed twice"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[[1, 2], [3], []]"), "enclosure",
          "evidence.classes: a class is empty"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[[1, 2], [2, 3]]"), "enclosure",
          "evidence.classes: position 2 is listed twice"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[[1, 2]]"), "enclosure",
          "evidence.classes: not every position of the word is in a class"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[[1, 2], [3], [4]]"), "enclosure",
          "evidence.classes: the word has no position 4"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[[0, 1, 2], [3]]"), "enclosure",
          "evidence.classes: the word has no position 0"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[]"), "enclosure",
          "evidence.classes: not every position of the word is in a class"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[[1, 2], [-3]]"), "question", "classes[1][0]"},
         {partition, "counts", evidence("[[1, 2], [3]]", "[1, 2, 3]"), "question", "classes[0]: an array was expected"},
         {number, "counts", evidence("6", "8"), "enclosure",
          "evidence.words: it is not the number of choices of counts"},
         {number, "counts", evidence("6", "4"), "enclosure",
          "evidence.words: it is not the number of choices of counts"},
         {number, "counts", evidence("[[1, 2], [3]]", "[[1], [2], [3]]"), "enclosure",
          "evidence.words: it is not the number of choices of counts"},
         {language, "counts", claim("regex:..1|11.", "palindrome"), "enclosure",
          "evidence.classes: the language is neither regular nor majority"},
         {language, "counts", claim("regex:..1|11.", "table:57"), "enclosure",
          "evidence.classes: the language is neither regular nor majority"},
         {exchanged, "counts", claim("regex:..1|11.", "regex:..1|1.."), "enclosure",
          "exchanging the symbols at 1 and 2 may change"},
         {exchanged, "counts", claim("regex:..1|11.", "first"), "enclosure",
          "exchanging the symbols at 1 and 2 may change"},
         {"The position that is read is alone in its class or no position of the word", "counts",
          both(evidence("6", "4"), both(evidence("[[1, 2], [3]]", "[[1, 2, 3]]"), claim("regex:..1|11.", "parity"))),
          "enclosure", lists},
         {scores, "counts", claim("regex:..1|11.", "regex:..1"), "enclosure", "word \"110\": the model accepts it"}}};
}

}  // namespace forgeries
