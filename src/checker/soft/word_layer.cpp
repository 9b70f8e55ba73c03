#include "checker/soft/word_layer.hpp"

#include <algorithm>
#include <cmath>

#include "checker/doubles/attention_head.hpp"

// A layer at one position: first the numbers, tile by tile, then their bounds, which hold for all words of the batch.
// What is measured of numbers on the way, the greatest size of a vector and the least deviation within a norm, is all
// that the bounds depend on.

namespace attest::checker {
namespace {

/// A step for eight products of a tile of words, which take no longer than steps do elsewhere.
constexpr std::size_t products_a_step = 8;

void draw(Budget& budget, const AffineMap& map) { budget.step(16 + map.outputs() * map.inputs() / products_a_step); }

/// Of each position that is seen: a product a row of its key, two a row of its value, and an exponential, or, of sparsemax, as
/// many steps as positions are seen, at most.
void draw(Budget& budget, const WordHead& head, std::size_t seen, bool is_sparse) {
    constexpr std::size_t exponential = 24;
    const std::size_t weight = is_sparse ? 4 * seen : exponential;
    budget.step(seen, 1 + (head.dk + 2 * head.dv + weight) / products_a_step);
}

Bound of_size(const Bound& bound, double measured) { return bounded(bound.error, measured); }

Bound worse(const Bound& a, const Bound& b) { return {std::max(a.error, b.error), std::max(a.size, b.size)}; }

/// One layer at one position.
class Step {
  public:
    Step(const WordLayer& layer, std::size_t p, const Columns& x, const LayerColumns& from, Room& room, Budget& budget)
        : layer_(layer), p_(p), x_(x), from_(from), room_(room), budget_(budget), d_(x.rows) {
        if (!layer.attention) return;
        is_summed_.resize(layer.attention->heads.size(), false);
        variances_.resize(is_summed_.size(), 0);
        sparse_.resize(is_summed_.size());
        sizes_.resize(is_summed_.size(), 0);
    }

    /// To be called first: what can be found for all tiles at once is.
    void add_up(std::size_t symbols, std::size_t period) {
        for (std::size_t h = 0; h < from_.tables.size(); ++h) {
            const WordHead& head = layer_.attention->heads[h];
            if (head.seen[p_].empty()) continue;
            is_summed_[h] = room_.sums(h).find(from_.tables[h], head, p_, from_.queries[p_], symbols, period, budget_);
        }
    }

    /// A tile of the result.
    void tile_of(std::size_t column, Rows to) {
        const ConstRows x = x_.at(column);
        Rows sum = layer_.feedforward ? room_(Room::sum, d_) : to;
        if (layer_.attention) attend(*layer_.attention, column, x, sum);
        else copy_rows(d_, x, sum);
        if (layer_.feedforward) feed(*layer_.feedforward, sum, to);
    }

    /// The bound of all tiles.
    Bound bound() const {
        Bound y = x_.bounds.front();
        if (layer_.attention) y = bound_of(*layer_.attention, y);
        if (layer_.feedforward) y = bound_of(*layer_.feedforward, y);
        return y;
    }

  private:
    void attend(const WordAttention& part, std::size_t column, ConstRows x, Rows to) {
        const std::size_t room = part.output.map.room();
        const Rows means = room_(Room::means, part.rows_of_means()), found = room_(Room::result, room);
        for (std::size_t h = 0; h < part.heads.size(); ++h) find(part, h, column, means.from(part.heads[h].mean));
        draw(budget_, part.output.map);
        const ConstRows taken = part.of_vectors ? values_of(part, means) : means;
        part.output.map.apply(taken, found, &part.output_biases[p_].values);
        if (part.residual) add_rows(d_, x, found);
        middle_ = std::max(middle_, greatest_size(d_, found));
        if (part.norm && !part.pre) deviation_ = std::min(deviation_, part.norm->apply(found, to));
        else copy_rows(d_, found, to);
    }

