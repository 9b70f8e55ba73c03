#include <set>

#include "../checker_support.hpp"
#include "checker/classes/network_formula.hpp"
#include "originals.hpp"

namespace forgeries {

std::string threshold(const std::string& c, const std::string& language, int length, const std::string& verdict) {
    return R"({"kind": "threshold", "class": )" + c + R"(, "language": ")" + language + R"(", "length": )" +
           std::to_string(length) + R"(, "verdict": ")" + verdict + "\"}";
}

std::string class_of(int layers, int heads, const std::string& activations, const std::string& read,
                     const std::string& mask, const std::string& positions, const std::string& key_dimension) {
    return R"({"layers": )" + std::to_string(layers) + R"(, "heads": )" + std::to_string(heads) +
           R"(, "activations": )" + activations + R"(, "read": ")" + read + R"(", "mask": ")" + mask +
           R"(", "positions": ")" + positions + R"(", "key_dimension": )" + key_dimension + "}";
}

namespace {

using namespace checker_test;

Certificate network(const std::string& c, const std::string& language, int length, int words,
                    const std::string& witness) {
    return {threshold(c, language, length, "possible"),
            R"({"kind": "network", "words": )" + std::to_string(words) + "}",
            {{"witness.json", witness}}};
}

/// Reads the first symbol from the last position.
const char* const first_from_last =
    R"({"format": "attest/guhat", "version": 1, "alphabet": ["0", "1"], "length": 2, "layers": 1, "heads": 1, "activations": null,
    "attention": [], "accept": [["0", [1, "1"]], ["1", [1, "1"]]]})";

/// Whether there is a 1 at the first two positions, in two bounded layers.
const char* const bounded =
    R"({"format": "attest/guhat", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 2, "layers": 2, "heads": 1, "activations": 2,
    "attention": [{"layer": 1, "head": 1, "position": 3, "value": "$", "prefer": [[1, "1"], [2, "1"]]}],
    "activation": [{"layer": 1, "position": 3, "value": "$", "attended": [[1, "1"]], "becomes": 1},
                   {"layer": 1, "position": 3, "value": "$", "attended": [[2, "1"]], "becomes": 1}],
    "accept": [[1, [1, 0]]]})";

/// The second symbol, seen by the end and, through two layers, under a strict mask.
const char* const strict =
    R"({"format": "attest/guhat", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 2, "layers": 2, "heads": 1, "activations": null,
    "attention": [{"layer": 1, "head": 1, "position": 3, "value": "$", "prefer": [[2, "0"], [2, "1"]]}],
    "accept": [[["$", [2, "1"]], [1, ["0", [1, "0"]]]], [["$", [2, "1"]], [1, ["1", [1, "1"]]]]]})";

/// The leftmost 1, by numbers.
Certificate with_keys() {
    Certificate certificate = network(
        class_of(1, 1, "null", "end", "none", "visible", "1"), "contains:1", 2, 4,
        R"({"format": "attest/guhat", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 2, "layers": 1, "heads": 1, "activations": null,
        "attention": [{"layer": 1, "head": 1, "position": 3, "value": "$", "prefer": [[1, "1"], [2, "1"]]}],
        "accept": [["$", [1, "1"]], ["$", [2, "1"]]]})");
    certificate.files["keys.json"] =
        R"({"keys": [{"layer": 1, "head": 1, "position": 1, "value": "1", "number": "1/2"},
                     {"layer": 1, "head": 1, "position": 2, "value": "1", "number": 0.5}],
            "queries": [{"layer": 1, "head": 1, "position": 3, "value": "$", "sign": "+"}]})";
    return certificate;
}

const char* const free_of_positions =
    R"({"format": "attest/position-free", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 2, "layers": 2, "heads": 1, "activations": 2,
    "attention": [{"layer": 1, "head": 1, "value": "$", "prefer": [["1"], ["0"]]}],
    "activation": [{"layer": 1, "value": "$", "attended": ["1"], "becomes": 1}],
    "accept": [{"value": 1, "attended": [0]}]})";

/// The share of 1s, less one third.
const char* const softmax =
    R"({"format": "attest/softmax-heads", "version": 1, "alphabet": ["0", "1"], "length": 2,
    "heads": [{"query": [1, "1/2"], "symbols": [[[1, 0], [1, -1]], [[1, 0], [1, -1]]]}]})";

std::string quoted_list(const std::vector<std::string>& names) {
    std::string list;
    for (const std::string& name : names) list += (list.empty() ? "\"" : ", \"") + name + "\"";
    return "[" + list + "]";
}

/// A class, a language and a length; the formula with cuts.
struct Asked {
    NetworkClass c;
    std::string described;
    std::string language;
    int length;
    std::vector<std::string> breaks;
};

template <typename Use>
auto on_formula(const Asked& asked, const std::string& cuts, Use use) {
    Budget budget = ample();
    const auto length = static_cast<std::size_t>(asked.length);
    const Language language = read_language(asked.language, {"0", "1"}, length, "", budget);
    const NetworkWords words = network_words(language, length, asked.c, budget);
    NetworkFormula formula(asked.c, words, asked.breaks, budget);
    formula.add_cuts(formula_text(formula.formula()) + cuts, "formula.cnf");
    return use(formula.formula());
}

