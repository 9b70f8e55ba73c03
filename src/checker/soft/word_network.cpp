#include "checker/soft/word_network.hpp"

#include <algorithm>
#include <cmath>

#include "checker/kernel/defect.hpp"

// The numbers of a model, enclosed in intervals, become doubles that know how far they may be from the true ones. What
// is the same for all words is made here: vectors of symbols at positions, normed if there is a norm of the embedding;
// queries times the scale; with `rotary` maps of queries and keys for each position.

namespace attest::checker {
namespace {

Curve curve_of(ActivationFunction function) {
    switch (function) {
        case ActivationFunction::relu: return Curve::relu;
        case ActivationFunction::leaky_relu: return Curve::leaky_relu;
        case ActivationFunction::gelu: return Curve::gelu;
        case ActivationFunction::gelu_tanh: return Curve::gelu_tanh;
        case ActivationFunction::silu: return Curve::silu;
        case ActivationFunction::tanh: return Curve::tanh;
        case ActivationFunction::sigmoid: return Curve::sigmoid;
    }
    return Curve::relu;
}

/// A part of a matrix: entries of a map from a row and a column on.
void put(const SoftMap& map, Matrix64& matrix, std::size_t first_row, std::size_t first_column = 0) {
    double squares = 0;
    bool is_exact = true;
    for (std::size_t r = 0; r < map.rows.size(); ++r)
        for (const SoftMap::Entry& entry : map.rows[r]) {
            const Number number = number_of(entry.value);
            matrix.at(first_row + r, first_column + entry.column) = number.value;
            squares += number.radius * number.radius;
            is_exact = is_exact && number.radius == 0;
        }
    if (!is_exact) matrix.radius = upward(matrix.radius + std::sqrt(squares) + lost_squares);
}

SoftMap scaled(SoftMap map, const Interval& factor) {
    for (auto& row : map.rows)
        for (SoftMap::Entry& entry : row) entry.value = entry.value * factor;
    for (Interval& entry : map.bias) entry = entry * factor;
    return map;
}

class InDoubles {
  public:
    InDoubles(const SoftInstance& instance, Budget& budget, bool keeps_logits)
        : x_(instance), model_(*instance.model), budget_(budget), d_(model_.dimension), keeps_logits_(keeps_logits) {}

    WordNetwork run() {
        return {.symbols = model_.alphabet.size(),
                .dimension = d_,
                .positions = x_.n,
                .letters = x_.length,
                .first = x_.begin.size(),
                .embedded = embedded(),
                .layers = layers(),
                .stack = x_.stack,
                .final_norm = norm(x_.final_norm),
                .readouts = readouts(),
                .mean = model_.readout.where == Readout::Where::mean,
                .logits = stacked({x_.logits}),
                .keeps_logits = keeps_logits_,
                .accepted = model_.readout.accepted};
    }

  private:
    std::vector<std::vector<std::size_t>> readouts() const {
        std::vector<std::vector<std::size_t>> result;
        for (const std::size_t p : x_.readout) {
            if (result.empty() || model_.readout.where == Readout::Where::each) result.emplace_back();
            result.back().push_back(p - 1);
        }
        return result;
    }

    std::vector<std::vector<Numbers>> embedded() const {
        std::vector<std::vector<Numbers>> result(x_.n);
        budget_.memory(x_.n * x_.symbols.size(), 64 + 8 * d_);
        budget_.step(x_.n * x_.symbols.size(), 8 * d_);
        for (std::size_t p = 0; p < x_.n; ++p)
            for (const Intervals& symbol : possible(p)) result[p].push_back(embedded(symbol, p));
        return result;
    }

    const std::vector<Intervals>& possible(std::size_t p) const {
        return p < x_.begin.size() ? x_.begin : x_.is_word(p + 1) ? x_.symbols : x_.end;
    }

    Numbers embedded(const Intervals& symbol, std::size_t p) const {
        Intervals sum = x_.position[p];
        for (std::size_t c = 0; c < d_; ++c) sum[c] += symbol[c];
        if (!x_.embedding_norm) return numbers_of(sum);
        try {
            return numbers_of((*x_.embedding_norm)(sum, p + 1, budget_));
        } catch (const Defect&) {  // it has no value: nothing is known of it here, and who needs it will say so
            return {std::vector<double>(d_, 0), {infinite, infinite}};
        }
    }