    /// Means of vectors become those of values, head by head: what is written beyond one is overwritten by the next.
    Rows values_of(const WordAttention& part, ConstRows means) {
        const std::vector<StackedMap>& maps = part.of_vectors->values;
        const Rows values = room_(Room::hidden, part.heads.back().output + maps.back().map.room());
        for (std::size_t h = 0; h < part.heads.size(); ++h) {
            const Rows to = values.from(part.heads[h].output);
            const AffineMap& map = maps[h].map;
            draw(budget_, map);
            if (part.heads[h].seen[p_].empty()) clear_rows(map.outputs(), to);
            else map.apply(means.from(part.heads[h].mean), to);
            sizes_[h] = std::max(sizes_[h], greatest_size(map.outputs(), to));
        }
        return values;
    }

    void find(const WordAttention& part, std::size_t h, std::size_t column, Rows mean) {
        const WordHead& head = part.heads[h];
        const std::vector<std::size_t>& positions = head.seen[p_];
        if (positions.empty()) return clear_rows(head.dv, mean);
        if (is_summed_[h]) {
            budget_.step(4 + head.dv);
            variances_[h] = std::max(variances_[h], divide_sums(room_.sums(h).at(column), head.dv, mean));
            return;
        }
        seen_.keys.clear();
        seen_.values.clear();
        seen_.biases = head.biases[p_].values.data();
        for (const std::size_t j : positions) {
            const ConstRows pair = from_.seen[j]->at(column);
            seen_.keys.push_back(pair.from(head.key));
            seen_.values.push_back(pair.from(head.value));
        }
        draw(budget_, head, positions.size(), part.is_sparse);
        const ConstRows query = from_.queries[p_].at(column).from(head.query);
        double* weights = room_(Room::weights, positions.size()).values;
        if (!part.is_sparse) {
            variances_[h] = std::max(variances_[h], checker::attend(query, head.dk, seen_, head.dv, mean, weights));
            return;
        }
        const auto [bound_of_query, key, value] = bounds_of(part, h);
        const double error = error_of_scores(bound_of_query, key, known(head, h));
        const SparseWeights found = attend_sparsely(query, head.dk, seen_, head.dv, mean, weights, error);
        sparse_[h] = {std::max(sparse_[h].missing, found.missing), std::max(sparse_[h].support, found.support)};
    }

    void feed(const WordFeedForward& part, Rows x, Rows to) {
        ConstRows from = x;
        if (part.norm && part.pre) {
            const Rows normed = room_(Room::normed, d_);
            least_ = std::min(least_, part.norm->apply(x, normed));
            from = normed;
        }
        const Rows found = through_maps(part, from);
        if (part.residual) add_rows(d_, x, found);
        after_ = std::max(after_, greatest_size(d_, found));
        if (part.norm && !part.pre) least_ = std::min(least_, part.norm->apply(found, to));
        else copy_rows(d_, found, to);
    }

    Rows through_maps(const WordFeedForward& part, ConstRows x) {
        if (part.gate) return through_gate(part, x);
        for (std::size_t m = 0; m < part.maps.size(); ++m) {
            const bool is_last = m + 1 == part.maps.size();
            const Room::Use use = is_last ? Room::result : m % 2 == 0 ? Room::hidden : Room::gate;
            const AffineMap& map = part.maps[m].map;
            const std::vector<double>* bias = is_last ? last_bias(part) : nullptr;
            // Words of a tile differ in few symbols, so that many a neuron is off for all of them.
            const bool is_relu = part.curve == Curve::relu;
            const Rows y = apply(map, x, use, bias, m > 0 && is_relu ? &occupied_ : nullptr);
            if (is_last) return y;
            if (is_relu) rectify(map.outputs(), y, occupied_);
            else bend(part.curve, part.slope.value, map.outputs(), y.values);
            x = y;
        }
        return {};
    }

    Rows through_gate(const WordFeedForward& part, ConstRows x) {
        const Rows gate = apply(part.gate->map, x, Room::gate), hidden = apply(part.maps[0].map, x, Room::hidden);
        bend(part.curve, part.slope.value, part.gate->map.outputs(), gate.values);
        of_gate_ = std::max(of_gate_, greatest_of_entries(part.gate->map.outputs(), gate));
        of_gated_ = std::max(of_gated_, greatest_of_entries(part.gate->map.outputs(), hidden));
        multiply_rows(part.gate->map.outputs(), gate, hidden);
        return apply(part.maps[1].map, hidden, Room::result, last_bias(part));
    }

    /// Null where it is the map's own.
    const std::vector<double>* last_bias(const WordFeedForward& part) const {
        return part.last_biases.empty() ? nullptr : &part.last_biases[p_].values;
    }

