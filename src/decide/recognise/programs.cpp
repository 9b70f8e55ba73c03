#include <fmt/format.h>

#include <chrono>

#include "attest/base/error.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "compile/program.hpp"
#include "decide.hpp"

// Programs: all words where these are few, since tables evaluate them fast; else program and language as circuits, their XOR,
// and whether the program has a value at all, to a solver.

namespace attest::decide {

namespace {

using circuit::Literal;

constexpr std::uint64_t few_program_words = 1 << 16;

class ProgramProver {
  public:
    ProgramProver(const ProgramQuestion& question, const ProveOptions& options, const base::Limits& limits)
        : q_(question), options_(options), limits_(limits) {}

    Outcome decide() {
        if (options_.method == Method::planes)
            return {verdict::Undecided{verdict::Reason::unsupported, "cutting planes are about model files"}, {}};
        if (options_.method == Method::circuit) return circuit();
        const auto words = language::count_words(q_.program.alphabet, length(), options_.most_words);
        if (options_.method == Method::exhaustion || (words && *words <= few_program_words)) return exhaustion();
        Outcome outcome = circuit();
        const verdict::Undecided* why = outcome.undecided();
        return words && why != nullptr && why->reason == verdict::Reason::memory ? exhaustion() : outcome;
    }

  private:
    std::uint64_t length() const { return static_cast<std::uint64_t>(q_.length); }

    void tell(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }

    std::optional<Counterexample> compare(const language::Word& word, bool actual) const {
        const bool expected = q_.language.contains(translate(q_.meaning, word));
        if (expected == actual) return std::nullopt;
        return Counterexample{word, expected, actual};
    }

    /// By the definition, which also says where there is no value.
    std::optional<Counterexample> replay(const language::Word& word) const {
        return compare(word, network::accepts(q_.program, network::answers(q_.program, word)));
    }

    Outcome exhaustion() const {
        tell("evaluating all words");
        ProgramWords words(q_.program, q_.length);
        Progress progress;
        Outcome outcome = decide_by_exhaustion(
            q_.program.alphabet, q_.length,
            [&](const language::Word& word) { return compare(word, words.accepts(word)); }, options_, limits_,
            progress);
        const Counterexample* found = outcome.counterexample();
        if (found != nullptr && !replay(found->word))
            throw base::InternalError("a program answers otherwise by its definition");
        return outcome;
    }

    Outcome circuit() const {
        if (compile::Inputs::bytes(q_.program.alphabet, q_.length) > static_cast<double>(limits_.memory_bytes))
            return {verdict::Undecided{verdict::Reason::memory, "the inputs alone pass the memory limit"}, {}};
        tell("compiling");
        circuit::Builder builder(limits_.memory_bytes);
        const compile::Inputs inputs(builder, q_.program.alphabet, q_.length);
        auto compiled = compile_program(builder, inputs, q_.program, {}, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&compiled)) return {std::move(*why), {}};
        const auto& found = std::get<compile::CompiledModel>(compiled);
        const Literal member = compile_language(builder, inputs, q_.language, q_.meaning);
        builder.set_origin({circuit::Origin::Role::miter, -1, -1, -1, -1});
        std::vector<Literal> roots{builder.exclusive_or(found.accept, member), found.drop_literals[0]};
        if (builder.exhausted())
            return {verdict::Undecided{verdict::Reason::memory, "the circuit passes the memory limit"}, {}};
        circuit::Circuit reduced = circuit::cone(builder.circuit(), roots);
        reduced.add_output("miter", roots[0]);
        reduced.add_output("fault", roots[1]);
        return solve(inputs, std::move(reduced), std::move(roots));
    }

    Outcome solve(const compile::Inputs& inputs, circuit::Circuit circuit, std::vector<Literal> roots) const {
        Outcome outcome;
        outcome.statistics.gates = circuit.gate_count();
        outcome.statistics.wires = circuit.wire_count();
        Decision decision =
            refute(std::move(circuit), std::move(roots), {}, q_.length, q_.program.alphabet.size(), options_, limits_);
        if (decision.answer == logic::Answer::unknown) outcome.result = std::move(decision.why);
        else if (decision.answer == logic::Answer::unsatisfiable)
            outcome.result = Holds{std::move(*decision.refutation)};
        else outcome.result = witness(inputs.decode(decision.assignment));
        return outcome;
    }

    Fails witness(const language::Word& word) const {
        auto difference = replay(word);
        if (!difference)
            throw base::InternalError(
                fmt::format("the word {} shows no difference when it is evaluated: please report this",
                            q_.program.alphabet.spell(word)));
        return {std::move(*difference), {}};
    }

    const ProgramQuestion& q_;
    const ProveOptions& options_;
    const base::Limits& limits_;
};

}  // namespace

Outcome prove(const ProgramQuestion& question, const ProveOptions& options, const base::Limits& limits) {
    const auto start = std::chrono::steady_clock::now();
    if (!question.language.defined_at(static_cast<std::uint64_t>(question.length)))
        throw base::UsageError(
            fmt::format("{} is not defined for words of length {}", question.language.name(), question.length));
    network::require_decisions(question.program, question.length);
    Outcome outcome = ProgramProver(question, options, limits).decide();
    outcome.statistics.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

}  // namespace attest::decide
