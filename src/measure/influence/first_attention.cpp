// The first attention layer after the exchange of a symbol. Before it no position knows another: only the exchanged one
// has another vector. Its heads exchange one summand (exchanged_head.cpp); two positions are set apart: the exchanged
// one, whose query is new, and the one, if any, that the mask leaves no key position, to which heads give nothing.

#include "first_attention.hpp"

#include <algorithm>

namespace attest::influence {

using network::Norm;

namespace {

std::vector<double> lane_of(const double* y, std::size_t dimension, std::size_t k) {
    std::vector<double> values;
    for (std::size_t c = 0; c < dimension; ++c) values.push_back(y[c * lanes + k]);
    return values;
}

void set_lane(double* y, const std::vector<double>& values, std::size_t k) {
    for (std::size_t c = 0; c < values.size(); ++c) y[c * lanes + k] = values[c];
}

}  // namespace

FirstAttention::FirstAttention(const ForwardPass& net, const language::Word& word, bool with_heads)
    : net_(net), layer_(net.attentions.front()), y_(net.embed(word)) {
    for (std::size_t l = 0; l < layer_; ++l) net.step(l, y_);
    const FloatLayer& layer = net.layers[layer_];
    x_ = net.normed_input(layer, y_);
    if (!with_heads) return;
    heads_.reserve(layer.heads.size());
    for (const FloatHead& head : layer.heads) heads_.emplace_back(net, layer, head, x_);
}

void FirstAttention::exchange(std::size_t place, language::Symbol to) {
    place_ = place;
    keeps_digits_ = true;
    new_y_.assign(net_.d * lanes, 0);
    const double* start = net_.lane(net_.start, place);
    for (std::size_t c = 0; c < net_.d; ++c) new_y_[c * lanes] = start[c * lanes] + net_.embedding[to][c];
    for (std::size_t l = 0; l < layer_; ++l) net_.step_block(net_.layers[l], new_y_.data());
    new_x_ = new_y_;
    const FloatLayer& layer = net_.layers[layer_];
    if (is(layer.attention_norm, Norm::Placement::pre)) net_.normalise_block(*layer.attention_norm, new_x_.data());
    for (ExchangedHead& head : heads_) head.exchange(place, new_x_);
}

/// Puts the exchanged position where it is, if it is in block b.
void FirstAttention::put(const Block& vector, std::size_t b, double* y) const {
    if (place_ / lanes != b) return;
    for (std::size_t c = 0; c < net_.d; ++c) y[c * lanes + place_ % lanes] = vector[c * lanes];
}

Block FirstAttention::vectors(std::size_t b) const {
    Block y(net_.block(y_, b), net_.block(y_, b) + net_.d * lanes);
    put(new_y_, b, y.data());
    return y;
}

const double* FirstAttention::inputs(std::size_t b, Block& room) const {
    const double* x = net_.block(x_, b);
    if (place_ / lanes != b) return x;
    room.assign(x, x + net_.d * lanes);
    put(new_x_, b, room.data());
    return room.data();
}

void FirstAttention::after(std::size_t b, double* y) {
    const FloatLayer& layer = net_.layers[layer_];
    if (layer.attention_residual) {
        std::copy_n(net_.block(y_, b), net_.d * lanes, y);
        put(new_y_, b, y);
    } else {
        std::fill(y, y + net_.d * lanes, 0.0);
    }
    const bool holds_exchanged = place_ / lanes == b;
    const std::optional<std::size_t> keyless = net_.keyless(layer, b);
    std::vector<double> own, of_keyless;
    if (holds_exchanged) own = lane_of(y, net_.d, place_ % lanes);
    if (keyless) of_keyless = lane_of(y, net_.d, *keyless);
    for (const ExchangedHead& head : heads_) keeps_digits_ = head.add_to(b, y) && keeps_digits_;
    if (holds_exchanged) replace_own(y, own);
    if (keyless) set_lane(y, of_keyless, *keyless);
    if (is(layer.attention_norm, Norm::Placement::post)) net_.normalise_block(*layer.attention_norm, y);
}

void FirstAttention::replace_own(double* y, const std::vector<double>& residual) const {
    const std::size_t k = place_ % lanes;
    set_lane(y, residual, k);
    for (const ExchangedHead& head : heads_) head.add_own(y + k);
}

}  // namespace attest::influence