    Rows apply(const AffineMap& map, ConstRows x, Room::Use use, const std::vector<double>* bias = nullptr,
               const std::vector<std::uint32_t>* occupied = nullptr) {
        draw(budget_, map);
        const Rows y = room_(use, map.room());
        if (occupied != nullptr) map.apply(x, *occupied, y, bias);
        else map.apply(x, y, bias);
        return y;
    }

    Bound bound_of(const WordAttention& part, const Bound& x) const {
        double errors = 0, sizes = 0;
        for (std::size_t h = 0; h < part.heads.size(); ++h) {
            const Bound mean = bound_of_head(part, h);
            errors += mean.error * mean.error;
            sizes += mean.size * mean.size;
        }
        const Bound means = bounded(std::sqrt(errors) + lost_squares, std::sqrt(sizes) + lost_squares);
        MapBound output = part.output.bound();
        output.bias = part.output_biases[p_].bound;
        const Bound sum = of_size(output(means, part.residual ? x : Bound()), middle_);
        return part.norm && !part.pre ? part.norm->bound(sum, deviation_) : sum;
    }

    Bound bound_of_head(const WordAttention& part, std::size_t h) const {
        const WordHead& head = part.heads[h];
        if (head.seen[p_].empty()) return {};
        const auto [query, key, value] = bounds_of(part, h);
        const Bound mean = part.is_sparse ? bound_of_sparse_mean(query, key, value, known(head, h), sparse_[h])
                                          : bound_of_mean(query, key, value, known(head, h));
        return part.of_vectors ? of_size(part.of_vectors->values[h].bound()(mean), sizes_[h]) : mean;
    }

    struct HeadBounds {
        Bound query, key, value;
    };

    /// Of the query, and the worst of keys and values that are seen.
    HeadBounds bounds_of(const WordAttention& part, std::size_t h) const {
        HeadBounds bounds{from_.queries[p_].bounds[h], {}, {}};
        for (const std::size_t j : part.heads[h].seen[p_]) {
            const std::vector<Bound>& seen = from_.seen[j]->bounds;
            bounds.key = worse(bounds.key, part.of_vectors ? seen.front() : seen[h]);
            bounds.value = worse(bounds.value, part.of_vectors ? seen.front() : seen[part.heads.size() + h]);
        }
        return bounds;
    }

    MeanOf known(const WordHead& head, std::size_t h) const {
        return {head.dk, head.dv, head.seen[p_].size(), head.biases[p_].bound, variances_[h], is_summed_[h]};
    }

    Bound bound_of(const WordFeedForward& part, const Bound& x) const {
        const Bound in = part.norm && part.pre ? part.norm->bound(x, least_) : x;
        const Bound added = part.residual ? x : Bound();
        MapBound last = part.maps.back().bound();
        if (!part.last_biases.empty()) last.bias = part.last_biases[p_].bound;
        const Bound sum = of_size(last(before_last(part, in), added), after_);
        return part.norm && !part.pre ? part.norm->bound(sum, least_) : sum;
    }

    /// Of what the last of the maps takes.
    Bound before_last(const WordFeedForward& part, Bound x) const {
        const auto bend = [&](const StackedMap& map) {
            return bent(part.curve, part.slope.value, part.slope.radius, map.map.outputs(), map.bound()(x));
        };
        if (part.gate) return bound_of_products({part.maps[0].bound()(x), of_gated_}, {bend(*part.gate), of_gate_});
        for (std::size_t m = 0; m + 1 < part.maps.size(); ++m) x = bend(part.maps[m]);
        return x;
    }

