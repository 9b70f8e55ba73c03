#pragma once

#include <compare>
#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "checker/core/drop.hpp"
#include "checker/core/network_class.hpp"
#include "checker/core/rational.hpp"
#include "checker/kernel/budget.hpp"

namespace attest::checker {

struct FileEntry {
    std::string name;
    std::uint64_t bytes = 0;
    std::string sha256;
};

/// A head, or a feed-forward part, whose output is taken away, or what a later head reads of a head's output: FORMAT.md
/// section 15. Of a program, a variable.
struct Removed {
    std::size_t layer = 0;     ///< from 1
    std::size_t head = 0;      ///< from 1; 0: the feed-forward part
    std::size_t to_layer = 0;  ///< of the head that reads; 0: all that it adds
    std::size_t to_head = 0;
    std::string variable = {};  ///< of a program (section 26.1); then there are no numbers

    bool is_edge() const { return to_layer > 0; }
    auto operator<=>(const Removed&) const = default;
};

/// What removed parts add in place of what they added.
struct Instead {
    std::vector<Vector> constants;                 ///< by part; empty where they depend on the position
    std::vector<std::vector<Vector>> by_position;  ///< by part, [p - 1]; or empty
    std::optional<Rational> within;                ///< each is so near to the mean of what the part added
};

struct Part {
    std::string directory;
    std::string digest;
};

/// A claim about a restriction: FORMAT.md section 10.
struct RestrictionClaim {
    std::map<std::string, std::string> fixed;  ///< position, symbol
    bool accept = false;                       ///< the answer
    std::optional<std::pair<std::string, std::string>> pair;
    bool optimal = false;
};

struct OutsideClaim;
struct LayersClaim;
struct RuleEvidence;

/// What a claim of any kind says; the keys of other kinds are empty.
struct Claim {
    std::vector<Part> parts;  ///< of a collection

    std::string model;
    std::string language;
    std::size_t length = 0;
    bool verified = false;  ///< the verdict: the model recognises the language at this length; some network does
    std::optional<std::map<std::string, std::string>> map;

    std::optional<RestrictionClaim> restriction;
    bool sensitive = false;  ///< nothing can be silenced

    std::vector<Removed> without;      ///< parts of the model that are taken away
    std::optional<Instead> instead;    ///< what they add then; 0 if nothing is said
    std::optional<Rational> robust;    ///< how far the vector that is read may move: FORMAT.md section 15
    std::optional<std::string> wrong;  ///< on how many words it is wrong, decimal: FORMAT.md section 14
    std::optional<std::string> other;  ///< of two networks that answer the same, or do not: the second one's name

    std::optional<std::vector<std::size_t>> invariant;  ///< positions whose symbols do not change the answer, or do
    std::optional<std::string> task;  ///< of a program that computes it, or does not: FORMAT.md section 18

    std::shared_ptr<const OutsideClaim> outside;  ///< of a language that is outside of a class: FORMAT.md section 22
    std::shared_ptr<const LayersClaim> layers;    ///< of layers that are too few: FORMAT.md section 23
    std::optional<std::uint64_t> from;  ///< of all lengths from this on, in place of `length`: FORMAT.md section 21

    /// Whether the claim, which is about networks, names a language, and so has a verdict.
    bool has_language() const { return !restriction && !sensitive && !other && !invariant && !task; }

