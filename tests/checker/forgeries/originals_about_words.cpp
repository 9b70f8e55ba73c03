#include "originals.hpp"

namespace forgeries {

std::string last_model() {
    return R"({"format": "attest/model", "version": 1, "name": "last-one", "alphabet": ["0", "1"],
    "dimension": 1, "embedding": {"0": [0], "1": [1]}, "layers": [],
    "readout": {"position": "last", "weight": [1], "bias": 0}})";
}

std::string parity_of_ends() {
    return R"json({"format": "attest/model", "version": 1, "name": "ends", "alphabet": ["0", "1"],
    "dimension": 3, "embedding": {"0": [0, 0, 0], "1": [1, 0, 0]},
    "layers": [{"attention": {"kind": "hard",
                              "heads": [{"value": [[1, 0, 0]], "output": [[0], [1], [0]], "bias": "[j = 1]"}]},
                "feedforward": {"maps": [[[1, -1, 0], [-1, 1, 0]], [[0, 0], [0, 0], [1, 1]]]}}],
    "readout": {"position": "last", "weight": [0, 0, 1], "bias": "-1/2"}})json";
}

std::string suffix_model() {
    return R"({"format": "attest/model", "version": 1, "name": "suffix", "alphabet": ["0", "1"],
    "dimension": 4, "embedding": {"0": [0, 0, 0, 0], "1": [1, 0, 0, 0]}, "position": [0, 0, "i", 0],
    "layers": [
      {"attention": {"kind": "hard", "mask": "strict", "tie": "right",
                     "heads": [{"value": [[1, 0, 0, 0]], "output": [[0], [1], [0], [0]]}]}},
      {"attention": {"kind": "hard", "mask": "strict", "tie": "right",
                     "heads": [{"value": [[0, 1, 0, 0]], "output": [[0], [0], [0], [1]]}]}}],
    "readout": {"position": "last", "weight": [1, 1, 0, -1], "bias": "-3/2"}})";
}

std::string three_symbols() {
    return R"({"format": "attest/model", "version": 1, "name": "last-c", "alphabet": ["a", "b", "c"],
    "dimension": 1, "embedding": {"a": [0], "b": [0], "c": [1]}, "layers": [],
    "readout": {"position": "last", "weight": [1], "bias": 0}})";
}

std::string last_or_first() {
    return R"json({"format": "attest/model", "version": 1, "name": "rich", "cite": ["hahn2020theoretical"],
    "alphabet": ["0", "1"], "begin": "^", "end": "$", "dimension": 3,
    "embedding": {"0": [0, 0, 0], "1": [1, 0, 0], "^": [0, 0, 0], "$": [0, 0, 0]}, "position": [0, "1/n", 0],
    "layers": [{"attention": {"kind": "hard", "tie": "left", "mask": "causal", "scale": "1/dk", "residual": true,
                              "norm": null,
                              "heads": [{"query": [[0, 1, 0]], "key": {"weight": [[0, 1, 0]], "bias": [0]},
                                         "value": [[1, 0, 0]], "output": {"rows": 3, "cols": 1, "entries": [[2, 0, 1]]},
                                         "bias": "[j = n - 1]/(i + 1 - j)"}]},
                "feedforward": {"residual": true, "maps": [[[0, 0, 1]], [[0], [0], [1]]]}}],
    "readout": {"position": "last", "weight": [0, 0, 1], "bias": "-1/2"}})json";
}

std::string recognises(const std::string& model, const std::string& language, int length, const std::string& more) {
    return "{\"kind\": \"recognises\", \"model\": \"" + model + "\", \"language\": \"" + language +
           "\", \"length\": " + std::to_string(length) + ", \"verdict\": \"verified\"" + more + "}";
}

std::string seen_value(const std::string& word) {
    std::string value = "[\"$\"";
    for (std::size_t h = 0; h < word.size(); ++h) value += ", [" + std::to_string(h + 1) + ", \"" + word[h] + "\"]";
    return value + "]";
}

std::string all_seeing(const std::string& alphabet, int length, const std::vector<std::string>& accepted) {
    std::string symbols, entries, values;
    for (const char a : alphabet) symbols += std::string(a == alphabet[0] ? "\"" : ", \"") + a + "\"";
    for (int h = 1; h <= length; ++h) {
        entries += (h == 1 ? "" : ", ") + ("{\"layer\": 1, \"head\": " + std::to_string(h)) +
                   ", \"position\": " + std::to_string(length + 1) + ", \"value\": \"$\", \"prefer\": [";
        for (const char a : alphabet)
            entries += (a == alphabet[0] ? "[" : ", [") + std::to_string(h) + ", \"" + a + "\"]";
        entries += "]}";
    }
    for (const std::string& word : accepted) values += (values.empty() ? "" : ", ") + seen_value(word);
    return R"({"format": "attest/guhat", "version": 1, "alphabet": [)" + symbols + R"(], "end": "$", "length": )" +
           std::to_string(length) + ", \"layers\": 1, \"heads\": " + std::to_string(length) +
           ", \"activations\": null, \"attention\": [" + entries + "], \"accept\": [" + values + "]}";
}

