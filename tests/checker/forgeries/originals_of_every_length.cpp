#include "originals.hpp"

// Claims about all lengths at once (section 21), one for each thing that a machine has to remember.

namespace forgeries {
namespace {

/// Accepts iff the symbol before the last is 1, or the only one: positions at a distance of at most 2 are remembered.
const char* const before_last =
    R"json({"format": "attest/model", "version": 1, "name": "before-last", "alphabet": ["0", "1"], "end": "$",
 "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "left", "mask": "strict",
   "heads": [{"value": [[1, 0]], "output": [[0], [1]], "bias": "-abs(j-i+2)"}]}}],
 "readout": {"position": "last", "weight": [0, 1], "bias": 0}})json";

/// Accepts words of even length: positions are told apart modulo 2.
const char* const even_length =
    R"json({"format": "attest/model", "version": 1, "name": "even-length", "alphabet": ["0", "1"], "begin": "^",
 "dimension": 1, "embedding": {"0": [0], "1": [0], "^": [0]}, "position": ["mod(i,2)"], "layers": [],
 "readout": {"position": "last", "weight": [1], "bias": 0}})json";

/// Accepts iff 01 is a factor: each position sees the next one, which has to be guessed.
const char* const factor =
    R"json({"format": "attest/model", "version": 1, "name": "factor", "alphabet": ["0", "1"], "end": "$",
 "dimension": 4, "embedding": {"0": [0, 0, 0, 0], "1": [1, 0, 0, 0], "$": [0, 0, 0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "left", "mask": "strict-future",
    "heads": [{"value": [[1, 0, 0, 0]], "output": [[0], [1], [0], [0]]}]},
   "feedforward": {"maps": [[[-1, 1, 0, 0]], [[0], [0], [1], [0]]]}},
  {"attention": {"kind": "hard", "mask": "none",
    "heads": [{"query": {"weight": [[0, 0, 0, 0]], "bias": [1]}, "key": [[0, 0, 1, 0]], "value": [[0, 0, 1, 0]],
               "output": [[0], [0], [0], [1]]}]}}],
 "readout": {"position": "last", "weight": [0, 0, 0, 1], "bias": 0}})json";

/// Accepts iff the last symbol is 1: found by a coordinate that is twice the position.
const char* const carried =
    R"json({"format": "attest/model", "version": 1, "name": "carried", "alphabet": ["0", "1"], "end": "$",
 "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0], "$": [0, 0, 0]}, "position": ["0", "i", "0"],
 "layers": [{"feedforward": {"maps": [[[0, 1, 0]], [[0], [1], [0]]]}},
  {"attention": {"kind": "hard", "mask": "strict", "scale": "n",
    "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[0, 1, 0]], "value": [[1, 0, 0]],
               "output": [[0], [0], [1]]}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

/// Accepts iff one of the last three symbols is 1: content may outdo what is nearer, but not by more than three positions.
const char* const nearest =
    R"json({"format": "attest/model", "version": 1, "name": "nearest", "alphabet": ["0", "1"], "end": "$",
 "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0], "$": [-3, 0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "strict",
   "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[3, 0, 0]], "value": [[1, 0, 0]],
              "output": [[0], [0], [1]], "bias": "j"}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

/// The same with a coordinate that is the position, instead of a bias.
const char* const nearest_carried =
    R"json({"format": "attest/model", "version": 1, "name": "nearest-carried", "alphabet": ["0", "1"], "end": "$",
 "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0], "$": [-3, 0, 0]}, "position": ["0", "i", "0"],
 "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "strict",
   "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[3, 1, 0]], "value": [[1, 0, 0]],
              "output": [[0], [0], [1]]}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

/// Accepts iff the last symbol is 1: who asks for content has more of it than others, and is nearest; who has none does not ask.
const char* const itself =
    R"json({"format": "attest/model", "version": 1, "name": "itself", "alphabet": ["0", "1"],
 "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "causal",
   "heads": [{"query": {"weight": [[1, 0]], "bias": [0]}, "key": [[3, 0]], "value": [[1, 0]], "output": [[0], [1]],
              "bias": "j"}]}}],
 "readout": {"position": "last", "weight": [0, 1], "bias": 0}})json";

