#include "soft/needs.hpp"

#include <algorithm>
#include <iterator>

#include "attest/exact/affine.hpp"

namespace attest::soft {

namespace {

using Coordinates = Needs::Coordinates;

using exact::inputs_used;

Coordinates inputs_used(const exact::AffineMap& map) {
    return exact::inputs_used(map, Coordinates(map.outputs(), true));
}

void mark(Coordinates& into, const Coordinates& more) {
    for (std::size_t c = 0; c < into.size(); ++c)
        if (more[c]) into[c] = true;
}

bool placed(const std::optional<network::Norm>& norm, network::Norm::Placement placement) {
    return norm && norm->placement == placement;
}

/// A norm mixes all coordinates.
void widen(Coordinates& coordinates) {
    if (any(coordinates)) coordinates.assign(coordinates.size(), true);
}

/// What the maps of a feed-forward part read for these outputs.
Coordinates through(const network::FeedForward& part, Coordinates outputs) {
    if (placed(part.norm, network::Norm::Placement::post)) widen(outputs);
    Coordinates inside = outputs;
    for (auto map = part.maps.rbegin(); map != part.maps.rend(); ++map) {
        const Coordinates units = std::move(inside);
        inside = inputs_used(*map, units);
        if (part.gate && std::next(map) == part.maps.rend()) mark(inside, inputs_used(*part.gate, units));
    }
    if (placed(part.norm, network::Norm::Placement::pre)) widen(inside);
    if (part.residual) mark(inside, outputs);
    return inside;
}

/// What attention reads before a layer, from what is needed after it.
class AttentionNeeds {
  public:
    AttentionNeeds(const network::Attention& attention, const Needs::Positions& after)
        : attention_(attention),
          after_(after),
          pre_(placed(attention.norm, network::Norm::Placement::pre)),
          before_(after.size(), Coordinates(after.empty() ? 0 : after[0].size(), false)) {}

    Needs::Positions run() {
        for (std::size_t i = 0; i < after_.size(); ++i) ask(i);
        if (pre_)
            for (std::size_t p = 0; p < looked_.size(); ++p)
                if (looked_[p]) before_[p].assign(before_[p].size(), true);
        return std::move(before_);
    }

  private:
    void ask(std::size_t i) {
        if (!any(after_[i])) return;
        Coordinates sum = after_[i];
        if (placed(attention_.norm, network::Norm::Placement::post)) widen(sum);
        if (attention_.residual) mark(before_[i], sum);
        for (const network::Head& head : attention_.heads) {
            const Coordinates rows = inputs_used(head.output, sum);
            if (!any(rows)) continue;
            Coordinates asked = inputs_used(head.value, rows);
            if (head.query) {
                read(i, inputs_used(*head.query));
                mark(asked, inputs_used(*head.key));
            }
            look(i, asked, attention_.mask_of(head));
        }
    }
    void look(std::size_t i, const Coordinates& coordinates, network::Mask mask) {
        // Without a mask every asking position marks the same, once is enough.
        if (mask == network::Mask::none) {
            if (std::find(everywhere_.begin(), everywhere_.end(), coordinates) != everywhere_.end()) return;
            everywhere_.push_back(coordinates);
        }
        const network::Span span =
            network::seen(mask, static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(after_.size()));
        for (std::int64_t j = span.first; j <= span.last; ++j) read(static_cast<std::size_t>(j - 1), coordinates);
    }
    void read(std::size_t position, const Coordinates& coordinates) {
        mark(before_[position], coordinates);
        looked_.resize(after_.size(), false);
        looked_[position] = looked_[position] || any(coordinates);
    }

    const network::Attention& attention_;
    const Needs::Positions& after_;
    const bool pre_;
    Needs::Positions before_;
    std::vector<Coordinates> everywhere_;
    std::vector<bool> looked_;
};

}  // namespace

bool any(const Coordinates& coordinates) {
    return std::find(coordinates.begin(), coordinates.end(), true) != coordinates.end();
}

namespace {

/// The coordinates that the readout weighs.
Coordinates weighed(const network::Transformer& t) {
    if (t.readout.classes) return inputs_used(t.readout.classes->logits);
    Coordinates coordinates(t.dimension, false);
    for (std::size_t c = 0; c < t.dimension; ++c) coordinates[c] = t.readout.weight[c] != 0;
    return coordinates;
}

}  // namespace

Needs needs(const network::Transformer& transformer, std::int64_t n) {
    const std::size_t layers = transformer.layers.size();
    Needs result;
    result.before.resize(layers);
    result.between.resize(layers);
    result.last.assign(static_cast<std::size_t>(n), Coordinates(transformer.dimension, false));
    for (const std::int64_t p : transformer.read_positions(n))
        result.last[static_cast<std::size_t>(p - 1)] = weighed(transformer);
    result.end = result.last;
    if (transformer.final_norm)
        for (Coordinates& position : result.end) widen(position);
    for (std::size_t l = layers; l-- > 0;) {
        const network::Layer& layer = transformer.layers[l];
        Needs::Positions after = l + 1 < layers ? result.before[l + 1] : result.end;
        if (layer.feedforward)
            for (Coordinates& position : after) position = through(*layer.feedforward, position);
        result.between[l] = after;
        result.before[l] = layer.attention ? AttentionNeeds(*layer.attention, after).run() : std::move(after);
    }
    return result;
}

}  // namespace attest::soft
