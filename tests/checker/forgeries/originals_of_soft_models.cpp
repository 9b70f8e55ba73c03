#include "originals.hpp"

namespace forgeries {
namespace {

/// The mean of x over the word, less 1/4, and less log(2)/4 once more: the score is at least (1 - log 2)/4
/// from 0.
const char* const some_one =
    R"({"format": "attest/model", "version": 1, "name": "some-one", "alphabet": ["0", "1"],
    "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0]}, "position": [0, "log(2)/4"],
    "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[1], [0]]}], "residual": true}}],
    "readout": {"position": "last", "weight": [1, -1], "bias": "-1/4"}})";

Certificate enclosed() {
    return {recognises("some-one", "last", 1),
            R"({"kind": "enclosure", "words": 2, "margin": 0.42, "bits": 64})",
            {{"model.json", some_one}}};
}

/// The margin is given to the last digit that is right: (1 + log 2)/4 is 0.42328679513998632735430803636…
Certificate closely_enclosed() {
    Certificate certificate = enclosed();
    certificate.evidence = R"({"kind": "enclosure", "words": 2, "margin": "0.42328679513998632735", "bits": 64})";
    return certificate;
}

/// The score of "0" is 0.17328679513998632735 - log(2)/4, about -4.3e-21.
Certificate near_zero() {
    Certificate certificate = enclosed();
    certificate.evidence = R"({"kind": "enclosure", "words": 2, "margin": 0, "bits": 64})";
    std::string& model = certificate.files.at("model.json");
    model = replaced(model, "\"-1/4\"", "0.17328679513998632735");
    return certificate;
}

Certificate by_counts() {
    return {recognises("some-one", "regex:..1|11.", 3),
            R"({"kind": "enclosure", "words": 6, "margin": 0, "bits": 64, "classes": [[1, 2], [3]]})",
            {{"model.json", some_one}}};
}

/// One 1 anywhere settles the answer.
Certificate soft_restriction() {
    return {R"({"kind": "restriction", "model": "some-one", "length": 2, "fixed": {"1": "1"}, "answer": "accept",
                "pair": ["10", "11"], "optimal": true})",
            R"({"kind": "enclosure", "words": 2, "margin": 0.07, "bits": 64, "open": ["00", "01"]})",
            {{"model.json", some_one}}};
}

Certificate soft_sensitive() {
    return {R"({"kind": "sensitive", "model": "some-one", "length": 1})",
            R"({"kind": "enclosure", "words": 2, "margin": 0.42, "bits": 64})",
            {{"model.json", some_one}}};
}

/// 11, then the words with one 1, cut in half; then 00.
Certificate by_regions() {
    return {recognises("some-one", "contains:1", 2),
            R"({"kind": "enclosure", "words": 4, "margin": 0.07, "bits": 64, "by": "regions"})",
            {{"model.json", some_one}, {"regions.txt", "1\n.\n1\n.\n.\n.\n"}}};
}

Certificate counted_softly() {
    return {R"({"kind": "accuracy", "model": "some-one", "language": "contains:1", "length": 2, "wrong": "0"})",
            R"({"kind": "enclosure", "words": 4, "margin": 0.07, "bits": 64})",
            {{"model.json", some_one}}};
}

Certificate soft_witness() {
    return {R"({"kind": "recognises", "model": "some-one", "language": "first", "length": 2, "verdict": "refuted"})",
            R"({"kind": "witness", "word": "01", "expected": "reject", "actual": "accept"})",
            {{"model.json", some_one}}};
}

/// With a norm whose eps is positive; the end symbol is read, which sees the share of 1s.
Certificate normed() {
    return {recognises("normed", "contains:1", 2),
            R"({"kind": "enclosure", "words": 3, "margin": 0, "bits": 64, "classes": [[1, 2]]})",
            {{"model.json",
              R"({"format": "attest/model", "version": 1, "name": "normed", "alphabet": ["0", "1"], "end": "$",
    "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]},
    "layers": [{"attention": {"kind": "softmax", "heads": [{"value": [[1, 0]], "output": [[1], [-1]]}],
                              "norm": {"placement": "post", "eps": 1, "gain": [1, 1], "bias": [0, 0]}}}],
    "readout": {"position": "last", "weight": [1, 0], "bias": -0.1}})"}}};
}

}  // namespace

std::string soft_model() { return some_one; }

Originals originals_of_soft_models() {
    return {{"enclosure", enclosed},
            {"close enclosure", closely_enclosed},
            {"enclosure near 0", near_zero},
            {"counts", by_counts},
            {"regions", by_regions},
            {"counted soft", counted_softly},
            {"soft witness", soft_witness},
            {"norm", normed},
            {"soft restriction", soft_restriction},
            {"soft sensitive", soft_sensitive}};
}

}  // namespace forgeries