namespace {

Certificate exhaustion(const std::string& model, const std::string& claim, int words) {
    return {claim, R"({"kind": "exhaustion", "words": )" + std::to_string(words) + "}", {{"model.json", model}}};
}

Certificate witness() {
    return {R"({"kind": "recognises", "model": "last-one", "language": "parity", "length": 2, "verdict": "refuted"})",
            R"({"kind": "witness", "word": "11", "expected": "reject", "actual": "accept"})",
            {{"model.json", last_model()}}};
}

Certificate automaton() {
    Certificate certificate = exhaustion(last_model(), recognises("last-one", "dfa:language.json", 3), 8);
    certificate.files["language.json"] =
        R"({"format": "attest/dfa", "version": 1, "alphabet": ["0", "1"], "states": 2, "start": 0, "accept": [1],
            "transitions": [[0, 1], [0, 1]]})";
    return certificate;
}

Certificate tensors() {
    // Two vectors of one F32, and three integers; 40 + … bytes of header.
    const std::string header =
        R"({"zero": {"dtype": "F32", "shape": [1], "data_offsets": [0, 4]}, "one": {"dtype": "I8", "shape": [1], "data_offsets": [4, 5]}})";
    std::string bytes(8, '\0');
    bytes[0] = static_cast<char>(header.size());
    std::string model = replaced(last_model(), R"("dimension")", R"("tensors": "t.safetensors", "dimension")");
    model = replaced(model, R"({"0": [0], "1": [1]})", R"({"0": {"tensor": "zero"}, "1": {"tensor": "one"}})");
    Certificate certificate = exhaustion(model, recognises("last-one", "last", 2), 4);
    certificate.files["t.safetensors"] = bytes + header + std::string(4, '\0') + "\1";
    return certificate;
}

/// Position N settles the answer.
Certificate restriction() {
    return {
        R"({"kind": "restriction", "model": "last-one", "length": 3, "fixed": {"3": "1"}, "answer": "accept", "pair": ["001", "011"], "optimal": true})",
        R"({"kind": "exhaustion", "words": 4, "open": ["000", "001"]})",
        {{"model.json", last_model()}}};
}

/// Both ends settle it, and no fewer.
Certificate restriction_of_two() {
    return {
        R"({"kind": "restriction", "model": "ends", "length": 3, "fixed": {"1": "0", "3": "1"}, "answer": "accept", "pair": ["001", "011"], "optimal": true})",
        R"({"kind": "exhaustion", "words": 2, "open": ["000", "001", "010", "011", "100", "101", "110", "111"]})",
        {{"model.json", parity_of_ends()}}};
}

Certificate sensitive() {
    return {R"({"kind": "sensitive", "model": "ends", "length": 2})",
            R"({"kind": "exhaustion", "words": 4})",
            {{"model.json", parity_of_ends()}}};
}

Certificate collection() {
    Certificate all{
        R"({"kind": "collection", "parts": [{"directory": "a", "digest": "@a"}, {"directory": "b", "digest": "@b"}]})",
        "",
        {}};
    all.parts["a"] = witness();
    all.parts["b"] = exhaustion(last_model(), recognises("last-one", "last", 3), 8);
    return all;
}

Certificate nested(int depth) {
    if (depth == 0) return witness();
    Certificate all{R"({"kind": "collection", "parts": [{"directory": "a", "digest": "@a"}]})", "", {}};
    all.parts["a"] = nested(depth - 1);
    return all;
}

Certificate with_map() {
    return exhaustion(last_model(), recognises("last-one", "regex:[ab]*b", 2, R"(, "map": {"0": "a", "1": "b"})"), 4);
}

}  // namespace

Originals originals_about_words() {
    const auto tables = [] {
        return exhaustion(all_seeing("01", 2, {"01", "11"}), recognises("tables", "last", 2), 4);
    };
    return {{"exhaustion", [] { return exhaustion(last_model(), recognises("last-one", "last", 3), 8); }},
            {"rich model", [] { return exhaustion(last_or_first(), recognises("rich", "last", 3), 8); }},
            {"witness", witness},
            {"automaton", automaton},
            {"tensors", tensors},
            {"with a map", with_map},
            {"tables", tables},
            {"restriction", restriction},
            {"restriction of two", restriction_of_two},
            {"sensitive", sensitive},
            {"collection", collection},
            {"nested collection", [] { return nested(8); }}};
}

}  // namespace forgeries