    std::optional<NormOfRows> norm(const std::optional<SoftNorm>& norm) const {
        if (!norm) return std::nullopt;
        return NormOfRows(norm->rms, number_of(norm->eps), numbers_of(norm->gain), numbers_of(norm->bias),
                          d_ / norm->gain.size());
    }

    /// Draws for a matrix and its norm.
    void draw(std::size_t rows, std::size_t columns) const {
        const std::size_t side = std::min(rows, columns);
        budget_.memory(rows * columns, 32);
        budget_.step(rows * columns, 16 + (side <= 1024 ? side : 0));
    }

    StackedMap stacked(const std::vector<SoftMap>& maps) const { return stacked(maps, d_); }

    StackedMap stacked(const std::vector<SoftMap>& maps, std::size_t columns) const {
        std::size_t rows = 0;
        for (const SoftMap& map : maps) rows += map.rows.size();
        Matrix64 all(rows, columns);
        std::vector<double> biases;
        std::vector<MapBound> bounds;
        for (const SoftMap& map : maps) {
            draw(map.rows.size(), columns);
            const Numbers bias = numbers_of(map.bias);
            put(map, all, biases.size());
            Matrix64 part(map.rows.size(), columns);
            put(map, part, 0);
            bounds.push_back(bound_of(part, bias.bound));
            biases.insert(biases.end(), bias.values.begin(), bias.values.end());
        }
        return {AffineMap(all, std::move(biases)), std::move(bounds)};
    }

    std::vector<WordLayer> layers() const {
        std::vector<WordLayer> result;
        for (std::size_t l = 0; l < model_.layers.size(); ++l) {
            WordLayer& layer = result.emplace_back();
            if (model_.layers[l].attention) layer.attention = attention(l);
            if (model_.layers[l].feedforward) layer.feedforward = feedforward(l);
        }
        return result;
    }

    WordFeedForward feedforward(std::size_t l) const {
        const FeedForward& part = *model_.layers[l].feedforward;
        const SoftLayer& numbers = x_.layers[l];
        WordFeedForward result;
        std::size_t inputs = d_;
        for (const SoftMap& map : numbers.maps) {
            result.maps.push_back(stacked({map}, inputs));
            inputs = map.rows.size();
        }
        if (numbers.gate) result.gate = stacked({*numbers.gate});
        result.curve = curve_of(part.activation);
        result.slope = number_of(numbers.slope);
        result.residual = part.residual;
        result.pre = part.norm && part.norm->pre;
        result.norm = norm(numbers.feedforward_norm);
        for (const Intervals& added : numbers.feedforward_added) {
            Intervals bias = added;
            for (std::size_t c = 0; c < d_; ++c) bias[c] += numbers.maps.back().bias[c];
            result.last_biases.push_back(numbers_of(bias));
            result.last_biases.back().values.resize(result.maps.back().map.room(), 0);
        }
        return result;
    }

    WordAttention attention(std::size_t l) const {
        const Attention& part = *model_.layers[l].attention;
        const SoftLayer& numbers = x_.layers[l];
        WordAttention result{.queries = {},
                             .pairs = {},
                             .output = outputs(numbers),
                             .output_biases = {},
                             .heads = {},
                             .residual = part.residual,
                             .pre = part.norm && part.norm->pre,
                             .norm = norm(numbers.attention_norm)};
        const std::size_t turns = numbers.rotation ? x_.n : 1;
        for (std::size_t p = 0; p < turns; ++p) {
            result.queries.push_back(queries(numbers, p));
            result.pairs.push_back(pairs(numbers, p));
        }
        place_heads(l, result);
        return result;
    }

    /// Without biases, which depend on what is seen.
    StackedMap outputs(const SoftLayer& layer) const {
        std::size_t means = 0;
        for (const SoftHead& head : layer.heads) means += head.value.rows.size();
        draw(d_, means);
        Matrix64 matrix(d_, means);
        std::size_t column = 0;
        for (const SoftHead& head : layer.heads) {
            put(head.output, matrix, 0, column);
            column += head.value.rows.size();
        }
        return {AffineMap(matrix, std::vector<double>(d_, 0)), {bound_of(matrix, {})}};
    }

