#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <variant>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/decide/answer/answerer.hpp"
#include "attest/decide/recognise/prove.hpp"
#include "attest/soft/symmetry.hpp"
#include "attest/verdict/verdict.hpp"

/// Do two networks answer the same on all words of a length?
namespace attest::equal {

/// What is compared.
enum class Compared {
    decisions,  ///< whether a word is accepted
    texts  ///< what is answered: of a program its texts, of a model the names of its classes, at each position or once
};

struct Question {
    decide::Network model, other;
    /// For each symbol of the model its number in the other's alphabet: one-to-one, and onto.
    std::vector<language::Symbol> letters;
    std::int64_t length = 0;
    Compared compared = Compared::decisions;
};

/// What the two answer to a word, at each position of it or once.
struct BothTexts {
    std::vector<std::string> model, other;

    std::size_t position() const;  ///< the first at which they differ, from 1
};

/// A word on which the two answer differently; both answers are certain.
struct Difference {
    language::Word word;               ///< over the model's alphabet
    bool model = false;                ///< whether the model accepts it; the other does not do the same
    std::optional<BothTexts> texts{};  ///< where they are compared, in its place
};

/// All words were evaluated in balls where a network is soft, exactly where it is not.
struct Enclosure {
    exact::Rational margin;  ///< no score of a soft network is nearer to 0; of texts, no class it answers leads by less
    long bits = 0;           ///< the most that a word took
    soft::Classes classes;   ///< if one word was evaluated for all with its counts; else empty
};

/// A refutation of the miter of the two, not yet looked at by the checker.
struct Refutation {
    decide::Refutation refutation;           ///< its drops are the model's
    std::vector<compile::Drop> other_drops;  ///< those of the other, which come after them
};

struct Holds {
    std::variant<decide::Exhaustion, Enclosure, Refutation> evidence;
};

/// What was found out; what of it is verified, only `certify` can say.
struct Outcome {
    std::variant<verdict::Undecided, Holds, Difference> result;
    decide::Statistics statistics;

    const verdict::Undecided* undecided() const { return std::get_if<verdict::Undecided>(&result); }
    const Holds* holds() const { return std::get_if<Holds>(&result); }
    const Difference* difference() const { return std::get_if<Difference>(&result); }
    const Refutation* refutation() const { return holds() ? std::get_if<Refutation>(&holds()->evidence) : nullptr; }
    const Enclosure* enclosure() const { return holds() ? std::get_if<Enclosure>(&holds()->evidence) : nullptr; }
    verdict::Evidence evidence() const;
};

/// For each symbol of one alphabet its number in another: the symbol of the same name, or the one that the map names.
/// Throws  UsageError unless that is one-to-one and onto
std::vector<language::Symbol> match(const language::Alphabet& model, const language::Alphabet& other,
                                    const std::vector<std::pair<std::string, std::string>>& map);

/// The word as the other network reads it.
language::Word read_by_other(const language::Word& word, const std::vector<language::Symbol>& letters);

/// Whether words are accepted by the network; else it only answers texts, or it has no answer at all.
bool decides(const decide::Network& network);

/// Decides by a solver on the miter where both networks compile (hard attention), else by all words, or by their
/// counts.
/// Texts: of two programs by a solver where words are many, else by all words.
/// Where there are more words than `options.most_words`, a difference is searched for; that there is none stays undecided.
///
/// Gives   a difference that the evaluators have replayed; `holds` with its evidence; else undecided with its reason
/// Throws  InputError as network::Evaluator; InternalError if the solver's word shows no difference; of texts Unsupported where a
///         network answers none, or one at each position and the other once
/// Cost    all words: |Σ|^N evaluations of both, at most `options.most_words`
Outcome compare(const Question& question, const decide::ProveOptions& options, const base::Limits& limits);

}  // namespace attest::equal
