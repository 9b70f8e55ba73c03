#include "maxima.hpp"

// Models that find the greatest symbol.

namespace forgeries {
namespace {

/// The head prefers greater symbols by 8 for each step; its logits peak at the symbol that is found, which the residual, a
/// constant, does not change. All 27 words are right; positions differ a little.
const char* const greatest =
    R"({"format": "attest/model", "version": 2, "name": "greatest", "alphabet": ["0", "1", "2"], "max_length": 5, "dimension": 4,
    "embedding": {"0": [1, 0, 0, 0], "1": [1, 1, 0, 0], "2": [1, 2, 0, 0]}, "position": ["0", "0", "0", "1/100*i"],
    "layers": [{"repeat": "1", "attention": {"kind": "softmax", "scale": "1", "mask": "none", "residual": true,
        "heads": [{"query": [[1, 0, 0, 0]], "key": [[0, 8, 0, 1]], "value": [[0, 1, 0, 0]], "output": [[0], [0], [1], [0]], "bias": "0"}]}}],
    "readout": {"position": "last", "weight": [[0, 0, 0, 0], [0, 0, 2, 0], [0, 0, 4, 0]], "bias": [0, -1, -4], "classes": ["0", "1", "2"]}})";

Certificate all_right() {
    return {R"({"kind": "maximum", "model": "greatest", "length": 3, "right": "27"})",
            R"({"kind": "cells", "cells": 16, "bits": 128})",
            {{"model.json", greatest}}};
}

}  // namespace

Originals originals_of_maxima() { return {{"maximum", all_right}}; }

}  // namespace forgeries
