#include "alike.hpp"
#include "checker/translation/miter_of_two.hpp"
#include "refuted_programs.hpp"

namespace forgeries {
namespace {

/// At each position x for the first symbol, y for the second.
const char* const says =
    R"({"format": "attest/program", "version": 1, "name": "says", "alphabet": ["0", "1"], "lengths": [0, 3],
    "variables": [{"name": "t", "input": "symbol"},
                  {"name": "m", "map": {"of": ["t"], "table": [[["0"], "x"], [["1"], "y"]]}}],
    "output": {"positions": "word", "value": "m"}})";

/// The same for a and b, its symbols in another order; it answers by classes.
const char* const says_ab =
    R"({"format": "attest/program", "version": 1, "name": "says ab", "alphabet": ["b", "a"], "lengths": [1, 4],
    "variables": [{"name": "t", "input": "symbol"}],
    "output": {"positions": "word", "classes": ["x", "y"], "tie": "first",
               "scores": [{"of": "t", "weights": {"a": [1, 0], "b": [0, 1]}}]}})";

/// How many 1 there are in two symbols, as in section 20: m is 2 times the mean of three positions times 3/2 of them, the logit of
/// k is 2 k m − k², and more for 0: log(2)/4 of the soft one, so that 0 and 1 are 1 − log(2)/4 = 0.82671… apart.
std::string counts_ones(const std::string& name, const std::string& attention, const std::string& more) {
    return R"({"format": "attest/model", "version": 2, "name": ")" + name +
           R"(", "alphabet": ["0", "1"], "end": "$", "max_length": 3,
    "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]}, "position": [0, ")" +
           more + R"("], "layers": [{"attention": {"kind": ")" + attention +
           R"(", "heads": [{"value": [[1, 0]], "output": [[1], [0]]}]}}],
    "readout": {"position": "last", "weight": [[0, 1], [6, 0], [12, 0]], "bias": [0, -1, -4], "classes": ["0", "1", "2"]}})";
}

std::string claim(const std::string& model, const std::string& other, const std::string& verdict,
                  const std::string& map = "") {
    return R"({"kind": "alike", "model": ")" + model + R"(", "other": ")" + other + R"(", "length": 2, "verdict": ")" +
           verdict + "\"" + map + "}";
}

constexpr const char* by_letters = R"(, "map": {"0": "a", "1": "b"})";

Certificate two_programs() {
    return {claim("says", "says ab", "verified", by_letters),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", says}, {"other.json", says_ab}}};
}

Certificate proved() {
    using namespace checker_test;
    Budget budget = ample();
    attest::checker::Program model = program_of_text(says, budget), other = program_of_text(says_ab, budget);
    other.alphabet = {"a", "b"};
    const attest::checker::WordInputs word{2, 2};
    return refuted_by(two_programs(), attest::checker::build_miter_of_answers(word, model, other, budget), "");
}

Certificate other_way() {
    return {claim("says ab", "says", "verified", R"(, "map": {"a": "0", "b": "1"})"),
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", says_ab}, {"other.json", says}}};
}

Certificate one_soft() {
    return {claim("soft", "exact", "verified"),
            R"({"kind": "enclosure", "words": 4, "margin": 0.82, "bits": 64})",
            {{"model.json", counts_ones("soft", "softmax", "log(2)/4")},
             {"other.json", counts_ones("exact", "average", "0")}}};
}

Certificate other_soft() {
    return {claim("exact", "soft", "verified"),
            R"({"kind": "enclosure", "words": 4, "margin": 0.82, "bits": 64})",
            {{"model.json", counts_ones("exact", "average", "0")},
             {"other.json", counts_ones("soft", "softmax", "log(2)/4")}}};
}

Certificate both_soft() {
    return {claim("soft", "softer", "verified"),
            R"({"kind": "enclosure", "words": 4, "margin": 0.82, "bits": 64})",
            {{"model.json", counts_ones("soft", "softmax", "log(2)/4")},
             {"other.json", counts_ones("softer", "softmax", "log(2)/8")}}};
}

/// With the symbols the other way round the two differ everywhere.
Certificate different_programs() {
    return {claim("says", "says ab", "refuted", R"(, "map": {"0": "b", "1": "a"})"),
            R"({"kind": "witness", "word": "01", "position": 2, "answers": ["y", "x"]})",
            {{"model.json", says}, {"other.json", says_ab}}};
}

/// The other gives 2 more than 1 the logit 0 on 11.
Certificate different_models() {
    std::string other = counts_ones("exact", "average", "0");
    other.replace(other.find("-4]"), 3, "-9]");
    return {claim("soft", "exact", "refuted"),
            R"({"kind": "witness", "word": "11", "position": 2, "answers": ["2", "1"]})",
            {{"model.json", counts_ones("soft", "softmax", "log(2)/4")}, {"other.json", other}}};
}

}  // namespace

Originals originals_of_alike() {
    return {{"alike programs", two_programs},           {"alike proved", proved},
            {"alike the other way", other_way},         {"alike soft and exact", one_soft},
            {"alike exact and soft", other_soft},       {"alike soft", both_soft},
            {"programs not alike", different_programs}, {"models not alike", different_models}};
}

}  // namespace forgeries
