// A model made in a program: one hard-attention head that looks for a 1 and reads whether it found one. It is evaluated
// exactly, compiled to a circuit, and the circuit's function is measured.
#include <attest/circuit/builder.hpp>
#include <attest/compile/compile.hpp>
#include <attest/compile/inputs.hpp>
#include <attest/measure/function/sensitivity.hpp>
#include <attest/measure/function/truth_table.hpp>
#include <attest/network/evaluate.hpp>
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
network::Transformer finds_a_one() {
    network::Transformer model;
    model.name = "finds-a-one";
    model.dimension = 1;
    model.embedding = {{0}, {1}};
    network::Head head;
    head.query = exact::AffineMap{{1, {{}}}, {1}};  // 1, whatever y is
    head.key = row(1);
    head.value = row(1);
    head.output = row(1);
    network::Attention attention;
    attention.heads = {head};
    model.layers = {{attention, {}}};
    model.readout.weight = {1};  // of the last position
    return model;
}

}  // namespace

int main() {
    constexpr std::int64_t length = 6;
    const network::Transformer model = finds_a_one();

    const network::Evaluator evaluator(model, length);
    for (const char* word : {"000000", "000100", "110011"}) {
        const network::Evaluation evaluation = evaluator.evaluate(model.alphabet.parse(word, "word"));
        std::cout << word << " " << (evaluation.accepts ? "accept" : "reject") << ", score " << evaluation.score
                  << "\n";
    }

    circuit::Builder builder(std::size_t{1} << 20);
    const compile::Inputs inputs(builder, model.alphabet, length);
    const auto compiled = compile_model(builder, inputs, model, {}, {});
    const circuit::Literal accept = std::get<compile::CompiledModel>(compiled).accept;
    const auto table = measure::tabulate(builder.circuit(), accept, 1, {});
    const auto& function = std::get<measure::TruthTable>(table);
    const measure::Sensitivity sensitivity = measure::sensitivity(function);
    std::cout << "accepts " << function.count_ones() << " of " << function.size() << " words, sensitivity "
              << sensitivity.greatest().value << " at " << measure::spell(sensitivity.greatest().input, length) << "\n";
}
