// Two programs as circuits over the same inputs, with all their answers, and whether they differ at some position to a solver
// (FORMAT.md, section 42). A satisfying assignment is a word, and is replayed.

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "circuit/structure.hpp"
#include "compile/program.hpp"
#include "texts.hpp"
#include "words.hpp"

namespace attest::equal {

namespace {

using circuit::Literal;
using network::Program;

class AnswerCircuits {
  public:
    AnswerCircuits(const Question& question, const decide::ProveOptions& options, const base::Limits& limits)
        : q_(question),
          options_(options),
          limits_(limits),
          model_(*std::get<const Program*>(question.model)),
          other_(*std::get<const Program*>(question.other)),
          ordered_(in_order(other_, question.letters)) {}

    Outcome compare() {
        if (compile::Inputs::bytes(model_.alphabet, q_.length) > static_cast<double>(limits_.memory_bytes))
            return undecided(verdict::Reason::memory, "the inputs alone pass the memory limit");
        if (options_.progress) options_.progress("compiling");
        circuit::Builder builder(limits_.memory_bytes);
        const compile::Inputs inputs(builder, model_.alphabet, q_.length);
        std::vector<compile::CompiledAnswers> both;
        for (const Program* program : {&model_, &ordered_}) {
            auto compiled = compile_answers(builder, inputs, *program, compile_options(), limits_);
            if (auto* why = std::get_if<verdict::Undecided>(&compiled)) return {std::move(*why), {}};
            both.push_back(std::get<compile::CompiledAnswers>(std::move(compiled)));
        }
        std::vector<Literal> roots{answers_differ(builder, both[0], both[1]), both[0].fault, both[1].fault};
        if (builder.exhausted()) return undecided(verdict::Reason::memory, "the circuit passes the memory limit");
        circuit::Circuit reduced = circuit::cone(builder.circuit(), roots);
        const char* const names[] = {"miter", "fault", "fault of the other"};
        for (std::size_t k = 0; k < roots.size(); ++k) reduced.add_output(names[k], roots[k]);
        return solve(inputs, std::move(reduced), std::move(roots));
    }

  private:
    static Outcome undecided(verdict::Reason reason, std::string detail) {
        return {verdict::Undecided{reason, std::move(detail)}, {}};
    }

    static compile::Options compile_options() {
        compile::Options options;
        options.most_values = decide::many_values;
        options.most_cases = decide::many_cases;
        return options;
    }

    Outcome solve(const compile::Inputs& inputs, circuit::Circuit circuit, std::vector<Literal> roots) const {
        Outcome outcome;
        outcome.statistics.gates = circuit.gate_count();
        outcome.statistics.wires = circuit.wire_count();
        decide::Decision decision = decide::refute(std::move(circuit), std::move(roots), {}, q_.length,
                                                   model_.alphabet.size(), options_, limits_);
        if (decision.answer == logic::Answer::unknown) outcome.result = std::move(decision.why);
        else if (decision.answer == logic::Answer::satisfiable)
            outcome.result = replay(inputs.decode(decision.assignment), decision.solver);
        else outcome.result = Holds{Refutation{std::move(*decision.refutation), {}}};
        return outcome;
    }

    /// Throws  InputError if one has no value on the word
    Difference replay(const language::Word& word, const std::string& solver) const {
        BothTexts texts{network::answers(model_, word), network::answers(other_, read_by_other(word, q_.letters))};
        if (texts.model == texts.other)
            throw base::InternalError(
                fmt::format("the word {} from {} shows no difference when it is evaluated: please report this",
                            model_.alphabet.spell(word), solver));
        return {word, false, std::move(texts)};
    }

    const Question& q_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    const Program& model_;
    const Program& other_;
    const Program ordered_;  ///< the other, with its symbols in the order of the model's
};

}  // namespace

Outcome compare_texts_by_circuit(const Question& question, const decide::ProveOptions& options,
                                 const base::Limits& limits) {
    return AnswerCircuits(question, options, limits).compare();
}

}  // namespace attest::equal
