#include "checker/soft/word_network.hpp"

#include <algorithm>
#include <cmath>

#include "checker/kernel/defect.hpp"

// The numbers of a model, enclosed in intervals, become doubles that know how far they may be from the true ones. What
// is the same for all words is made here: vectors of symbols at positions, normed if there is a norm of the embedding;
// queries times the scale; with `rotary` the turns of queries and keys at each position.

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

/// An affine map in doubles.
struct MapInDoubles {
    Matrix64 matrix;
    Numbers bias;
};

/// A part of a matrix: entries of a map from a row and a column on, each made a number.
template <typename Row, typename Make>
void put(const std::vector<Row>& rows, const Make& number_for, Matrix64& matrix, std::size_t first_column = 0) {
    double squares = 0;
    bool is_exact = true;  // mostly, and then no sum of squares is waited for
    for (std::size_t r = 0; r < rows.size(); ++r)
        for (const auto& entry : rows[r]) {
            const Number number = number_for(entry.value);
            matrix.at(r, first_column + entry.column) = number.value;
            if (number.radius == 0) continue;
            squares += number.radius * number.radius;
            is_exact = false;
        }
    if (!is_exact) matrix.radius = upward(matrix.radius + std::sqrt(squares) + lost_squares);
}

/// So many numbers: where a bias is not there it is 0.
template <typename Exact>
Numbers padded(const std::vector<Exact>& vector, std::size_t rows, const Number* factor = nullptr) {
    std::vector<Number> numbers(rows);
    for (std::size_t r = 0; r < vector.size(); ++r)
        numbers[r] = factor == nullptr ? number_of(vector[r]) : product(number_of(vector[r]), *factor);
    return numbers_of(numbers);
}

Matrix64 no_rows(std::size_t columns) { return Matrix64(0, columns); }

class InDoubles {
  public:
    InDoubles(const SoftInstance& instance, Budget& budget, bool keeps_logits)
        : x_(instance), model_(*instance.model), budget_(budget), d_(model_.dimension), keeps_logits_(keeps_logits) {}

