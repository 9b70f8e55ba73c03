#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/compile/compile.hpp"
#include "attest/exact/ball.hpp"
#include "attest/language/language.hpp"
#include "attest/logic/sat_solver.hpp"
#include "attest/network/guhat.hpp"
#include "attest/network/program.hpp"
#include "attest/network/transformer.hpp"
#include "attest/soft/symmetry.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::decide {

/// How a question may be decided.
enum class Method {
    automatic,  ///< circuit and solver; exhaustion where the model does not compile or its circuit is too large
    circuit,
    exhaustion,  ///< the exact evaluator on all words; for softmax models the only way, in balls
    planes       ///< threshold gates and cutting planes: hard and average attention, however large the weights
};

struct ProveOptions {
    Method method = Method::automatic;
    logic::BackEnd back_end = logic::BackEnd::cadical;
    std::uint64_t seed = 0;
    std::uint64_t most_words = std::uint64_t{1} << 22;  ///< that exhaustion takes on
    /// Whether a softmax model with more words is asked about some on which trained models err.
    bool guesses = false;
    /// Softmax models: where words are too many to look at all, bound the scores of many at a time.
    bool regions = false;
    /// Whether cutting planes will do: of a model of hard and average attention from which nothing is taken away.
    bool planes = false;
    /// Told what is being done, for progress; may be empty.
    std::function<void(const std::string&)> progress = {};
};

/// Does the model recognise the language at this length?
struct Question {
    const network::Transformer& model;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each model symbol
    std::int64_t length = 0;
};

/// The same about tables, at the one length that they have.
struct GuhatQuestion {
    const network::Guhat& guhat;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each symbol of the tables
};

/// The same about a program.
struct ProgramQuestion {
    const network::Program& program;
    const language::Language& language;
    std::vector<language::Symbol> meaning;  ///< of each symbol of the program
    std::int64_t length = 0;
};

/// A word on which model and language differ, replayed by the exact evaluator.
struct Counterexample {
    language::Word word;
    bool expected = false;  ///< in the language
    bool actual = false;    ///< accepted
};

/// A refutation of the miter, not yet looked at by the checker.
struct Refutation {
    circuit::Circuit circuit;             ///< cone of the roots
    std::vector<circuit::Literal> roots;  ///< miter, then drops
    std::vector<compile::Drop> drops;
    logic::Cnf formula;
    std::string proof;         ///< empty if the solver gives none
    std::string proof_format;  ///< `lrat`, `xlrup`, or empty
    std::string no_proof;      ///< why the proof is missing
    std::string solver;
};

/// What a solver says of a circuit's roots: whether some word makes one of them true.
struct Decision {
    logic::Answer answer = logic::Answer::unknown;
    verdict::Undecided why;                ///< if unknown
    std::vector<bool> assignment;          ///< of the inputs, if satisfiable
    std::optional<Refutation> refutation;  ///< if unsatisfiable; without proof where the solver writes none
    std::string solver;
};

/// Asks a solver, parity reasoning where it makes no headway, and brings the proof into a form that the checker reads.
///
/// roots    of the circuit, which is their cone; `drops` for the record
/// symbols  of the alphabet of the words
Decision refute(circuit::Circuit circuit, std::vector<circuit::Literal> roots, std::vector<compile::Drop> drops,
                std::int64_t length, std::size_t symbols, const ProveOptions& options, const base::Limits& limits);

/// The score of a softmax model on a word, in balls.
struct EnclosedScore {
    long bits = 0;           ///< that its sign took; of an enclosure the most that a word took
    exact::Rational margin;  ///< the size of the score is at least this
    language::Word nearest;  ///< the word
    exact::Ball score;       ///< on that word
};

/// What balls say about the scores on all words: those of the word with the least margin, and more.
struct Enclosure : EnclosedScore {
    /// If one word was evaluated for all with its counts: classes of positions such that model and language depend only on
    /// how often each symbol comes in each. Empty: each word was.
    soft::Classes classes;
    /// If words were bounded many at a time: how they fall into regions (FORMAT.md section 17). Else empty. Then `nearest` is a word
    /// of the region whose bound is the least, and there is no cross-entropy.
    std::string regions;
    exact::Ball cross_entropy;  ///< in bits, the score being the logit of membership; the mean over all words
};

