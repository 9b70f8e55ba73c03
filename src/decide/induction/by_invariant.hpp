#pragma once

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <variant>

#include "attest/decide/induction/induction.hpp"
#include "circuit/sequential.hpp"
#include "latch_meaning.hpp"
#include "reachability.hpp"

namespace attest::induction {

/// An invariant, a word that is among the shortest on which model and language differ, or nothing.
using StepAnswer = std::variant<std::monostate, Invariant, language::Word>;

/// Looks for invariants of one step of a machine and an automaton, one way after the other.
class InvariantSearch {
  public:
    InvariantSearch(const InvariantSearch&) = delete;
    InvariantSearch& operator=(const InvariantSearch&) = delete;
    ~InvariantSearch() = default;

    /// Needs   all outlive this
    /// Throws  Unsupported where there is no circuit of a step
    InvariantSearch(const network::Transformer& model, const Parameters& parameters, const language::Dfa& automaton,
                    const std::vector<language::Symbol>& meaning);
    /// Of another step than a machine's, for which there are k-induction and reachability.
    ///
    /// symbols  of the alphabet that is read
    InvariantSearch(std::function<StepCircuit()> make, std::size_t symbols);

    /// What the network knows of the automaton's state, register by register.
    std::optional<Invariant> by_chain(const base::Limits& limits);
    /// What somebody else says is one, as far as it is, and what reachability adds where that is not enough.
    ///
    /// Throws  InputError for a file that says nothing of the circuit at all lengths
    StepAnswer by_proposal(const Proposal& proposal, std::int64_t from, const base::Limits& limits);
    std::optional<Invariant> by_k_induction(const base::Limits& limits);
    /// Property directed reachability.
    StepAnswer by_reachability(const ReachabilityOptions& options, const base::Limits& limits);

  private:
    void prepare(const base::Limits& limits);
    std::optional<Invariant> finished(const Conjunction& says, const base::Limits& limits);
    StepAnswer answer_of(ReachabilityOutcome found, const base::Limits& limits);

    std::pair<circuit::Sequential, std::vector<LatchMeaning>> frames(std::int64_t from);
    Invariant files_of(const StepCircuit& step, std::size_t conjuncts, std::string conjunction) const;

    Parameters parameters_;
    bool guesses_ = false;  ///< the step is a GuessedStep
    const language::Dfa* automaton_ = nullptr;
    const std::vector<language::Symbol>* meaning_ = nullptr;
    std::optional<Machine> machine_;
    std::function<StepCircuit()> make_;
    std::size_t symbols_;
    std::optional<StepCircuit> step_;
    std::optional<StepFormula> formula_;
    std::vector<LatchLiterals> lemmas_;
};

}  // namespace attest::induction
