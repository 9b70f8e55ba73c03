#include "function.hpp"

#include <fmt/format.h>

#include <filesystem>
#include <functional>
#include <memory>

#include "attest/base/error.hpp"
#include "attest/base/file.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/network/at_length.hpp"
#include "attest/network/evaluate.hpp"
#include "base/text.hpp"
#include "circuit/aiger.hpp"
#include "compile/kinds.hpp"
#include "compile/program.hpp"
#include "compile/tables.hpp"
#include "compile/truth_table.hpp"
#include "language_notes.hpp"
#include "lengths.hpp"
#include "subject.hpp"
#include "table_note.hpp"

namespace attest::cli {

namespace {

/// Words that the exact evaluator takes on where there is no circuit.
constexpr std::int64_t most_evaluated_length = 16;
/// Up to it all words of a model of average attention take less time than its circuit.
constexpr std::int64_t most_tabulated_length = 12;

using Loaded = std::variant<NamedFunction, verdict::Undecided>;
using Compiler = std::function<std::variant<compile::CompiledModel, verdict::Undecided>(
    circuit::Builder&, const compile::Inputs&, const compile::Options&)>;
using Accepts = std::function<bool(const language::Word&)>;

std::int64_t required_length(const FunctionOperand& operand) {
    if (operand.length.empty())
        throw base::UsageError("--length: expected the number of symbols of the word, found none");
    return parse_length(operand.length, "--length");
}

void require_bits(const std::string& what, const language::Alphabet& alphabet) {
    if (alphabet.size() == 2) return;
    throw base::UsageError(
        fmt::format("{}: expected an alphabet of two symbols, for functions of bits, found {}; choose another MODEL or "
                    "--language, or a --circuit over bits",
                    what, alphabet.describe()));
}

circuit::Circuit read_circuit(const FunctionOperand& operand) {
    circuit::Circuit circuit = circuit::read_aiger(base::read_file(operand.circuit), operand.circuit);
    if (circuit.outputs().empty()) throw base::InputError(operand.circuit, "an output", "none");
    if (!circuit.constraints().empty())
        throw base::InputError(operand.circuit, "no invariant constraints",
                               fmt::format("{}", circuit.constraints().size()));
    if (!operand.length.empty() &&
        parse_length(operand.length, "--length") != static_cast<std::int64_t>(circuit.input_count()))
        throw base::UsageError(fmt::format("--length: expected {}, the inputs of {}, found {}", circuit.input_count(),
                                           base::printable(operand.circuit), base::printable(operand.length)));
    return circuit;
}

/// An output without a name goes by its number, from 1.
std::string output_name(const circuit::Circuit& circuit, std::size_t k) {
    const std::string& name = circuit.outputs()[k].name;
    return name.empty() ? std::to_string(k + 1) : name;
}

NamedFunction function_of_output(const FunctionOperand& operand, const circuit::Circuit& circuit, std::size_t k) {
    NamedFunction result;
    result.kind = "circuit";
    result.name = std::filesystem::path(operand.circuit).filename().string();
    if (circuit.outputs().size() > 1) result.output = output_name(circuit, k);
    result.symbols = {"0", "1"};
    result.function.variables = static_cast<unsigned>(circuit.input_count());
    result.function.root = circuit.outputs()[k].literal;
    result.function.circuit = circuit;
    return result;
}

/// By name, else by number.
std::size_t chosen_output(const FunctionOperand& operand, const circuit::Circuit& circuit) {
    const std::size_t count = circuit.outputs().size();
    if (operand.output.empty() && count == 1) return 0;
    for (std::size_t k = 0; k < count; ++k)
        if (!operand.output.empty() && circuit.outputs()[k].name == operand.output) return k;
    for (std::size_t k = 0; k < count; ++k)
        if (std::to_string(k + 1) == operand.output) return k;
    std::vector<std::string> names;
    for (std::size_t k = 0; k < count && k < 8; ++k) names.push_back(base::printable(output_name(circuit, k)));
    const std::string listed = fmt::format("{}{}", fmt::join(names, ", "), count > names.size() ? ", …" : "");
    if (operand.output.empty())
        throw base::InputError(operand.circuit, "one output, or --output NAME, a number from 1, or all",
                               fmt::format("{} outputs: {}", count, listed));
    throw base::UsageError(fmt::format("--output: expected one of {}, a number from 1 to {}, or all, found '{}'",
                                       listed, count, base::printable(operand.output)));
}

Loaded load_circuit(const FunctionOperand& operand) {
    const circuit::Circuit circuit = read_circuit(operand);
    return function_of_output(operand, circuit, chosen_output(operand, circuit));
}

/// Keeps what the root depends on.
void set_circuit(measure::Function& function, const circuit::Circuit& circuit, circuit::Literal root) {
    std::vector<circuit::Literal> roots{root};
    function.circuit = cone(circuit, roots);
    function.root = roots.front();
    function.variables = static_cast<unsigned>(circuit.input_count());
}

Loaded load_language_function(const FunctionOperand& operand, const Session& session, const base::Limits& limits) {
    const language::Language language = language::Language::parse(operand.language, std::nullopt);
    note_reading(session, operand.language);
    const std::int64_t length = required_length(operand);
    if (!language.defined_at(static_cast<std::uint64_t>(length)))
        throw base::UsageError(
            fmt::format("--length: expected a length at which {} is defined, found {}", language.name(), length));
    require_bits(language.name(), language.alphabet());
    if (const double bytes = compile::Inputs::bytes(language.alphabet(), length);
        bytes > static_cast<double>(limits.memory_bytes))
        return verdict::Undecided{verdict::Reason::memory,
                                  fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)};
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
Loaded evaluate_all(NamedFunction result, const language::Alphabet& alphabet, std::int64_t length,
                    const Accepts& accepts, const base::Limits& limits) {
    const auto n = static_cast<unsigned>(length);
    measure::TruthTable table(n);
    language::Word word(static_cast<std::size_t>(length), 0);
    measure::Input x = 0;
    do {
        if (const auto limit = limits.exceeded())
            return verdict::Undecided{verdict::reason_of(*limit), fmt::format("after {} of {} words", x, table.size())};
        table.set(x++, accepts(word));
    } while (language::next_word(word, alphabet));
    result.function.variables = n;
    result.function.table = std::move(table);
    return result;
}

/// A function by its circuit where that fits the limits, else by the evaluator.
Loaded compile_or_evaluate(NamedFunction result, const language::Alphabet& alphabet, std::int64_t length,
                           const Compiler& compile, const Accepts& accepts, const Session& session,
                           const base::Limits& limits) {
    if (const double bytes = compile::Inputs::bytes(alphabet, length); bytes > static_cast<double>(limits.memory_bytes))
        return verdict::Undecided{verdict::Reason::memory,
                                  fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)};
    circuit::Builder builder(limits.memory_bytes);
    const compile::Inputs inputs(builder, alphabet, length);
    compile::Options options;
    options.never_true = decide::find_never_true(inputs, session.options.seed, limits);
    auto compiled = compile(builder, inputs, options);
    if (auto* why = std::get_if<verdict::Undecided>(&compiled)) {
        const bool may_replace = why->reason == verdict::Reason::memory || why->reason == verdict::Reason::unsupported;
        if (!may_replace || length > most_evaluated_length) return std::move(*why);
        return evaluate_all(std::move(result), alphabet, length, accepts, limits);
    }
    set_circuit(result.function, builder.circuit(), std::get<compile::CompiledModel>(compiled).accept);
    return result;
}

/// All words of a model that has no circuit, each with the answer that is certain; and a circuit of these answers.
Loaded load_tabulated(NamedFunction result, const Session& session, std::int64_t length, const base::Limits& limits) {
    const network::Transformer& t = *result.transformer;
    decide::TableOptions options;
    auto tabulated = decide::tabulate(&t, length, options, limits);
    if (auto* why = std::get_if<verdict::Undecided>(&tabulated)) return std::move(*why);
    auto& answers = std::get<decide::AnswerTable>(tabulated);
    session.note(table_note(t, answers));
    circuit::Builder builder(limits.memory_bytes);
    const compile::Inputs inputs(builder, t.alphabet, length);
    const circuit::Literal accept = compile::compile_table(builder, inputs, answers.accepts);
    if (!builder.exhausted()) set_circuit(result.function, builder.circuit(), accept);
    const auto n = static_cast<unsigned>(length);
    measure::TruthTable table(n);
    for (measure::Input x = 0; x < table.size(); ++x) table.set(x, answers.accepts[x]);
    result.function.variables = n;
    result.function.table = std::move(table);
    return result;
}

Loaded load_tables(const network::Guhat& tables, const FunctionOperand& operand, const Session& session,
                   const base::Limits& limits) {
    NamedFunction result;
    result.kind = "model";
    result.name = tables.name;
    result.symbols = tables.alphabet.symbols();
    if (!operand.length.empty()) require_length(tables, operand.model, parse_length(operand.length, "--length"));
    require_bits(title(tables), tables.alphabet);
    network::GuhatEvaluator evaluator(tables);
    return compile_or_evaluate(
        std::move(result), tables.alphabet, tables.length,
        [&](auto& builder, const auto& inputs, const auto& options) {
            return compile_guhat(builder, inputs, tables, options, limits);
        },
        [&](const language::Word& word) { return evaluator.accepts(word); }, session, limits);
}

Loaded load_program(const network::Program& program, const FunctionOperand& operand, const Session& session,
                    const base::Limits& limits) {
    NamedFunction result;
    result.kind = "model";
    result.name = program.name;
    result.symbols = program.alphabet.symbols();
    const std::int64_t length = required_length(operand);
    network::require_decisions(program, length);
    require_bits(title(program), program.alphabet);
    const auto compile = [&](auto& builder, const auto& inputs,
                             const auto& options) -> std::variant<compile::CompiledModel, verdict::Undecided> {
        auto compiled = compile_program(builder, inputs, program, options, limits);
        const auto* found = std::get_if<compile::CompiledModel>(&compiled);
        if (found != nullptr && found->drop_literals[0] != circuit::bottom)
            return verdict::Undecided{verdict::Reason::unsupported, "the program may have no value on some words"};
        return compiled;
    };
    const auto accepts = [&](const language::Word& word) {
        return network::accepts(program, network::answers(program, word));
    };
    return compile_or_evaluate(std::move(result), program.alphabet, length, compile, accepts, session, limits);
}

Loaded load_operand(const FunctionOperand& operand, const Session& session, const base::Limits& limits) {
    const formats::NetworkFile subject = load_network(operand.model);
    if (const auto* program = std::get_if<formats::ProgramFile>(&subject))
        return load_program(program->program, operand, session, limits);
    if (const auto* tables = std::get_if<formats::GuhatFile>(&subject))
        return load_tables(tables->guhat, operand, session, limits);
    NamedFunction result;
    result.kind = "model";
    result.transformer = std::get<formats::ModelFile>(subject).transformer;
    const network::Transformer& t = *result.transformer;
    result.name = t.name;
    result.symbols = t.alphabet.symbols();
    const std::int64_t length = required_length(operand);
    network::require_decidable(t, length);
    require_bits(title(t), t.alphabet);
    if (!compile::has_circuit(t) || (compile::counts(t) && length <= most_tabulated_length))
        return load_tabulated(std::move(result), session, length, limits);
    // Made when it is first asked: what compiles needs no evaluator. The copy outlives the move of `result`.
    const auto transformer = std::make_shared<const network::Transformer>(t);
    std::optional<network::Evaluator> evaluator;
    return compile_or_evaluate(
        std::move(result), transformer->alphabet, length,
        [&](auto& builder, const auto& inputs, const auto& options) {
            return compile_model(builder, inputs, *transformer, options, limits);
        },
        [&](const language::Word& word) {
            if (!evaluator) evaluator.emplace(*transformer, length);
            return evaluator->evaluate(word).accepts;
        },
        session, limits);
}

}  // namespace

Loaded load_function(const FunctionOperand& operand, const Session& session, const base::Limits& limits) {
    const int given =
        (operand.model.empty() ? 0 : 1) + (operand.language.empty() ? 0 : 1) + (operand.circuit.empty() ? 0 : 1);
    if (given != 1)
        throw base::UsageError(fmt::format("expected one of MODEL, --language and --circuit, found {}", given));
    if (!operand.output.empty() && operand.circuit.empty())
        throw base::UsageError("--output: expected --circuit with it");
    if (!operand.circuit.empty()) return load_circuit(operand);
    if (!operand.language.empty()) return load_language_function(operand, session, limits);
    return load_operand(operand, session, limits);
}

std::vector<NamedFunction> load_outputs(const FunctionOperand& operand) {
    if (operand.circuit.empty() || !operand.model.empty() || !operand.language.empty())
        throw base::UsageError("--output: expected --circuit with it, and no MODEL or --language");
    const circuit::Circuit circuit = read_circuit(operand);
    std::vector<NamedFunction> functions;
    for (std::size_t k = 0; k < circuit.outputs().size(); ++k)
        functions.push_back(function_of_output(operand, circuit, k));
    return functions;
}

}  // namespace attest::cli
