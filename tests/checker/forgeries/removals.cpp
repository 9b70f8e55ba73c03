#include "forgery.hpp"
#include "originals.hpp"

namespace forgeries {
namespace {

Edit claim(const std::string& from, const std::string& to) { return in("claim", from, to); }

constexpr const char* kinds = "A claim `recognises`, `accuracy` or `equal` may have the key `without`";
constexpr const char* list = "a list, not empty, of parts that the model has";
constexpr const char* form =
    "`[l, h]`, head h of the attention part of layer l, or `[l, \"feedforward\"]`, the feed-forward part of layer l, "
    "both "
    "from 1";
constexpr const char* order =
    "in ascending order of l, the heads of a layer in ascending order before its feed-forward part, no part twice";
constexpr const char* zero =
    "all weights and the bias of the output map of each head in the list, and of the last map of each feed-forward "
    "part in "
    "the list, are 0, and nothing else is changed";

}  // namespace

Section removals() {
    return {
        "15",
        {
            {kinds, "sensitive", claim("\"length\"", "\"without\": [[1, 1]], \"length\""), "question",
             "unknown key \"without\""},
            {kinds, "restriction", claim("\"length\"", "\"without\": [[1, 1]], \"length\""), "question",
             "unknown key \"without\""},
            {list, "without head", claim("[[1, 1]]", "[]"), "question", "without: some part was expected"},
            {list, "without head", claim("[[1, 1]]", "[[1, 2]]"), "question", "the model has no such part"},
            {list, "without head", claim("[[1, 1]]", "[[2, 1]]"), "question", "the model has no such part"},
            {list, "exhaustion", claim("\"verified\"", "\"verified\", \"without\": [[1, \"feedforward\"]]"), "question",
             "the model has no such part"},
            {list, "without head", claim("[[1, 1]]", "[1, 1]"), "question", "an array was expected"},
            {form, "without head", claim("[[1, 1]]", "[[1, 0]]"), "question", "without[0][1]"},
            {form, "without head", claim("[[1, 1]]", "[[0, 1]]"), "question", "without[0][0]"},
            {form, "without head", claim("[[1, 1]]", "[[1, \"ff\"]]"), "question", "\"feedforward\" was expected"},
            {form, "without head", claim("[[1, 1]]", "[[1]]"), "question", "a part is [layer, head]"},
            {order, "without head", claim("[[1, 1]]", "[[1, 1], [1, 1]]"), "question", "the parts do not ascend"},
            {order, "without head", claim("[[1, 1]]", "[[1, \"feedforward\"], [1, 1]]"), "question",
             "the parts do not ascend"},
            {zero, "without head", claim(", \"without\": [[1, 1]]", ""), "exhaustion", "word \"10\""},
            {zero, "without head", claim("[[1, 1]]", "[[1, \"feedforward\"]]"), "exhaustion", "word \"01\""},
            {zero, "without head", claim("[[1, 1]]", "[[1, 1], [1, \"feedforward\"]]"), "exhaustion", "word \"01\""},
            {zero, "without head", claim("\"last\"", "\"parity\""), "exhaustion", "word \"10\""},
            {zero, "counted without", claim("\"without\": [[1, 1]], ", ""), "exhaustion",
             "claim.wrong: it is wrong on 0 words"},
            {zero, "counted without", claim("\"wrong\": \"2\"", "\"wrong\": \"0\""), "exhaustion",
             "claim.wrong: it is wrong on 2 words"},
            {"For `equal` it is the model of the claim that lacks the parts, not the other", "same without",
             claim(", \"without\": [[1, 1]]", ""), "exhaustion", "word \"10\": one model accepts it"},
            {"For `equal` it is the model of the claim that lacks the parts, not the other", "same",
             claim("\"verified\"", "\"verified\", \"without\": [[1, 1]]"), "question", "the model has no such part"},
            {"A claim about tables has no such key", "tables",
             claim("\"verified\"", "\"verified\", \"without\": [[1, 1]]"), "question", "tables have no such parts"},
            {"A claim about tables has no such key", "tables and model",
             claim("\"verified\"", "\"verified\", \"without\": [[1, 1]]"), "question", "tables have no such parts"},
        }};
}

}  // namespace forgeries
