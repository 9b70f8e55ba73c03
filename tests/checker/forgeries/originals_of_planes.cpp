#include "../checker_support.hpp"
#include "checker/gates/question_formula.hpp"
#include "planes.hpp"

// The inequalities are the checker's own, tests of gates hold them against all words; the proofs are as attest writes them, or
// go through all words.

namespace forgeries {
namespace {

using namespace checker_test;

/// Accepts iff both symbols are 1, by one gate.
const char* const both_ones =
    R"json({"format": "attest/model", "version": 1, "name": "both", "alphabet": ["0", "1"], "dimension": 2,
    "embedding": {"0": [0, 0], "1": [1, 0]},
    "layers": [{"attention": {"kind": "average", "residual": false,
                              "heads": [{"value": [[1, 0]], "output": [[0], [1]]}]}}],
    "readout": {"position": "last", "weight": [0, 1], "bias": "-3/4"}})json";

/// Parity by counting, and a head that looks for the number.
const char* const odd =
    R"json({"format": "attest/model", "version": 1, "name": "odd", "alphabet": ["0", "1"], "begin": "^", "dimension": 5,
    "embedding": {"0": [0, 0, 0, 0, 0], "1": [1, 0, 0, 0, 0], "^": [0, 0, 0, 0, 0]},
    "position": [0, "i-1", "mod(i-1,2)", 0, 0],
    "layers": [{"attention": {"kind": "average", "residual": true,
                              "heads": [{"value": [[1, 0, 0, 0, 0]], "output": [[0], [0], [0], [1], [0]]}]}},
               {"attention": {"kind": "average", "residual": true, "scale": "2*n",
                              "heads": [{"query": [[0, 0, 0, 1, 0]], "key": [[0, 1, 0, 0, 0]],
                                         "value": [[0, 0, 1, 0, 0]], "output": [[0], [0], [0], [0], [1]],
                                         "bias": "-(j-1)^2"}]}}],
    "readout": {"position": "first", "weight": [0, 0, 0, 0, 1], "bias": 0}})json";

const char* const proof_of_both = R"(pseudo-Boolean proof version 2.0
f 22
pol 11 14 + 19 + x11 +
pol 12 13 + 20 + x9 + x12 +
pol 18 20 +
pol 17 19 +
pol 1 23 + 25 + x9 w x11 w x12 w s
pol 2 24 + 26 2 * + x10 w s
del id 23 24
pol 3 27 + x2 w s
pol 5 27 + x2 w s
rup 1 ~x6 1 x10 >= 1 ;
rup 1 x6 1 x9 1 x11 1 x12 >= 1 ;
pol 31 22 + 2 d
pol 32 25 + 21 + 2 d
pol 33 34 +
output NONE
conclusion UNSAT : 35
end pseudo-Boolean proof
)";

const char* const proof_of_odd = R"(pseudo-Boolean proof version 2.0
f 20
pol 9 14 + 17 + x8 2 * +
pol 10 13 + 18 + x11 2 * +
pol 15 17 +
pol 1 21 + s
pol 2 22 + 23 + x9 w x10 w s
pol 16 18 +
pol 3 21 + 26 + x9 w x10 w s
pol 4 22 + 23 2 * + s
del id 21 22
pol 9 14 + 17 +
pol 10 13 + 18 +
pol x1 x2 + 29 + 23 + x8 + x11 + 2 d
pol 2 30 + 23 + x8 + x11 + 2 d
pol 31 32 + 26 + s
del id 31 32
pol 1 ~x3 + 29 + x9 + x10 + 2 d
pol 4 x4 + 30 + 23 2 * + x9 + x10 + 2 d
pol 34 35 + 26 + s
del id 34 35
pol 3 29 + 26 + x8 + x11 + 2 d
pol ~x1 ~x2 + 30 + 23 3 * + x8 + x11 + 2 d
pol 37 38 + 26 + s
del id 37 38
del id 29 30
pol 5 24 + x4 w s
pol 5 36 + s
pol 5 28 + x3 w s
rup 1 ~x5 1 x9 1 x10 >= 1 ;
rup 1 x5 1 x8 1 x11 >= 1 ;
pol 43 20 + 2 d
pol 44 26 + 19 + 2 d
pol 45 46 +
output NONE
conclusion UNSAT : 47
end pseudo-Boolean proof
)";

