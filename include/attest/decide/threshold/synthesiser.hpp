#pragma once

#include <gmpxx.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attest/base/limits.hpp"
#include "attest/base/share.hpp"
#include "attest/decide/threshold/encoder.hpp"
#include "attest/decide/threshold/extension.hpp"
#include "attest/decide/threshold/scores.hpp"
#include "attest/logic/cnf.hpp"
#include "attest/logic/sat_solver.hpp"
#include "attest/network/guhat.hpp"
#include "attest/verdict/verdict.hpp"

namespace attest::threshold {

struct SynthesisOptions {
    /// Symmetry breaks that may be used where they hold.
    std::vector<Break> breaks{Break::activations, Break::heads, Break::permutations,
                              Break::complements, Break::signs, Break::numbers};
    /// Looks for networks among some of the class besides, and builds them from smaller ones, where that is quicker.
    bool narrow = true;
    /// Takes `bounded_by_restriction` for an answer; otherwise only refutations say that there is none.
    bool bounds = true;
    /// Makes a proof where there is no network.
    bool proof = true;
    logic::BackEnd back_end = logic::BackEnd::cadical;
    std::uint64_t seed = 0;
    unsigned threads = 1;
    /// Into how many parts a search is split that is not decided at once, a power of two; 1: not split.
    std::size_t cubes = 1;
    /// File, or folder that several processes share, that keeps what cubes came to; may be empty.
    std::string journal;
    /// The cubes that are searched here; what others left in the journal is joined.
    base::Share share;
    /// Networks that larger ones may be built from: those that are found are added, to be there for the next search.
    std::shared_ptr<Library> library = std::make_shared<Library>();
    /// Told what is being done; may be empty. Calls come from one thread at a time.
    std::function<void(const std::string&)> progress;
};

/// A refutation of the formula of section 9, not yet looked at by the checker.
struct Refutation {
    logic::Cnf formula;    ///< with its cuts
    std::size_t cuts = 0;  ///< the last clauses of it
    std::vector<Break> breaks;
    std::string proof;     ///< LRAT; empty if there is none
    std::string no_proof;  ///< why it is missing
    std::string solver;
};

/// What is left of the word after a layer: symbols that are free, and how many of them decide what a position holds.
struct LayerStage {
    std::int64_t width = 0;
    std::int64_t free = 0;
};

/// Random restrictions that leave no network of a class anything to tell words apart by (FORMAT.md, section 9.11).
struct RestrictedLayers {
    mpq_class probability;           ///< that a symbol stays free before the first layer
    std::vector<LayerStage> stages;  ///< after each layer but the last
};

/// A random restriction after which no position needs many symbols, but for some that are mended (FORMAT.md, section 9.14).
struct RestrictedCounting {
    mpq_class probability;   ///< that a symbol stays free
    std::int64_t width = 0;  ///< how many decide what a position holds
};

/// What neighbours and faces of words count for (FORMAT.md, section 9.12).
struct FaceWeights {
    mpq_class price;                                          ///< of a word
    std::vector<std::pair<std::int64_t, mpq_class>> weights;  ///< of a face, by its dimension, ascending
};

/// A block of the word that one head of the reader tells by itself.
struct PeeledBlock {
    std::int64_t layer = 0, symbols = 0;
    std::int64_t leaders = 0;  ///< positions that know the sum of a group before the peeling
};

/// A network told by its parts (FORMAT.md, section 9.13): each was run on all its words, but not the network.
struct Composition {
    std::int64_t first = 0;  ///< symbols that the reader sees in the first layer
    std::vector<PeeledBlock> blocks;
    std::map<std::int64_t, network::Guhat> peelings;  ///< by their symbols, one for each leader
};

/// Arguments that no network of a class computes a language: `bounded_by_restriction`, `bounded_by_peeling`,
/// `bounded_by_counting`, `bounded_by_orders`, `bounded_after_restriction`, `bounded_by_layers`, `bounded_by_faces`.
enum class Bound { restriction, peeling, orders, counting, restricted_counting, layers, faces };

/// Whether a class has a network for a language at a length.
struct Existence {
    verdict::Answer answer = verdict::Answer::undecided;  ///< holds: there is one; fails: there is none
    verdict::Undecided why;                               ///< if undecided
    std::optional<network::Guhat> network;                ///< if there is one: run on all words
    std::optional<Composition> parts;                     ///< in its place, of words that are too many to be listed
    std::optional<Scores> scores;                         ///< of the network, in classes of weak orders
    std::optional<Refutation> refutation;                 ///< if there is none
    bool extended = false;                                ///< the network was built from smaller ones
    std::optional<Bound> bound;                           ///< the argument by which there is none; then no refutation
    RestrictedLayers layers;                              ///< of the bound `layers`
    FaceWeights faces;                                    ///< of the bound `faces`
    RestrictedCounting counting;                          ///< of the bound `restricted_counting`
    std::string how;                                      ///< which search found it
    double seconds = 0;
};

/// Searches for a network that computes the language, or a proof that there is none.
///
/// Of more than 2²² words only bounds are asked, and whether a network can be put together from parts.
///
/// Throws  UsageError as require_sound
/// Exact   a network found has been run on all words; that there is none is a solver's word until its proof is checked
Existence search(const Specification& specification, const SynthesisOptions& options, const base::Limits& limits);

/// What a bound says without any search; nothing if none applies.
///
/// Exact   yes
/// Cost    that of the bounds, one after the other
std::optional<Existence> refute_by_bound(const Specification& specification, const base::Limits& limits);

/// The least length from that of the specification up to `to` at which a bound applies; nothing where none does.
std::optional<std::int64_t> least_bounded_length(Specification specification, std::int64_t to,
                                                 const base::Limits& limits);

}  // namespace attest::threshold
