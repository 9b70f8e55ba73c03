#include "../checker_support.hpp"
#include "../random_model.hpp"
#include "checker/translation/miter_of_others.hpp"
#include "checker/translation/miter_of_two.hpp"
#include "checker/translation/word_diagram.hpp"
#include "originals.hpp"

// Claims of sections 13 to 15: that two models answer the same, on how many words one is wrong, and what it does
// without a part.

namespace forgeries {
namespace {

using namespace checker_test;

std::string equal(const std::string& model, const std::string& other, int length, const std::string& more = "") {
    return "{\"kind\": \"equal\", \"model\": \"" + model + "\", \"other\": \"" + other +
           "\", \"length\": " + std::to_string(length) + ", \"verdict\": \"verified\"" + more + "}";
}

std::string accuracy(const std::string& model, const std::string& language, int length, const std::string& wrong) {
    return "{\"kind\": \"accuracy\", \"model\": \"" + model + "\", \"language\": \"" + language +
           "\", \"length\": " + std::to_string(length) + ", \"wrong\": \"" + wrong + "\"}";
}

/// Over the same symbols in the other order: accepts iff the last one is 1.
const char* const last_two =
    R"({"format": "attest/model", "version": 1, "name": "last-two", "alphabet": ["1", "0"],
    "dimension": 1, "embedding": {"0": [-1], "1": [2]}, "layers": [],
    "readout": {"position": "last", "weight": [1], "bias": 0}})";

/// As `ends`, but read at the first position.
const char* const ends_two =
    R"json({"format": "attest/model", "version": 1, "name": "ends-two", "alphabet": ["1", "0"],
    "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0]},
    "layers": [{"attention": {"kind": "hard",
                              "heads": [{"value": [[1, 0, 0]], "output": [[0], [1], [0]], "bias": "[j = n]"}]},
                "feedforward": {"maps": [[[1, -1, 0], [-1, 1, 0]], [[0, 0], [0, 0], [1, 1]]]}}],
    "readout": {"position": 1, "weight": [0, 0, 1], "bias": "-1/2"}})json";

std::string renamed_to(const std::string& name, const std::string& model, const std::string& from) {
    return replaced(model, "\"" + from + "\"", "\"" + name + "\"");
}

Certificate same() {
    return {equal("last-one", "last-two", 3),
            R"({"kind": "exhaustion", "words": 8})",
            {{"model.json", last_model()}, {"other.json", last_two}}};
}

