// A model made in a program: one hard-attention head that looks for a 1 and reads whether it found one. It is evaluated
// exactly, compiled to a circuit, and the circuit's function is measured.
#include <attest/analysis/sensitivity.hpp>
#include <attest/analysis/truth_table.hpp>
#include <attest/circuit/builder.hpp>
#include <attest/compile/compile.hpp>
#include <attest/compile/inputs.hpp>
#include <attest/model/evaluate.hpp>
#include <iostream>

using namespace attest;

namespace {

exact::AffineMap row(exact::Rational entry) {
    exact::Matrix matrix{1, {{}}};
    if (entry != 0) matrix.rows[0].push_back({0, entry});
    return {matrix, {}};
}

/// y = [the symbol is 1]; the head's score of a position is its y, so that the first 1 wins, and what it finds is added
/// to y at the last position.
model::Transformer finds_a_one() {
    model::Transformer model;
    model.name = "finds-a-one";
    model.dimension = 1;
    model.embedding = {{0}, {1}};
    model::Head head;
    head.query = exact::AffineMap{{1, {{}}}, {1}};  // 1, whatever y is
    head.key = row(1);
    head.value = row(1);
    head.output = row(1);
    model::Attention attention;
    attention.heads = {head};
    model.layers = {{attention, {}}};
    model.readout = {-1, {1}, 0};
    return model;
}

}  // namespace

int main() {
    constexpr std::int64_t length = 6;
    const model::Transformer model = finds_a_one();

    const model::Evaluator evaluator(model, length);
    for (const char* word : {"000000", "000100", "110011"}) {
        const model::Evaluation evaluation = evaluator.evaluate(model.alphabet.parse(word, "word"));
        std::cout << word << " " << (evaluation.accepts ? "accept" : "reject") << ", score " << evaluation.score
                  << "\n";
    }

    circuit::Builder builder(std::size_t{1} << 20);
    const compile::Inputs inputs(builder, model.alphabet, length);
    const auto compiled = compile_model(builder, inputs, model, {}, {});
    const circuit::Literal accept = std::get<compile::CompiledModel>(compiled).accept;
    const auto table = analysis::tabulate(builder.circuit(), accept, 1, {});
    const auto& function = std::get<analysis::TruthTable>(table);
    const analysis::Sensitivity sensitivity = analysis::sensitivity(function);
    std::cout << "accepts " << function.count_ones() << " of " << function.size() << " words, sensitivity "
              << sensitivity.greatest().value << " at " << analysis::spell(sensitivity.greatest().input, length)
              << "\n";
}