    const WordLayer& layer_;
    std::size_t p_;
    const Columns& x_;
    const LayerColumns& from_;
    Room& room_;
    Budget& budget_;
    std::size_t d_;
    Seen seen_;
    std::vector<std::uint32_t> occupied_;             ///< rows that the next map takes
    std::vector<bool> is_summed_;                     ///< by head: sums stand in the room
    std::vector<double> variances_;                   ///< by head, the greatest
    std::vector<SparseWeights> sparse_;               ///< the same of sparsemax
    std::vector<double> sizes_;                       ///< of means of values, where those of vectors are found
    double middle_ = 0, after_ = 0;                   ///< greatest sizes after each part, before its norm
    double of_gate_ = 0, of_gated_ = 0;               ///< greatest entries of a gate, and of what it multiplies
    double deviation_ = infinite, least_ = infinite;  ///< within the norms of attention and feed-forward part
};

}  // namespace

Rows Room::operator()(Use use, std::size_t rows) {
    if (rows > rows_[use]) {
        rooms_[use] = AlignedDoubles(rows * tile);
        rows_[use] = rows;
    }
    return {rooms_[use].data(), tile};
}

namespace {

/// What the norm before the part makes of a position's vectors, tile by tile, or these.
class Normed {
  public:
    Normed(const WordAttention& part, const Columns& x, Room& room) : part_(part), x_(x), room_(room) {}

    ConstRows at(std::size_t column) {
        if (!part_.norm || !part_.pre) return x_.at(column);
        const Rows normed = room_(Room::normed, x_.rows);
        least_ = std::min(least_, part_.norm->apply(x_.at(column), normed));
        return normed;
    }
    /// Of all that was asked for.
    Bound bound() const {
        return part_.norm && part_.pre ? part_.norm->bound(x_.bounds.front(), least_) : x_.bounds.front();
    }

  private:
    const WordAttention& part_;
    const Columns& x_;
    Room& room_;
    double least_ = infinite;
};

void keep_normed(Normed from, Columns& to) {
    double size = 0;
    for (std::size_t column = 0; column < to.period; column += tile) {
        copy_rows(to.rows, from.at(column), to.tile_at(column));
        size = std::max(size, greatest_size(to.rows, to.tile_at(column)));
    }
    to.repeat();
    to.bounds = {of_size(from.bound(), size)};
}

}  // namespace

/// Queries and keys are turned where there are turns; values, which stand behind all keys, are not.
void project(const WordAttention& part, Side side, std::size_t p, const Columns& x, Columns& to, Room& room,
             Budget& budget) {
    Normed from(part, x, room);
    if (side == Side::pairs && part.of_vectors) return keep_normed(from, to);
    const StackedMap& map = side == Side::queries ? part.queries : part.pairs;
    const bool goes_on = side == Side::queries && part.of_vectors;
    const auto turn_of = [&](std::size_t k) {
        const bool is_turned = !part.turns.empty() && k < part.heads.size() && map.parts[k].rows > 0;
        return is_turned ? &part.turns[p] : nullptr;
    };
    std::vector<double> sizes(map.parts.size(), 0);
    for (std::size_t column = 0; column < to.period; column += tile) {
        const Rows last = to.tile_at(column), y = goes_on ? room(Room::result, map.map.room()) : last;
        draw(budget, map.map);
        map.map.apply(from.at(column), y);
        std::size_t row = 0;
        for (std::size_t k = 0; k < sizes.size(); row += map.parts[k++].rows) {
            if (const TurnOfRows* turn = turn_of(k)) turn->apply(y.from(row));
            Rows part_of_last = y.from(row);
            std::size_t rows = map.parts[k].rows;
            if (goes_on) {
                const AffineMap& back = part.of_vectors->keys[k].map;
                draw(budget, back);
                part_of_last = last.from(part.heads[k].query);
                back.apply(y.from(row), part_of_last);
                rows = back.outputs();
            }
            sizes[k] = std::max(sizes[k], greatest_size(rows, part_of_last));
        }
    }
    to.repeat();
    const Bound in = from.bound();
    to.bounds.clear();
    for (std::size_t k = 0; k < sizes.size(); ++k) {
        const TurnOfRows* turn = turn_of(k);
        Bound mapped = map.parts[k](in);
        if (turn != nullptr) mapped = (*turn)(mapped);
        if (goes_on) mapped = part.of_vectors->keys[k].bound()(mapped);
        to.bounds.push_back(of_size(mapped, sizes[k]));
    }
}

void advance(const WordLayer& layer, std::size_t p, const Columns& x, const LayerColumns& from, std::size_t symbols,
             Columns& to, Room& room, Budget& budget) {
    Step step(layer, p, x, from, room, budget);
    step.add_up(symbols, to.period);
    for (std::size_t column = 0; column < to.period; column += tile) step.tile_of(column, to.tile_at(column));
    to.repeat();
    to.bounds = {step.bound()};
}

}  // namespace attest::checker
