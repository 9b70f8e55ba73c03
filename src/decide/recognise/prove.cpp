#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "attest/base/error.hpp"
#include "attest/network/at_length.hpp"
#include "compile/kinds.hpp"
#include "decide.hpp"
#include "effort.hpp"
#include "left_to_right.hpp"
#include "network/words/exact_words.hpp"
#include "planes.hpp"

// Model and language as circuits over the same inputs, their XOR (the miter) to a solver. A satisfying assignment is a
// word, and is replayed.

namespace attest::decide {

const Counterexample* Outcome::counterexample() const {
    const Fails* found = std::get_if<Fails>(&result);
    return found != nullptr ? &found->counterexample : nullptr;
}

const EnclosedScore* Outcome::score() const {
    if (const Fails* found = std::get_if<Fails>(&result)) return found->score ? &*found->score : nullptr;
    return enclosure();
}

verdict::Evidence Outcome::evidence() const {
    if (undecided() != nullptr) return verdict::Evidence::none;
    if (fails()) return verdict::Evidence::witness;
    if (refutation() != nullptr || planes() != nullptr) return verdict::Evidence::refutation;
    return enclosure() != nullptr ? verdict::Evidence::enclosure : verdict::Evidence::exhaustion;
}

namespace {

using circuit::Literal;

/// Beyond, all words are not what is tried first, whatever they are thought to take.
constexpr std::uint64_t few_words = 1 << 14;
/// Of a model that is decided by cutting planes.
constexpr std::size_t most_planes_gates = 1 << 20;

/// The miter of a question, with the inputs to read words by.
struct Miter {
    compile::Inputs inputs;
    circuit::Circuit circuit;
    std::vector<Literal> roots;
    std::vector<compile::Drop> drops;
};

using MaybeMiter = std::variant<Miter, verdict::Undecided>;

class Prover {
  public:
    Prover(const Question& question, const ProveOptions& options, const base::Limits& limits)
        : q_(question), options_(options), limits_(limits) {}

    Outcome decide() {
        if (q_.model.kind() == network::AttentionKind::softmax && options_.method != Method::circuit)
            return decide_by_enclosure(q_, options_, limits_);
        if (options_.method == Method::exhaustion) return exhaustion(std::nullopt);
        if (options_.method == Method::circuit) return circuit(std::nullopt);
        if (options_.method == Method::planes) return planes();
        return automatic();
    }

  private:
    void tell(const std::string& what) const {
        if (options_.progress) options_.progress(what);
    }

    /// The circuit where it is small, or thought to be less work than all words. An estimate may be wrong: what takes longer
    /// than four times what either was thought to take waits while the other is tried, and then goes on.
    Outcome automatic() {
        const auto words =
            language::count_words(q_.model.alphabet, static_cast<std::uint64_t>(q_.length), options_.most_words);
        const bool counts = compile::counts(q_.model);
        if (counts && words && *words <= few_words) return exhaustion(std::nullopt);
        if (counts && options_.planes && has_large_weights(q_, limits_)) {
            Outcome outcome = planes();
            if (outcome.undecided() == nullptr) return outcome;
        }
        if (!words || !compile::has_circuit(q_.model)) {
            Outcome outcome = circuit(std::nullopt);
            return words && cannot(outcome) ? exhaustion(std::nullopt) : outcome;
        }
        const Effort estimate = effort(q_.model, q_.length, *words);
        if (values_multiply() && *words <= few_words && estimate.exhaustion <= estimate.circuit) {
            Outcome outcome = exhaustion(estimate.patience());
            if (!out_of_patience(outcome)) return outcome;
            outcome = circuit(std::nullopt);
            return cannot(outcome) ? exhaustion(std::nullopt) : outcome;
        }
        Outcome outcome = circuit(estimate.patience());
        if (cannot(outcome)) return exhaustion(std::nullopt);
        if (!out_of_patience(outcome)) return outcome;
        outcome = exhaustion(estimate.patience());
        return out_of_patience(outcome) ? circuit(std::nullopt) : outcome;
    }

