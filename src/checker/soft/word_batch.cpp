#include "checker/soft/word_batch.hpp"

#include <algorithm>

// A batch is the tree of the words that begin alike, position by position. Each vector of each layer depends on the
// symbols of a span of the word: that of its own symbol at first, and after attention the least span that holds those
// of all that it sees. It is kept for so many columns as the symbols of its span that are gone through have values, and
// computed again only when a symbol of its span has changed since the batch before. So a causal model computes the
// vectors of a common beginning once, and a model without mask what its first layer makes of one symbol at one
// position.
//
// Evaluated are the positions that the readout can depend on at all, with all their coordinates: more than FORMAT.md
// section 5 asks for. What has no value there has no finite bound, so nothing is concluded from it.

namespace attest::checker {

WordBatch::WordBatch(const WordNetwork& network, std::size_t free, Budget& budget)
    : network_(network), free_(free), budget_(budget), layers_(network.stack.size()) {
    plan();
    const std::size_t rows = network_.keeps_logits ? network_.logits.map.outputs() : 1;
    for (const std::vector<std::size_t>& readout : network_.readouts) {
        Span span;
        for (const Columns* vector : vectors_of(readout)) span.join(vector->span);
        read_.push_back(columns(rows, span));
    }
}

std::vector<const Columns*> WordBatch::vectors_of(const std::vector<std::size_t>& readout) const {
    std::vector<const Columns*> vectors;
    for (const std::size_t p : readout) vectors.push_back(&before(layers_.size(), p));
    return vectors;
}

/// Backward, which positions count before each layer; then forward, which symbols they depend on.
void WordBatch::plan() {
    const std::size_t n = network_.positions;
    std::vector<std::vector<bool>> needed(layers_.size() + 1, std::vector<bool>(n, false));
    for (const std::vector<std::size_t>& readout : network_.readouts)
        for (const std::size_t p : readout) needed.back()[p] = true;
    for (std::size_t l = layers_.size(); l-- > 0;) {
        needed[l] = needed[l + 1];
        if (!network_.layer(l).attention) continue;
        for (const WordHead& head : network_.layer(l).attention->heads)
            for (std::size_t p = 0; p < n; ++p)
                for (const std::size_t j : head.seen[p])
                    if (needed[l + 1][p]) needed[l][j] = true;
    }
    embedded_.resize(n);
    for (std::size_t p = 0; p < n; ++p) {
        const bool is_letter = p >= network_.first && p - network_.first < network_.letters;
        const Span span = is_letter ? Span{p - network_.first, p - network_.first} : Span();
        if (needed[0][p]) embedded_[p] = columns(network_.dimension, span);
    }
    for (std::size_t l = 0; l < layers_.size(); ++l) plan_layer(l, needed[l + 1]);
}

void WordBatch::plan_layer(std::size_t l, const std::vector<bool>& needed) {
    const std::size_t n = network_.positions;
    LayerColumns& layer = layers_[l];
    layer.queries.resize(n);
    layer.pairs.resize(n);
    layer.after.resize(n);
    layer.seen.resize(n, nullptr);
    for (std::size_t p = 0; p < n; ++p) {
        if (!needed[p]) continue;
        Span span = before(l, p).span;
        if (const auto& attention = network_.layer(l).attention) {
            layer.queries[p] = columns(attention->rows_of_queries(), span);
            const std::size_t rows = attention->of_vectors ? network_.dimension : attention->pairs.map.room();
            for (const WordHead& head : attention->heads)
                for (const std::size_t j : head.seen[p]) {
                    span.join(before(l, j).span);
                    if (layer.seen[j] != nullptr) continue;
                    if (attention->of_vectors && !attention->pre) {
                        layer.seen[j] = &before(l, j);
                    } else {
                        layer.pairs[j] = columns(rows, before(l, j).span);
                        layer.seen[j] = &layer.pairs[j];
                    }
                }
        }
        layer.after[p] = columns(network_.dimension, span);
    }
}

Columns WordBatch::columns(std::size_t rows, const Span& span) const {
    const std::size_t fixed = network_.letters - free_;
    std::size_t period = 1;
    for (std::size_t t = fixed; t <= span.last && !span.is_empty(); ++t) period *= network_.symbols;
    budget_.memory(rows * (period + 4 * tile), sizeof(double));
    return {rows, period, span};
}

bool WordBatch::is_stale(const Columns& columns) const {
    if (!columns.is_made()) return false;
    if (columns.bounds.empty()) return true;
    return !columns.span.is_empty() && !changed_.is_empty() && columns.span.first <= changed_.last &&
           changed_.first <= columns.span.last;
}

void WordBatch::run(const std::vector<std::size_t>& prefix) {
    changed_ = Span();
    for (std::size_t i = 0; i < prefix.size(); ++i)
        if (prefix_.empty() || prefix[i] != prefix_[i]) changed_.join({i, i});
    prefix_ = prefix;
    for (std::size_t p = 0; p < network_.positions; ++p)
        if (is_stale(embedded_[p])) embed(p);
    for (std::size_t l = 0; l < layers_.size(); ++l) run_layer(l);
    for (std::size_t k = 0; k < read_.size(); ++k)
        if (is_stale(read_[k])) read_out(network_, vectors_of(network_.readouts[k]), read_[k], room_, budget_);
}

void WordBatch::run_layer(std::size_t l) {
    LayerColumns& made = layers_[l];
    const WordLayer& layer = network_.layer(l);
    for (std::size_t p = 0; p < network_.positions && layer.attention; ++p) {
        const WordAttention& part = *layer.attention;
        if (is_stale(made.queries[p])) project(part, Side::queries, p, before(l, p), made.queries[p], room_, budget_);
        if (is_stale(made.pairs[p])) project(part, Side::pairs, p, before(l, p), made.pairs[p], room_, budget_);
    }
    read_tables(l);
    for (std::size_t p = 0; p < network_.positions; ++p)
        if (is_stale(made.after[p]))
            advance(layer, p, before(l, p), made, network_.symbols, made.after[p], room_, budget_);
}

/// Where no position that is seen depends on one free symbol and no other, there are none.
void WordBatch::read_tables(std::size_t l) {
    LayerColumns& made = layers_[l];
    const auto& attention = network_.layer(l).attention;
    const auto is_of_one = [&](const Columns* x) {
        return x != nullptr && x->period > 1 && Choices(*x, network_.symbols).count > 0;
    };
    made.tables.clear();
    if (!attention || attention->is_sparse || std::none_of(made.seen.begin(), made.seen.end(), is_of_one)) return;
    made.tables.resize(attention->heads.size());
    for (std::size_t h = 0; h < made.tables.size(); ++h)
        made.tables[h].read(attention->heads[h], made.seen, network_.symbols);
}

/// The symbol of the word of a column.
std::size_t WordBatch::symbol(std::size_t letter, std::size_t column) const {
    const std::size_t fixed = network_.letters - free_;
    if (letter < fixed) return prefix_[letter];
    for (std::size_t t = fixed; t < letter; ++t) column /= network_.symbols;
    return column % network_.symbols;
}

void WordBatch::embed(std::size_t p) {
    Columns& to = embedded_[p];
    const std::vector<Numbers>& vectors = network_.embedded[p];
    Bound worst;
    budget_.step(to.period, network_.dimension);
    for (std::size_t c = 0; c < to.period; ++c) {
        const Numbers& vector = vectors[vectors.size() == 1 ? 0 : symbol(p - network_.first, c)];
        for (std::size_t r = 0; r < network_.dimension; ++r) to.tile_at(c).row(r)[0] = vector.values[r];
        worst = {std::max(worst.error, vector.bound.error), std::max(worst.size, vector.bound.size)};
    }
    to.repeat();
    to.bounds = {worst};
}

std::uint64_t WordBatch::held(const WordNetwork& network, std::uint64_t columns) {
    std::uint64_t rows = network.dimension;
    for (std::size_t l = 0; l < network.stack.size(); ++l) {
        rows += network.dimension;
        if (const auto& attention = network.layer(l).attention)
            rows += attention->queries.map.outputs() + attention->pairs.map.outputs();
    }
    return rows * network.positions * columns;
}

}  // namespace attest::checker
