// The network on all words that share a prefix, each vector computed once for all words that share it.
//
// Statement. What a vector depends on lies between two positions of the word (its span): those of its own position,
// and, through attention, of its key positions. A vector that depends on the first t free symbols only has |Σ|^t
// distinct columns, in which the first free symbol changes fastest, so that they come again with that period. And from
// one prefix to the next a vector stays whose span does not meet the first position that changed or what follows it.
//
// So with a causal mask early positions are computed once for very many words; without a mask, all positions of layer 1
// still have their own symbol only for a span. Bounds go with columns (words_bounds.hpp).

#include "words_batch.hpp"

#include <algorithm>

namespace attest::soft::words {

namespace {

Bound bound_everywhere(double error, double size) {
    Bound bound;
    bound.error.fill(error);
    bound.size.fill(size);
    return bound;
}

}  // namespace

Batch::Batch(const Network& network, std::size_t free, const Kernels& kernels) : Batch(network, free, false, kernels) {}

Batch Batch::of_single_words(const Network& network, const Kernels& kernels) {
    return {network, network.letters, true, kernels};
}

Batch::Batch(const Network& network, std::size_t free, bool single, const Kernels& kernels)
    : network_(network), kernels_(kernels), free_(free), single_(single), prefix_(network.letters - free, 0) {
    if (single) columns_ = tile;
    for (std::size_t k = 0; k < free && !single; ++k) columns_ *= network.symbols;
    plan();
    const std::size_t d = rounded_up(network.dimension, block) * tile;
    for (AlignedDoubles* room : {&normed_, &sum_, &post_, &inner_, &last_}) room->resize(d);
    folded_.resize(d);
    std::size_t mean = 0, hidden = 0, asked = 0;
    for (const Layer& layer : network.layers) {
        if (layer.attention) mean = std::max(mean, layer.attention->output.inputs);
        if (layer.attention) asked = std::max(asked, layer.attention->query.stored_rows());
        if (layer.feedforward)
            for (const Map& map : layer.feedforward->maps) hidden = std::max(hidden, map.stored_rows());
    }
    mean_.resize((mean + block) * tile);  // a head's rows to a whole block
    asked_.resize(asked * tile);
    weights_.resize(network.positions * tile);
    for (AlignedDoubles& room : hidden_) room.resize(hidden * tile);
    occupied_.resize(hidden);
    std::size_t heads = 0;
    for (const Layer& layer : network.layers)
        if (layer.attention) heads = std::max(heads, layer.attention->heads.size());
    while (sums_.size() < heads) sums_.emplace_back(kernels);
    is_summed_.resize(heads);
    pairs_.resize(network.positions);
    squares_.resize(network.positions);
}

bool Batch::is_stale(const Columns& columns) const {
    if (single_) return fresh_ || columns.span.last >= 0;
    return fresh_ || columns.span.meets(changed_, static_cast<std::int64_t>(prefix_.size()) - 1);
}

void Batch::run_each(const std::vector<std::vector<std::uint32_t>>& words) {
    words_ = words;
    evaluate();
}

void Batch::run(const std::vector<std::uint32_t>& prefix) {
    changed_ = std::mismatch(prefix.begin(), prefix.end(), prefix_.begin()).first - prefix.begin();
    prefix_ = prefix;
    evaluate();
}

void Batch::evaluate() {
    for (std::size_t p = 0; p < embedded_.size(); ++p)
        if (!embedded_[p].values.empty() && is_stale(embedded_[p])) embed(p);
    for (std::size_t l = 0; l < states_.size(); ++l) {
        const auto each = [&](const std::vector<Columns>& columns, void (Batch::*step)(std::size_t, std::size_t)) {
            for (std::size_t p = 0; p < columns.size(); ++p)
                if (!columns[p].values.empty() && is_stale(columns[p])) (this->*step)(l, p);
        };
        each(states_[l].squares, &Batch::make_pairs);
        each(states_[l].queries, &Batch::make_query);
        if (!states_[l].worst.error.empty() && is_stale(states_[l].worst)) make_worst(l);
        read_tables(l);
        each(states_[l].after, &Batch::advance);
    }
    for (std::size_t place = 0; place < read_.size(); ++place)
        if (is_stale(read_[place])) read(place);
    fresh_ = false;
}

std::size_t Batch::symbol(std::size_t letter, std::size_t column, std::size_t period) const {
    if (single_) return words_[column][letter];
    return letter < prefix_.size() ? prefix_[letter] : column % period / (period / network_.symbols);
}

void Batch::embed(std::size_t position) {
    Columns& columns = embedded_[position];
    const std::vector<Point>& points = network_.embedded[position];
    for (std::size_t column = 0; column < columns.width; ++column) {
        const std::size_t which = points.size() > 1 ? symbol(position - network_.first, column, columns.period) : 0;
        const Point& point = points[which];
        for (std::size_t c = 0; c < point.values.size(); ++c)
            columns.values[c * columns.stride + column] = point.values[c];
        columns.error[column] = point.error;
        columns.size[column] = point.size;
    }
}

void Batch::make(const Map& map, const Vector& x, bool rectify, Out y, const Vector* add, std::size_t position) const {
    kernels_.affine({map.weight.data(), map.bias_at(position).data(), map.blocks, map.inputs, rectify, x.values,
                     add != nullptr ? add->values : In{}, y, x.occupied});
}

Bound Batch::bound(const AffineBound& map, const Bound& x, const Bound* add) const {
    Bound y;
    kernels_.bound({&map, x.error.data(), x.size.data(), add != nullptr ? add->error.data() : nullptr,
                    add != nullptr ? add->size.data() : nullptr, y.error.data(), y.size.data()});
    return y;
}

Bound Batch::apply(const Map& map, const Vector& x, bool rectify, Out y, const Vector* add,
                   std::size_t position) const {
    make(map, x, rectify, y, add, position);
    return bound(map.bound, x.bound, add != nullptr ? &add->bound : nullptr);
}

/// Each block on its own: with errors e_1, e_2, … of what becomes of the blocks, none of which is further from the true one
/// than the whole vector is, the whole has an error of √(e_1² + e_2² + …).
Batch::Vector Batch::normalise(const Norm& norm, const Vector& x, Out room) const {
    const std::size_t blocks = network_.dimension / norm.gain.size();
    if (blocks == 1) return normalise_block(norm, x, room);
    Vector y{{room.data, room.stride}, bound_everywhere(0, 0)};
    for (std::size_t k = 0; k < blocks; ++k) {
        const std::size_t row = k * norm.gain.size();
        const Vector own = normalise_block(norm, {{x.values.data + row * x.values.stride, x.values.stride}, x.bound},
                                           {room.data + row * room.stride, room.stride});
        for (std::size_t c = 0; c < tile; ++c) {
            y.bound.error[c] = bounded(y.bound.error[c] + own.bound.error[c] * own.bound.error[c]);
            y.bound.size[c] = bounded(y.bound.size[c] + own.bound.size[c] * own.bound.size[c]);
        }
    }
    kernels_.root(y.bound.error.data());
    kernels_.root(y.bound.size.data());
    return y;
}

Batch::Vector Batch::normalise_block(const Norm& norm, const Vector& x, Out rows) const {
    const NormBound& b = norm.bound;
    Vector y{{rows.data, rows.stride}, bound_everywhere(0, b.size)};
    kernels_.normalise({norm.gain.data(), norm.bias.data(), norm.gain.size(), norm.centred, norm.eps, b.centring,
                        b.root, b.stretch, b.constant, x.values, x.bound.error.data(), x.bound.size.data(), rows,
                        y.bound.error.data()});
    return y;
}

Batch::Vector Batch::input(std::size_t layer, std::size_t position, std::size_t column) {
    const std::optional<Norm>& norm = network_.layers[layer].attention->norm;
    const Columns& columns = before(layer, position);
    const Vector x{columns.at(column), columns.bound_at(column)};
    return norm && norm->pre ? normalise(*norm, x, room(normed_)) : x;
}

void Batch::turn(const Attention& attention, std::size_t position, std::size_t Head::*first, Out rows) {
    if (!attention.turns) return;
    for (const Head& head : attention.heads) {
        if (head.dk == 0) continue;
        for (const Turns::Pair& pair : attention.turns->at[position]) {
            double* a = rows.data + (head.*first + pair.first) * rows.stride;
            double* b = rows.data + (head.*first + pair.second) * rows.stride;
            for (std::size_t k = 0; k < tile; ++k) {
                const double turned = a[k] * pair.cosine - b[k] * pair.sine;
                b[k] = a[k] * pair.sine + b[k] * pair.cosine;
                a[k] = turned;
            }
        }
    }
}

void Batch::make_query(std::size_t layer, std::size_t position) {
    const Attention& attention = *network_.layers[layer].attention;
    Columns& queries = states_[layer].queries[position];
    for (std::size_t column = 0; column < queries.width; column += tile) {
        const Vector x = input(layer, position, column);
        const Out to = queries.tile_at(column), asked = attention.folds.empty() ? to : room(asked_);
        make(attention.query, x, false, asked);
        turn(attention, position, &Head::query, asked);
        for (std::size_t h = 0; h < attention.folds.size(); ++h)
            make(attention.folds[h].key, {{asked.data + attention.heads[h].query * asked.stride, asked.stride}, {}},
                 false, {to.data + query_row(attention, h) * to.stride, to.stride});
        queries.set_bound(column, x.bound);
    }
}

void Batch::make_worst(std::size_t layer) {
    Columns& columns = states_[layer].worst;
    for (std::size_t column = 0; column < columns.width; column += tile) {
        Bound bound = bound_everywhere(0, 0);
        for (std::size_t j = 0; j < network_.positions; ++j) {
            const Columns& pairs = seen_at(layer, j);
            worsen(bound, pairs.error.data() + pairs.own(column), pairs.size.data() + pairs.own(column));
        }
        columns.set_bound(column, bound);
    }
}

void Batch::make_seen(std::size_t layer, std::size_t position) {
    Columns &kept = states_[layer].pairs[position], &squares = states_[layer].squares[position];
    const Columns& columns = before(layer, position);
    for (std::size_t column = 0; column < squares.width; column += tile) {
        Vector x{columns.at(column), columns.bound_at(column)};
        if (!kept.values.empty()) {
            x = normalise(*network_.layers[layer].attention->norm, x, kept.tile_at(column));
            kept.set_bound(column, x.bound);
        }
        kernels_.square(x.values, network_.dimension, squares.tile_at(column).data);
    }
}

void Batch::make_pairs(std::size_t layer, std::size_t position) {
    const Attention& attention = *network_.layers[layer].attention;
    if (!attention.folds.empty()) return make_seen(layer, position);
    Columns &pairs = states_[layer].pairs[position], &squares = states_[layer].squares[position];
    for (std::size_t column = 0; column < pairs.width; column += tile) {
        const Vector x = input(layer, position, column);
        make(attention.pairs, x, false, pairs.tile_at(column));
        turn(attention, position, &Head::key, pairs.tile_at(column));
        pairs.set_bound(column, x.bound);
        for (std::size_t h = 0; h < attention.heads.size(); ++h) {
            const Head& head = attention.heads[h];
            double* to = squares.tile_at(column).data + 2 * h * squares.stride;
            const auto rows = [&](std::size_t row) {
                return In{pairs.tile_at(column).data + row * pairs.stride, pairs.stride};
            };
            kernels_.square(rows(head.key), head.dk, to);
            kernels_.square(rows(head.value), head.dv, to + squares.stride);
        }
    }
}

void Batch::read_tables(std::size_t layer) {
    LayerState& state = states_[layer];
    state.tables.clear();
    const std::optional<Attention>& part = network_.layers[layer].attention;
    if (!part || part->sparse || single_) return;
    std::vector<const Columns*> seen(network_.positions), squares(network_.positions);
    bool few = false;
    for (std::size_t j = 0; j < network_.positions; ++j) {
        if (state.squares[j].values.empty()) continue;
        seen[j] = &seen_at(layer, j);
        squares[j] = &state.squares[j];
        few = few || (seen[j]->period > 1 && Choices(*seen[j], network_.symbols).count > 0);
    }
    for (std::size_t h = 0; few && h < part->heads.size(); ++h)
        state.tables.emplace_back().read(read_rows(*part, h), seen, squares, network_.symbols);
}

void Batch::add_up(std::size_t layer, std::size_t position, std::size_t period) {
    const std::vector<SymbolTable>& tables = states_[layer].tables;
    is_summed_.assign(is_summed_.size(), false);
    for (std::size_t h = 0; h < tables.size(); ++h) {
        const Attention& attention = *network_.layers[layer].attention;
        const Range seen = Attention::seen(attention.heads[h], position, network_.positions);
        if (seen.first == seen.second) continue;
        is_summed_[h] =
            sums_[h].find(tables[h], seen, attention.heads[h].bias[position].data() + seen.first,
                          states_[layer].queries[position], query_row(attention, h), network_.symbols, period);
    }
}

void Batch::advance(std::size_t layer, std::size_t position) {
    const Layer& part = network_.layers[layer];
    const Columns& input = before(layer, position);
    Columns& after = states_[layer].after[position];
    add_up(layer, position, after.period);
    for (std::size_t column = 0; column < after.width; column += tile) {
        Vector y = part.attention ? attend(layer, position, column) : Vector{input.at(column), input.bound_at(column)};
        const Out out = after.tile_at(column);
        if (part.feedforward) y = feed_forward(*part.feedforward, position, y, out);
        for (std::size_t c = 0; c < network_.dimension && y.values.data != out.data; ++c)
            std::copy_n(y.values.data + c * y.values.stride, tile, out.data + c * out.stride);
        after.set_bound(column, y.bound);
    }
}

Batch::Vector Batch::attend(std::size_t layer, std::size_t position, std::size_t column) {
    const Attention& attention = *network_.layers[layer].attention;
    const Columns& columns = before(layer, position);
    const Vector x{columns.at(column), columns.bound_at(column)};
    const auto [from, to] = network_.seen(layer, position);
    Vector y = x;
    if (from < to || !attention.output.by_position.empty()) {
        const Bound mean_bound = means(layer, position, column);
        y = {{sum_.data(), tile},
             apply(attention.output, {{mean_.data(), tile}, mean_bound}, false, {sum_.data(), tile},
                   attention.residual ? &x : nullptr, position)};
    } else if (!attention.residual) {
        std::fill(sum_.begin(), sum_.end(), 0);
        y = {{sum_.data(), tile}, bound_everywhere(tiny, tiny)};
    }
    return attention.norm && !attention.norm->pre ? normalise(*attention.norm, y, room(post_)) : y;
}

Bound Batch::worst(std::size_t layer, const Range& seen, std::size_t column) const {
    const LayerState& state = states_[layer];
    if (!state.worst.error.empty() && seen == Range{0, network_.positions}) return state.worst.bound_at(column);
    Bound bound = bound_everywhere(0, 0);
    for (std::size_t j = seen.first; j < seen.second; ++j) {
        const Columns& pairs = seen_at(layer, j);
        worsen(bound, pairs.error.data() + pairs.own(column), pairs.size.data() + pairs.own(column));
    }
    return bound;
}

ReadRows Batch::read_rows(const Attention& attention, std::size_t head) const {
    const Head& own = attention.heads[head];
    if (!attention.folds.empty()) return {0, network_.dimension, 0, network_.dimension, 0, 0};
    return {own.key, own.dk, own.value, own.dv, 2 * head, 2 * head + 1};
}

/// A head that sees nothing finds nothing, and its rows are 0; what stands in the place of parts is added all the same.
Bound Batch::means(std::size_t layer, std::size_t position, std::size_t column) {
    const Attention& attention = *network_.layers[layer].attention;
    const LayerState& state = states_[layer];
    Bound all = bound_everywhere(0, 0), seen = all, query = all;
    In queries;
    Range of{0, 0}, gathered = of;
    for (std::size_t h = 0; h < attention.heads.size(); ++h) {
        const Head& head = attention.heads[h];
        const Range own = Attention::seen(head, position, network_.positions);
        const auto [from, to] = own;
        if (from == to) {
            std::fill_n(mean_.data() + head.mean * tile, head.dv * tile, 0);
            continue;
        }
        if (own != of) {
            queries = state.queries[position].at(column);
            query = state.queries[position].bound_at(column);
            seen = worst(layer, own, column);
        }
        of = own;
        if (!is_summed_[h] && own != gathered) {
            for (std::size_t j = from; j < to; ++j) {
                pairs_[j - from] = seen_at(layer, j).at(column);
                squares_[j - from] = state.squares[j].at(column);
            }
            gathered = own;
        }
        const bool folded = !attention.folds.empty(), summed = is_summed_[h];
        const ReadRows rows = read_rows(attention, h);
        Bound of_seen = bound_everywhere(0, 0);
        kernels_.attend({attention.sparse,
                         summed ? sums_[h].at(column) : In{},
                         summed ? state.tables[h].key_square() : 0,
                         summed ? state.tables[h].value_square() : 0,
                         summed ? SymbolSums::more : 0,
                         {queries.data + query_row(attention, h) * queries.stride, queries.stride},
                         rows.dk,
                         rows.dv,
                         to - from,
                         pairs_.data(),
                         squares_.data(),
                         rows.key,
                         rows.value,
                         rows.key_square,
                         rows.value_square,
                         head.bias[position].data() + from,
                         weights_.data(),
                         folded ? folded_.data() : mean_.data() + head.mean * tile,
                         folded ? &attention.folds[h].bound : &head.bound,
                         query.error.data(),
                         query.size.data(),
                         seen.error.data(),
                         seen.size.data(),
                         (folded ? of_seen : all).error.data(),
                         (folded ? of_seen : all).size.data()});
        if (folded) unfold(attention, h, of_seen, all);
    }
    kernels_.root(all.error.data());
    kernels_.root(all.size.data());
    return all;
}

/// mean: squares. The rows of one head reach to a whole block, so that they are made one head after the other.
void Batch::unfold(const Attention& attention, std::size_t head, Bound mean, Bound& all) {
    kernels_.root(mean.error.data());
    kernels_.root(mean.size.data());
    const Head& own = attention.heads[head];
    const Out to{mean_.data() + own.mean * tile, tile};
    const Bound bound = apply(attention.folds[head].value, {{folded_.data(), tile}, mean}, false, to);
    Each squares;
    kernels_.square({to.data, to.stride}, own.dv, squares.data());
    for (std::size_t k = 0; k < tile; ++k) {
        all.error[k] += bound.error[k] * bound.error[k];
        all.size[k] += squares[k];
    }
}

Bound Batch::activate(const FeedForward& part, std::size_t map, const Bound& bound, double* rows) const {
    static const NormalTable table;
    kernels_.activate(
        {*part.curve, part.slope, table.values.data(), table.slopes.data(), rows, part.maps[map].outputs});
    return this->bound(part.curves[map], bound);
}

/// What the first of two maps gives, each coordinate times that of the gate, after its activation.
Batch::Vector Batch::through_gate(const FeedForward& part, const Vector& x) {
    double *value = hidden_[0].data(), *gate = hidden_[1].data();
    Bound open = apply(*part.gate, x, !part.curve, {gate, tile});
    if (part.curve) open = activate(part, 0, open, gate);
    const Bound bound = apply(part.maps[0], x, false, {value, tile});
    Each most_value{}, most_open{};  // of what is no number the error is infinite
    for (std::size_t r = 0; r < part.gate->outputs * tile; r += tile)
        for (std::size_t k = 0; k < tile; ++k) {
            most_value[k] = std::max(most_value[k], std::abs(value[r + k]));
            most_open[k] = std::max(most_open[k], std::abs(gate[r + k]));
            value[r + k] *= gate[r + k];
        }
    return {{value, tile}, of_products(bound, open, most_value, most_open)};
}

Batch::Vector Batch::feed_forward(const FeedForward& part, std::size_t position, const Vector& x, Out to) {
    const bool pre = part.norm && part.norm->pre, post = part.norm && !pre;
    Vector y = pre ? normalise(*part.norm, x, room(inner_)) : x;
    if (part.gate) y = through_gate(part, y);
    for (std::size_t k = part.gate ? 1 : 0; k < part.maps.size(); ++k) {
        const bool last = k + 1 == part.maps.size(), rectify = !part.curve && !last;
        const Out own = !last ? room(hidden_[k % 2]) : post ? room(last_) : to;
        Bound bound = apply(part.maps[k], y, rectify, own, last && part.residual ? &x : nullptr, position);
        if (part.curve && !last) bound = activate(part, k, bound, own.data);
        y = {{own.data, own.stride}, bound};
        // Words of a tile differ little, so that many a neuron is off for all of them.
        if (rectify)
            y.occupied = {occupied_.data(), kernels_.occupied(y.values, part.maps[k].outputs, occupied_.data())};
    }
    return post ? normalise(*part.norm, y, to) : y;
}

}  // namespace attest::soft::words
