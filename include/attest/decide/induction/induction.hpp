#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/language/dfa.hpp"
#include "attest/logic/cnf.hpp"
#include "attest/network/transformer.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::induction {

/// How it is decided.
enum class Way {
    automatic,  ///< all pairs of states where they are few, else an invariant where one is found, else all pairs
    closure,
    invariant
};

/// What another prover says is an invariant of the circuit at all lengths: a file as ABC's `pdr -d -I FILE` writes it. Nothing is taken
/// from it that does not hold.
struct Proposal {
    std::string text, file;
};

/// Does the model recognise the language at every length?
struct Question {
    const network::Transformer& model;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each model symbol
    std::int64_t from = 0;                  ///< 0: of the empty word as well; 1: of all others
    Way way = Way::automatic;
    const Proposal* proposal = nullptr;  ///< may be null; then `way` does not matter
};

/// That in no pair of states that words lead to the model answers otherwise than the language.
struct Closure {
    std::uint64_t states = 0;  ///< pairs of states
    /// What the machine tells apart: positions up to `first` one by one, later ones modulo `period`; distances up to `window`.
    std::int64_t first = 0, period = 1, window = 0;
};

/// That no step of a circuit leaves a set of states in which the model answers as the language (FORMAT.md, section 31).
struct Invariant {
    std::int64_t first = 0, period = 1;  ///< as of a closure
    std::optional<std::int64_t>
        window;  ///< likewise, where what is near or to the right is remembered (section 40); else none
    std::size_t latches = 0, gates = 0;  ///< of the machine
    std::size_t conjuncts = 0;
    std::string machine, conjunction;  ///< texts of `machine.json` and `invariant.json`
    logic::Cnf formula;
    std::string proof;  ///< LRAT
};

/// What was found out: what attest found, not what is verified.
struct Outcome {
    std::variant<verdict::Undecided, Closure, Invariant, decide::Counterexample> result;
    double seconds = 0;
    bool is_shortest = true;  ///< of a counterexample: no word that is shorter is one

    const verdict::Undecided* undecided() const { return std::get_if<verdict::Undecided>(&result); }
    const Closure* closure() const { return std::get_if<Closure>(&result); }
    const Invariant* invariant() const { return std::get_if<Invariant>(&result); }
    const decide::Counterexample* counterexample() const { return std::get_if<decide::Counterexample>(&result); }
};

/// The automaton of a language that has one: the regular ones, and brackets up to a depth.
/// Throws  Unsupported for others, and beyond 100,000 states
language::Dfa automaton_of(const language::Language& language);

/// The least length at which the model has a sequence.
std::int64_t least_length(const network::Transformer& model);

/// Decides by the product of the model's sequential machine with the language's automaton, breadth first; or, where it is large,
/// by an invariant of a circuit of one step: from what the network knows register by register, by k-induction, by property directed
/// reachability, or from a proposal.
///
/// Gives   a counterexample that the exact evaluator has replayed, none being shorter; or a closure or an invariant, for the checker;
///         undecided where a limit was exceeded, or there is no circuit of a step and the product has more than 2^22 states
/// Throws  Unsupported for a model or a language that no finite machine follows, naming layer, head or coordinate;
///         InputError for a proposal that is no such file; InternalError if a counterexample does not replay
/// Cost    O(states · symbols) steps of the machine, most of them looked up
Outcome prove(const Question& question, const base::Limits& limits,
              const std::function<void(const std::string&)>& progress = {});

/// The language of a model: its minimal automaton over the model's alphabet.
struct ModelLanguage {
    language::Dfa automaton;   ///< of the empty word it says reject where the model says nothing
    std::uint64_t states = 0;  ///< that the sequential machine has, of which the automaton is made
    Closure closure;           ///< of that machine and the automaton, for the checker
};

/// Gives   undecided where a limit was exceeded, or the machine has more than 2^22 states
/// Throws  Unsupported as prove, and beyond 2^20 states of the automaton before it is minimised
std::variant<verdict::Undecided, ModelLanguage> language_of(const network::Transformer& model,
                                                            const base::Limits& limits);

/// Do two models answer the same at every length?
struct EqualQuestion {
    const network::Transformer& model;
    const network::Transformer& other;
    std::vector<language::Symbol> letters;  ///< for each symbol of the model its number in the other's alphabet
    std::int64_t from = 0;                  ///< 0: on the empty word as well; 1: on all others
};

/// What a machine tells apart: positions up to `first` one by one, later ones modulo `period`; distances up to `window`.
struct Scale {
    std::int64_t first = 0, period = 1, window = 0;
};

/// That in no pair of states of their machines that words lead to two models answer differently.
struct JointClosure {
    std::uint64_t states = 0;  ///< pairs of states
    Scale model, other;
};

/// A word on which two models answer differently.
struct Difference {
    language::Word word;  ///< over the model's alphabet
    bool model = false;   ///< whether the model accepts it; the other does not do the same
};

struct EqualOutcome {
    std::variant<verdict::Undecided, JointClosure, Difference> result;
    double seconds = 0;

    const verdict::Undecided* undecided() const { return std::get_if<verdict::Undecided>(&result); }
    const JointClosure* closure() const { return std::get_if<JointClosure>(&result); }
    /// One of the shortest.
    const Difference* difference() const { return std::get_if<Difference>(&result); }
};

/// Decides by the product of the two sequential machines, breadth first.
///
/// Gives   a difference that the exact evaluator has replayed, none being shorter; or a closure, for the checker; undecided
///         where a limit was exceeded, or there are more than 2^22 states or pairs of them
/// Throws  Unsupported for a model that no finite machine follows, naming it, its layer, head or coordinate; UsageError for the
///         empty word where one has no begin and no end symbol; InternalError if a difference does not replay
EqualOutcome equal(const EqualQuestion& question, const base::Limits& limits,
                   const std::function<void(const std::string&)>& progress = {});

}  // namespace attest::induction
