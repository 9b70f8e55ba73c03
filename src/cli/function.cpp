#include "function.hpp"

#include <fmt/format.h>

#include <filesystem>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/base/text.hpp"
#include "attest/circuit/aiger.hpp"
#include "attest/compile/compile.hpp"
#include "attest/model/evaluate.hpp"
#include "attest/query/prove.hpp"
#include "lengths.hpp"
#include "subject.hpp"

namespace attest::cli {

namespace {

/// Words that the exact evaluator takes on where there is no circuit.
constexpr std::int64_t most_evaluated_length = 16;

using Loaded = std::variant<NamedFunction, verdict::Undecided>;

std::int64_t required_length(const FunctionOperand& operand) {
    if (operand.length.empty()) throw base::UsageError("--length: expected the number of symbols of the word, found none");
    return parse_length(operand.length, "--length");
}

void require_bits(const std::string& what, const language::Alphabet& alphabet) {
    if (alphabet.size() == 2) return;
    throw base::UsageError(
        fmt::format("{}: expected an alphabet of two symbols, for functions of bits, found {}; choose another MODEL or --language, or a --circuit over bits",
                    what, alphabet.describe()));
}

Loaded load_circuit(const FunctionOperand& operand) {
    circuit::Circuit circuit = circuit::read_aiger(base::read_file(operand.circuit), operand.circuit);
    if (circuit.outputs().size() != 1)
        throw base::InputError(operand.circuit, "one output", fmt::format("{}", circuit.outputs().size()));
    if (!circuit.constraints().empty()) throw base::InputError(operand.circuit, "no invariant constraints", fmt::format("{}", circuit.constraints().size()));
    if (!operand.length.empty() && parse_length(operand.length, "--length") != static_cast<std::int64_t>(circuit.input_count()))
        throw base::UsageError(fmt::format("--length: expected {}, the inputs of {}, found {}", circuit.input_count(), base::printable(operand.circuit),
                                           base::printable(operand.length)));
    NamedFunction result;
    result.kind = "circuit";
    result.name = std::filesystem::path(operand.circuit).filename().string();
    result.symbols = {"0", "1"};
    result.function.variables = static_cast<unsigned>(circuit.input_count());
    result.function.root = circuit.outputs().front().literal;
    result.function.circuit = std::move(circuit);
    return result;
}

/// Keeps what the root depends on.
void set_circuit(query::Function& function, const circuit::Circuit& circuit, circuit::Literal root) {
    std::vector<circuit::Literal> roots{root};
    function.circuit = cone(circuit, roots);
    function.root = roots.front();
    function.variables = static_cast<unsigned>(circuit.input_count());
}

Loaded load_language(const FunctionOperand& operand, const base::Limits& limits) {
    const language::Language language = language::Language::parse(operand.language, std::nullopt);
    const std::int64_t length = required_length(operand);
    if (!language.defined_at(static_cast<std::uint64_t>(length)))
        throw base::UsageError(fmt::format("--length: expected a length at which {} is defined, found {}", language.name(), length));
    require_bits(language.name(), language.alphabet());
    if (const double bytes = compile::Inputs::bytes(language.alphabet(), length); bytes > static_cast<double>(limits.memory_bytes))
        return verdict::Undecided{verdict::Reason::memory, fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)};
    circuit::Builder builder(limits.memory_bytes);
    const compile::Inputs inputs(builder, language.alphabet(), length);
    const circuit::Literal member = compile_language(builder, inputs, language, {0, 1});
    if (builder.exhausted()) return verdict::Undecided{verdict::Reason::memory, "in the middle of the circuit"};
    NamedFunction result;
    result.kind = "language";
    result.name = operand.language;
    result.symbols = language.alphabet().symbols();
    set_circuit(result.function, builder.circuit(), member);
    return result;
}

/// The values on all words, by the exact evaluator.
Loaded evaluate_all(NamedFunction result, std::int64_t length, const base::Limits& limits) {
    const model::Evaluator evaluator(*result.transformer, length);
    const auto n = static_cast<unsigned>(length);
    analysis::TruthTable table(n);
    language::Word word(static_cast<std::size_t>(length), 0);
    analysis::Input x = 0;
    do {
        if (const auto limit = limits.exceeded())
            return verdict::Undecided{verdict::reason_of(*limit), fmt::format("after {} of {} words", x, table.size())};
        table.set(x++, evaluator.evaluate(word).accepts);
    } while (language::next_word(word, result.transformer->alphabet));
    result.function.variables = n;
    result.function.table = std::move(table);
    return result;
}

Loaded load_transformer(const FunctionOperand& operand, const Session& session, const base::Limits& limits) {
    NamedFunction result;
    result.kind = "model";
    result.transformer = load_model(operand.model).transformer;
    const model::Transformer& t = *result.transformer;
    result.name = t.name;
    result.symbols = t.alphabet.symbols();
    const std::int64_t length = required_length(operand);
    (void)t.readout_position(t.sequence_length(length));
    require_bits(title(t), t.alphabet);
    if (t.kind() == model::AttentionKind::softmax)
        return verdict::Undecided{verdict::Reason::unsupported, "softmax models are no functions of bits that can be told exactly"};
    if (const double bytes = compile::Inputs::bytes(t.alphabet, length); bytes > static_cast<double>(limits.memory_bytes))
        return verdict::Undecided{verdict::Reason::memory, fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)};
    circuit::Builder builder(limits.memory_bytes);
    const compile::Inputs inputs(builder, t.alphabet, length);
    compile::Options options;
    options.never_true = query::find_never_true(inputs, session.options.seed, limits);
    auto compiled = compile_model(builder, inputs, t, options, limits);
    if (auto* why = std::get_if<verdict::Undecided>(&compiled)) {
        const bool may_replace = why->reason == verdict::Reason::memory || why->reason == verdict::Reason::unsupported;
        if (!may_replace || length > most_evaluated_length) return std::move(*why);
        return evaluate_all(std::move(result), length, limits);
    }
    set_circuit(result.function, builder.circuit(), std::get<compile::CompiledModel>(compiled).accept);
    return result;
}

}  // namespace

Loaded load_function(const FunctionOperand& operand, const Session& session, const base::Limits& limits) {
    const int given = (operand.model.empty() ? 0 : 1) + (operand.language.empty() ? 0 : 1) + (operand.circuit.empty() ? 0 : 1);
    if (given != 1) throw base::UsageError(fmt::format("expected one of MODEL, --language and --circuit, found {}", given));
    if (!operand.circuit.empty()) return load_circuit(operand);
    if (!operand.language.empty()) return load_language(operand, limits);
    return load_transformer(operand, session, limits);
}

}  // namespace attest::cli