const char* const proof_of_three = R"(pseudo-Boolean proof version 2.0
f 20
rup 1 ~x6 1 x12 >= 1 ;
rup 1 x6 1 x10 1 x11 >= 1 ;
pol 14 16 + 18 + 4 +
pol 21 20 + 2 d
pol 22 23 + 19 + 2 d
pol 24 25 +
output NONE
conclusion UNSAT : 26
end pseudo-Boolean proof
)";

QuestionFormula formula_of(const std::string& text, const std::string& language_text, std::size_t length) {
    Budget budget = ample();
    const Model model = model_of(text);
    const Language language = read_language(language_text, model.alphabet, length, "", budget);
    std::vector<std::size_t> letters;
    for (std::size_t a = 0; a < model.alphabet.size(); ++a) letters.push_back(a);
    return question_formula(instantiate(model, length, budget), language, letters, budget);
}

Certificate planes(const std::string& text, const std::string& language, const std::string& proof) {
    const QuestionFormula formula = formula_of(text, language, 2);
    std::string opb = "* #variable= " + std::to_string(formula.inequalities.variables()) +
                      " #constraint= " + std::to_string(formula.inequalities.all().size()) + "\n";
    for (const Inequality& inequality : formula.inequalities.all()) opb += inequality.text() + "\n";
    return {recognises(model_of(text).name, language, 2),
            R"({"kind": "cutting-planes"})",
            {{"model.json", text}, {"formula.opb", opb}, {"proof.pbp", proof}}};
}

/// For two inputs: no word, no first symbol, nothing is possible.
Certificate by_words(const std::string& text, const std::string& language) {
    const std::string count = std::to_string(formula_of(text, language, 2).inequalities.all().size());
    const std::string last = std::to_string(std::stoi(count) + 7);
    std::string proof = "pseudo-Boolean proof version 2.0\nf " + count + "\n";
    for (const char* const word : {"1 x1 1 x2", "1 x1 1 ~x2", "1 ~x1 1 x2", "1 ~x1 1 ~x2", "1 x1", "1 ~x1"})
        proof += std::string("rup ") + word + " >= 1 ;\n";
    proof += "rup >= 1 ;\noutput NONE\nconclusion UNSAT : " + last + "\nend pseudo-Boolean proof\n";
    return planes(text, language, proof);
}

/// Accepts iff there is a 1 after which there is a 0.
const char* const least =
    R"json({"format": "attest/model", "version": 1, "name": "least", "alphabet": ["0", "1"], "dimension": 3,
    "embedding": {"0": [0, 0, 0], "1": [1, 0, 0]},
    "layers": [{"attention": {"kind": "average", "mask": "causal", "residual": true,
                              "heads": [{"value": [[1, 0, 0]], "output": [[0], [1], [0]]}]}},
               {"attention": {"kind": "average", "residual": true,
                              "heads": [{"query": {"weight": [[0, 0, 0]], "bias": [-1]}, "key": [[0, 1, 0]],
                                         "value": [[0, 1, 0]], "output": [[0], [0], [1]]}]}}],
    "readout": {"position": "last", "weight": [-1, 0, 1], "bias": 0}})json";

}  // namespace

Originals originals_of_planes() {
    return {{"planes", [] { return planes(both_ones, "all-ones", proof_of_both); }},
            {"planes and residues", [] { return planes(odd, "parity", proof_of_odd); }},
            {"planes of three symbols", [] { return planes(three_symbols(), "regex:.c", proof_of_three); }},
            {"planes of hard attention", [] { return by_words(parity_of_ends(), "parity"); }},
            {"planes of classes", [] { return by_words(least, "regex:1+0"); }}};
}

}  // namespace forgeries