/// Accepts iff the last symbol is 1: the later position is preferred, also to the first one, which is told apart.
const char* const later_than_first =
    R"json({"format": "attest/model", "version": 1, "name": "later-than-first", "alphabet": ["0", "1"],
 "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "right", "mask": "causal",
   "heads": [{"value": [[1, 0]], "output": [[0], [1]], "bias": "j-[j = 1]"}]}}],
 "readout": {"position": "last", "weight": [0, 1], "bias": 0}})json";

/// Accepts iff a 1 occurs: each position finds itself, not what is to its right, and one of them is found to have found 1.
const char* const nothing_right =
    R"json({"format": "attest/model", "version": 1, "name": "nothing-right", "alphabet": ["0", "1"],
 "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "left", "mask": "future",
    "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[1, 0, 0]], "value": [[1, 0, 0]],
               "output": [[0], [1], [0]], "bias": "-j"}]}},
  {"attention": {"kind": "hard", "mask": "none",
    "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[0, 1, 0]], "value": [[0, 1, 0]],
               "output": [[0], [0], [1]]}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

Certificate about(const char* model, const std::string& name, const std::string& language, const std::string& verdict,
                  const std::string& evidence, int from = 0) {
    return {R"({"kind": "recognises", "model": ")" + name + R"(", "language": ")" + language +
                R"(", "lengths": {"from": )" + std::to_string(from) + R"(}, "verdict": ")" + verdict + "\"}",
            evidence,
            {{"model.json", model}}};
}

}  // namespace

Originals originals_of_every_length() {
    return {{"window",
             [] {
                 return about(before_last, "before-last", "regex:1|(0|1)*1(0|1)", "verified",
                              R"({"kind": "closure", "states": 7, "first": 0, "period": 1, "window": 2})");
             }},
            {"modulus",
             [] {
                 return about(even_length, "even-length", "regex:((0|1)(0|1))*", "verified",
                              R"({"kind": "closure", "states": 2, "first": 0, "period": 2, "window": 0})");
             }},
            {"guess",
             [] {
                 return about(factor, "factor", "contains:01", "verified",
                              R"({"kind": "closure", "states": 7, "first": 0, "period": 1, "window": 0})");
             }},
            {"carried",
             [] {
                 return about(carried, "carried", "last", "verified",
                              R"({"kind": "closure", "states": 3, "first": 0, "period": 1, "window": 0})");
             }},
            {"nearest",
             [] {
                 return about(nearest, "nearest", "regex:(0|1)*1(0|1)?(0|1)?", "verified",
                              R"({"kind": "closure", "states": 15, "first": 0, "period": 1, "window": 3})");
             }},
            {"nearest, carried",
             [] {
                 return about(nearest_carried, "nearest-carried", "regex:(0|1)*1(0|1)?(0|1)?", "verified",
                              R"({"kind": "closure", "states": 15, "first": 0, "period": 1, "window": 3})");
             }},
            {"itself",
             [] {
                 return about(itself, "itself", "last", "verified",
                              R"({"kind": "closure", "states": 2, "first": 0, "period": 1, "window": 0})", 1);
             }},
            {"later than the first",
             [] {
                 return about(later_than_first, "later-than-first", "last", "verified",
                              R"({"kind": "closure", "states": 3, "first": 1, "period": 1, "window": 0})", 1);
             }},
            {"nothing to the right",
             [] {
                 return about(nothing_right, "nothing-right", "contains:1", "verified",
                              R"({"kind": "closure", "states": 3, "first": 0, "period": 1, "window": 0})", 1);
             }},
            {"not at every length", [] {
                 return about(before_last, "before-last", "last", "refuted",
                              R"({"kind": "witness", "word": "01", "expected": "accept", "actual": "reject"})");
             }}};
}

}  // namespace forgeries
