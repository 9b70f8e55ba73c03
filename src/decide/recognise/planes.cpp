#include "planes.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/network/evaluate.hpp"
#include "decide.hpp"
#include "planes_proof.hpp"

namespace attest::decide {

namespace {

using verdict::Reason;
using verdict::Undecided;

constexpr long greatest_counted_weight = 1 << 20;  ///< above it counters have too many sums

Outcome without_answer(Undecided why) { return {std::move(why), {}}; }

std::optional<compile::Layered> automaton_of(const Question& question) {
    const auto* dyck = std::get_if<language::Dyck>(&question.language.form());
    if (dyck == nullptr) return compile::layered(question.language, question.length);
    if (dyck->kinds != 1 || dyck->depth) return std::nullopt;
    return compile::layered(language::Language::parse("shuffle:1", std::nullopt), question.length);
}

/// Words on which sums are extreme, until one shows a difference.
std::optional<Counterexample> difference_among(const Question& question, std::vector<language::Word> words,
                                               const base::Limits& limits) {
    const network::Evaluator evaluator(question.model, question.length);
    for (language::Word& word : words) {
        if (limits.exceeded()) return std::nullopt;
        word.resize(static_cast<std::size_t>(question.length), 0);
        if (auto found = compare(question, evaluator, word)) return found;
    }
    return std::nullopt;
}

}  // namespace

std::variant<PlanesQuestion, Undecided> planes_question(const Question& question, std::size_t most_gates,
                                                        const base::Limits& limits) {
    if (const double bytes = compile::Inputs::bytes(question.model.alphabet, question.length);
        bytes > static_cast<double>(limits.memory_bytes))
        return Undecided{Reason::memory, fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)};
    const std::optional<compile::Layered> automaton = automaton_of(question);
    if (!automaton || question.length == 0)
        return Undecided{Reason::unsupported, "inequalities need a language with an automaton, and a symbol"};
    circuit::Builder names(limits.memory_bytes);
    const compile::Inputs inputs(names, question.model.alphabet, question.length);
    auto compiled = compile::compile_threshold(inputs, question.model, most_gates, limits);
    if (auto* why = std::get_if<Undecided>(&compiled)) return std::move(*why);
    auto& model = std::get<compile::ThresholdModel>(compiled);
    PlanesFormula formula = planes_formula(inputs, model, *automaton, question.meaning);
    return PlanesQuestion{inputs, std::move(model), std::move(formula)};
}

Outcome prove_by_planes(const Question& question, std::size_t most_gates, const ProveOptions& options,
                        const base::Limits& limits) {
    if (options.progress) options.progress("bounding sums by cutting planes");
    const auto asked = planes_question(question, most_gates, limits);
    if (const auto* why = std::get_if<Undecided>(&asked)) return without_answer(*why);
    const auto& [inputs, model, formula] = std::get<PlanesQuestion>(asked);
    auto found = PlanesProver(formula, inputs, model, limits).run();
    Outcome outcome;
    outcome.statistics.gates = model.circuit.gates().size();
    if (auto* proof = std::get_if<std::string>(&found)) {
        outcome.result = Holds{CuttingPlanes{to_opb(formula.formula), std::move(*proof), model.circuit.gates().size()}};
        return outcome;
    }
    if (auto word = difference_among(question, std::get<std::vector<language::Word>>(found), limits))
        outcome.result = Fails{shrink(question, *word, limits), {}};
    else if (const auto limit = limits.exceeded())
        outcome.result = Undecided{verdict::reason_of(*limit), "while bounding sums"};
    else
        outcome.result = Undecided{
            Reason::unsupported,
            "bounds and residues of the sums of gates do not show it by propagation alone, and cases of where a run "
            "leaves the language are not made"};
    return outcome;
}

bool has_large_weights(const Question& question, const base::Limits& limits) {
    constexpr std::size_t few_gates = 64;
    constexpr std::int64_t most_positions = 1 << 16;  // a proof for more would be too long to write
    if (question.length > most_positions) return false;
    circuit::Builder names(limits.memory_bytes);
    const compile::Inputs inputs(names, question.model.alphabet, question.length);
    const auto compiled = compile::compile_threshold(inputs, question.model, few_gates, limits);
    const auto* model = std::get_if<compile::ThresholdModel>(&compiled);
    return model != nullptr &&
           std::any_of(model->circuit.gates().begin(), model->circuit.gates().end(), [](const auto& gate) {
               return std::any_of(gate.wires.begin(), gate.wires.end(),
                                  [](const auto& wire) { return abs(wire.second) > greatest_counted_weight; });
           });
}

}  // namespace attest::decide