bool is_cut(const Asked& asked, const std::string& line) {
    return refusal([&] { on_formula(asked, line, [](const Formula&) {}); }).empty();
}

/// All cuts of four literals of a strict order; literals of orders form a cycle of two with their
/// complements.
std::string cuts_of(const Asked& asked) {
    if (!asked.c.has_strict_orders()) return "";
    const auto variables = static_cast<int>(on_formula(asked, "", [](const Formula& f) { return f.variables; }));
    std::vector<int> literals;
    for (int v = 1; v <= variables; ++v)
        if (is_cut(asked, std::to_string(v) + " " + std::to_string(-v) + " 0\n"))
            literals.insert(literals.end(), {v, -v});
    std::string cuts;
    for (const Word& choice : all_words(literals.size(), 4)) {
        std::set<int> different;
        std::string line;
        for (const std::size_t k : choice) {
            different.insert(std::abs(literals[k]));
            line += std::to_string(literals[k]) + " ";
        }
        const bool is_first = std::abs(literals[choice[0]]) == *different.begin();
        if (different.size() == 4 && is_first && is_cut(asked, line + "0\n")) cuts += line + "0\n";
    }
    return cuts;
}

Certificate impossible(const Asked& asked) {
    const std::string cuts = cuts_of(asked);
    const std::string text = on_formula(asked, cuts, [](const Formula& f) { return formula_text(f); });
    const auto proof = on_formula(asked, cuts, [](const Formula& f) { return Refuter(f).run(); });
    return {threshold(asked.described, asked.language, asked.length, "impossible"),
            R"({"kind": "refutation", "proof": "lrat", "breaks": )" + quoted_list(asked.breaks) + "}",
            {{"formula.cnf", text}, {"proof.lrat", proof.value()}}};
}

NetworkClass one_layer() {
    NetworkClass c;
    c.layers = c.heads = 1;
    return c;
}

Certificate refuted_parity(const std::vector<std::string>& breaks) {
    return impossible({one_layer(), class_of(1, 1), "parity", 2, breaks});
}

Certificate refuted_keys() {
    NetworkClass c = one_layer();
    c.one_key_dimension = true;
    return impossible({c, class_of(1, 1, "null", "end", "none", "visible", "1"), "parity", 2, {"signs", "numbers"}});
}

Certificate refuted_without_positions() {
    NetworkClass c = one_layer();
    c.strict_mask = true;
    c.sees_positions = false;
    c.activations = 2;
    return impossible({c, class_of(1, 1, "2", "end", "strict", "none"), "parity", 2, {}});
}

Certificate refuted_activations() {
    NetworkClass c = one_layer();
    c.layers = c.activations.emplace(2);
    c.strict_mask = true;
    c.sees_positions = false;
    return impossible({c, class_of(2, 1, "2", "end", "strict", "none"), "parity", 3, {"activations"}});
}

Certificate faces() {
    return {
        threshold(class_of(2, 1, "4"), "parity", 9, "impossible"),
        R"({"kind": "bound", "by": "faces", "price": "847/250", "faces": [{"dimension": 2, "weight": "1993/100000"}, {"dimension": 3, "weight": "4661/100000"}]})",
        {}};
}

/// The least length at which three layers of one head are known not to compute parity.
Certificate restricted_layers() {
    return {
        threshold(class_of(3, 1), "parity", 1528, "impossible"),
        R"({"kind": "bound", "by": "restriction-layers", "probability": "13/50", "stages": [{"width": 9, "free": 397}, {"width": 9, "free": 10}]})",
        {}};
}

/// The sum of two symbols by one head: what the first position holds tells it.
std::string sum_of_two(const std::string& activations, const std::string& table) {
    return R"({"format": "attest/guhat", "version": 1, "alphabet": ["0", "1"], "end": "$", "length": 2, "layers": 2, "heads": 1, "activations": )" +
           activations + R"(,
    "attention": [{"layer": 1, "head": 1, "position": 1, "value": "0", "prefer": [[2, "0"], [2, "1"]]},
{"layer": 1, "head": 1, "position": 1, "value": "1", "prefer": [[2, "0"], [2, "1"]]},
{"layer": 1, "head": 1, "position": 3, "value": "$", "prefer": [[3, "$"]]}],
    )" + table +
           R"("accept": []})";
}

/// Two symbols that the reader sees, and two blocks whose heads find the sums of two leaders.
Certificate peeled() {
    return {
        threshold(class_of(3, 2), "parity", 9, "possible"),
        R"({"kind": "peelings", "first": 2, "blocks": [{"layer": 2, "symbols": 2, "leaders": 2}, {"layer": 3, "symbols": 5, "leaders": 2}]})",
        {{"peeling-2.json", sum_of_two("null", "")}}};
}

