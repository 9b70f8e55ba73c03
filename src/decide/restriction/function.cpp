#include "attest/decide/restriction/function.hpp"

#include <fmt/format.h>

#include "attest/circuit/builder.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/network/evaluate.hpp"
#include "circuit/simulate.hpp"
#include "compile/program.hpp"
#include "compile/tables.hpp"
#include "decide/restriction/tables.hpp"
#include "word_table.hpp"

namespace attest::restriction {

namespace {

using circuit::Literal;

/// Keeps of a compilation what the answer, the drops and the values need.
Function keep(const compile::Inputs& inputs, circuit::Builder builder, compile::CompiledModel compiled) {
    std::vector<Literal> roots{compiled.accept};
    roots.insert(roots.end(), compiled.drop_literals.begin(), compiled.drop_literals.end());
    for (const auto& boundary : compiled.values)
        for (const auto& position : boundary) roots.insert(roots.end(), position.begin(), position.end());
    circuit::Circuit reduced = circuit::cone(builder.circuit(), roots);
    auto root = roots.begin();
    Function f{inputs,
               std::move(reduced),
               *root++,
               std::move(compiled.drops),
               std::move(compiled.drop_literals),
               std::move(compiled.values)};
    for (Literal& l : f.drop_literals) l = *root++;
    for (auto& boundary : f.values)
        for (auto& position : boundary)
            for (Literal& l : position) l = *root++;
    return f;
}

/// What is compiled, at one length: a model or tables.
struct Source {
    const language::Alphabet& alphabet;
    std::int64_t length;
    std::function<std::variant<compile::CompiledModel, verdict::Undecided>(circuit::Builder&, const compile::Inputs&,
                                                                           const compile::Options&)>
        compile;
};

std::variant<Function, verdict::Undecided> build(const Source& source, compile::Options options,
                                                 const base::Limits& limits) {
    circuit::Builder builder(limits.memory_bytes);
    const compile::Inputs inputs(builder, source.alphabet, source.length);
    options.form = compile::Form::compact;
    options.keep_values = true;
    auto compiled = source.compile(builder, inputs, options);
    if (auto* why = std::get_if<verdict::Undecided>(&compiled)) return std::move(*why);
    return keep(inputs, std::move(builder), std::move(std::get<compile::CompiledModel>(compiled)));
}

std::vector<compile::Drop> find_drops(const Source& source, std::uint64_t seed, const base::Limits& limits) {
    circuit::Builder builder(limits.memory_bytes);
    const compile::Inputs inputs(builder, source.alphabet, source.length);
    compile::Options options;
    options.form = compile::Form::compact;
    options.never_true = decide::find_never_true(inputs, seed, limits);
    auto compiled = source.compile(builder, inputs, options);
    auto* found = std::get_if<compile::CompiledModel>(&compiled);
    return found == nullptr ? std::vector<compile::Drop>{} : std::move(found->drops);
}

std::optional<verdict::Undecided> too_long(const Source& source, const base::Limits& limits) {
    const double bytes = compile::Inputs::bytes(source.alphabet, source.length);
    if (bytes <= static_cast<double>(limits.memory_bytes)) return std::nullopt;
    return verdict::Undecided{verdict::Reason::memory,
                              fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)};
}

/// So many values and cases as a circuit can have.
compile::Options bounded() {
    compile::Options options;
    options.most_values = decide::many_values;
    options.most_cases = decide::many_cases;
    return options;
}

}  // namespace

std::vector<Literal> Function::restricted_inputs(const Restriction& restriction) const {
    std::vector<Literal> literals;
    for (std::size_t k = 0; k < circuit.input_count(); ++k) literals.emplace_back(circuit.input(k), false);
    for (std::size_t i = 0; i < restriction.length(); ++i) {
        if (!restriction.fixed[i]) continue;
        for (language::Symbol a = 0; a < symbols(); ++a) {
            const Literal present = inputs.present(static_cast<std::int64_t>(i) + 1, a);
            if (present.node() == 0) continue;
            const bool holds = *restriction.fixed[i] == a;
            literals[present.node() - 1] = (holds ? circuit::top : circuit::bottom) ^ present.complemented();
        }
    }
    return literals;
}

