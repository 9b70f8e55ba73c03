#pragma once

#include <cstdint>
#include <optional>
#include <utility>
#include <vector>

#include "attest/exact/activation.hpp"
#include "attest/exact/expression.hpp"
#include "attest/exact/matrix.hpp"

namespace attest::network {

enum class AttentionKind { hard, average, sparsemax, softmax };
enum class Tie { left, right };
enum class Mask { none, causal, strict, future, strict_future };

/// Positions first … last (from 1); none if first > last.
struct Span {
    std::int64_t first = 1, last = 0;
    bool empty() const { return first > last; }
    bool operator==(const Span&) const = default;
};

/// What the mask leaves for position i of n: always positions in a row.
constexpr Span seen(Mask mask, std::int64_t i, std::int64_t n) {
    switch (mask) {
        case Mask::none: return {1, n};
        case Mask::causal: return {1, i};
        case Mask::strict: return {1, i - 1};
        case Mask::future: return {i, n};
        case Mask::strict_future: return {i + 1, n};
    }
    return {};
}

/// Whether position i may attend to position j, wherever positions begin to count.
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
    std::optional<Tie> tie = {};    ///< if it is not that of the layer
    std::optional<Mask> mask = {};  ///< if it is not that of the layer

    std::size_t query_rows() const { return query ? query->outputs() : 0; }
};

/// layer: (v − mean) / sqrt(variance + eps) · gain + bias; rms: v / sqrt(mean of v² + eps) · gain + bias.
struct Norm {
    enum class Placement { pre, post };
    enum class Kind { layer, rms };
    Placement placement = Placement::post;
    Kind kind = Kind::layer;
    exact::Rational eps;
    exact::Vector gain;  ///< [d]
    exact::Vector bias;  ///< [d]
};

/// Pair t < dims/2 of query and key is turned by (position − 1 + first) / factor · base^(−2t/dims) before the product.
struct Rotary {
    enum class Pairing { half, interleaved };
    exact::Rational base;  ///< > 0
    std::size_t dims = 0;  ///< even, at most dk of every head
    Pairing pairing = Pairing::half;
    exact::Rational first;
    exact::Rational factor{1};  ///< > 0

    /// The two coordinates of a pair.
    std::pair<std::size_t, std::size_t> pair(std::size_t t) const {
        return pairing == Pairing::half ? std::pair{t, t + dims / 2} : std::pair{2 * t, 2 * t + 1};
    }
};

struct Attention {
    AttentionKind kind = AttentionKind::hard;
    Tie tie = Tie::left;
    Mask mask = Mask::none;
    exact::Expression scale{exact::Rational(1)};
    std::vector<Head> heads;
    bool residual = true;
    std::optional<Norm> norm;
    std::optional<Rotary> rotary = {};

    /// Of one of its heads.
    Mask mask_of(const Head& head) const { return head.mask.value_or(mask); }
    Tie tie_of(const Head& head) const { return head.tie.value_or(tie); }
};

/// Affine maps with the activation between them. With a gate there are two: maps[1](act(gate(x)) ∘ maps[0](x)).
struct FeedForward {
    std::vector<exact::AffineMap> maps;
    exact::Activation activation = {};
    std::optional<exact::AffineMap> gate = {};  ///< [rows of maps[0] × d]
    bool residual = true;
    std::optional<Norm> norm;
};

struct Layer {
    std::optional<Attention> attention;
    std::optional<FeedForward> feedforward;
    std::optional<exact::Expression> repeat = {};  ///< in n: how often the layer stands in a row; none: once
};

}  // namespace attest::network