    Outcome planes() const {
        if (!options_.planes || !compile::has_circuit(q_.model))
            return {verdict::Undecided{verdict::Reason::unsupported,
                                       "cutting planes are about whole models of hard and average attention"},
                    {}};
        return prove_by_planes(q_, most_planes_gates, options_, limits_);
    }

    /// Undecided for want of a circuit that fits.
    static bool cannot(const Outcome& outcome) {
        const verdict::Undecided* why = outcome.undecided();
        return why != nullptr &&
               (why->reason == verdict::Reason::memory || why->reason == verdict::Reason::unsupported);
    }

    static bool out_of_patience(const Outcome& outcome) {
        return outcome.undecided() != nullptr && outcome.undecided()->reason == verdict::Reason::none;
    }

    Outcome exhaustion(std::optional<double> patience) {
        tell("evaluating all words");
        const auto compare_word = [&](const language::Word& word) { return compare_in_order(word); };
        return decide_by_exhaustion(q_.model.alphabet, q_.length, compare_word, options_, limits_, exhaustion_,
                                    patience);
    }

    /// Words that begin alike are evaluated together; what is no answer as expected is looked at by the evaluator.
    std::optional<Counterexample> compare_in_order(const language::Word& word) {
        if (!evaluator_) {  // made once it is known that the words are few
            evaluator_.emplace(q_.model, q_.length);
            together_ = network::ExactWords::make(q_.model, q_.length);
        }
        if (together_ && together_->accepts(word) == q_.language.contains(translate(q_.meaning, word)))
            return std::nullopt;
        auto found = compare(q_, *evaluator_, word);
        if (together_ && !found)
            throw base::InternalError(
                fmt::format("two ways to evaluate \"{}\" differ: please report this", q_.model.alphabet.spell(word)));
        return found;
    }

    /// patience  seconds on the clock, since solvers know no other
    /// Gives     undecided with the reason `none` where it is over
    Outcome circuit(std::optional<double> patience) {
        if (const double bytes = compile::Inputs::bytes(q_.model.alphabet, q_.length);
            bytes > static_cast<double>(limits_.memory_bytes))
            return {verdict::Undecided{verdict::Reason::memory,
                                       fmt::format("about {:.0f} MiB for the inputs alone", bytes / 0x1p20)},
                    {}};
        const base::Limits limits = limits_within(patience);
        MaybeMiter miter = values_multiply() ? build_large(limits) : patience ? *small_ : std::move(*small_);
        if (!patience) small_.reset();
        if (const auto* why = std::get_if<verdict::Undecided>(&miter)) return patient({*why, {}}, limits);
        return patient(solve(std::get<Miter>(std::move(miter)), limits), limits);
    }

    /// What was not done within the patience is only put off.
    Outcome patient(Outcome outcome, const base::Limits& limits) const {
        const bool undone =
            outcome.undecided() != nullptr || (outcome.refutation() != nullptr && outcome.refutation()->proof.empty());
        if (undone && limits.exceeded() && !limits_.exceeded()) outcome.result = verdict::Undecided{};
        return outcome;
    }

    /// Generous, so that a busy machine changes nothing.
    base::Limits limits_within(std::optional<double> patience) const {
        using namespace std::chrono;
        base::Limits limits = limits_;
        constexpr double least = 30;
        if (!patience) return limits;
        const auto end = steady_clock::now() +
                         duration_cast<steady_clock::duration>(duration<double>(least + std::min(*patience, 1e8)));
        if (!limits.deadline || end < *limits.deadline) limits.deadline = end;
        return limits;
    }

    /// Whether the circuit is too large as long as values that never occur are not left out. They multiply from layer to
    /// layer.
    bool values_multiply() {
        if (!small_) {
            tell("compiling");
            // Counts are as many as symbols, and all of them occur.
            const compile::Options defaults;
            small_ = compile::counts(q_.model) ? build({}, defaults.most_values, defaults.most_cases, limits_)
                                               : build({}, many_values, many_cases, limits_);
        }
        const auto* why = std::get_if<verdict::Undecided>(&*small_);
        return why != nullptr && why->reason == verdict::Reason::memory;
    }

