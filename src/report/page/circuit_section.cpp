#include "circuit_section.hpp"

#include <fmt/format.h>

#include "attest/compile/compile.hpp"
#include "base/text.hpp"
#include "circuit/structure.hpp"
#include "circuit_drawing.hpp"
#include "compile/kinds.hpp"

namespace attest::report {

namespace {

/// A compilation that needs more than this is for `attest compile`. Counts and not seconds, so that the page is the same
/// on every machine.
constexpr std::size_t most_bytes = std::size_t{16} << 20;
constexpr std::size_t most_values = 64, most_cases = 4096;
constexpr std::int64_t longest = 64;

/// The model's circuit alone, without gates that its output does not need; or why there is none.
std::variant<circuit::Circuit, std::string> compile_small(const network::Transformer& t, std::int64_t length) {
    if (!compile::has_circuit(t))
        return std::string("Circuits are made of models with hard and average attention only; this one has ") +
               to_string(t.kind()) + " attention.";
    if (length > longest)
        return fmt::format("The circuit at length {} is too big to draw; attest compile says how big it is.", length);
    circuit::Builder builder(most_bytes);
    const compile::Inputs inputs(builder, t.alphabet, length);
    compile::Options options;
    options.most_values = most_values;
    options.most_cases = most_cases;
    base::Limits limits;
    limits.memory_bytes = most_bytes;
    const auto compiled = compile_model(builder, inputs, t, options, limits);
    if (std::holds_alternative<verdict::Undecided>(compiled))
        return std::string("The circuit is too big to draw; attest compile says how big it is.");
    builder.circuit().add_output("accept", std::get<compile::CompiledModel>(compiled).accept);
    std::vector<circuit::Literal> none;
    return cone(builder.circuit(), none);
}

}  // namespace

void write_circuit(Context& page, const Subject& subject) {
    const auto* transformer = std::get_if<network::Transformer>(&subject.network);
    if (transformer == nullptr) return;
    Html& html = page.html;
    const auto made = compile_small(*transformer, subject.length);
    const auto details = html.element("details");
    html.leaf("summary", fmt::format("The model as a circuit at length {}", subject.length));
    if (const auto* why = std::get_if<std::string>(&made)) {
        html.leaf("p", *why, {{"class", "note"}});
        return;
    }
    const auto& circuit = std::get<circuit::Circuit>(made);
    const circuit::Statistics s = statistics(circuit);
    const std::string size = fmt::format("{}, {} ({} AND, {} XOR), {}, depth {}", base::counted(s.inputs, "input"),
                                         base::counted(s.size(), "gate"), s.conjunctions, s.exclusive_ors,
                                         base::counted(s.wires, "wire"), s.depth);
    if (const circuit::Literal output = circuit.outputs().front().literal; output.node() == 0) {
        html.leaf("p",
                  fmt::format("The circuit is constant: at this length the model {} every word.",
                              output.complemented() ? "accepts" : "rejects"),
                  {{"class", "note"}});
        return;
    }
    if (s.size() > page.options.most_gates || s.wires > page.options.most_wires || s.inputs > page.options.most_gates) {
        html.leaf("p",
                  fmt::format("{}: more than the {} gates and {} wires up to which circuits are drawn here.", size,
                              page.options.most_gates, page.options.most_wires),
                  {{"class", "note"}});
        return;
    }
    page.figure(draw_circuit(circuit, fmt::format("Circuit of {} at length {}", base::printable(transformer->name),
                                                  subject.length)),
                size +
                    ". Constant-depth form; ∧ is AND, ⊕ is XOR; a ring at the end of a wire negates it. Inputs x1, x2, "
                    "… are true where the word holds the alphabet’s second symbol.");
}

}  // namespace attest::report