std::variant<Function, verdict::Undecided> compile_function(const network::Transformer& t, std::int64_t length,
                                                            std::uint64_t seed, const base::Limits& limits) {
    const Source source{t.alphabet, length, [&](auto& builder, const auto& inputs, const auto& options) {
                            return compile_model(builder, inputs, t, options, limits);
                        }};
    if (auto why = too_long(source, limits)) return std::move(*why);
    auto plain = build(source, bounded(), limits);
    const auto* why = std::get_if<verdict::Undecided>(&plain);
    if (why == nullptr || why->reason != verdict::Reason::memory) return plain;
    compile::Options with_drops;
    with_drops.drops = find_drops(source, seed, limits);
    return build(source, with_drops, limits);
}

std::variant<Function, verdict::Undecided> compile_function(const network::Guhat& tables, std::uint64_t seed,
                                                            const base::Limits& limits) {
    const Source source{tables.alphabet, tables.length, [&](auto& builder, const auto& inputs, const auto& options) {
                            return compile_guhat(builder, inputs, tables, options, limits);
                        }};
    if (auto why = too_long(source, limits)) return std::move(*why);
    // No certificate names the values that never occur, so that they may be left out without a word.
    circuit::Builder asked(limits.memory_bytes);
    compile::Options options;
    options.never_true = decide::find_never_true(compile::Inputs(asked, tables.alphabet, tables.length), seed, limits);
    return build(source, options, limits);
}

std::variant<Function, verdict::Undecided> compile_function(const network::Program& program, std::int64_t length,
                                                            const base::Limits& limits) {
    const Source source{program.alphabet, length, [&](auto& builder, const auto& inputs, const auto& options) {
                            return compile_program(builder, inputs, program, options, limits);
                        }};
    if (auto why = too_long(source, limits)) return std::move(*why);
    auto built = build(source, bounded(), limits);
    auto* function = std::get_if<Function>(&built);
    if (function == nullptr) return built;
    if (function->drop_literals.front() != circuit::bottom)
        return verdict::Undecided{verdict::Reason::memory, "the program may have no value on some word"};
    function->drop_literals.clear();
    return built;
}

std::optional<TruthTable> tabulate(const Function& function, std::uint64_t most_words) {
    std::uint64_t words = 1;
    for (std::size_t i = 0; i < function.length() && function.symbols() > 1; ++i) {
        if (words > most_words / function.symbols()) return std::nullopt;
        words *= function.symbols();
    }
    circuit::Simulator simulator(function.circuit, std::vector<Literal>{function.accept});
    const Restriction all = Restriction::all_free(function.length());
    language::Word word = all.first_word();
    TruthTable table(words);
    std::vector<std::uint64_t> inputs(function.circuit.input_count()), output(1);
    for (std::uint64_t first = 0; first < words; first += 64) {
        std::fill(inputs.begin(), inputs.end(), 0);
        const std::uint64_t last = std::min<std::uint64_t>(first + 64, words);
        for (std::uint64_t w = first; w < last; ++w) {
            for (std::size_t i = 0; i < word.size() && function.symbols() > 1; ++i) {
                const Literal present = function.inputs.present(static_cast<std::int64_t>(i) + 1, word[i]);
                if (!present.complemented()) inputs[present.node() - 1] |= std::uint64_t{1} << (w - first);
            }
            all.next_word(word, function.symbols());
        }
        simulator.run(inputs, output, 1);
        for (std::uint64_t w = first; w < last; ++w) table[w] = (output[0] >> (w - first) & 1) != 0;
    }
    return table;
}

std::optional<TruthTable> tabulate(const language::Alphabet& alphabet, std::int64_t length, const Accepts& accepts,
                                   std::uint64_t most_words, const base::Limits& limits) {
    const auto words = language::count_words(alphabet, static_cast<std::uint64_t>(length), most_words);
    if (!words) return std::nullopt;
    language::Word word(static_cast<std::size_t>(length), 0);
    TruthTable table;
    do {
        if (limits.exceeded()) return std::nullopt;
        table.push_back(accepts(word));
    } while (language::next_word(word, alphabet));
    return table;
}

std::optional<TruthTable> tabulate(const network::Transformer& t, std::int64_t length, std::uint64_t most_words,
                                   const base::Limits& limits) {
    const network::Evaluator evaluator(t, length);
    return tabulate(
        t.alphabet, length, [&](const language::Word& word) { return evaluator.evaluate(word).accepts; }, most_words,
        limits);
}

}  // namespace attest::restriction