    MaybeMiter build_large(const base::Limits& limits) const {
        tell("looking for values that never occur");
        const std::vector<compile::Drop> drops = find_drops(q_.model, q_.length, options_.seed, limits);
        const compile::Options defaults;
        return build(drops, defaults.most_values, defaults.most_cases, limits);
    }

    MaybeMiter build(const std::vector<compile::Drop>& drops, std::size_t most_values, std::size_t most_cases,
                     const base::Limits& limits) const {
        circuit::Builder builder(limits_.memory_bytes);
        compile::Inputs inputs(builder, q_.model.alphabet, q_.length);
        auto compiled = compile_model(builder, inputs, q_.model,
                                      {compile::Form::compact, drops, {}, most_values, most_cases}, limits);
        if (auto* why = std::get_if<verdict::Undecided>(&compiled)) return std::move(*why);
        const auto& found = std::get<compile::CompiledModel>(compiled);
        const Literal member = compile_language(builder, inputs, q_.language, q_.meaning);
        builder.set_origin({circuit::Origin::Role::miter, -1, -1, -1, -1});
        std::vector<Literal> roots{builder.exclusive_or(found.accept, member)};
        roots.insert(roots.end(), found.drop_literals.begin(), found.drop_literals.end());
        if (builder.exhausted())
            return verdict::Undecided{verdict::Reason::memory, "the circuit passes the memory limit"};
        circuit::Circuit reduced = circuit::cone(builder.circuit(), roots);
        for (std::size_t k = 0; k < roots.size(); ++k)
            reduced.add_output(k == 0 ? "miter" : "drop" + std::to_string(k), roots[k]);
        return Miter{inputs, std::move(reduced), std::move(roots), drops};
    }

    Outcome solve(Miter miter, const base::Limits& limits) const {
        Outcome outcome;
        outcome.statistics.gates = miter.circuit.gate_count();
        outcome.statistics.wires = miter.circuit.wire_count();
        if (compile::counts(q_.model))
            if (auto refutation = refute_left_to_right(miter.circuit, miter.roots, miter.drops, q_.length,
                                                       q_.model.alphabet.size(), options_, limits)) {
                outcome.result = Holds{std::move(*refutation)};
                return outcome;
            }
        Decision decision = refute(std::move(miter.circuit), std::move(miter.roots), std::move(miter.drops), q_.length,
                                   q_.model.alphabet.size(), options_, limits);
        switch (decision.answer) {
            case logic::Answer::unknown: outcome.result = std::move(decision.why); break;
            case logic::Answer::satisfiable:
                outcome.result = replay(miter.inputs.decode(decision.assignment), decision.solver);
                break;
            case logic::Answer::unsatisfiable: outcome.result = Holds{std::move(*decision.refutation)}; break;
        }
        return outcome;
    }

    Fails replay(const language::Word& word, const std::string& solver) const {
        auto difference = compare(q_, network::Evaluator(q_.model, q_.length), word);
        if (!difference)
            throw base::InternalError(
                fmt::format("the word {} from {} shows no difference when it is evaluated: please report this",
                            q_.model.alphabet.spell(word), solver));
        return {shrink(q_, *difference, limits_), {}};
    }

    const Question& q_;
    const ProveOptions& options_;
    const base::Limits& limits_;
    std::optional<MaybeMiter> small_;  // of value sets that stay small
    Progress exhaustion_;
    std::optional<network::Evaluator> evaluator_;
    std::optional<network::ExactWords> together_;
};

}  // namespace

Outcome prove(const Question& question, const ProveOptions& options, const base::Limits& limits) {
    const auto start = std::chrono::steady_clock::now();
    if (!question.language.defined_at(static_cast<std::uint64_t>(question.length)))
        throw base::UsageError(
            fmt::format("{} is not defined for words of length {}", question.language.name(), question.length));
    network::require_decidable(question.model, question.length);
    Outcome outcome = Prover(question, options, limits).decide();
    outcome.statistics.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
    return outcome;
}

}  // namespace attest::decide