    std::optional<NetworkClass> network_class;  ///< of a threshold, which has no model and no map
    std::size_t softmax_heads = 0;              ///< of a threshold of softmax layers; 0 for other claims
};

/// Of a bound by restricting layer after layer: FORMAT.md section 9.11; with one stage, of which only the width is told, of
/// one by counting after a restriction: section 9.14.
struct Restricted {
    struct Stage {
        std::size_t width = 0, free = 0;
    };
    Rational probability;
    std::vector<Stage> stages;
};

/// Of a bound by faces: FORMAT.md section 9.12.
struct FaceWeighing {
    Rational price;
    std::map<std::size_t, Rational> weights;  ///< by dimension
};

/// A block of a word that one head of a network tells: FORMAT.md section 9.13.
struct PeeledBlock {
    std::size_t layer = 0, symbols = 0;
    std::size_t leaders = 0;  ///< of groups of its symbols; a network of so many symbols is in the file of that name
};

struct PeeledBlocks {
    std::size_t first = 0;  ///< symbols that the reader's heads see in the first layer
    std::vector<PeeledBlock> blocks;
};

/// `peeling-7.json`
std::string peeling_file(std::size_t leaders);

struct Evidence {
    enum class Kind {
        none,
        lrat,
        xlrup,
        exhaustion,
        prefixes,
        enclosure,
        witness,
        network,
        peelings,
        restriction,
        peeling,
        counting,
        restricted_counting,
        orders,
        restricted_layers,
        faces,
        sum,
        counted_network,
        alternation,
        words,
        pair,
        closure,
        planes
    };

    Kind kind = Kind::none;
    std::vector<Drop> drops;        ///< of a refutation
    std::vector<Drop> other_drops;  ///< of a refutation about two models
    std::uint64_t words = 0;        ///< of an exhaustion, an enclosure or a network
    Rational margin;                ///< no score, or difference of logits, is nearer to 0
    long bits = 0;                  ///< of an enclosure
    std::optional<std::vector<std::vector<std::uint64_t>>> classes;  ///< of an enclosure by counts: positions from 1
    bool by_regions = false;                                         ///< of an enclosure: words many at a time
    std::string word;                                                ///< of a witness
    bool expected_accept = false;                                    ///< of a witness
    bool actual_accept = false;                                      ///< of a witness
    std::size_t position = 0;                                        ///< of a witness about texts: from 1
    std::string expected_text, actual_text;                          ///< likewise
    std::optional<std::vector<std::string>> open;      ///< for a restriction that is claimed to be optimal
    std::optional<std::vector<std::string>> mistakes;  ///< of the refutation that there are others
    std::vector<std::string> breaks;                   ///< of the refutation of a threshold
    Restricted restricted;                             ///< of a bound by layers, or by counting after a restriction
    std::optional<FaceWeighing> faces;                 ///< of a bound by faces
    std::optional<PeeledBlocks> peeled;                ///< of a network that is told by its parts
    std::optional<std::pair<std::string, std::string>> pair;  ///< words with different answers
    std::shared_ptr<const RuleEvidence> rule;                 ///< words that a rule is about: FORMAT.md section 22

    std::uint64_t states = 0;                       ///< of a closure: pairs of states
    std::size_t first = 0, period = 1, window = 0;  ///< of a closure or an invariant: what the machine tells apart
    bool has_window = false;                        ///< of an invariant: it says so
    bool counts_symbols = false;                    ///< of a linear invariant: FORMAT.md section 39

    /// With which a soft model is evaluated first.
    long first_bits() const { return bits > 0 ? bits : 256; }
    bool is_refutation() const { return kind == Kind::lrat || kind == Kind::xlrup; }
};

struct ClaimKind;

struct Manifest {
    const ClaimKind* kind = nullptr;  ///< the row that read it
    Claim claim;
    Evidence evidence;
    std::vector<std::string> assumptions;
    std::vector<FileEntry> files;
    std::string digest;
};

/// Reads a manifest (FORMAT.md section 1.1) whose claim is of one of the kinds, which outlive it.
///
/// Throws  Defect (place): unknown keys and kinds, wrong shapes, verdict and evidence that do not fit
Manifest read_manifest(std::string_view bytes, std::span<const ClaimKind> kinds, Budget& budget);

/// The digest that the manifest must carry: that of its bytes in which its own digest is replaced by zeros.
///
/// Throws  Defect: the digest does not stand in the bytes exactly once
std::string digest_of_manifest(std::string_view bytes, const std::string& digest, Budget& budget);

}  // namespace attest::checker
