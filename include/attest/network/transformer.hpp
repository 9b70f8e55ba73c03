#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "attest/exact/expression.hpp"
#include "attest/exact/matrix.hpp"
#include "attest/language/alphabet.hpp"

namespace attest::network {

enum class AttentionKind { hard, average, softmax };
enum class Tie { left, right };
enum class Mask { none, causal, strict, future, strict_future };

/// Whether position i may attend to position j.
constexpr bool allows(Mask mask, std::int64_t i, std::int64_t j) {
    switch (mask) {
        case Mask::none: return true;
        case Mask::causal: return j <= i;
        case Mask::strict: return j < i;
        case Mask::future: return j >= i;
        case Mask::strict_future: return j > i;
    }
    return false;
}

/// One attention head: score(i, j) = scale · (query(y_i) · key(y_j)) + bias(i, j).
///
/// Shape   query, key: [dk × d], both or neither; value: [dv × d]; output: [d × dv]
struct Head {
    std::optional<exact::AffineMap> query;
    std::optional<exact::AffineMap> key;
    exact::AffineMap value;
    exact::AffineMap output;
    exact::Expression bias;

    std::size_t query_rows() const { return query ? query->outputs() : 0; }
};

/// (v − mean) / sqrt(variance + eps) · gain + bias.
struct Norm {
    enum class Placement { pre, post };
    Placement placement = Placement::post;
    exact::Rational eps;
    exact::Vector gain;  ///< [d]
    exact::Vector bias;  ///< [d]
};

struct Attention {
    AttentionKind kind = AttentionKind::hard;
    Tie tie = Tie::left;
    Mask mask = Mask::none;
    exact::Expression scale{exact::Rational(1)};
    std::vector<Head> heads;
    bool residual = true;
    std::optional<Norm> norm;
};

/// Affine maps with ReLU between them.
struct FeedForward {
    std::vector<exact::AffineMap> maps;
    bool residual = true;
    std::optional<Norm> norm;
};

struct Layer {
    std::optional<Attention> attention;
    std::optional<FeedForward> feedforward;
};

struct Readout {
    std::int64_t position = -1;  ///< from 1, or from the end: −1 is the last
    exact::Vector weight;        ///< [d]
    exact::Rational bias;
};

/// A transformer as the model format describes it (specification: model files, version 1): plain data.
struct Transformer {
    std::string name;
    std::vector<std::string> cite;
    language::Alphabet alphabet{{"0", "1"}};
    std::optional<std::string> begin;
    std::optional<std::string> end;
    std::size_t dimension = 0;
    std::vector<exact::Vector> embedding;     ///< by symbol: [symbols × d]
    exact::Vector begin_embedding;            ///< [d] where there is a begin symbol
    exact::Vector end_embedding;              ///< [d] where there is an end symbol
    std::vector<exact::Expression> position;  ///< [d] in i and n, or empty
    std::vector<Layer> layers;
    Readout readout;

    /// The kind of the whole: softmax if any part needs it, else average if any layer does, else hard.
    AttentionKind kind() const;
    /// The length of the sequence for a word of N symbols.
    std::int64_t sequence_length(std::int64_t length) const { return length + (begin ? 1 : 0) + (end ? 1 : 0); }
    /// The position (from 1) at which a sequence of n positions is read.
    /// Throws  InputError if it has none.
    std::int64_t readout_position(std::int64_t n) const;
};

/// The feed-forward part applied to one position's vector, residual included, norm not.
exact::Vector feed_forward(const FeedForward& part, const exact::Vector& y);

/// Throws  InputError for an expression without value at some place of a sequence of n positions, read or not: a
///         model that divides by zero anywhere is a mistake of its author.
/// Cost    nothing for expressions that have a value everywhere, which most show by their form; else O(n²) evaluations
void require_values(const Transformer& transformer, std::int64_t n);

/// What position p (from 1) of n adds to its symbol's embedding.
exact::Vector position_vector(const Transformer& transformer, std::int64_t p, std::int64_t n);

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
