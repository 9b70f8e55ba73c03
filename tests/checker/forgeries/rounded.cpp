#include "rounded.hpp"

// Section 35: classes in binary32, whatever the order.

namespace forgeries {
namespace {

/// Answers with the symbol: the head adds a thousandth of what it finds, the feed-forward part nothing.
const char* const echo =
    R"({"format": "attest/model", "version": 2, "name": "echo", "alphabet": ["0", "1"], "max_length": 3, "dimension": 2,
    "embedding": {"0": [1, 0], "1": [0, 1]},
    "layers": [{"repeat": "1", "attention": {"kind": "softmax", "mask": "none",
        "heads": [{"query": [[1, 1]], "key": [[1, 1]], "value": [[1, 0]], "output": [["1/1000"], [0]]}]},
        "feedforward": {"maps": [[[1, 1]], [[0], [0]]], "activation": "relu"}}],
    "readout": {"position": "last", "weight": [[1, 0], [0, 1]], "classes": ["0", "1"]}})";

Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }
Edit evident(const std::string& from, const std::string& to) { return in("evidence", from, to); }
Edit stated(const std::string& from, const std::string& to) { return in("claim", from, to); }

constexpr const char* keys =
    "`classifies`: `{\"kind\", \"model\": name, \"task\": text, \"length\": N, \"arithmetic\": \"binary32\", "
    "\"right\": k}`";
constexpr const char* says =
    "on at least k words of N ≥ 1 symbols each evaluation of the model in binary32 gives the class that is the task's "
    "text "
    "at position N (section 18). k is written as in section 14";
constexpr const char* form =
    "`model.json` is a model file with two classes or more that is read at one position, without norms; it has one "
    "layer, "
    "whose `repeat` is 1, with attention of kind `softmax`, without `rotary`, and heads that all have query and key "
    "and one "
    "mask, and perhaps a feed-forward part with the activation `relu` and no gate";
constexpr const char* names =
    "name is its own where it has one, N at most its `max_length`, and the task is as in section 20";
constexpr const char* evidence =
    "The evidence is `{\"kind\": \"rounding\", \"words\": count, \"margin\": m}`, count = |Σ|^N ≤ 2²², m a positive "
    "number";
constexpr const char* exceeds =
    "on at least k words the logit of the class that is the task's text exceeds each other logit by m or more, "
    "whichever way "
    "each of them was computed";
constexpr const char* numbers =
    "no number of a map, a bias or a scale is beyond 4096 in size, nor the sum of the sizes of an embedding's and a "
    "position's beyond 8192";
constexpr const char* few = "there are at most 65536 positions and four heads";
constexpr const char* no_constant = "A head's bias that is a constant is 0";
constexpr const char* scores = "no score of these is beyond 40 in size";

}  // namespace

