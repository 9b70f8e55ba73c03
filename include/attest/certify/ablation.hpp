#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attest/certify/archive.hpp"
#include "attest/certify/certificate.hpp"
#include "attest/certify/invariance.hpp"
#include "attest/decide/ablate/search.hpp"
#include "attest/language/task.hpp"
#include "attest/verdict/certified.hpp"

namespace attest::certify {

/// What is taken away, and what stands in its place.
enum class Taken {
    parts,              ///< heads and feed-forward parts, which then add 0
    means,              ///< the same, which then add what they add on average
    means_by_position,  ///< the same, at each position what they add there on average
    edges               ///< what heads read of earlier heads
};

/// A transformer whose parts are taken away.
struct AblationSubject {
    const formats::ModelFile& model;
    const language::Language* language = nullptr;  ///< what is to be recognised; null: as the whole transformer answers
    std::vector<std::pair<std::string, std::string>> map;  ///< `--map`; empty if each symbol means itself
    Taken taken = Taken::parts;
    std::optional<exact::Rational> robust = {};  ///< the vector that is read may move so far
    /// What is left is to answer the same whatever symbols these positions (from 1) have: told of each set that is enough.
    std::vector<std::int64_t> invariant = {};
};

/// A program whose variables are taken away: each then has the value of its `none` or `otherwise`.
struct ProgramAblationSubject {
    const formats::ProgramFile& program;
    const language::Language* language = nullptr;  ///< what is to be recognised
    const language::Task* task =
        nullptr;  ///< what is to be computed; if this is null too: as the whole program accepts
    std::vector<std::pair<std::string, std::string>> map = {};  ///< of the language; empty if each symbol means itself
};

/// A set of parts that is enough, with the verdict on all words.
struct KeptParts {
    std::vector<ablate::Part> kept;
    verdict::Verdict verdict;
    std::optional<exact::Rational> margin;      ///< of a softmax model: no score is nearer to 0
    std::optional<Invariance> invariance = {};  ///< if it was asked for
};

/// Which parts a transformer needs at a length.
struct Ablation {
    std::int64_t length = 0;
    ablate::Outcome outcome;
    std::optional<exact::Rational> within;  ///< of means: how far a constant may be from the mean
    std::vector<KeptParts> kept;            ///< by set of the outcome that is enough
    std::vector<std::string> parts;         ///< of the archive's collection, in order
    std::size_t shown = 0;                  ///< sets of which the checker has seen a word that breaks them
    double seconds = 0;
};

/// Searches the smallest sets that are enough, each decided with a certificate that the checker has accepted; then has
/// the
/// checker replay a word for each smaller set, where they are at most `most_shown`, and for each part that is needed.
///
/// Gives   the parts of the collection, for Archive::finish
/// Throws  as recognise, compare
Ablation ablate_parts(const AblationSubject& subject, std::int64_t length, const decide::ProveOptions& options,
                      const ablate::Options& search, const base::Limits& limits, Archive& archive);
/// The same of a program (FORMAT.md, section 26.1). Where it has no value on a word without some variables, these are not
/// enough; such a word is told and not shown to the checker.
///
/// Throws  as recognise, compare, perform; InputError where the whole program has no value
Ablation ablate_parts(const ProgramAblationSubject& subject, std::int64_t length, const decide::ProveOptions& options,
                      const ablate::Options& search, const base::Limits& limits, Archive& archive);

}  // namespace attest::certify
