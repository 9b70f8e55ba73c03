// Which vectors a batch keeps: those that the readout needs by the masks, each with the columns that its span asks for
// (words_batch.cpp says why). How many symbols at the end of a word vary within a batch is chosen so that the batch
// stays in the processor's caches.

#include <algorithm>

#include "network/features.hpp"
#include "words_batch.hpp"

namespace attest::soft::words {

namespace {

bool some_head_sees_all(const Attention& attention) {
    return std::any_of(attention.heads.begin(), attention.heads.end(),
                       [](const Head& head) { return head.mask == network::Mask::none; });
}

/// Batches whose numbers are no more than these stay in the processor's caches.
constexpr std::size_t most_numbers = std::size_t{1} << 18;

}  // namespace

std::size_t choose_free(const Network& network, std::size_t most_columns) {
    std::size_t free = 0, columns = 1;
    while (free < network.letters && columns < most_columns) {
        const std::size_t more = columns * network.symbols;
        if (columns >= tile && Batch::numbers_of(network, more) > most_numbers) break;
        columns = more;
        ++free;
    }
    return free;
}

std::vector<std::size_t> lexicographic(std::size_t symbols, std::size_t free) {
    std::size_t columns = 1;
    for (std::size_t t = 0; t < free; ++t) columns *= symbols;
    std::vector<std::size_t> order;
    for (std::size_t k = 0; k < columns; ++k) {
        std::size_t column = 0, rest = k;
        for (std::size_t t = 0; t < free; ++t, rest /= symbols) column = column * symbols + rest % symbols;
        order.push_back(column);
    }
    return order;
}

bool knows(const network::Transformer& transformer) {
    using network::Feature;
    constexpr Feature known[] = {
        Feature::position_table, Feature::embedding_norm, Feature::final_norm,    Feature::rms_norm,
        Feature::activation,     Feature::classes,        Feature::bias_in_n,     Feature::transcendental_bias,
        Feature::repeat,         Feature::head_tie,       Feature::each_readout,  Feature::head_mask,
        Feature::rotary,         Feature::gate,           Feature::pooled_readout};
    for (const network::FeatureUse& use : network::features(transformer))
        if (std::find(std::begin(known), std::end(known), use.feature) == std::end(known)) return false;
    return std::all_of(transformer.layers.begin(), transformer.layers.end(), [](const network::Layer& layer) {
        return !layer.attention || layer.attention->kind == network::AttentionKind::softmax ||
               layer.attention->kind == network::AttentionKind::sparsemax || layer.attention->heads.empty();
    });
}

Columns Batch::columns_for(std::size_t rows, const Span& span) const {
    if (single_) return {rows, span.last >= 0 ? columns_ : 1, span};
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
    Span all;
    for (const std::size_t p : network_.read) {
        const Span& own = before(states_.size(), p).span;
        all.join(own);
        if (!network_.pooling) read_.push_back(columns_for(network_.readout.stored_rows(), own));
    }
    if (network_.pooling) read_.push_back(columns_for(network_.readout.stored_rows(), all));
}

std::size_t Batch::query_rows(std::size_t layer) const {
    const Attention& attention = *network_.layers[layer].attention;
    const std::size_t rows =
        attention.folds.empty() ? attention.query.stored_rows() : query_row(attention, attention.folds.size());
    return std::max(block, rows);
}

void Batch::plan_layer(std::size_t layer, const std::vector<bool>& needed) {
    const std::size_t n = network_.positions;
    LayerState& state = states_.emplace_back();
    for (std::vector<Columns>* each : {&state.pairs, &state.squares, &state.queries, &state.after}) each->resize(n);
    for (std::size_t i = 0; i < n; ++i) {
        if (!needed[i]) continue;
        Span span = before(layer, i).span;
        const auto [from, to] = network_.seen(layer, i);
        if (from < to) state.queries[i] = columns_for(query_rows(layer), span);
        for (std::size_t j = from; j < to; ++j) {
            const Attention& attention = *network_.layers[layer].attention;
            const Span& of_pair = before(layer, j).span;
            span.join(of_pair);
            if (!state.squares[j].values.empty()) continue;
            const bool folded = !attention.folds.empty(), normed = attention.norm && attention.norm->pre;
            const std::size_t seen = rounded_up(network_.dimension, block);
            if (!folded || normed) state.pairs[j] = columns_for(folded ? seen : attention.pairs.stored_rows(), of_pair);
            state.squares[j] = columns_for(folded ? 1 : 2 * attention.heads.size(), of_pair);
        }
        if (from < to && state.worst.error.empty() && some_head_sees_all(*network_.layers[layer].attention))
            state.worst = columns_for(0, span);
        state.after[i] = columns_for(rounded_up(network_.dimension, block), span);
    }
}

std::size_t Batch::numbers_of(const Network& network, std::size_t columns) {
    std::size_t rows = rounded_up(network.dimension, block);
    for (const Layer& layer : network.layers) {
        rows += rounded_up(network.dimension, block);
        if (!layer.attention) continue;
        const bool folded = !layer.attention->folds.empty();
        rows += folded ? rounded_up(network.dimension, block) : layer.attention->pairs.stored_rows();
    }
    return network.positions * rows * columns;
}

}  // namespace attest::soft::words
