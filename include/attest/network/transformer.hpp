#pragma once

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/language/alphabet.hpp"
#include "attest/network/layer.hpp"

namespace attest::network {

/// Answers by class: that of the greatest logit, of several the one listed first.
struct Classes {
    std::vector<std::string> names;
    exact::AffineMap logits;   ///< [classes × d]
    std::vector<bool> accept;  ///< by class, some but not all; empty: the model accepts nothing and rejects nothing

    /// Needs   at least one logit
    template <typename Number>
    static std::size_t answer(const std::vector<Number>& values) {
        return static_cast<std::size_t>(std::max_element(values.begin(), values.end()) - values.begin());
    }
    /// The greatest logit of the classes that are accepted, or of those that are not.
    /// Needs   `accept` is not empty
    template <typename Number>
    Number greatest(const std::vector<Number>& values, bool accepted) const {
        using std::max;  // a ball has its own
        std::optional<Number> result;
        for (std::size_t c = 0; c < values.size(); ++c)
            if (accept[c] == accepted) result = result ? Number(max(*result, values[c])) : values[c];
        return *result;
    }
};

struct Readout {
    /// What is read: the final vector at one position, that at each position of the word, or their mean or sum over all
    /// positions of the sequence.
    enum class Reading { one, each, mean, sum };
    Reading reading = Reading::one;
    std::int64_t position = -1;  ///< of Reading::one: from 1, or from the end: −1 is the last
    exact::Vector weight;        ///< [d]; empty where there are classes
    exact::Rational bias;
    std::optional<exact::Expression> bias_in_n = {};  ///< stands for the bias where it depends on n
    std::optional<Classes> classes = {};

    bool pools() const { return reading == Reading::mean || reading == Reading::sum; }
    /// Whether the model accepts and rejects words; else it only says classes.
    bool decides() const { return reading != Reading::each && (!classes || !classes->accept.empty()); }
};

/// Row k is what position first + k adds; other positions cannot be.
struct PositionTable {
    std::vector<exact::Vector> rows;  ///< [positions × d]
    std::int64_t first = 1;
};

/// A transformer as the model format describes it (specification: model files, version 2): plain data.
struct Transformer {
    std::string name;
    std::vector<std::string> cite;
    language::Alphabet alphabet{{"0", "1"}};
    std::optional<std::string> begin;
    std::optional<std::string> end;
    std::optional<std::int64_t> max_length = {};  ///< the greatest length of a word that the model is for
    std::size_t dimension = 0;
    std::vector<exact::Vector> embedding;     ///< by symbol: [symbols × d]
    exact::Vector begin_embedding;            ///< [d] where there is a begin symbol
    exact::Vector end_embedding;              ///< [d] where there is an end symbol
    std::vector<exact::Expression> position;  ///< [d] in i and n, or empty
    std::optional<PositionTable> position_table = {};
    std::optional<Norm> embedding_norm = {};  ///< after embedding and position
    std::optional<Norm> final_norm = {};      ///< before the readout
    std::vector<Layer> layers;
    Readout readout;
    std::string source = {};  ///< where it comes from, as an object of JSON; empty if nothing is said

    /// The kind of the whole: softmax if any part has to be enclosed in balls, else sparsemax or average if any layer
    /// attends so, else hard.
    AttentionKind kind() const;
    /// The length of the sequence for a word of N symbols.
    /// Throws  InputError if the model is not for words of this length: here, so that no question passes by
    std::int64_t sequence_length(std::int64_t length) const;
    /// The position (from 1) at which a sequence of n positions is read.
    /// Throws  InputError if it has none; Unsupported if more than one is read
    std::int64_t readout_position(std::int64_t n) const;
    /// The positions (from 1) whose final vectors are read.
    /// Throws  InputError if there is none
    std::vector<std::int64_t> read_positions(std::int64_t n) const;
};

/// The feed-forward part applied to one position's vector, residual included, norm not.
/// Needs   an activation that is rational, no gate
exact::Vector feed_forward(const FeedForward& part, const exact::Vector& y);

/// Whether a word is accepted whose vector at the position that is read is this.
/// Needs   readout.decides()
bool accepts(const Readout& readout, const exact::Vector& y);

/// Throws  Unsupported if the model says classes, but neither accepts nor rejects
void require_decision(const Transformer& transformer);

/// Throws  InputError for an expression without value at some place of a sequence of n positions, read or not: a
///         model that divides by zero anywhere is a mistake of its author.
/// Cost    nothing for expressions that have a value everywhere, which most show by their form; else O(n²) evaluations
void require_values(const Transformer& transformer, std::int64_t n);

/// What position p (from 1) of n adds to its symbol's embedding.
/// Throws  InputError for a position that the table lacks
exact::Vector position_vector(const Transformer& transformer, std::int64_t p, std::int64_t n);
/// The same for softmax models, whose expressions may be transcendental.
/// Exact   encloses the true value
exact::BallVector enclose_position(const Transformer& transformer, std::int64_t p, std::int64_t n, long bits);

const char* to_string(AttentionKind kind);
const char* to_string(Tie tie);
const char* to_string(Mask mask);

/// Value of `scale` at this sequence length.
/// Throws  InputError if it is not positive.
exact::Rational scale_at(const Attention& attention, const Head& head, std::int64_t n);

/// The same for softmax models, whose scale may be transcendental.
/// Exact   encloses the true value; a ball around 0 if the bits do not tell whether it is positive
exact::Ball enclose_scale(const Attention& attention, const Head& head, std::int64_t n, long bits);

/// Gives every norm this eps.
/// Throws  UsageError if the model has none
void set_norm_eps(Transformer& transformer, const exact::Rational& eps);

}  // namespace attest::network
