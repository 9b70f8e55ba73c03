#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/compile/compile.hpp"
#include "attest/exact/ball.hpp"
#include "attest/language/language.hpp"
#include "attest/model/guhat.hpp"
#include "attest/model/transformer.hpp"
#include "attest/soft/symmetry.hpp"
#include "attest/solve/sat_solver.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::query {

/// How a question may be decided.
enum class Method {
    automatic,   ///< circuit and solver; exhaustion where the model does not compile or its circuit is too large
    circuit,
    exhaustion   ///< the exact evaluator on all words; for softmax models the only way, in balls
};

struct ProveOptions {
    Method method = Method::automatic;
    solve::BackEnd back_end = solve::BackEnd::cadical;
    std::uint64_t seed = 0;
    std::uint64_t most_words = std::uint64_t{1} << 22;  ///< that exhaustion takes on
    /// Told what is being done, for progress; may be empty.
    std::function<void(const std::string&)> progress;
};

/// Does the model recognise the language at this length?
struct Question {
    const model::Transformer& model;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each model symbol
    std::int64_t length = 0;
};

/// The same about tables, at the one length that they have.
struct GuhatQuestion {
    const model::Guhat& guhat;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each symbol of the tables
};

/// A word on which model and language differ, replayed by the exact evaluator.
struct Counterexample {
    language::Word word;
    bool expected = false;  ///< in the language
    bool actual = false;    ///< accepted
};

/// A refutation of the miter, not yet looked at by the checker.
struct Refutation {
    circuit::Circuit circuit;                  ///< cone of the roots
    std::vector<circuit::Literal> roots;       ///< miter, then drops
    std::vector<compile::Drop> drops;
    solve::Cnf formula;
    std::string proof;         ///< empty if the solver gives none
    std::string proof_format;  ///< `lrat`, `xlrup`, or empty
    std::string no_proof;      ///< why the proof is missing
    std::string solver;
};

/// What a solver says of a circuit's roots: whether some word makes one of them true.
struct Decision {
    solve::Answer answer = solve::Answer::unknown;
    verdict::Undecided why;                ///< if unknown
    std::vector<bool> assignment;          ///< of the inputs, if satisfiable
    std::optional<Refutation> refutation;  ///< if unsatisfiable; without proof where the solver writes none
    std::string solver;
};

/// Asks a solver, parity reasoning where it makes no headway, and brings the proof into a form that the checker reads.
///
/// roots    of the circuit, which is their cone; `drops` for the record
/// symbols  of the alphabet of the words
Decision refute(circuit::Circuit circuit, std::vector<circuit::Literal> roots, std::vector<compile::Drop> drops, std::int64_t length,
                std::size_t symbols, const ProveOptions& options, const base::Limits& limits);

/// What balls say about the scores of a softmax model.
struct Enclosure {
    long bits = 0;           ///< of the most that a word took
    exact::Rational margin;  ///< the size of the score is at least this, on every word (on the counterexample, if there is one)
    language::Word nearest;  ///< the word with this margin
    exact::Ball score;       ///< on that word
    /// If one word was evaluated for all with its counts: classes of positions such that model and language depend only on
    /// how often each symbol comes in each. Empty: each word was.
    soft::Classes classes;
    exact::Ball cross_entropy;  ///< in bits, the score being the logit of membership; the mean over all words
};

/// The margin as a decimal of six digits that is a little below it, so that another arithmetic comes out above it too.
std::string margin_text(const Enclosure& enclosure);

/// What was found out about one question.
struct Outcome {
    verdict::Answer answer = verdict::Answer::undecided;
    verdict::Undecided why;                        ///< if undecided
    verdict::Evidence evidence = verdict::Evidence::none;  ///< refutation only once the checker accepted it; until then `unchecked`
    std::optional<Counterexample> counterexample;  ///< if it fails
    std::optional<Refutation> refutation;          ///< if it holds by a solver
    std::optional<Enclosure> enclosure;            ///< of a softmax model, where it is decided
    std::uint64_t words = 0;                       ///< if by exhaustion or enclosure
    std::size_t gates = 0, wires = 0;              ///< of the miter
    double seconds = 0;
};

/// Decides a question within limits.
///
/// Gives   `fails` with a counterexample that the exact evaluator has replayed; `holds` with the evidence exhaustion or
///         enclosure, or `unchecked` with a refutation for the checker; else undecided with its reason
/// Throws  InputError as model::Evaluator; InternalError if the solver's word does not replay
Outcome prove(const Question& question, const ProveOptions& options, const base::Limits& limits);

/// Decides by the exact evaluator on all words.
///
/// Gives   as above, never `unchecked`; undecided for the method circuit and for more than `most_words` words
Outcome prove(const GuhatQuestion& question, const ProveOptions& options, const base::Limits& limits);

/// A counterexample near the word of first symbols: one that differs from it in the fewest symbols if these are at most
/// two and the words few; otherwise one in which no single symbol can be reset.
/// Cost    some thousand evaluations, or O(N²)
Counterexample shrink(const Question& question, const Counterexample& counterexample, const base::Limits& limits);

/// Finds which literals are never true: random and structured words propose, a SAT solver confirms.
compile::NeverTrue find_never_true(const compile::Inputs& inputs, std::uint64_t seed, const base::Limits& limits);

}  // namespace attest::query
