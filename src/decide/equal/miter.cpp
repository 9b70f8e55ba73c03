#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "circuit/structure.hpp"
#include "words.hpp"

// Both networks as circuits over the same inputs, the other one with its symbols in the order of the model's; their XOR
// (FORMAT.md, section 13) to a solver. A satisfying assignment is a word, and is replayed.

namespace attest::equal {

namespace {

using circuit::Literal;
using network::Transformer;

struct Miter {
    compile::Inputs inputs;
    circuit::Circuit circuit;
    std::vector<Literal> roots;
    std::vector<compile::Drop> drops, other_drops;
};

using MaybeMiter = std::variant<Miter, verdict::Undecided>;
using Drops = std::vector<compile::Drop>;

/// The other network over the model's alphabet.
Transformer in_order(const Transformer& other, const language::Alphabet& alphabet,
                     const std::vector<language::Symbol>& letters) {
    Transformer ordered = other;
    ordered.alphabet = alphabet;
    for (std::size_t a = 0; a < letters.size(); ++a) ordered.embedding[a] = other.embedding[letters[a]];
    return ordered;
}

class Circuits {
  public:
    Circuits(const Question& question, const decide::ProveOptions& options, const base::Limits& limits)
        : q_(question),
          options_(options),
          limits_(limits),
          model_(*std::get<const Transformer*>(question.model)),
          other_(in_order(*std::get<const Transformer*>(question.other), model_.alphabet, question.letters)) {}

    Outcome compare() const {
        if (const double bytes = compile::Inputs::bytes(model_.alphabet, q_.length);
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

    Drops find_drops(const Transformer& t) const { return decide::find_drops(t, q_.length, options_.seed, limits_); }

    MaybeMiter build(const Drops& drops, const Drops& other_drops, std::size_t most_values,
                     std::size_t most_cases) const {
        circuit::Builder builder(limits_.memory_bytes);
        compile::Inputs inputs(builder, model_.alphabet, q_.length);
        std::vector<Literal> accept, dropped;
        for (const auto& [t, its_drops] : {std::pair(&model_, &drops), std::pair(&other_, &other_drops)}) {
            auto compiled = compile_model(builder, inputs, *t,
                                          {compile::Form::compact, *its_drops, {}, most_values, most_cases}, limits_);
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
                           model_.alphabet.size(), options_, limits_);
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
                            model_.alphabet.spell(word), solver));
        return pair.shrink({word, *answers.model.accepts});
    }

    const Question& q_;
    const decide::ProveOptions& options_;
    const base::Limits& limits_;
    const Transformer& model_;
    const Transformer other_;
};

}  // namespace

Outcome compare_circuits(const Question& question, const decide::ProveOptions& options, const base::Limits& limits) {
    return Circuits(question, options, limits).compare();
}

}  // namespace attest::equal
