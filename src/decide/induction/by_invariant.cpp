#include "by_invariant.hpp"

#include <algorithm>
#include <map>

#include "attest/base/error.hpp"
#include "guessed_step.hpp"
#include "k_induction.hpp"
#include "logic/proof.hpp"
#include "proposal.hpp"
#include "step_files.hpp"
#include "symbolic.hpp"

// All ways end in the same evidence, so none of them is trusted: what they find is written as a circuit over latches, its formula refuted
// once more with a proof, and the checker makes both again.

namespace attest::induction {

namespace {

constexpr std::int64_t most_conflicts_of_a_proof = 5'000'000;
constexpr std::size_t most_resolvents = 100'000;

/// Clauses over the latches of the circuit at all lengths as clauses over those of a step. The former has a latch for the last answer, and
/// may have one that says that a letter was read: what the others cannot be is what is left when these are resolved away.
///
/// Throws  InputError as read_invariant
std::vector<LatchLiterals> carried_over(const Proposal& proposal, const circuit::Sequential& circuit,
                                        const std::vector<LatchMeaning>& meanings, const StepCircuit& step) {
    std::vector<std::string> names;
    for (const circuit::Latch& latch : circuit.latches) names.push_back(latch.name);
    std::vector<LatchLiterals> clauses = read_invariant(proposal.text, names, proposal.file);
    std::map<LatchMeaning, LatchLiteral> to;
    for (std::size_t k = 0; k < step.latches(); ++k) to[step.meanings[k]] = static_cast<LatchLiteral>(k + 1);
    std::vector<LatchLiteral> here;
    for (std::size_t k = 0; k < meanings.size(); ++k) {
        const auto at = to.find(meanings[k]);
        const bool complement = circuit.latches[k].name.starts_with("not ");
        here.push_back(at == to.end() ? 0 : complement ? -at->second : at->second);
        if (at == to.end() && !eliminate(clauses, static_cast<LatchLiteral>(k + 1), most_resolvents)) return {};
    }
    for (LatchLiterals& clause : clauses) {
        for (LatchLiteral& l : clause) l = l > 0 ? here[StepFormula::index(l)] : -here[StepFormula::index(l)];
        normalise(clause);
    }
    return clauses;
}

}  // namespace

InvariantSearch::InvariantSearch(const network::Transformer& model, const Parameters& parameters,
                                 const language::Dfa& automaton, const std::vector<language::Symbol>& meaning)
    : parameters_(parameters), automaton_(&automaton), meaning_(&meaning), symbols_(model.alphabet.size()) {
    machine_.emplace(model, parameters);
    guesses_ = GuessedStep::is_needed(*machine_);
    make_ = [this] {
        return guesses_ ? GuessedStep(*machine_).make(*automaton_, *meaning_)
                        : StepMachine(*machine_).make(*automaton_, *meaning_);
    };
}

InvariantSearch::InvariantSearch(std::function<StepCircuit()> make, std::size_t symbols)
    : make_(std::move(make)), symbols_(symbols) {}

/// What is wanted by all ways but the first.
void InvariantSearch::prepare(const base::Limits& limits) {
    if (formula_) return;
    step_ = make_();
    formula_ = formula_of(*step_);
    lemmas_ = kept_by_steps(*formula_, one_hot_clauses(*step_), limits);
}

/// An invariant without formula and proof.
Invariant InvariantSearch::files_of(const StepCircuit& step, std::size_t conjuncts, std::string conjunction) const {
    Invariant result;
    result.first = parameters_.first;
    result.period = parameters_.period;
    if (guesses_) result.window = parameters_.window;
    result.latches = step.latches();
    result.gates = step.circuit().gate_count();
    result.conjuncts = conjuncts;
    result.machine = machine_json(step);
    result.conjunction = std::move(conjunction);
    return result;
}

std::optional<Invariant> InvariantSearch::by_chain(const base::Limits& limits) {
    if (guesses_) return std::nullopt;  // a chain is of registers alone
    StepCircuit step = make_();
    Invariant result = files_of(step, 0, {});
    const std::optional<Chain> chain = closed_chain(step, *automaton_, *meaning_, limits);
    if (!chain) return std::nullopt;
    const std::optional<ChainInvariant> invariant = invariant_of(*chain, step);
    if (!invariant) return std::nullopt;
    result.conjuncts = invariant->says.conjuncts.size();
    result.conjunction = invariant_json(invariant->says);
    const Instances instances = place(invariant->says, step);
    if (step.builder.exhausted()) return std::nullopt;
    result.formula = formula_of(step, instances, symbols_);
    auto proof = refute(*chain, *invariant, step, instances, result.formula, limits);
    if (!proof || !holds_at_first(invariant->says, step)) return std::nullopt;
    result.proof = std::move(*proof);
    return result;
}

/// With files and a proof. The step is used up.
std::optional<Invariant> InvariantSearch::finished(const Conjunction& says, const base::Limits& limits) {
    if (!holds_at_first(says, *step_)) return std::nullopt;
    StepCircuit& step = *step_;
    Invariant result = files_of(step, says.conjuncts.size(), invariant_json(says));
    const Instances instances = place(says, step);
    result.formula = formula_of(step, instances, symbols_);
    step_.reset();
    formula_.reset();
    const logic::LratRefutation refuted =
        logic::refute_with_lrat(result.formula, {}, limits, most_conflicts_of_a_proof);
    if (refuted.answer != logic::Answer::unsatisfiable || refuted.proof.empty()) return std::nullopt;
    result.proof = refuted.proof;
    return result;
}

StepAnswer InvariantSearch::answer_of(ReachabilityOutcome found, const base::Limits& limits) {
    if (auto* word = std::get_if<language::Word>(&found.result)) {
        if (step_->reads_begin) word->erase(word->begin());
        return std::move(*word);
    }
    const auto* invariant = std::get_if<ClauseInvariant>(&found.result);
    if (invariant == nullptr) return {};
    Conjunction says = conjunction_of(invariant->clauses, step_->latches());
    if (says.conjuncts.empty()) says.conjuncts.push_back(circuit::top);
    if (auto result = finished(says, limits)) return std::move(*result);
    return {};
}

/// The circuit that the proposal is about, and what its latches are.
std::pair<circuit::Sequential, std::vector<LatchMeaning>> InvariantSearch::frames(std::int64_t from) {
    if (!guesses_) {
        Symbolic symbolic(*machine_);
        circuit::Sequential circuit = symbolic.make(automaton_, *meaning_, from);
        return {std::move(circuit), symbolic.meanings()};
    }
    if (!GuessedStep::looks_right(*machine_))
        throw base::Unsupported("a head prefers what is near: nothing can be proposed of such a step");
    const StepCircuit step = make_();
    circuit::Sequential circuit = sequential_of(step, symbols_, true, false);
    std::vector<LatchMeaning> meanings = step.meanings;
    meanings.resize(circuit.latches.size());
    return {std::move(circuit), std::move(meanings)};
}

StepAnswer InvariantSearch::by_proposal(const Proposal& proposal, std::int64_t from, const base::Limits& limits) {
    const auto [circuit, meanings] = frames(from);
    prepare(limits);
    std::vector<LatchLiterals> clauses = carried_over(proposal, circuit, meanings, *step_);
    clauses.insert(clauses.end(), lemmas_.begin(), lemmas_.end());
    const std::vector<LatchLiterals> kept = kept_by_steps(*formula_, std::move(clauses), limits);
    if (are_safe(*formula_, kept, limits)) return answer_of({ClauseInvariant{kept}, 0, 0}, limits);
    return answer_of(reach(*formula_, kept, {}, limits), limits);
}

std::optional<Invariant> InvariantSearch::by_k_induction(const base::Limits& limits) {
    prepare(limits);
    const std::optional<Conjunction> says = induction::by_k_induction(*step_, *formula_, lemmas_, limits);
    return says ? finished(*says, limits) : std::nullopt;
}

StepAnswer InvariantSearch::by_reachability(const ReachabilityOptions& options, const base::Limits& limits) {
    prepare(limits);
    return answer_of(reach(*formula_, lemmas_, options, limits), limits);
}

}  // namespace attest::induction
