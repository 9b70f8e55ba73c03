#include "checker/translation/miter.hpp"

#include "checker/translation/language_circuit.hpp"
#include "checker/translation/translation.hpp"

// FORMAT.md, section 6: model and language over the same inputs, and a gate that is true where they differ. Values that
// were dropped because they never occur have roots of their own: if one did occur, that root would be true, and the
// refutation would fail.

namespace attest::checker {

Miter build_miter(const Instance& instance, const Language& language, const std::vector<std::size_t>& letters,
                  const std::vector<Drop>& drops, Budget& budget) {
    const WordInputs word{instance.model->alphabet.size(), instance.length};
    Circuit circuit(word.count(), budget);
    const ModelLiterals model = translate_model(circuit, word, instance, drops, budget);
    const Literal member = language_literal(circuit, word, language, letters);
    Literals roots{circuit.parity(model.accept, member)};
    roots.insert(roots.end(), model.dropped.begin(), model.dropped.end());
    Circuit cone = circuit.cone(roots, budget);
    return {std::move(cone), std::move(roots), word.symbols, word.length};
}

}  // namespace attest::checker
