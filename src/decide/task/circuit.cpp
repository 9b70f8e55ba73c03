#include "circuit.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "circuit/structure.hpp"
#include "compile/program.hpp"
#include "decide/recognise/decide.hpp"
#include "logic/tseitin.hpp"
#include "task_program.hpp"

namespace attest::task {

namespace {

using circuit::Literal;
using language::Word;

struct Built {
    compile::Inputs inputs;
    circuit::Builder builder;
    Literal differs;  ///< at some position
    Literal fault;
};

class ByCircuit {
  public:
    ByCircuit(const Question& question, const Options& options, const base::Limits& limits)
        : q_(question), options_(options), limits_(limits), symbols_(question.program.alphabet.size()) {}

    Outcome go() {
        outcome_.by = Method::circuit;
        if (q_.length == 0) return stop(verdict::Reason::unsupported, "the empty word has no circuit");
        if (compile::Inputs::bytes(q_.program.alphabet, q_.length) > static_cast<double>(limits_.memory_bytes))
            return stop(verdict::Reason::memory, "the inputs alone pass the memory limit");
        tell("compiling");
        auto built = build();
        if (auto* why = std::get_if<verdict::Undecided>(&built)) {
            outcome_.why = std::move(*why);
            return std::move(outcome_);
        }
        outcome_.words =
            language::count_words(q_.program.alphabet, static_cast<std::uint64_t>(q_.length), UINT64_MAX).value_or(0);
        Built& found = std::get<Built>(built);
        if (options_.count) count(found);
        else prove(found);
        return std::move(outcome_);
    }

  private:
    using MaybeAnswers = std::variant<compile::CompiledAnswers, verdict::Undecided>;

    void tell(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }

    Outcome stop(verdict::Reason reason, std::string detail) {
        outcome_.why = {reason, std::move(detail)};
        return std::move(outcome_);
    }

    std::variant<Built, verdict::Undecided> build() const {
        const auto wanted = task_program(q_.task, q_.program.alphabet, q_.length);
        if (!wanted)
            return verdict::Undecided{verdict::Reason::unsupported,
                                      fmt::format("{} has no circuit at length {}", q_.task.name(), q_.length)};
        circuit::Builder builder(limits_.memory_bytes);
        const compile::Inputs inputs(builder, q_.program.alphabet, q_.length);
        compile::Options options;
        options.most_values = decide::many_values;
        options.most_cases = decide::many_cases;
        MaybeAnswers found = compile_answers(builder, inputs, q_.program, options, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&found)) return std::move(*why);
        MaybeAnswers expected = compile_answers(builder, inputs, *wanted, {}, limits_);
        if (auto* why = std::get_if<verdict::Undecided>(&expected)) return std::move(*why);
        const auto& program = std::get<compile::CompiledAnswers>(found);
        const Literal differs = answers_differ(builder, program, std::get<compile::CompiledAnswers>(expected));
        if (builder.exhausted())
            return verdict::Undecided{verdict::Reason::memory, "the circuit passes the memory limit"};
        return Built{inputs, std::move(builder), differs, program.fault};
    }

    decide::Decision refute(const circuit::Builder& builder, std::vector<Literal> roots) const {
        circuit::Circuit reduced = circuit::cone(builder.circuit(), roots);
        reduced.add_output("miter", roots[0]);
        reduced.add_output("fault", roots[1]);
        decide::ProveOptions prove;
        prove.back_end = options_.back_end;
        prove.seed = options_.seed;
        prove.progress = options_.progress;
        return decide::refute(std::move(reduced), std::move(roots), {}, q_.length, symbols_, prove, limits_);
    }

    void take(decide::Decision decision) {
        outcome_.refutation = std::move(decision.refutation);
        if (outcome_.refutation->proof.empty())
            outcome_.why = {verdict::Reason::unchecked, outcome_.refutation->no_proof};
    }

