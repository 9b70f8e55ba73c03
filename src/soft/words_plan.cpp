// Which vectors a batch keeps: those that the readout needs by the masks, each with the columns that its span asks for
// (words_batch.cpp says why).

#include <algorithm>

#include "words_batch.hpp"

namespace attest::soft::words {

Columns Batch::columns_for(std::size_t rows, const Span& span) const {
    const auto fixed = static_cast<std::int64_t>(network_.letters - free_);
    std::size_t period = 1;
    for (std::int64_t k = fixed; k <= span.last; ++k) period *= network_.symbols;
    return {rows, period, span};
}

void Batch::plan() {
    const std::size_t rows = rounded_up(network_.dimension, block);
    embedded_.resize(network_.positions);
    for (std::size_t p = 0; p < network_.positions; ++p) {
        const auto letter = static_cast<std::int64_t>(p) - static_cast<std::int64_t>(network_.first);
        const bool is_letter = letter >= 0 && letter < static_cast<std::int64_t>(network_.letters);
        if (network_.needed[0][p]) embedded_[p] = columns_for(rows, is_letter ? Span{letter, letter} : Span{});
    }
    for (std::size_t l = 0; l < network_.layers.size(); ++l) plan_layer(l, network_.needed[l + 1]);
    scores_ = columns_for(network_.readout.stored_rows(), before(states_.size(), network_.readout_position).span);
}

void Batch::plan_layer(std::size_t layer, const std::vector<bool>& needed) {
    const std::size_t n = network_.positions;
    LayerState& state = states_.emplace_back();
    for (std::vector<Columns>* each : {&state.pairs, &state.squares, &state.queries, &state.after}) each->resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        if (!needed[i]) continue;
        Span span = before(layer, i).span;
        const auto [from, to] = network_.seen(layer, i);
        if (from < to)
            state.queries[i] =
                columns_for(std::max(block, network_.layers[layer].attention->query.stored_rows()), span);
        for (std::size_t j = from; j < to; ++j) {
            const Attention& attention = *network_.layers[layer].attention;
            const Span& of_pair = before(layer, j).span;
            span.join(of_pair);
            if (!state.pairs[j].values.empty()) continue;
            state.pairs[j] = columns_for(attention.pairs.stored_rows(), of_pair);
            state.squares[j] = columns_for(2 * attention.heads.size(), of_pair);
        }
        if (from < to && network_.layers[layer].attention->mask == network::Mask::none && state.worst.error.empty())
            state.worst = columns_for(0, span);
        state.after[i] = columns_for(rounded_up(network_.dimension, block), span);
    }
}

std::size_t Batch::numbers_of(const Network& network, std::size_t columns) {
    std::size_t rows = rounded_up(network.dimension, block);
    for (const Layer& layer : network.layers) {
        rows += rounded_up(network.dimension, block);
        if (layer.attention) rows += layer.attention->pairs.stored_rows();
    }
    return network.positions * rows * columns;
}

}  // namespace attest::soft::words
