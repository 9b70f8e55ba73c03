#pragma once

#include <optional>
#include <string>

#include "attest/measure/influence/certify.hpp"
#include "attest/measure/influence/enumerate.hpp"
#include "attest/measure/influence/theory.hpp"
#include "attest/network/transformer.hpp"

namespace attest::influence {

struct StudyOptions {
    std::uint64_t seed = 0;
    unsigned threads = 1;
    std::uint64_t most_work = 2'000'000'000;  ///< of `certify`
    double most_operations = 1e9;             ///< of `search`
    double most_balls = 1e9;                  ///< operations of `enumerate`
};

/// The influence of a symbol, from below and from above.
struct Bracket {
    std::optional<Witness> witness;  ///< the greatest change found
    Certified certified;             ///< as narrow as boxes and enumeration make it

    double reached() const { return witness ? witness->change.mignitude() : 0; }
    /// The tool's own gap: certified over reached.
    double ratio() const;
    /// Whether both are the ends of one ball: then this is the value, to more digits than are printed.
    bool is_exact() const { return certified.bound <= reached() * (1 + 1e-12); }
};

/// The influence of the symbol that is read.
struct ReadBracket : Bracket {
    std::int64_t position = 0;  ///< of it in the word, from 1
};

/// By how far the vector that is read moves, and its norm.
struct VectorChange {
    Interval distance, norm_change;
};

/// The influence of one symbol at one length: of any but the one that is read, and of that.
struct Study : Bracket {                   ///< of the others; `by_position` is for all
    std::optional<ReadBracket> read;       ///< nothing where the begin or end symbol is read
    std::optional<Enumerated> enumerated;  ///< of all words, where they were few enough
    std::optional<VectorChange> vector;    ///< of the witness; nothing where scores alone were looked at
    std::optional<std::string> by_words;   ///< the key for which all words were evaluated, and nothing else was done
    Interval blowup{
        1, 1};        ///< how layer norms stretch, on some word: the product over norms of the greatest 1 + 1/deviation
    LemmaFive lemma;  ///< of the others

    /// No symbol of the least influential position moves the logit by more: what a floor for PARITY needs.
    double least_certified() const {
        return certified.by_position.size() == 1 && read ? read->certified.bound : certified.bound;
    }
};

/// Throws  Unsupported with the first key of the model that influence does not follow; InputError for a length that it is
///         not for, or at which nothing is read
void require_followed(const network::Transformer& transformer, std::int64_t length);

/// I(N) = max over words of length N and positions of |logit(x) − logit(x with that symbol replaced)|, for the position that is
/// read and for all others.
///
/// Sparsemax, gated layers, rotary positions, masks of single heads, pooled readouts, more classes than two and a bias that is
/// not rational are followed by evaluating all words alone (`enumerate`).
/// Exact   `reached()` is a lower bound and `certified.bound` an upper bound
/// Throws  as `instantiate`; Unsupported for a model of the latter kind with too many words, or where the limits end them
Study study(const network::Transformer& transformer, std::int64_t length, const StudyOptions& options,
            const base::Limits& limits);

}  // namespace attest::influence
