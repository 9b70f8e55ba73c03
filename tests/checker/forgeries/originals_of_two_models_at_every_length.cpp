#include "two_models_at_every_length.hpp"

// Claims about two models at every length (section 27).

namespace forgeries {
namespace {

/// Accepts iff the symbol before the last is 1: positions at a distance of at most 2 are remembered.
const char* const by_distance =
    R"json({"format": "attest/model", "version": 1, "name": "by-distance", "alphabet": ["0", "1"], "begin": "^", "end": "$",
 "dimension": 2, "embedding": {"0": [0, 0], "1": [1, 0], "^": [0, 0], "$": [0, 0]},
 "layers": [{"attention": {"kind": "hard", "tie": "left", "mask": "strict",
   "heads": [{"value": [[1, 0]], "output": [[0], [1]], "bias": "-abs(j-i+2)"}]}}],
 "readout": {"position": "last", "weight": [0, 1], "bias": 0}})json";

/// The same over other symbols, by two heads that look at the position before.
const char* const by_tie =
    R"json({"format": "attest/model", "version": 1, "name": "by-tie", "alphabet": ["b", "a"], "end": "$",
 "dimension": 3, "embedding": {"b": [1, 0, 0], "a": [0, 0, 0], "$": [0, 0, 0]},
 "layers": [
  {"attention": {"kind": "hard", "tie": "right", "mask": "strict",
    "heads": [{"value": [[1, 0, 0]], "output": [[0], [1], [0]]}]}},
  {"attention": {"kind": "hard", "tie": "right", "mask": "strict",
    "heads": [{"value": [[0, 1, 0]], "output": [[0], [0], [1]]}]}}],
 "readout": {"position": "last", "weight": [0, 0, 1], "bias": 0}})json";

/// Accepts words of odd length: the position modulo 2.
const char* const odd_length =
    R"json({"format": "attest/model", "version": 1, "name": "odd-length", "alphabet": ["0", "1"],
 "dimension": 1, "embedding": {"0": [0], "1": [0]}, "position": ["mod(i,2)"], "layers": [],
 "readout": {"position": "last", "weight": [1], "bias": 0}})json";

/// The same, but by the position modulo 6.
const char* const odd_by_six =
    R"json({"format": "attest/model", "version": 1, "name": "odd-by-six", "alphabet": ["0", "1"],
 "dimension": 1, "embedding": {"0": [0], "1": [0]}, "position": ["[mod(i,6)=1]+[mod(i,6)=3]+[mod(i,6)=5]"], "layers": [],
 "readout": {"position": "last", "weight": [1], "bias": 0}})json";

/// Accepts all words but the empty one.
const char* const some_word =
    R"json({"format": "attest/model", "version": 1, "name": "some-word", "alphabet": ["0", "1"], "begin": "^",
 "dimension": 1, "embedding": {"0": [1], "1": [1], "^": [0]}, "layers": [],
 "readout": {"position": "last", "weight": [1], "bias": 0}})json";

std::string claim_of(const std::string& model, const std::string& other, int from, const std::string& verdict,
                     const std::string& more = "") {
    return R"({"kind": "equal", "model": ")" + model + R"(", "other": ")" + other + R"(", "lengths": {"from": )" +
           std::to_string(from) + R"(}, "verdict": ")" + verdict + "\"" + more + "}";
}

Certificate window_and_tie() {
    return {claim_of("by-distance", "by-tie", 0, "verified", R"(, "map": {"0": "a", "1": "b"})"),
            R"({"kind": "closure", "states": 5, "first": 0, "period": 1, "window": 2,
                "other": {"first": 0, "period": 1, "window": 0}})",
            {{"model.json", by_distance}, {"other.json", by_tie}}};
}

Certificate two_moduli() {
    return {claim_of("odd-length", "odd-by-six", 1, "verified"),
            R"({"kind": "closure", "states": 6, "first": 0, "period": 2, "window": 0,
                "other": {"first": 0, "period": 6, "window": 0}})",
            {{"model.json", odd_length}, {"other.json", odd_by_six}}};
}

Certificate nothing_remembered() {
    return {claim_of("some-word", "some-word", 0, "verified"),
            R"({"kind": "closure", "states": 1, "first": 0, "period": 1, "window": 0,
                "other": {"first": 0, "period": 1, "window": 0}})",
            {{"model.json", some_word}, {"other.json", some_word}}};
}

Certificate not_everywhere() {
    return {claim_of("by-distance", "by-tie", 0, "refuted", R"(, "map": {"0": "b", "1": "a"})"),
            R"({"kind": "witness", "word": "01", "answers": ["reject", "accept"]})",
            {{"model.json", by_distance}, {"other.json", by_tie}}};
}

}  // namespace

Originals originals_of_two_models_at_every_length() {
    return {{"window and tie", window_and_tie},
            {"two moduli", two_moduli},
            {"nothing remembered", nothing_remembered},
            {"not everywhere", not_everywhere}};
}

}  // namespace forgeries
