#include "maxima.hpp"

// Section 34: the greatest symbol, by cells.

namespace forgeries {
namespace {

Edit model(const std::string& from, const std::string& to) { return in("model.json", from, to); }

constexpr const char* maximum_keys = "`maximum`: `{\"kind\", \"model\": name, \"length\": N, \"right\": k}` says";
constexpr const char* numbers = "1 ≤ N ≤ 64; k is a whole number, not negative, written in decimal as a text";
constexpr const char* at_least =
    "on at least k words of N symbols the answer of the model is the greatest symbol of the word, in the order of the "
    "alphabet";
constexpr const char* form =
    "`model.json` is a model file whose classes are its alphabet, at least two symbols in the same order, without "
    "begin, "
    "end and norms; N is at most its `max_length`; name is its own where it has one";
constexpr const char* layer =
    "It is read at the position `last` and has one layer, whose `repeat` is 1, of an attention part alone: of kind "
    "`softmax`, with residual, without `rotary`, with one head, which has query and key and the mask `none` or "
    "`causal`";
constexpr const char* evidence_keys = "The evidence is `{\"kind\": \"cells\", \"cells\": c, \"bits\": b}`";
constexpr const char* count =
    "there are c cells, and those of which the bound below is positive for each class have at "
    "least k words together";
constexpr const char* bound =
    "The bound for a class a ≠ m is u_m − u_a + min_p (f_p − f_p)(m, a) + min(g, W g + (1 − W) min_{t′ ≤ t} h_t′)";
constexpr const char* shares =
    "The share of attention of the places of m is at least W = n / (n + z), with the sums over the least, and the "
    "greatest, of x₁, …, x_(N−1)";

}  // namespace

Section maxima() {
    const auto few = [](const std::string& right) { return in("claim", "\"right\": \"27\"", "\"right\": " + right); };
    return {
        "34",
        {
            {maximum_keys, "maximum", in("claim", "\"length\"", "\"verdict\": \"verified\", \"length\""), "question",
             "unknown key \"verdict\""},
            {numbers, "maximum", few("27"), "question", "claim.right"},
            {numbers, "maximum", few("\"027\""), "question", "a count was expected"},
            {numbers, "maximum", few("\"-1\""), "question", "a count was expected"},
            {numbers, "maximum", in("claim", "\"length\": 3", "\"length\": 0"), "question", "claim.length"},
            {numbers, "maximum", in("claim", "\"length\": 3", "\"length\": 65"), "question", "claim.length"},
            {at_least, "maximum", few("\"28\""), "cells", "have 27 words"},
            {form, "maximum", model("\"alphabet\": [\"0\", \"1\", \"2\"]", "\"alphabet\": [\"0\", \"2\", \"1\"]"),
             "question", "readout.classes: they are not the alphabet"},
            {form, "maximum", model("\"dimension\": 4", "\"dimension\": 4, \"norm\": {\"final\": {\"eps\": 1}}"),
             "question", "there is a norm"},
            {form, "maximum",
             both(model("\"dimension\": 4", "\"dimension\": 4, \"end\": \"$\""),
                  model("\"2\": [1, 2, 0, 0]", "\"2\": [1, 2, 0, 0], \"$\": [1, 0, 0, 0]")),
             "question", "there is a begin or end symbol"},
            {form, "maximum", model("\"max_length\": 5", "\"max_length\": 2"), "question",
             "the model is for words of at most 2 symbols"},
            {form, "maximum", in("claim", "greatest", "great"), "question", "the model calls itself \"greatest\""},
            {form, "maximum", without("model.json"), "question", "the file is missing"},
            {layer, "maximum", model("\"position\": \"last\"", "\"position\": \"first\""), "question",
             "readout.position"},
            {layer, "maximum", model("\"repeat\": \"1\"", "\"repeat\": \"2\""), "question", "layers[0].repeat"},
            {layer, "maximum",
             model("}]}}],",
                   "}]}, \"feedforward\": {\"maps\": [[[0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0], [0, 0, 0, 0]]]}}],"),
             "question", "there is a feed-forward part"},
            {layer, "maximum", model("\"residual\": true", "\"residual\": false"), "question",
             "softmax with residual was expected"},
            {layer, "maximum", model("\"kind\": \"softmax\"", "\"kind\": \"sparsemax\""), "question",
             "softmax with residual was expected"},
            {layer, "maximum", model("\"mask\": \"none\"", "\"mask\": \"strict\""), "question",
             "the last position sees not all"},
            {layer, "maximum", model("\"query\": [[1, 0, 0, 0]], \"key\": [[0, 8, 0, 1]], ", ""), "question",
             "one head with query and key"},
            {evidence_keys, "maximum", in("evidence", "\"kind\": \"cells\"", "\"kind\": \"enclosure\""), "question",
             "\"cells\" was expected"},
            {evidence_keys, "maximum", in("evidence", ", \"bits\": 128", ""), "question", "\"bits\" is missing"},
            {count, "maximum", in("evidence", "16", "17"), "cells", "there are 16 cells"},
            {bound, "maximum", model("[0, 0, 2, 0]", "[0, 0, 3, 0]"), "cells", "have "},
            {bound, "maximum", model("\"bias\": [0, -1, -4]", "\"bias\": [1, -1, -4]"), "cells", "have "},
            {shares, "maximum", model("[[0, 8, 0, 1]]", "[[0, 1, 0, 1]]"), "cells", "have "},
            {shares, "maximum", model("\"1/100*i\"", "\"5*i\""), "cells", "have "},
        },
    };
}

}  // namespace forgeries
