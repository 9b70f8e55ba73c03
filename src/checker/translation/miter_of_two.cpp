#include "checker/translation/miter_of_two.hpp"

#include "checker/translation/translation.hpp"

// FORMAT.md, section 13: both models over the same inputs; the drop literals of both are roots, so that neither is
// simplified without proof.

namespace attest::checker {

Miter build_miter(const Half& model, const Half& other, Budget& budget) {
    const WordInputs word{model.instance.model->alphabet.size(), model.instance.length};
    Circuit circuit(word.count(), budget);
    const ModelLiterals first = translate_model(circuit, word, model.instance, model.drops, budget);
    const ModelLiterals second = translate_model(circuit, word, other.instance, other.drops, budget);
    Literals roots{circuit.parity(first.accept, second.accept)};
    roots.insert(roots.end(), first.dropped.begin(), first.dropped.end());
    roots.insert(roots.end(), second.dropped.begin(), second.dropped.end());
    Circuit cone = circuit.cone(roots, budget);
    return {std::move(cone), std::move(roots), word.symbols, word.length};
}

}  // namespace attest::checker
