#include "orders.hpp"

// Claims that answers depend on counts or proportions of symbols alone.

namespace forgeries {
namespace {

/// The end symbol sees the mean of the word, itself included: 11 is accepted, 1 is not; with a thing of each kind that
/// may be there.
const char* const mean_at_end =
    R"({"format": "attest/model", "version": 2, "name": "mean-at-end", "alphabet": ["0", "1"], "end": "$", "dimension": 2,
    "embedding": {"0": [0, 0], "1": [1, 0], "$": [0, 0]}, "position": ["0", "1/n/2"],
    "layers": [{"repeat": "1", "attention": {"kind": "softmax", "scale": "1", "mask": "none",
        "heads": [{"query": [[0, 0]], "key": [[1, 0]], "value": [[1, 0]], "output": [[0], [1]], "bias": "0"}]}}],
    "readout": {"position": "last", "weight": [0, 1], "bias": "-4/5"}})";

/// The mean of +1 and -1 over the word is positive.
const char* const mean_of_word =
    R"({"format": "attest/model", "version": 2, "name": "mean", "alphabet": ["a", "b"], "dimension": 1,
    "embedding": {"a": [1], "b": [-1]}, "position": ["0"],
    "layers": [{"repeat": "1", "attention": {"kind": "average", "scale": "1", "heads": [{"value": [[1]], "output": [[1]], "bias": "0"}]}}],
    "readout": {"position": "mean", "weight": [1], "bias": "0"}})";

/// Accepts what ends in 1.
const char* const last_symbol =
    R"({"format": "attest/model", "version": 1, "name": "last", "alphabet": ["0", "1"], "dimension": 1,
    "embedding": {"0": [-1], "1": [1]}, "layers": [], "readout": {"position": "last", "weight": [1], "bias": 0}})";

/// y_1 is the mean of the word.
const char* const mean_chain =
    R"({"format": "attest/seq2seq", "version": 1, "name": "chain", "alphabet": ["a", "b"], "dimension": 1,
    "encoder": {"embedding": {"a": [1], "b": [-1]}, "position": ["0"],
        "layers": [{"attention": {"kind": "average", "scale": 1, "heads": [{"value": [[1]], "output": [[0]], "bias": "0"}]}}]},
    "decoder": {"start": [0], "layers": [{"cross": {"kind": "average", "heads": [{"value": [[1]]}]}}],
        "output": {"maps": [[[1]]]}},
    "accept": {"weight": [1], "bias": 0}})";

/// y_1 is the sum of 1 and twice the first symbol, as it were: positions enter.
const char* const first_chain =
    R"({"format": "attest/seq2seq", "version": 1, "name": "placed", "alphabet": ["a", "b"], "dimension": 1,
    "encoder": {"embedding": {"a": [1], "b": [-1]}, "position": ["i"]},
    "decoder": {"start": [0], "layers": [{"cross": {"kind": "average", "heads": [{"query": [[0]], "key": [[1]], "value": [[1]]}]}}],
        "output": {"maps": [[[1]]]}},
    "accept": {"weight": [1], "bias": 0}})";

Certificate of_model(const std::string& kind, const std::string& name, const std::string& verdict,
                     const std::string& evidence, const char* model) {
    return {R"({"kind": ")" + kind + R"(", "model": ")" + name + R"(", "verdict": ")" + verdict + R"("})",
            evidence,
            {{"model.json", model}}};
}

Certificate of_language(const std::string& kind, const std::string& language, const std::string& alphabet,
                        const std::string& verdict, const std::string& evidence) {
    return {R"({"kind": ")" + kind + R"(", "language": ")" + language + R"(", "alphabet": )" + alphabet +
                R"(, "verdict": ")" + verdict + R"("})",
            evidence,
            {}};
}

const std::string by_syntax = R"({"kind": "syntax"})";
const std::string order = "order-invariant", proportion = "proportion-invariant", binary = R"(["0", "1"])";

}  // namespace

Originals originals_of_orders() {
    return {
        {"counts by syntax", [] { return of_model(order, "mean-at-end", "verified", by_syntax, mean_at_end); }},
        {"proportions by syntax", [] { return of_model(proportion, "mean", "verified", by_syntax, mean_of_word); }},
        {"chain of proportions", [] { return of_model(proportion, "chain", "verified", by_syntax, mean_chain); }},
        {"order seen",
         [] {
             return of_model(order, "last", "refuted",
                             R"({"kind": "witness", "words": ["01", "10"], "answers": ["accept", "reject"]})",
                             last_symbol);
         }},
        {"length seen",
         [] {
             return of_model(proportion, "mean-at-end", "refuted",
                             R"({"kind": "witness", "words": ["1", "11"], "answers": ["reject", "accept"]})",
                             mean_at_end);
         }},
        {"chain of order",
         [] {
             return of_model(proportion, "placed", "refuted",
                             R"({"kind": "witness", "words": ["ab", "aabb"], "time": 1})", first_chain);
         }},
        {"counts by automaton",
         [] { return of_language(order, "parity", binary, "verified", R"({"kind": "automaton"})"); }},
        {"proportions by automaton",
         [] { return of_language(proportion, "contains:1", binary, "verified", R"({"kind": "automaton"})"); }},
        {"proportions by definition",
         [] { return of_language(proportion, "majority", binary, "verified", R"({"kind": "definition"})"); }},
        {"language of proportions",
         [] {
             return of_language(proportion, "parity", binary, "refuted",
                                R"({"kind": "witness", "words": ["1", "11"], "answers": ["accept", "reject"]})");
         }},
        {"language of order",
         [] {
             return of_language(order, "dyck:1", R"x(["(", ")"])x", "refuted",
                                R"x({"kind": "witness", "words": ["()", ")("], "answers": ["accept", "reject"]})x");
         }},
    };
}

}  // namespace forgeries