Section rounded() {
    return {
        "35",
        {
            {keys, "rounded classes", stated("\"binary32\"", "\"binary64\""), "question", "\"binary32\" was expected"},
            {keys, "rounded classes", stated("\"length\"", "\"wrong\": \"0\", \"length\""), "question",
             "unknown key \"wrong\""},
            {says, "rounded classes", stated("\"length\": 1", "\"length\": 0"), "question", "claim.length"},
            {says, "rounded classes", stated("\"right\": \"2\"", "\"right\": \"3\""), "rounding", "holds on 2 words"},
            {says, "rounded classes", stated("\"right\": \"2\"", "\"right\": \"02\""), "question", "claim.right"},
            {form, "rounded classes",
             model("\"dimension\": 2", "\"dimension\": 2, \"norm\": {\"final\": {\"eps\": 1}}"), "question",
             "there is a norm"},
            {form, "rounded classes", model("\"position\": \"last\"", "\"position\": \"mean\""), "question",
             "one position was expected"},
            {form, "rounded classes", model("\"repeat\": \"1\"", "\"repeat\": \"2\""), "question", "layers[0].repeat"},
            {form, "rounded classes", model("\"softmax\"", "\"sparsemax\""), "question", "softmax was expected"},
            {form, "rounded classes", model("\"query\": [[1, 1]], \"key\": [[1, 1]], ", ""), "question",
             "heads with query and key and one mask"},
            {form, "rounded classes", model("\"relu\"", "\"gelu\""), "question", "ReLU was expected"},
            {form, "rounded classes",
             model("\"weight\": [[1, 0], [0, 1]], \"classes\": [\"0\", \"1\"]", "\"weight\": [1, 0], \"bias\": 0"),
             "question", "a model with two classes or more was expected"},
            {names, "rounded classes", stated("echo", "ech"), "question", "the model calls itself \"echo\""},
            {names, "rounded classes", model("\"max_length\": 3", "\"max_length\": 0"), "question",
             "the model is for words of at most 0 symbols"},
            {names, "rounded classes", stated("sum-mod:2", "sum-mod:1"), "question", "claim.task"},
            {names, "rounded classes", stated("sum-mod:2", "hist"), "rounding", "holds on 1 words"},
            {evidence, "rounded classes", evident("\"words\": 2", "\"words\": 4"), "question", "there are 2 words"},
            {evidence, "rounded classes", evident("0.998", "0"), "question", "a margin is positive"},
            {evidence, "rounded classes", evident("\"rounding\"", "\"enclosure\""), "question",
             "\"rounding\" was expected"},
            {exceeds, "rounded classes", evident("0.998", "1.0005"), "rounding", "holds on 1 words"},
            {exceeds, "rounded classes", evident("0.998", "\"0.999999999\""), "rounding", "holds on "},
            {exceeds, "rounded classes", model("\"0\": [1, 0], \"1\": [0, 1]", "\"0\": [0, 1], \"1\": [1, 0]"),
             "rounding", "holds on 0 words"},
            {exceeds, "rounded classes", model("[[1, 0], [0, 1]], \"classes\"", "[[1, 0], [0, \"1/2\"]], \"classes\""),
             "rounding", "holds on 1 words"},
            {numbers, "rounded classes", model("\"value\": [[1, 0]]", "\"value\": [[4097, 0]]"), "question",
             "a number of a map is beyond 4096"},
            {numbers, "rounded classes", model("\"0\": [1, 0]", "\"0\": [8193, 0]"), "question",
             "a number is beyond 4096"},
            {few, "rounded classes",
             model("\"output\": [[\"1/1000\"], [0]]}]",
                   "\"output\": [[\"1/1000\"], [0]]}"
                   ", {\"query\": [[0, 0]], \"key\": [[0, 0]], \"value\": [[0, 0]], \"output\": [[0], [0]]}"
                   ", {\"query\": [[0, 0]], \"key\": [[0, 0]], \"value\": [[0, 0]], \"output\": [[0], [0]]}"
                   ", {\"query\": [[0, 0]], \"key\": [[0, 0]], \"value\": [[0, 0]], \"output\": [[0], [0]]}"
                   ", {\"query\": [[0, 0]], \"key\": [[0, 0]], \"value\": [[0, 0]], \"output\": [[0], [0]]}]"),
             "question", "there are more than four"},
            {no_constant, "rounded classes",
             model("\"output\": [[\"1/1000\"], [0]]}]", "\"output\": [[\"1/1000\"], [0]], \"bias\": \"2\"}]"),
             "question", "a bias that is a constant other than 0"},
            {scores, "rounded classes", model("\"query\": [[1, 1]]", "\"query\": [[41, 41]]"), "rounding",
             "holds on 0 words"},
        },
    };
}

Originals originals_of_rounded() {
    return {
        {"rounded classes", [] {
             return Certificate{
                 R"({"kind": "classifies", "model": "echo", "task": "sum-mod:2", "length": 1, "arithmetic": "binary32", "right": "2"})",
                 R"({"kind": "rounding", "words": 2, "margin": 0.998})",
                 {{"model.json", echo}}};
         }}};
}

}  // namespace forgeries