    /// A map whose result is turned at position p (from 0), as another map.
    SoftMap turned(const SoftLayer& layer, const SoftMap& map, std::size_t p) const {
        if (!layer.rotation) return map;
        SoftMap result{std::vector<std::vector<SoftMap::Entry>>(map.rows.size()), map.bias};
        layer.rotation->turn(result.bias, p + 1, budget_);
        std::vector<Intervals> columns(d_, Intervals(map.rows.size(), Interval(x_.bits)));
        for (std::size_t r = 0; r < map.rows.size(); ++r)
            for (const SoftMap::Entry& entry : map.rows[r]) columns[entry.column][r] = entry.value;
        for (std::size_t c = 0; c < d_; ++c) {
            layer.rotation->turn(columns[c], p + 1, budget_);
            for (std::size_t r = 0; r < map.rows.size(); ++r) result.rows[r].push_back({c, columns[c][r]});
        }
        return result;
    }

    StackedMap queries(const SoftLayer& layer, std::size_t p) const {
        std::vector<SoftMap> maps;
        for (const SoftHead& head : layer.heads)
            maps.push_back(head.query ? scaled(turned(layer, *head.query, p), head.scale) : SoftMap());
        return stacked(maps);
    }

    /// Keys of all heads, then values.
    StackedMap pairs(const SoftLayer& layer, std::size_t p) const {
        std::vector<SoftMap> maps;
        for (const SoftHead& head : layer.heads) maps.push_back(head.key ? turned(layer, *head.key, p) : SoftMap());
        for (const SoftHead& head : layer.heads) maps.push_back(head.value);
        return stacked(maps);
    }

    void place_heads(std::size_t l, WordAttention& result) const {
        std::size_t keys = 0, values = 0, means = 0;
        for (const SoftHead& head : x_.layers[l].heads) values += head.key ? head.key->rows.size() : 0;
        for (std::size_t h = 0; h < x_.layers[l].heads.size(); ++h) {
            const SoftHead& head = x_.layers[l].heads[h];
            const std::size_t dk = head.key ? head.key->rows.size() : 0, dv = head.value.rows.size();
            WordHead& placed = result.heads.emplace_back(WordHead{.dk = dk,
                                                                  .dv = dv,
                                                                  .query = keys,
                                                                  .key = keys,
                                                                  .value = values,
                                                                  .mean = means,
                                                                  .seen = {},
                                                                  .biases = {}});
            keys += dk;
            values += dv;
            means += dv;
            for (std::size_t p = 0; p < x_.n; ++p) look(l, h, p, placed);
        }
        for (std::size_t p = 0; p < x_.n; ++p) result.output_biases.push_back(output_bias(l, result, p));
    }

    void look(std::size_t l, std::size_t h, std::size_t p, WordHead& placed) const {
        const SoftHead& head = x_.layers[l].heads[h];
        const Mask mask = model_.layers[l].attention->heads[h].mask;
        std::vector<std::size_t> seen;
        Intervals biases;
        budget_.step(x_.n, 64);
        budget_.memory(x_.n, 16);
        for (std::size_t j = 0; j < x_.n; ++j) {
            if (!may_see(mask, p + 1, j + 1)) continue;
            seen.push_back(j);
            biases.push_back(head.biases ? (*head.biases)[p * x_.n + j] : Interval(x_.bits));
        }
        placed.seen.push_back(std::move(seen));
        placed.biases.push_back(numbers_of(biases));
    }

    /// A head that sees nothing adds nothing, not even the bias of its output.
    Numbers output_bias(std::size_t l, const WordAttention& placed, std::size_t p) const {
        Intervals sum(d_, Interval(x_.bits));
        for (std::size_t h = 0; h < placed.heads.size(); ++h)
            for (std::size_t c = 0; c < d_ && !placed.heads[h].seen[p].empty(); ++c)
                sum[c] += x_.layers[l].heads[h].output.bias[c];
        if (!x_.layers[l].attention_added.empty())
            for (std::size_t c = 0; c < d_; ++c) sum[c] += x_.layers[l].attention_added[p][c];
        Numbers result = numbers_of(sum);
        result.values.resize(placed.output.map.room(), 0);
        return result;
    }

    const SoftInstance& x_;
    const Model& model_;
    Budget& budget_;
    std::size_t d_;
    bool keeps_logits_;
};

}  // namespace

bool has_words(const Model& model) {
    return std::all_of(model.layers.begin(), model.layers.end(), [](const Layer& layer) {
        return !layer.attention || layer.attention->heads.empty() || layer.attention->kind == Kind::softmax;
    });
}

bool fits_doubles(const Model& model) { return model.readout.decides() && has_words(model); }

WordNetwork network_in_doubles(const SoftInstance& instance, Budget& budget, bool keeps_logits) {
    return InDoubles(instance, budget, keeps_logits).run();
}

}  // namespace attest::checker
