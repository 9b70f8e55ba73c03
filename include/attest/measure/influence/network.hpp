#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "attest/exact/affine.hpp"
#include "attest/exact/interval.hpp"
#include "attest/network/transformer.hpp"

namespace attest::influence {

using exact::Interval;
using Box = std::vector<Interval>;

using IntervalMap = exact::Affine<Interval>;

IntervalMap enclose_map(const exact::AffineMap& map);

struct IntervalNorm {
    std::string place;  ///< in the model
    network::Norm::Placement placement;
    network::Norm::Kind kind;
    Interval eps;
    Box gain, bias;
    Interval total_bias;
    bool even_gain = false;  ///< all gains are equal and the mean is subtracted: what is normed adds up to total_bias
};

class FeedForwardStep;

struct IntervalHead {
    std::optional<IntervalMap> query, key;
    IntervalMap value, output;
    Interval scale{1, 1};
    const exact::Expression* bias = nullptr;  ///< null: always 0
};

struct IntervalLayer {
    std::vector<IntervalHead> heads;
    network::Mask mask = network::Mask::none;
    bool has_attention = false, attention_residual = true;
    std::optional<IntervalNorm> attention_norm;
    std::shared_ptr<FeedForwardStep> feedforward;  ///< null: none
    std::optional<IntervalNorm> feedforward_norm;
};

/// Positions that are treated alike: what holds for each of them lies in one box.
struct PositionClass {
    std::vector<std::int64_t> members;   ///< positions from 1, ascending
    bool is_word = true;                 ///< else the begin or end symbol
    Box start;                           ///< [options × d]: symbol embedding and position vector
    std::int32_t left = -1, right = -1;  ///< parts of a class that can be cut
};

/// A softmax model at one length, in intervals, with its positions in a tree of classes: leaves hold positions of equal
/// vectors, inner nodes the hull of their parts. A model with layer norm has one coordinate more, the total of the others.
struct Network {
    std::int64_t length = 0;        ///< N
    std::int64_t n = 0;             ///< of the sequence
    std::size_t dimension = 0;      ///< with the total, if there is one
    std::size_t own_dimension = 0;  ///< of the model
    std::size_t symbols = 0;
    std::int64_t first_symbol = 1;                                    ///< position of the word's first symbol
    std::int64_t readout = 0;                                         ///< position, from 1
    std::shared_ptr<const std::vector<network::Layer>> exact_layers;  ///< which `layers` encloses
    std::vector<IntervalLayer> layers;
    std::size_t last_attention = 0;  ///< index of the last layer with heads; layers.size() if there is none
    Box embedding;                   ///< [symbols × d]
    Box readout_weight;
    Interval readout_bias;
    std::vector<PositionClass> classes;
    std::vector<std::int32_t> roots;  ///< classes that are no part of another
    bool by_position = false;         ///< attention depends on the position itself: every class has one member

    std::size_t options(std::int32_t c) const { return classes[static_cast<std::size_t>(c)].is_word ? symbols : 1; }
    double count(std::int32_t c) const {
        return static_cast<double>(classes[static_cast<std::size_t>(c)].members.size());
    }
};

/// Whether any part has a layer norm.
bool has_norm(const network::Transformer& transformer);

/// Throws  UsageError for a model with hard or average attention; InputError as the exact evaluator; Unsupported if n boxes
///         exceed the memory
/// Cost    O(n log n d)
Network instantiate(const network::Transformer& transformer, std::int64_t length, std::size_t memory_bytes);

/// The same with coordinates for the linear functionals that its parts take of vectors, which makes boxes narrower and calculation
/// longer; the vector that is read is not among them (own_dimension is 0).
///
/// Gives   nothing for a model with layer norm, and where they are too many
std::optional<Network> instantiate_functionals(const network::Transformer& transformer, std::int64_t length,
                                               std::size_t memory_bytes);

/// The same network for one word in which one symbol is to be replaced: every other position holds what it holds. Its only
/// word position is that one, so that `Counts` of length 1 say which symbol is there.
/// Needs   1 <= position <= word.size()
Network pin(const Network& network, const language::Word& word, std::int64_t position);

}  // namespace attest::influence
