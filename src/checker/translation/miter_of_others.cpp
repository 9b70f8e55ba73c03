#include "checker/translation/miter_of_others.hpp"

#include "checker/translation/language_circuit.hpp"
#include "checker/translation/translation.hpp"

// FORMAT.md, section 14: that a list of mistakes is complete. The words of the list are taken out of the miter, so a
// refutation says that there is no other mistake.

namespace attest::checker {

Miter build_miter_of_others(const Instance& instance, const Language& language, const std::vector<std::size_t>& letters,
                            const std::vector<Drop>& drops, const std::vector<std::vector<std::size_t>>& words,
                            Budget& budget) {
    const WordInputs inputs{instance.model->alphabet.size(), instance.length};
    Circuit circuit(inputs.count(), budget);
    const ModelLiterals model = translate_model(circuit, inputs, instance, drops, budget);
    const Literal member = language_literal(circuit, inputs, language, letters);
    Literals differs{circuit.parity(model.accept, member)};
    for (const auto& word : words) {
        Literals symbols;
        for (std::size_t i = 1; i <= word.size(); ++i) symbols.push_back(inputs.present(i, word[i - 1]));
        differs.push_back(negated(circuit.conjunction(std::move(symbols))));
    }
    Literals roots{circuit.conjunction(std::move(differs))};
    roots.insert(roots.end(), model.dropped.begin(), model.dropped.end());
    Circuit cone = circuit.cone(roots, budget);
    return {std::move(cone), std::move(roots), inputs.symbols, inputs.length};
}

}  // namespace attest::checker
