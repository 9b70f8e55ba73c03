#include "answers_by_class.hpp"

namespace forgeries {
namespace {

/// How many 1 there are in two symbols: with m = 2 · (mean of three positions) · 3/2 of them, the logit of k is 2 k m − k²,
/// and log(2)/4 more for 0. The margins of 00, 01 and 10, 11 are 1 + log(2)/4, 1 − log(2)/4 = 0.82671…, and 1; where the
/// class 2 is asked for on 00, −4 − log(2)/4 = −4.17328….
const char* const counts_ones =
    R"({"format": "attest/model", "version": 2, "name": "counts", "alphabet": ["0", "1"], "end": "$", "max_length": 3,
    "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]}, "position": [0, "log(2)/4"],
    "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[1], [0]]}]}}],
    "readout": {"position": "last", "weight": [[0, 1], [6, 0], [12, 0]], "bias": [0, -1, -4], "classes": ["0", "1", "2"]}})";

/// At each position the class that its symbol names, by a margin of 1; exact.
const char* const copies =
    R"({"format": "attest/model", "version": 2, "name": "copies", "alphabet": ["0", "1"],
    "dimension": 1, "embedding": {"0": [0], "1": [1]}, "layers": [],
    "readout": {"position": "each", "weight": [[0], [2]], "bias": [0, -1], "classes": ["0", "1"]}})";

Certificate performs(const std::string& task, const std::string& verdict, const std::string& evidence) {
    return {R"({"kind": "performs", "model": "counts", "task": ")" + task + R"(", "length": 2, "verdict": ")" +
                verdict + R"("})",
            evidence,
            {{"model.json", counts_ones}}};
}

Certificate right() {
    return performs(
        "count:1", "verified",
        R"({"kind": "enclosure", "words": 4, "margin": 0.82, "bits": 64, "least": {"word": "01", "most": 0.83}})");
}

Certificate adds() {
    return performs("add:3", "verified", R"({"kind": "enclosure", "words": 4, "margin": "0.82671", "bits": 64})");
}

Certificate sums() {
    return performs("sum-mod:3", "verified", R"({"kind": "enclosure", "words": 4, "margin": 0, "bits": 64})");
}

/// 00 is not two of a kind by its answer 0.
Certificate counted() {
    return {R"({"kind": "performance", "model": "counts", "task": "hist", "length": 2, "wrong": "1"})",
            R"({"kind": "enclosure", "words": 4, "margin": -4.18, "bits": 64, "least": {"word": "00", "most": -4.17}})",
            {{"model.json", counts_ones}}};
}

Certificate misstep() {
    return performs("hist", "refuted",
                    R"({"kind": "witness", "word": "00", "position": 2, "expected": "2", "actual": "0"})");
}

/// Sorted wrongly is 10, at both positions.
Certificate each() {
    return {R"({"kind": "performance", "model": "copies", "task": "sort", "length": 2, "wrong": "1"})",
            R"({"kind": "exhaustion", "words": 4, "margin": -1, "least": {"word": "10", "most": -1}})",
            {{"model.json", copies}}};
}

Certificate each_misstep() {
    return {R"({"kind": "performs", "model": "copies", "task": "sort", "length": 2, "verdict": "refuted"})",
            R"({"kind": "witness", "word": "10", "position": 1, "expected": "0", "actual": "1"})",
            {{"model.json", copies}}};
}

}  // namespace

Originals originals_of_answers_by_class() {
    return {{"right class", right},          {"class of a sum", sums},   {"class of two", adds},
            {"classes counted", counted},    {"class misstep", misstep}, {"classes at each", each},
            {"misstep at one", each_misstep}};
}

}  // namespace forgeries