/// The margin as a decimal of six digits that is a little below it, so that another arithmetic comes out above it too.
std::string margin_text(const EnclosedScore& score);

/// That no word is a counterexample: all were evaluated exactly.
struct Exhaustion {};

/// A refutation by cutting planes of the inequalities that a counterexample would satisfy (FORMAT.md section 38), not yet looked
/// at by the checker.
struct CuttingPlanes {
    std::string formula;  ///< OPB
    std::string proof;    ///< as VeriPB reads it
    std::size_t gates = 0;
};

/// No counterexample was found where all words were looked at, one by one, or by a solver.
struct Holds {
    std::variant<Exhaustion, Enclosure, Refutation, CuttingPlanes> evidence;
};

struct Fails {
    Counterexample counterexample;
    std::optional<EnclosedScore> score;  ///< of a softmax model
};

/// What it took, whatever came of it.
struct Statistics {
    std::uint64_t words = 0;           ///< that were evaluated
    std::size_t gates = 0, wires = 0;  ///< of the miter
    double seconds = 0;
};

/// What was found out about one question: what attest found, not what is verified. That, only `certify` can say.
struct Outcome {
    std::variant<verdict::Undecided, Holds, Fails> result;
    Statistics statistics;

    bool holds() const { return std::holds_alternative<Holds>(result); }
    bool fails() const { return std::holds_alternative<Fails>(result); }
    /// The parts of the result; null where it has none.
    const verdict::Undecided* undecided() const { return std::get_if<verdict::Undecided>(&result); }
    const Counterexample* counterexample() const;
    const Refutation* refutation() const { return evidence_as<Refutation>(); }
    const Enclosure* enclosure() const { return evidence_as<Enclosure>(); }
    const CuttingPlanes* planes() const { return evidence_as<CuttingPlanes>(); }
    const EnclosedScore* score() const;  ///< on the nearest word, or on the counterexample
    /// What a verdict could rest on.
    verdict::Evidence evidence() const;

  private:
    template <typename T>
    const T* evidence_as() const {
        const Holds* found = std::get_if<Holds>(&result);
        return found != nullptr ? std::get_if<T>(&found->evidence) : nullptr;
    }
};

/// Decides a question within limits.
///
/// Gives   `fails` with a counterexample that the exact evaluator has replayed; `holds` by exhaustion or enclosure, or with a
///         refutation for the checker; else undecided with its reason
/// Throws  InputError as network::Evaluator; InternalError if the solver's word does not replay
Outcome prove(const Question& question, const ProveOptions& options, const base::Limits& limits);

/// Decides by the exact evaluator on all words.
///
/// Gives   as above, never a refutation; undecided for the method circuit and for more than `most_words` words
Outcome prove(const GuhatQuestion& question, const ProveOptions& options, const base::Limits& limits);

/// Decides by all words where these are few, else by circuit and solver, or as the method says.
/// Throws  Unsupported for a program that accepts nothing; InputError where it has no value
Outcome prove(const ProgramQuestion& question, const ProveOptions& options, const base::Limits& limits);

/// A counterexample near the word of first symbols: one that differs from it in the fewest symbols if these are at most
/// two and the words few; otherwise one in which no single symbol can be reset.
/// Cost    some thousand evaluations, or O(N²)
Counterexample shrink(const Question& question, const Counterexample& counterexample, const base::Limits& limits);

/// Finds which literals are never true: random and structured words propose, a SAT solver confirms.
compile::NeverTrue find_never_true(const compile::Inputs& inputs, std::uint64_t seed, const base::Limits& limits);

/// Value sets beyond these sizes are worth the search for values that never occur.
constexpr std::size_t many_values = 64;
constexpr std::size_t many_cases = 1 << 14;

/// Values of the model that never occur at this length, in the order of its compact circuit; none where a limit comes first.
std::vector<compile::Drop> find_drops(const network::Transformer& model, std::int64_t length, std::uint64_t seed,
                                      const base::Limits& limits);

}  // namespace attest::decide