    void prove(const Built& built) {
        decide::Decision decision = refute(built.builder, {built.differs, built.fault});
        if (decision.answer == logic::Answer::unknown) outcome_.why = std::move(decision.why);
        else if (decision.answer == logic::Answer::unsatisfiable) take(std::move(decision));
        else {
            outcome_.wrong = 1;
            outcome_.first.push_back(replay(built.inputs.decode(decision.assignment), decision.solver));
        }
    }

    Mistake replay(const Word& word, const std::string& solver) const {
        std::vector<std::string> expected = q_.task.expected(word), actual = network::answers(q_.program, word);
        if (actual == expected)
            throw base::InternalError(
                fmt::format("the word {} from {} is no mistake when it is evaluated: please report this",
                            q_.program.alphabet.spell(word), solver));
        return {word, std::move(expected), std::move(actual)};
    }

    void count(Built& built) {
        if (built.fault != circuit::bottom) {
            outcome_.why = {verdict::Reason::unsupported, "the program may have no value on some word"};
            return;
        }
        if (!list(built)) return;
        std::sort(outcome_.list.begin(), outcome_.list.end());
        outcome_.wrong = outcome_.list.size();
        for (std::size_t k = 0; k < std::min(outcome_.list.size(), std::max<std::size_t>(options_.shown, 1)); ++k)
            outcome_.first.push_back(replay(outcome_.list[k], "the solver"));
        show_no_others(built);
    }

    /// All mistakes, in the order in which the solver finds them; false: it did not come to an end.
    bool list(const Built& built) {
        const circuit::Circuit& circuit = built.builder.circuit();
        const auto solver = logic::make_solver(logic::BackEnd::cadical, {.seed = options_.seed});
        add_formula(*solver, logic::formula(circuit, std::vector<Literal>{built.differs}, q_.length, symbols_));
        for (;;) {
            tell(fmt::format("{} mistakes so far", outcome_.list.size()));
            const logic::Answer answer = solver->solve({}, limits_);
            if (answer == logic::Answer::unsatisfiable) return true;
            const auto limit = limits_.exceeded();
            if (answer == logic::Answer::unknown || outcome_.list.size() == options_.most_listed) {
                outcome_.why = {limit ? verdict::reason_of(*limit) : verdict::Reason::memory,
                                fmt::format("after {} mistakes, each of which a solver finds", outcome_.list.size())};
                return false;
            }
            std::vector<bool> assignment;
            for (std::size_t k = 0; k < circuit.input_count(); ++k)
                assignment.push_back(solver->value(static_cast<std::int32_t>(circuit.input(k))));
            outcome_.list.push_back(replay(built.inputs.decode(assignment), solver->name()).word);
            std::vector<std::int32_t> another;
            for (const Literal present : symbols_of(built.inputs, outcome_.list.back()))
                if (present != circuit::top) another.push_back(-logic::dimacs(present));
            solver->add_clause(another);
        }
    }

    static std::vector<Literal> symbols_of(const compile::Inputs& inputs, const Word& word) {
        std::vector<Literal> symbols;
        for (std::size_t i = 0; i < word.size(); ++i)
            symbols.push_back(inputs.present(static_cast<std::int64_t>(i) + 1, word[i]));
        return symbols;
    }

    void show_no_others(Built& built) {
        std::vector<Literal> others{built.differs};
        for (const Word& word : outcome_.list)
            others.push_back(!built.builder.conjunction(symbols_of(built.inputs, word)));
        const Literal other = built.builder.conjunction(others);
        decide::Decision decision = refute(built.builder, {other, built.fault});
        if (decision.answer == logic::Answer::satisfiable)
            throw base::InternalError("a solver finds a mistake that it denied: please report this");
        if (decision.answer == logic::Answer::unknown) outcome_.why = std::move(decision.why);
        else take(std::move(decision));
    }

    const Question& q_;
    const Options& options_;
    const base::Limits& limits_;
    std::size_t symbols_;
    Outcome outcome_;
};

}  // namespace

Outcome hold_by_circuit(const Question& question, const Options& options, const base::Limits& limits) {
    return ByCircuit(question, options, limits).go();
}

}  // namespace attest::task
