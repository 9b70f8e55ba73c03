#include "checker/translation/miter_of_two.hpp"

#include "checker/translation/program_circuit.hpp"
#include "checker/translation/translation.hpp"

// FORMAT.md, section 13: both models over the same inputs; the drop literals of both are roots, so that neither is
// simplified without proof.

namespace attest::checker {

namespace {

ModelLiterals translate_half(Circuit& circuit, const WordInputs& word, const Half& half, Budget& budget) {
    if (half.program == nullptr) return translate_model(circuit, word, *half.instance, half.drops, budget);
    const ProgramLiterals found = translate_program(circuit, word, *half.program, budget);
    ModelLiterals literals;
    literals.accept = found.accept;
    literals.dropped = {found.fault};
    return literals;
}

}  // namespace

Miter build_miter(const WordInputs& word, const Half& model, const Half& other, Budget& budget) {
    Circuit circuit(word.count(), budget);
    const ModelLiterals first = translate_half(circuit, word, model, budget);
    const ModelLiterals second = translate_half(circuit, word, other, budget);
    Literals roots{circuit.parity(first.accept, second.accept)};
    roots.insert(roots.end(), first.dropped.begin(), first.dropped.end());
    roots.insert(roots.end(), second.dropped.begin(), second.dropped.end());
    Circuit cone = circuit.cone(roots, budget);
    return {std::move(cone), std::move(roots), word.symbols, word.length};
}

Miter build_miter(const Half& model, const Half& other, Budget& budget) {
    const WordInputs word{model.instance->model->alphabet.size(), model.instance->length};
    return build_miter(word, model, other, budget);
}

Miter build_miter_of_answers(const WordInputs& word, Program& model, Program& other, Budget& budget) {
    Circuit circuit(word.count(), budget);
    const AnswerLiterals first = translate_answers(circuit, word, model, budget);
    const AnswerLiterals second = translate_answers(circuit, word, other, budget);
    Literals roots{answers_differ(circuit, first, second, budget), first.fault, second.fault};
    Circuit cone = circuit.cone(roots, budget);
    return {std::move(cone), std::move(roots), word.symbols, word.length};
}

}  // namespace attest::checker