    WordNetwork run() {
        return {.symbols = model_.alphabet.size(),
                .dimension = d_,
                .positions = x_.n,
                .letters = x_.length,
                .first = model_.begin ? std::size_t{1} : 0,
                .embedded = embedded(),
                .layers = layers(),
                .stack = x_.stack,
                .final_norm = norm(model_.final_norm),
                .readouts = readouts(),
                .mean = model_.readout.where == Readout::Where::mean,
                .logits = logits(),
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
        budget_.memory(x_.n * model_.alphabet.size(), 64 + 8 * d_);
        budget_.step(x_.n * model_.alphabet.size(), 8 * d_);
        if (x_.embedding_norm) {
            for (std::size_t p = 0; p < x_.n; ++p)
                for (const Intervals& symbol : possible(p, x_.begin, x_.symbols, x_.end))
                    result[p].push_back(normed(symbol, p));
            return result;
        }
        using Vectors = std::vector<std::vector<Number>>;
        Vectors begin, symbols, end;
        for (const Symbol& symbol : model_.alphabet) symbols.push_back(in_doubles(model_.embedding.at(symbol)));
        if (model_.begin) begin.push_back(in_doubles(model_.embedding.at(*model_.begin)));
        if (model_.end) end.push_back(in_doubles(model_.embedding.at(*model_.end)));
        for (std::size_t p = 0; p < x_.n; ++p) {
            const std::vector<Number> added = position(p + 1);
            for (const std::vector<Number>& symbol : possible(p, begin, symbols, end)) {
                std::vector<Number> sums = added;
                for (std::size_t c = 0; c < d_; ++c) sums[c] = sum(sums[c], symbol[c]);
                result[p].push_back(numbers_of(sums));
            }
        }
        return result;
    }

    static std::vector<Number> in_doubles(const KeptVector& vector) {
        std::vector<Number> numbers;
        numbers.reserve(vector.size());
        for (const KeptRational& x : vector) numbers.push_back(number_of(x));
        return numbers;
    }

    std::vector<Number> position(std::size_t p) const {
        if (model_.table) return in_doubles(model_.table->row(p));
        std::vector<Number> numbers(d_);
        for (std::size_t c = 0; c < model_.position.size(); ++c) {
            const KeptRational* placed = model_.position[c].placed(static_cast<long>(p));
            numbers[c] = placed != nullptr ? number_of(*placed)
                                           : number_of(enclose_position(model_, c, p, x_.n, x_.bits, budget_));
        }
        return numbers;
    }

    template <typename Vectors>
    const Vectors& possible(std::size_t p, const Vectors& begin, const Vectors& symbols, const Vectors& end) const {
        return p < begin.size() ? begin : x_.is_word(p + 1) ? symbols : end;
    }

    Numbers normed(const Intervals& symbol, std::size_t p) const {
        Intervals sum = x_.position[p];
        for (std::size_t c = 0; c < d_; ++c) sum[c] += symbol[c];
        try {
            return numbers_of((*x_.embedding_norm)(sum, p + 1, budget_));
        } catch (const Defect&) {  // it has no value: nothing is known of it here, and who needs it will say so
            return {std::vector<double>(d_, 0), {infinite, infinite}};
        }
    }

    std::optional<NormOfRows> norm(const std::optional<Norm>& norm) const {
        if (!norm) return std::nullopt;
        const std::size_t size = norm->gain.size();
        return NormOfRows(norm->rms, number_of(norm->eps), padded(norm->gain, size), padded(norm->bias, size),
                          d_ / size);
    }

    /// Draws for a matrix and its norm.
    void draw(std::size_t rows, std::size_t columns) const {
        const std::size_t side = std::min(rows, columns);
        budget_.memory(rows * columns, 32);
        budget_.step(rows * columns, 16 + (side <= 1024 ? side : 0));
    }

    MapInDoubles in_doubles(const Affine& map, const Number* factor = nullptr) const {
        draw(map.outputs(), map.inputs());
        MapInDoubles result{Matrix64(map.outputs(), map.inputs()), padded(map.bias, map.outputs(), factor)};
        put(
            map.weight.rows,
            [&](const KeptRational& x) { return factor == nullptr ? number_of(x) : product(number_of(x), *factor); },
            result.matrix);
        return result;
    }

    /// Needs  maps of so many inputs
    static StackedMap stacked(const std::vector<MapInDoubles>& maps, std::size_t columns) {
        std::size_t rows = 0;
        for (const MapInDoubles& map : maps) rows += map.matrix.rows;
        Matrix64 all(rows, columns);
        std::vector<double> biases;
        std::vector<MapBound> bounds;
        for (const MapInDoubles& map : maps) {
            std::copy(map.matrix.values.begin(), map.matrix.values.end(),
                      all.values.begin() + static_cast<std::ptrdiff_t>(biases.size() * columns));
            bounds.push_back(checker::bound_of(map.matrix, map.bias.bound));
            biases.insert(biases.end(), map.bias.values.begin(), map.bias.values.end());
        }
        return {AffineMap(all, std::move(biases)), std::move(bounds)};
    }
    StackedMap alone(const Affine& map) const { return stacked({in_doubles(map)}, map.inputs()); }

    StackedMap logits() const {
        MapInDoubles map = in_doubles({model_.readout.weight, {}});
        map.bias = numbers_of(x_.logits.bias);
        return stacked({map}, d_);
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
        for (const Affine& map : part.maps) result.maps.push_back(alone(map));
        if (part.gate) result.gate = alone(*part.gate);
        result.curve = curve_of(part.activation);
        result.slope = number_of(numbers.slope);
        result.residual = part.residual;
        result.pre = part.norm && part.norm->pre;
        result.norm = norm(part.norm);
        for (const Vector& added : part.added) {
            Vector bias = added;
            if (!part.maps.back().bias.empty()) add_to(bias, rationals(part.maps.back().bias), budget_);
            result.last_biases.push_back(padded(bias, d_));
            result.last_biases.back().values.resize(result.maps.back().map.room(), 0);
        }
        return result;
    }

    /// Whether its keys and values are not made. It takes fewer products, and less memory, where it is the last attention and
    /// few positions are read.
    bool is_of_vectors(std::size_t l) const {
        const Attention& part = *model_.layers[l].attention;
        const auto is_after = [&](std::size_t other) { return model_.layers[other].attention.has_value(); };
        const auto at = std::find_if(x_.stack.rbegin(), x_.stack.rend(), is_after);
        if (part.heads.empty() || part.rotary || at == x_.stack.rend() || *at != l ||
            std::count(x_.stack.begin(), x_.stack.end(), l) != 1)
            return false;
        std::size_t rows = 0;
        for (const Head& head : part.heads) {
            if (!head.key) return false;
            rows += head.key->outputs() + head.value.outputs();
        }
        const std::size_t made = x_.n * rows * (d_ + x_.readout.size());
        return x_.readout.size() * d_ * (rows + 2 * x_.n * part.heads.size()) < made;
    }

    OfVectors of_vectors(const Attention& part) const {
        OfVectors result;
        for (const Head& head : part.heads) {
            const MapInDoubles key = in_doubles({head.key->weight, {}});
            result.keys.push_back(stacked({{transposed(key.matrix), padded(Vector(), d_)}}, key.matrix.rows));
            result.values.push_back(alone(head.value));
        }
        return result;
    }

    WordAttention attention(std::size_t l) const {
        const Attention& part = *model_.layers[l].attention;
        const bool is_folded = is_of_vectors(l);
        const SoftLayer& numbers = x_.layers[l];
        WordAttention result{.queries = queries(l),
                             .pairs = is_folded ? stacked({}, d_) : pairs(l),
                             .of_vectors = is_folded ? std::optional(of_vectors(part)) : std::nullopt,
                             .turns = turns(numbers),
                             .output = outputs(part),
                             .output_biases = {},
                             .heads = {},
                             .is_sparse = part.kind == Kind::sparsemax,
                             .residual = part.residual,
                             .pre = part.norm && part.norm->pre,
                             .norm = norm(part.norm)};
        place_heads(l, result);
        return result;
    }

    std::vector<TurnOfRows> turns(const SoftLayer& layer) const {
        std::vector<TurnOfRows> result;
        if (!layer.rotation) return result;
        budget_.step(x_.n * layer.rotation->pairs(), 64);
        budget_.memory(x_.n * layer.rotation->pairs(), 32);
        for (std::size_t p = 1; p <= x_.n; ++p) {
            TurnOfRows& at = result.emplace_back();
            for (std::size_t t = 0; t < layer.rotation->pairs(); ++t) {
                const auto& [first, second, cosine, sine] = layer.rotation->pair(t, p);
                at.add(first, second, number_of(cosine), number_of(sine));
            }
        }
        return result;
    }

    /// Without biases, which depend on what is seen.
    StackedMap outputs(const Attention& part) const {
        std::size_t means = 0;
        for (const Head& head : part.heads) means += head.value.outputs();
        draw(d_, means);
        Matrix64 matrix(d_, means);
        std::size_t column = 0;
        for (const Head& head : part.heads) {
            put(
                head.output.weight.rows, [](const KeptRational& x) { return number_of(x); }, matrix, column);
            column += head.value.outputs();
        }
        return {AffineMap(matrix, std::vector<double>(d_, 0)), {checker::bound_of(matrix, {})}};
    }

    StackedMap queries(std::size_t l) const {
        std::vector<MapInDoubles> maps;
        for (std::size_t h = 0; h < x_.layers[l].heads.size(); ++h) {
            const Head& head = model_.layers[l].attention->heads[h];
            const Number scale = number_of(x_.layers[l].heads[h].scale);
            maps.push_back(head.query ? in_doubles(*head.query, &scale) : MapInDoubles{no_rows(d_), {}});
        }
        return stacked(maps, d_);
    }

    /// Keys of all heads, then values.
    StackedMap pairs(std::size_t l) const {
        std::vector<MapInDoubles> maps;
        const std::vector<Head>& heads = model_.layers[l].attention->heads;
        for (const Head& head : heads) maps.push_back(head.key ? in_doubles(*head.key) : MapInDoubles{no_rows(d_), {}});
        for (const Head& head : heads) maps.push_back(in_doubles(head.value));
        return stacked(maps, d_);
    }

    void place_heads(std::size_t l, WordAttention& result) const {
        std::size_t keys = 0, values = 0, means = 0;
        const std::vector<Head>& heads = model_.layers[l].attention->heads;
        for (const Head& head : heads) values += head.key ? head.key->outputs() : 0;
        for (std::size_t h = 0; h < heads.size(); ++h) {
            const std::size_t dk = heads[h].key ? heads[h].key->outputs() : 0, dv = heads[h].value.outputs();
            WordHead placed{.dk = dk,
                            .dv = dv,
                            .query = keys,
                            .key = keys,
                            .value = values,
                            .mean = means,
                            .output = means,
                            .seen = {},
                            .biases = {}};
            keys += dk;
            values += dv;
            means += dv;
            if (result.of_vectors) {
                placed.dk = placed.dv = d_;
                placed.query = placed.mean = h * d_;
                placed.key = placed.value = 0;
            }
            for (std::size_t p = 0; p < x_.n; ++p) look(l, h, p, placed);
            result.heads.push_back(std::move(placed));
        }
        for (std::size_t p = 0; p < x_.n; ++p)
            if (p > 0 && has_bias_of(p - 1, l, result, p)) result.output_biases.push_back(result.output_biases.back());
            else result.output_biases.push_back(output_bias(l, result, p));
    }

    /// Whether the same heads see something at both positions, and nothing else makes a difference.
    bool has_bias_of(std::size_t other, std::size_t l, const WordAttention& placed, std::size_t p) const {
        const auto is_same = [&](const WordHead& h) { return h.seen[other].empty() == h.seen[p].empty(); };
        return model_.layers[l].attention->added.empty() &&
               std::all_of(placed.heads.begin(), placed.heads.end(), is_same);
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
            if (head.biases) biases.push_back((*head.biases)[p * x_.n + j]);
        }
        placed.biases.push_back(head.biases ? numbers_of(biases) : Numbers{std::vector<double>(seen.size(), 0), {}});
        placed.seen.push_back(std::move(seen));
    }