Certificate same_by_a_map() {
    std::string letters = replaced(last_two, R"(["1", "0"])", R"(["b", "a"])");
    letters = replaced(replaced(letters, R"("0": [-1])", R"("a": [-1])"), R"("1": [2])", R"("b": [2])");
    return {equal("last-one", "last-two", 2, R"(, "map": {"0": "a", "1": "b"})"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", last_model()}, {"other.json", letters}}};
}

Certificate different() {
    return {R"({"kind": "equal", "model": "last-one", "other": "first-one", "length": 2, "verdict": "refuted"})",
            R"({"kind": "witness", "word": "01", "answers": ["accept", "reject"]})",
            {{"model.json", last_model()},
             {"other.json", replaced(renamed_to("first-one", last_model(), "last-one"), "\"last\"", "1")}}};
}

Certificate tables_and_model() {
    return {equal("tables", "last-two", 2),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", all_seeing("01", 2, {"01", "11"})}, {"other.json", last_two}}};
}

Certificate proved(const std::string& claim, const std::string& evidence, std::map<std::string, std::string> files,
                   const Miter& miter) {
    Budget budget = ample();
    const Formula formula = formula_of(miter, budget);
    files["circuit.json"] = circuit_text(miter);
    files["formula.cnf"] = formula_text(formula);
    files["proof.lrat"] = Refuter(formula).run().value();
    return {claim, evidence, files};
}

Certificate same_by_proof() {
    Budget budget = ample();
    const Model model = model_of(parity_of_ends());
    Model other = model_of(ends_two);
    other.alphabet = model.alphabet;
    const Instance one = instantiate(model, 2, budget), two = instantiate(other, 2, budget);
    return proved(equal("ends", "ends-two", 2),
                  R"({"kind": "refutation", "proof": "lrat", "drops": [], "other_drops": []})",
                  {{"model.json", parity_of_ends()}, {"other.json", ends_two}},
                  build_miter(Half{one, {}}, Half{two, {}}, budget));
}

/// The same model twice, with a value that never occurs.
Certificate same_with_drops() {
    Budget budget = ample();
    const std::string text = RandomModel(179, 2).text();
    const Model model = model_of(text);
    const Instance instance = instantiate(model, 3, budget);
    const std::vector<Drop> drops{{1, 1, 1}};
    return proved(equal(model.name, model.name, 3),
                  R"({"kind": "refutation", "proof": "lrat", "drops": [[1, 1, 1]], "other_drops": [[1, 1, 1]]})",
                  {{"model.json", text}, {"other.json", text}},
                  build_miter(Half{instance, drops}, Half{instance, drops}, budget));
}

Certificate same_by_counts() {
    const std::string other = replaced(renamed_to("some-two", soft_model(), "some-one"), "[1, -1]", "[2, -2]");
    return {equal("some-one", "some-two", 3),
            R"({"kind": "enclosure", "words": 6, "margin": 0.01, "bits": 64, "classes": [[1, 2], [3]]})",
            {{"model.json", soft_model()}, {"other.json", replaced(other, "\"-1/4\"", "\"-1/2\"")}}};
}

/// A soft model and one that is not: what it computes on words of one symbol.
Certificate soft_and_exact() {
    return {equal("some-one", "last-two", 1),
            R"({"kind": "enclosure", "words": 2, "margin": 0.42, "bits": 64})",
            {{"model.json", soft_model()}, {"other.json", last_two}}};
}

Certificate counted() {
    return {accuracy("last-one", "parity", 3, "4"),
            R"({"kind": "exhaustion", "words": 8})",
            {{"model.json", last_model()}}};
}

/// The words 100 and 010, which have the same counts.
Certificate counted_by_counts() {
    return {accuracy("some-one", "contains:1", 3, "2"),
            R"({"kind": "enclosure", "words": 6, "margin": 0, "bits": 64, "classes": [[1, 2], [3]]})",
            {{"model.json", soft_model()}}};
}

Certificate listed() {
    Budget budget = ample();
    const Model model = model_of(last_model());
    const Language language = read_language("contains:1", model.alphabet, 3, "", budget);
    const Instance instance = instantiate(model, 3, budget);
    return proved(accuracy("last-one", "contains:1", 3, "3"),
                  R"({"kind": "refutation", "proof": "lrat", "drops": [], "mistakes": ["010", "100", "110"]})",
                  {{"model.json", last_model()}},
                  build_miter_of_others(instance, language, {0, 1}, {}, {{0, 1, 0}, {1, 0, 0}, {1, 1, 0}}, budget));
}

/// Position 3 is tested first, then 1, then 2.
Certificate by_a_diagram() {
    Budget budget = ample();
    const std::string text = "3 1 2\n3 0 1\n2 2 1\n1 3 0\n4\n";
    const Model model = model_of(last_model());
    const Language language = read_language("contains:1", model.alphabet, 3, "", budget);
    const Instance instance = instantiate(model, 3, budget);
    return proved(accuracy("last-one", "contains:1", 3, "3"),
                  R"({"kind": "refutation", "proof": "lrat", "drops": [], "by": "diagram"})",
                  {{"model.json", last_model()}, {"diagram.txt", text}},
                  build_miter_of_diagram(instance, language, {0, 1}, {}, read_diagram(text, 2, 3, budget), budget));
}

Certificate without_head() {
    return {recognises("ends", "last", 2, R"(, "without": [[1, 1]])"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", parity_of_ends()}}};
}

Certificate counted_without() {
    return {replaced(accuracy("ends", "parity", 2, "2"), "\"wrong\"", "\"without\": [[1, 1]], \"wrong\""),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", parity_of_ends()}}};
}

/// The model that lacks its head is the first of the two.
Certificate same_without() {
    return {equal("ends", "last-two", 2, R"(, "without": [[1, 1]])"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", parity_of_ends()}, {"other.json", last_two}}};
}

/// Where the last symbol stands its head adds 0 or 1, on average 1/2: the two never differ by more.
Certificate mean_of_head() {
    return {recognises("ends", "table:0", 2,
                       R"(, "without": [[1, 1]], "instead": {"constants": [["0", "1/2", "0"]], "within": "0"})"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", parity_of_ends()}}};
}

/// What it adds is 1 where the last symbol differs from the first.
Certificate mean_of_feedforward() {
    return {
        recognises("ends", "table:0", 2,
                   R"(, "without": [[1, "feedforward"]], "instead": {"constants": [["0", "0", "1/2"]], "within": 0})"),
        R"({"kind": "exhaustion", "words": 4})",
        {{"model.json", parity_of_ends()}}};
}

/// Two heads at the last position: the second adds what the first found, if it is there.
const char* const two_heads =
    R"json({"format": "attest/model", "version": 1, "name": "two-heads", "alphabet": ["0", "1"],
    "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0]},
    "layers": [{"attention": {"kind": "hard",
                              "heads": [{"value": [[1, 0]], "output": [[0], [1]], "bias": "[j = 1]"}]}},
               {"attention": {"kind": "hard",
                              "heads": [{"value": [[0, 1]], "output": [[2], [0]], "bias": "[j = n]"}]}}],
    "readout": {"position": "last", "weight": [1, 0], "bias": "-1/2"}})json";

/// Without the edge the second head finds 0: what is left says the last symbol.
Certificate without_edge() {
    return {recognises("two-heads", "last", 2, R"(, "without": [[1, 1, 2, 1]])"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", two_heads}}};
}

/// On one symbol x, -1 or 1, the first head adds x to the second coordinate. The second head reads x divided by the root of
/// the mean square of (x, x) and 1; without the edge of that of (x, 0) and 1: 0.8164… x, which times 1.3 is more than x.
const char* const normed_heads =
    R"json({"format": "attest/model", "version": 2, "name": "normed-heads", "alphabet": ["0", "1"],
    "dimension": 2, "embedding": {"0": [-1, 0], "1": [1, 0]},
    "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[0], [1]]}]}},
               {"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [["-13/10"], [0]]}],
                              "norm": {"placement": "pre", "kind": "rms", "eps": 1}}}],
    "readout": {"position": "last", "weight": [1, 0], "bias": 0}})json";

Certificate without_normed_edge() {
    return {recognises("normed-heads", "even", 1, R"(, "without": [[1, 1, 2, 1]])"),
            R"({"kind": "enclosure", "words": 2, "margin": 0.0614, "bits": 64})",
            {{"model.json", normed_heads}}};
}

/// The model beside itself, with scores from 1 on.
Certificate robustly_same() {
    return {equal("last-two", "last-two", 2, R"(, "robust": "9/10")"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", last_two}, {"other.json", last_two}}};
}

Certificate not_robustly_same() {
    return {replaced(equal("last-two", "last-two", 2, R"(, "robust": 1)"), "verified", "refuted"),
            R"({"kind": "witness", "word": "10", "answers": ["accept", "reject"]})",
            {{"model.json", last_two}, {"other.json", last_two}}};
}

Certificate softly_robustly_same() {
    return {equal("some-one", "last-two", 1, R"(, "robust": 0.29)"),
            R"({"kind": "enclosure", "words": 2, "margin": 0.42, "bits": 64})",
            {{"model.json", soft_model()}, {"other.json", last_two}}};
}

/// Its scores are -1 and 2, its weight 1.
Certificate robust() {
    return {recognises("last-two", "last", 2, R"(, "robust": "9/10")"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", last_two}}};
}

Certificate not_robust() {
    return {replaced(recognises("last-two", "last", 2, R"(, "robust": 1)"), "verified", "refuted"),
            R"({"kind": "witness", "word": "10", "expected": "reject", "actual": "accept"})",
            {{"model.json", last_two}}};
}

/// The weight is (1, -1): of length root 2, and 3/10 times that is a little more than 0.42.
Certificate softly_robust() {
    return {recognises("some-one", "last", 1, R"(, "robust": 0.29)"),
            R"({"kind": "enclosure", "words": 2, "margin": 0.42, "bits": 64})",
            {{"model.json", soft_model()}}};
}

Certificate invariant() {
    return {R"({"kind": "invariant", "model": "ends", "length": 3, "positions": [2], "verdict": "verified"})",
            R"({"kind": "exhaustion", "words": 8})",
            {{"model.json", parity_of_ends()}}};
}

Certificate not_invariant() {
    return {R"({"kind": "invariant", "model": "ends", "length": 3, "positions": [2, 3], "verdict": "refuted"})",
            R"({"kind": "witness", "words": ["010", "001"], "answers": ["reject", "accept"]})",
            {{"model.json", parity_of_ends()}}};
}

Certificate softly_invariant() {
    return {R"({"kind": "invariant", "model": "some-one", "length": 2, "positions": [1], "verdict": "verified", )"
            R"("without": [[1, 1]]})",
            R"({"kind": "enclosure", "words": 4, "margin": 0.42, "bits": 64})",
            {{"model.json", soft_model()}}};
}

/// Its first head finds the first symbol everywhere but at the first position, which sees none: on average 1/4.
Certificate mean_of_first_head() {
    return {recognises("two-heads", "regex:..", 2,
                       R"(, "without": [[1, 1]], "instead": {"constants": [["0", "1/4"]], "within": 0})"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json",
              replaced(replaced(two_heads,
                                "\"kind\": \"hard\",\n                              \"heads\": [{\"value\": [[1, 0]]",
                                "\"kind\": \"hard\", \"mask\": \"strict\", \"heads\": [{\"value\": [[1, 0]]"),
                       "\"-1/2\"", "0")}}};
}

/// `two-heads` under a strict mask: at the first position, which sees nothing, its first head adds nothing, and at the second
/// the first symbol, on average 1/2.
std::string strict_heads() {
    return replaced(two_heads, "\"kind\": \"hard\",\n                              \"heads\": [{\"value\": [[1, 0]]",
                    "\"kind\": \"hard\", \"mask\": \"strict\", \"heads\": [{\"value\": [[1, 0]]");
}

/// The second head finds 1/2 at the last position: the score is at least 1/2.
Certificate means_by_position() {
    return {recognises("two-heads", "regex:..", 2,
                       R"(, "without": [[1, 1]], "instead": {"by": "position", "constants": [[["0", "0"], )"
                       R"(["0", "1/2"]]], "within": "0"})"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", strict_heads()}}};
}

/// The second head finds what stands at the first position, where the mask leaves nothing to the first one.
Certificate constants_by_position() {
    return {recognises("two-heads", "regex:..", 2,
                       R"(, "without": [[1, 1]], "instead": {"by": "position", "constants": [[["0", "1/2"], )"
                       R"(["0", "0"]]]})"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", replaced(strict_heads(), "[j = n]", "[j = 1]")}}};
}

/// On one symbol x, -1 or 1, two parts add 1 to the second coordinate, each before a norm: (x, 1) stays as it is, and of (x, 2)
/// the norm makes 1.2649… in the second coordinate.
Certificate normed_constants() {
    return {recognises("normed-constants", "regex:.", 1,
                       R"(, "without": [[1, 1], [1, "feedforward"]], "instead": {"by": "position", "constants": )"
                       R"([[["0", "1"]], [["0", "1"]]]})"),
            R"({"kind": "enclosure", "words": 2, "margin": 0.0049, "bits": 64})",
            {{"model.json",
              R"json({"format": "attest/model", "version": 2, "name": "normed-constants", "alphabet": ["0", "1"],
    "dimension": 2, "embedding": {"0": [-1, 0], "1": [1, 0]},
    "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[0], [1]]}],
                              "norm": {"placement": "post", "kind": "rms", "eps": 0}},
                "feedforward": {"maps": [[[1, 0], [0, 1]]],
                                "norm": {"placement": "post", "kind": "rms", "eps": 0}}}],
    "readout": {"position": "last", "weight": [0, 1], "bias": -1.26}})json"}}};
}

/// On two symbols the soft head adds at each position the share of 1s: on average 1/2.
Certificate soft_means_by_position() {
    return {recognises("some-one", "regex:..", 2,
                       R"(, "without": [[1, 1]], "instead": {"by": "position", "constants": [[["1/2", "0"], )"
                       R"(["1/2", "0"]]], "within": 0.001})"),
            R"({"kind": "enclosure", "words": 4, "margin": 0.07, "bits": 64})",
            {{"model.json", soft_model()}}};
}

/// On one symbol its head finds that symbol; the score with 1/2 in its place is positive on both words.
Certificate mean_of_soft_head() {
    return {recognises("some-one", "regex:.", 1,
                       R"(, "without": [[1, 1]], "instead": {"constants": [["1/2", "0"]], "within": 0.001})"),
            R"({"kind": "enclosure", "words": 2, "margin": 0, "bits": 64})",
            {{"model.json", soft_model()}}};
}

}  // namespace

Originals originals_of_two_models() {
    return {{"same", same},
            {"same by a map", same_by_a_map},
            {"different", different},
            {"tables and model", tables_and_model},
            {"same by proof", same_by_proof},
            {"same with drops", same_with_drops},
            {"same by counts", same_by_counts},
            {"soft and exact", soft_and_exact},
            {"counted", counted},
            {"counted by counts", counted_by_counts},
            {"listed", listed},
            {"by a diagram", by_a_diagram},
            {"without head", without_head},
            {"counted without", counted_without},
            {"same without", same_without},
            {"mean of head", mean_of_head},
            {"mean of feed-forward", mean_of_feedforward},
            {"without edge", without_edge},
            {"mean of first head", mean_of_first_head},
            {"mean of soft head", mean_of_soft_head},
            {"means by position", means_by_position},
            {"constants by position", constants_by_position},
            {"normed constants", normed_constants},
            {"soft means by position", soft_means_by_position},
            {"invariant", invariant},
            {"not invariant", not_invariant},
            {"softly invariant", softly_invariant},
            {"robust", robust},
            {"not robust", not_robust},
            {"softly robust", softly_robust},
            {"without normed edge", without_normed_edge},
            {"robustly same", robustly_same},
            {"not robustly same", not_robustly_same},
            {"softly robustly same", softly_robustly_same}};
}

}  // namespace forgeries
