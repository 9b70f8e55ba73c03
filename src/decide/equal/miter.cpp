#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "circuit/structure.hpp"
#include "compile/program.hpp"
#include "words.hpp"

// Both networks as circuits over the same inputs, the other one with its symbols in the order of the model's; their XOR
// (FORMAT.md, section 13) to a solver. A satisfying assignment is a word, and is replayed.

namespace attest::equal {

namespace {

using circuit::Literal;
using network::Program;
using network::Transformer;

struct Miter {
    compile::Inputs inputs;
    circuit::Circuit circuit;
    std::vector<Literal> roots;
    std::vector<compile::Drop> drops, other_drops;
};

using MaybeMiter = std::variant<Miter, verdict::Undecided>;
using Drops = std::vector<compile::Drop>;

/// Hard attention, or a program.
using Compiles = std::variant<Transformer, Program>;

/// The other network, with its symbols in the order of the model's.
Transformer model_in_order(const Transformer& other, const language::Alphabet& alphabet,
                           const std::vector<language::Symbol>& letters) {
    Transformer ordered = other;
    ordered.alphabet = alphabet;
    for (std::size_t a = 0; a < letters.size(); ++a) ordered.embedding[a] = other.embedding[letters[a]];
    return ordered;
}

/// Needs   no tables
Compiles with_letters(const decide::Network& network, const language::Alphabet& alphabet,
                      const std::vector<language::Symbol>& letters) {
    if (const auto* program = std::get_if<const Program*>(&network)) return in_order(**program, letters);
    return model_in_order(*std::get<const Transformer*>(network), alphabet, letters);
}

std::vector<language::Symbol> as_they_are(const language::Alphabet& alphabet) {
    std::vector<language::Symbol> letters(alphabet.size());
    for (std::size_t a = 0; a < letters.size(); ++a) letters[a] = static_cast<language::Symbol>(a);
    return letters;
}

class Circuits {
  public:
    Circuits(const Question& question, const decide::ProveOptions& options, const base::Limits& limits)
        : q_(question),
          options_(options),
          limits_(limits),
          alphabet_(decide::alphabet_of(question.model)),
          model_(with_letters(question.model, alphabet_, as_they_are(alphabet_))),
          other_(with_letters(question.other, alphabet_, question.letters)) {}

    Outcome compare() const {
        if (const double bytes = compile::Inputs::bytes(alphabet_, q_.length);
            bytes > static_cast<double>(limits_.memory_bytes))
            return {verdict::Undecided{verdict::Reason::memory,
                                       fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)},
                    {}};
        tell("compiling");
        MaybeMiter miter = build({}, {}, decide::many_values, decide::many_cases);
        const auto* why = std::get_if<verdict::Undecided>(&miter);
        if (why != nullptr && why->reason == verdict::Reason::memory) {
            tell("looking for values that never occur");
            const compile::Options defaults;
            miter = build(find_drops(model_), find_drops(other_), defaults.most_values, defaults.most_cases);
        }
        if (const auto* undecided = std::get_if<verdict::Undecided>(&miter)) return {*undecided, {}};
        return solve(std::get<Miter>(std::move(miter)));
    }

  private:
    void tell(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }

    Drops find_drops(const Compiles& network) const {
        const auto* t = std::get_if<Transformer>(&network);
        return t == nullptr ? Drops() : decide::find_drops(*t, q_.length, options_.seed, limits_);
    }

    std::variant<compile::CompiledModel, verdict::Undecided> compile_one(circuit::Builder& builder,
                                                                         const compile::Inputs& inputs,
                                                                         const Compiles& network,
                                                                         const compile::Options& options) const {
        if (const auto* program = std::get_if<Program>(&network))
            return compile_program(builder, inputs, *program, options, limits_);
        return compile_model(builder, inputs, std::get<Transformer>(network), options, limits_);
    }

    MaybeMiter build(const Drops& drops, const Drops& other_drops, std::size_t most_values,
                     std::size_t most_cases) const {
        circuit::Builder builder(limits_.memory_bytes);
        compile::Inputs inputs(builder, alphabet_, q_.length);
        std::vector<Literal> accept, dropped;
        for (const auto& [t, its_drops] : {std::pair(&model_, &drops), std::pair(&other_, &other_drops)}) {
            auto compiled =
                compile_one(builder, inputs, *t, {compile::Form::compact, *its_drops, {}, most_values, most_cases});
            if (auto* why = std::get_if<verdict::Undecided>(&compiled)) return std::move(*why);
            const auto& found = std::get<compile::CompiledModel>(compiled);
            accept.push_back(found.accept);
            dropped.insert(dropped.end(), found.drop_literals.begin(), found.drop_literals.end());
        }
        builder.set_origin({circuit::Origin::Role::miter, -1, -1, -1, -1});
        std::vector<Literal> roots{builder.exclusive_or(accept[0], accept[1])};
        roots.insert(roots.end(), dropped.begin(), dropped.end());
        if (builder.exhausted())
            return verdict::Undecided{verdict::Reason::memory, "the circuit passes the memory limit"};
        circuit::Circuit reduced = circuit::cone(builder.circuit(), roots);
        for (std::size_t k = 0; k < roots.size(); ++k)
            reduced.add_output(k == 0 ? "miter" : "drop" + std::to_string(k), roots[k]);
        return Miter{inputs, std::move(reduced), std::move(roots), drops, other_drops};
    }

    Outcome solve(Miter miter) const {
        Outcome outcome;
        outcome.statistics.gates = miter.circuit.gate_count();
        outcome.statistics.wires = miter.circuit.wire_count();
        decide::Decision decision =
            decide::refute(std::move(miter.circuit), std::move(miter.roots), std::move(miter.drops), q_.length,
                           alphabet_.size(), options_, limits_);
        if (decision.answer == logic::Answer::unknown) outcome.result = std::move(decision.why);
        else if (decision.answer == logic::Answer::satisfiable)
            outcome.result = replay(miter.inputs.decode(decision.assignment), decision.solver);
        else outcome.result = Holds{Refutation{std::move(*decision.refutation), std::move(miter.other_drops)}};
        return outcome;
    }

    Difference replay(const language::Word& word, const std::string& solver) const {
        Pair pair(q_, limits_);
        const Pair::Answers answers = pair.ask(word);
        if (!answers.differ())
            throw base::InternalError(
                fmt::format("the word {} from {} shows no difference when it is evaluated: please report this",
                            alphabet_.spell(word), solver));
        return pair.shrink({word, *answers.model.accepts});
    }

    const Question& q_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    const language::Alphabet& alphabet_;
    const Compiles model_, other_;
};

}  // namespace

Program in_order(const Program& other, const std::vector<language::Symbol>& letters) {
    Program ordered = other;
    std::vector<std::string> symbols;
    for (const language::Symbol a : letters) symbols.push_back(other.alphabet.symbol(a));
    ordered.alphabet = language::Alphabet(symbols);
    return ordered;
}

Outcome compare_circuits(const Question& question, const decide::ProveOptions& options, const base::Limits& limits) {
    return Circuits(question, options, limits).compare();
}

}  // namespace attest::equal