    /// A head that sees nothing adds nothing, not even the bias of its output.
    Numbers output_bias(std::size_t l, const WordAttention& placed, std::size_t p) const {
        const Attention& part = *model_.layers[l].attention;
        Vector sum(d_);
        for (std::size_t h = 0; h < placed.heads.size(); ++h)
            if (!placed.heads[h].seen[p].empty() && !part.heads[h].output.bias.empty())
                add_to(sum, rationals(part.heads[h].output.bias), budget_);
        if (!part.added.empty()) add_to(sum, part.added[p], budget_);
        Numbers result = padded(sum, d_);
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

std::size_t WordAttention::rows_of_queries() const {
    return of_vectors ? heads.back().query + of_vectors->keys.back().map.room() : queries.map.room();
}

std::size_t WordAttention::rows_of_means() const { return heads.empty() ? 0 : heads.back().mean + heads.back().dv; }

bool has_words(const Model& model) {
    return std::all_of(model.layers.begin(), model.layers.end(), [](const Layer& layer) {
        return !layer.attention || layer.attention->heads.empty() || layer.attention->kind == Kind::softmax ||
               layer.attention->kind == Kind::sparsemax;
    });
}

bool fits_doubles(const Model& model) { return model.readout.decides() && has_words(model); }

WordNetwork network_in_doubles(const SoftInstance& instance, Budget& budget, bool keeps_logits) {
    return InDoubles(instance, budget, keeps_logits).run();
}

}  // namespace attest::checker
