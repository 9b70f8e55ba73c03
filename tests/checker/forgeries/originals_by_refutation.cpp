#include "../checker_support.hpp"
#include "../random_model.hpp"
#include "checker/translation/restriction.hpp"
#include "originals.hpp"

// Circuits and formulas are the checker's own: they are what it must ask for, and tests of translation hold
// them against all words. Proofs are found by splitting.

namespace forgeries {
namespace {

using namespace checker_test;

std::string list_of(const std::vector<Drop>& drops) {
    std::string list;
    for (const Drop& drop : drops)
        list += (list.empty() ? "[" : ", [") + std::to_string(drop[0]) + ", " + std::to_string(drop[1]) + ", " +
                std::to_string(drop[2]) + "]";
    return "[" + list + "]";
}

Certificate refutation_of(const Miter& miter, const std::string& model, const std::string& claim,
                          const std::vector<Drop>& drops, const std::string& more = "") {
    Budget budget = ample();
    const Formula formula = formula_of(miter, budget);
    return {claim,
            R"({"kind": "refutation", "proof": "lrat", "drops": )" + list_of(drops) + more + "}",
            {{"model.json", model},
             {"circuit.json", circuit_text(miter)},
             {"formula.cnf", formula_text(formula)},
             {"proof.lrat", Refuter(formula).run().value()}}};
}

Certificate refutation(const std::string& text, const std::string& language_text, int length,
                       const std::vector<Drop>& drops = {}, const std::string& map = "") {
    Budget budget = ample();
    const Model model = model_of(text);
    const Language language =
        read_language(language_text, model.alphabet, static_cast<std::size_t>(length), "", budget);
    std::vector<std::size_t> letters;
    for (std::size_t a = 0; a < model.alphabet.size(); ++a) letters.push_back(a);
    const Instance instance = instantiate(model, static_cast<std::size_t>(length), budget);
    const Miter miter = build_miter(instance, language, letters, drops, budget);
    return refutation_of(miter, text, recognises(model.name, language_text, length, map), drops);
}

/// A model whose formula is refuted with a drop of a value that never occurs.
Certificate with_drop() {
    return refutation(RandomModel(179, 2).text(), "table:c0", 3, {{1, 1, 1}}, R"(, "map": {"a": "0", "b": "1"})");
}

Certificate xlrup() {
    Certificate certificate = refutation(parity_of_ends(), "parity", 2);
    std::string& proof = certificate.files["proof.lrat"];
    // The four clauses of the first XOR gate g = a + b; with the clause of -g, a, b made anew.
    const std::string& formula = certificate.files["formula.cnf"];
    std::vector<std::string> clauses;
    for (std::size_t at = formula.find('\n') + 1; at < formula.size(); at = formula.find('\n', at) + 1)
        clauses.push_back(formula.substr(at, formula.find('\n', at) - at));
    std::size_t first = 0;
    const auto literals = [&](std::size_t k) {
        return static_cast<std::size_t>(std::count(clauses[k].begin(), clauses[k].end(), ' '));
    };
    while (first + 4 < clauses.size() &&
           !(literals(first) == 3 && literals(first + 1) == 3 && literals(first + 2) == 3 && literals(first + 3) == 3 &&
             clauses[first].substr(0, clauses[first].find(' ')) ==
                 clauses[first + 1].substr(0, clauses[first + 1].find(' '))))
        ++first;
    std::string hints;
    for (std::size_t k = 1; k <= 4; ++k) hints += " " + std::to_string(first + k);
    proof += "i x 1 " + clauses[first] + hints + " 0\nx 2 " + clauses[first] + " 1 0\ni cx 1000 " + clauses[first] +
             " 2 0\nx d 1 0\n";
    certificate.files["proof.xlrup"] = proof;
    certificate.files.erase("proof.lrat");
    certificate.evidence = replaced(certificate.evidence, "lrat", "xlrup");
    return certificate;
}

Certificate restriction() {
    Budget budget = ample();
    const Model model = model_of(parity_of_ends());
    const Instance instance = instantiate(model, 3, budget);
    const Fixed fixed{0, std::nullopt, 1};
    return refutation_of(
        build_restricted(instance, fixed, true, {}, budget), parity_of_ends(),
        R"({"kind": "restriction", "model": "ends", "length": 3, "fixed": {"1": "0", "3": "1"}, "answer": "accept", "pair": ["001", "011"], "optimal": false})",
        {});
}

Certificate sensitive() {
    Budget budget = ample();
    const Model model = model_of(parity_of_ends());
    const Instance instance = instantiate(model, 2, budget);
    return refutation_of(build_silent(instance, {}, budget), parity_of_ends(),
                         R"({"kind": "sensitive", "model": "ends", "length": 2})", {});
}

/// Accepts iff the mean of the positions of the 1s, or of all where there is none, is above 3/2.
std::string mean_model() {
    return R"json({"format": "attest/model", "version": 1, "name": "mean", "alphabet": ["0", "1"], "dimension": 3,
    "embedding": {"0": [0, 0, 0], "1": [1, 0, 0]}, "position": [0, "i", 0],
    "layers": [{"attention": {"kind": "average", "residual": false,
                              "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [1]}, "key": [[1, 0, 0]],
                                         "value": [[0, 1, 0]], "output": [[0], [0], [1]]}]}}],
    "readout": {"position": "last", "weight": [0, 0, 1], "bias": "-3/2"}})json";
}

/// Accepts iff there is a 1 after which there is a 0: of the least share of 1s so far, over all, by a head that looks for it.
std::string least_share() {
    return R"json({"format": "attest/model", "version": 1, "name": "least", "alphabet": ["0", "1"], "dimension": 3,
    "embedding": {"0": [0, 0, 0], "1": [1, 0, 0]},
    "layers": [{"attention": {"kind": "average", "mask": "causal", "residual": true,
                              "heads": [{"value": [[1, 0, 0]], "output": [[0], [1], [0]]}]}},
               {"attention": {"kind": "average", "residual": true,
                              "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [-1]}, "key": [[0, 1, 0]],
                                         "value": [[0, 1, 0]], "output": [[0], [0], [1]]}]}}],
    "readout": {"position": "last", "weight": [-1, 0, 1], "bias": 0}})json";
}

}  // namespace

Originals originals_by_refutation() {
    return {{"suffix", [] { return refutation(suffix_model(), "regex:(0|1)*011", 5); }},
            {"nothing left", [] { return refutation(last_model(), "last", 3); }},
            {"ends", [] { return refutation(parity_of_ends(), "parity", 2); }},
            {"three symbols", [] { return refutation(three_symbols(), "regex:[ab]*c|.*[abc]c", 2); }},
            {"later refuted", [] { return refutation(version_2_model(), "last", 3); }},
            {"layer that does not stand",
             [] {
                 return refutation(
                     replaced(version_2_model(), "\"layers\": [",
                              R"("layers": [{"repeat": "n - 3", "attention": {"kind": "sparsemax", "heads": []}}, )"),
                     "last", 3);
             }},
            {"means", [] { return refutation(mean_model(), "regex:01", 2); }},
            {"least share", [] { return refutation(least_share(), "regex:1+0", 2); }},
            {"with a drop", with_drop},
            {"xlrup", xlrup},
            {"restriction refuted", restriction},
            {"sensitive refuted", sensitive}};
}

}  // namespace forgeries