Certificate peeled_with_two_values() {
    return {
        threshold(class_of(2, 1, "2"), "parity", 3, "possible"),
        R"({"kind": "peelings", "first": 1, "blocks": [{"layer": 2, "symbols": 2, "leaders": 2}]})",
        {{"peeling-2.json",
          sum_of_two("2",
                     R"("activation": [{"layer": 1, "position": 1, "value": "0", "attended": [[2, "1"]], "becomes": 1},
    {"layer": 1, "position": 1, "value": "1", "attended": [[2, "0"]], "becomes": 1}], )")}}};
}

Certificate bound(const std::string& c, const std::string& language, int length, const std::string& by) {
    return {threshold(c, language, length, "impossible"), R"({"kind": "bound", "by": ")" + by + "\"}", {}};
}

/// (1/2 − c) / 4 for c of three 1s.
Certificate softmax_by_counts() {
    return {threshold(R"({"attention": "softmax", "heads": 1})", "contains:1", 3, "possible"),
            R"({"kind": "network", "by": "counts", "counts": 4, "margin": "1/8"})",
            {{"witness.json",
              R"({"format": "attest/softmax-heads", "version": 2, "alphabet": ["0", "1"], "length": 3,
    "heads": [{"query": [1, "1/2"], "symbols": [[1, 0], [1, -1]]}]})"}}};
}

Certificate alternation() {
    Certificate certificate = bound(R"({"attention": "softmax", "heads": 1})", "parity", 300, "alternation");
    certificate.files["points.json"] = "[[300, 0], [299, 1], [298, 2]]";
    return certificate;
}

/// An even number of a, and any of b and c.
Certificate alternation_over_three_symbols() {
    Certificate certificate = bound(R"({"attention": "softmax", "heads": 1})", "dfa:language.json", 4, "alternation");
    certificate.files["points.json"] = "[[4, 0, 0], [3, 0, 1], [0, 0, 4]]";
    certificate.files["language.json"] =
        R"({"format": "attest/dfa", "version": 1, "alphabet": ["a", "b", "c"], "states": 2, "start": 0, "accept": [0],
    "transitions": [[1, 0, 0], [0, 1, 1]]})";
    return certificate;
}

Certificate alternating_sum() {
    Certificate certificate = bound(R"({"attention": "softmax", "heads": 1})", "parity", 2, "alternating-sum");
    certificate.files["weights.json"] = "[1, 1, 1, 1]";
    return certificate;
}

}  // namespace

Originals originals_about_classes() {
    return {
        {"network",
         [] {
             return network(class_of(1, 2), "last", 2, 4, all_seeing("01", 2, {"01", "11"}));
         }},
        {"network read last", [] { return network(class_of(1, 1, "null", "last"), "first", 2, 4, first_from_last); }},
        {"bounded network", [] { return network(class_of(2, 1, "2"), "contains:1", 2, 4, bounded); }},
        {"strict network", [] { return network(class_of(2, 1, "null", "end", "strict"), "last", 2, 4, strict); }},
        {"network with keys", with_keys},
        {"network without positions",
         [] { return network(class_of(2, 1, "2", "end", "strict", "none"), "contains:1", 2, 7, free_of_positions); }},
        {"softmax heads",
         [] { return network(R"({"attention": "softmax", "heads": 1})", "contains:1", 2, 4, softmax); }},
        {"softmax heads by counts", softmax_by_counts},
        {"alternation", alternation},
        {"alternation over three symbols", alternation_over_three_symbols},
        {"refuted class", [] { return refuted_parity({}); }},
        {"refuted class with breaks",
         [] {
             return refuted_parity({"permutations", "complements"});
         }},
        {"refuted class with permutations", [] { return refuted_parity({"permutations"}); }},
        {"refuted keys", refuted_keys},
        {"refuted without positions", refuted_without_positions},
        {"refuted two activations", refuted_activations},
        {"restriction bound", [] { return bound(class_of(1, 2), "parity", 3, "restriction"); }},
        {"restriction bound read last",
         [] { return bound(class_of(1, 1, "null", "last"), "parity", 3, "restriction"); }},
        {"restriction bound of keys",
         [] { return bound(class_of(2, 1, "null", "end", "none", "visible", "1"), "parity", 5, "restriction"); }},
        {"peeling", [] { return bound(class_of(2, 1, "2"), "parity", 9, "peeling"); }},
        {"counting", [] { return bound(class_of(2, 2), "parity", 46, "counting"); }},
        {"counting after a restriction",
         [] {
             return Certificate{
                 threshold(class_of(2, 20), "parity", 2710, "impossible"),
                 R"({"kind": "bound", "by": "counting-restriction", "probability": "23/100", "width": 29})",
                 {}};
         }},
        {"orders", [] { return bound(class_of(2, 1, "2"), "parity", 7, "orders"); }},
        {"faces", faces},
        {"restricted layers", restricted_layers},
        {"peelings", peeled},
        {"peelings of two values", peeled_with_two_values},
        {"alternating sum", alternating_sum}};
}

}  // namespace forgeries
