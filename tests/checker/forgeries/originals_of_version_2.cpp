#include "originals.hpp"

// Models of version 2 (MODEL.md, section 9): one that is exact, and one that is not.

namespace forgeries {
namespace {

Certificate by_exhaustion() {
    return {
        recognises("later", "last", 3), R"({"kind": "exhaustion", "words": 8})", {{"model.json", version_2_model()}}};
}

/// The second coordinate is gelu(x) x for the last symbol x = ±1; the classes go by the first.
Certificate enclosed() {
    return {recognises("soft", "last", 2),
            R"({"kind": "enclosure", "words": 4, "margin": 1, "bits": 64})",
            {{"model.json",
              R"({"format": "attest/model", "version": 2, "name": "soft", "alphabet": ["0", "1"], "dimension": 2,
    "embedding": {"0": [-1, 0], "1": [1, 0]},
    "layers": [{"attention": {"kind": "softmax", "scale": 1,
                              "rotary": {"base": 10000, "dims": 2, "pairing": "half", "first": 1, "factor": 1},
                              "heads": [{"query": [[1, 0], [0, 1]], "key": [[1, 0], [0, 1]],
                                         "value": [[1, 0]], "output": [[0], [0]]}]}},
               {"feedforward": {"maps": [[[1, 0]], [[0], [1]]], "gate": [[1, 0]], "activation": "gelu"}}],
    "norm": {"final": {"kind": "rms", "eps": 1}},
    "readout": {"position": "last", "weight": [[-1, 0], [1, 0]], "classes": ["x", "y"], "accept": ["y"]}})"}}};
}

}  // namespace

std::string version_2_model() {
    return R"({"format": "attest/model", "version": 2, "name": "later", "alphabet": ["0", "1"], "dimension": 3,
    "max_length": 3,
    "source": {"family": "by-hand", "file": "none",
               "sha256": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855", "assumed": {"heads": 1}},
    "embedding": {"matrix": [[0, 0, 0], [1, 0, 0]], "rows": {"0": 0, "1": 1}},
    "position": {"table": [[0, 0, 0], [0, 0, 0], [0, 0, 0], [0, 0, 0]], "first": 1},
    "layers": [{"repeat": 2,
                "attention": {"kind": "hard", "mask": "none",
                              "heads": [{"tie": "right", "mask": "causal", "value": [[1, 0, 0]],
                                         "output": [[0], [1], [0]]}]},
                "feedforward": {"maps": [[[0, 1, 0]], [[0], [0], [1]]], "activation": "leaky-relu", "slope": "1/4"}}],
    "readout": {"position": "last", "weight": [[0, 0, 0], [0, 0, 1]], "bias": [0, "-1/2"],
                "classes": ["no", "yes"], "accept": ["yes"]}})";
}

Originals originals_of_version_2() { return {{"later", by_exhaustion}, {"soft", enclosed}}; }

}  // namespace forgeries
