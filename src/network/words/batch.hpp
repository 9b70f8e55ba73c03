#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <utility>
#include <vector>

#include "network/words/integer_model.hpp"
#include "network/words/whole_numbers.hpp"

// All words that begin alike, side by side. A vector that depends on some symbols of the word only is kept once for all words
// that agree in these: before the first layer a position knows its own symbol, under a causal mask those up to itself. So its
// columns come again after a period, a power of the number of symbols; and where no symbol that it depends on has changed since
// the prefix before, it is kept from there.

namespace attest::network::words {

/// Symbols of the word (from 0) that a vector depends on, all between two; none: last < first.
struct Letters {
    std::int64_t first = INT64_MAX, last = -1;

    void join(const Letters& other) {
        first = std::min(first, other.first);
        last = std::max(last, other.last);
    }
};

/// Numerators of one vector for each word; column c is that of the words whose number is c modulo the period.
template <typename Number>
struct Columns {
    std::size_t rows = 0, period = 0;  ///< period 0: of nothing that is needed
    Letters letters;
    std::vector<Number> values;  ///< [row][column]

    Number* row(std::size_t r) { return values.data() + r * period; }
    const Number* row(std::size_t r) const { return values.data() + r * period; }
};

template <typename Number>
struct Map {
    std::vector<std::vector<std::pair<std::uint32_t, Number>>> rows;
    std::vector<Number> bias;
};

/// Numbers of a model in the arithmetic of a batch, or the news that one does not fit.
template <typename Number>
class Narrowing {
  public:
    bool fits() const { return fits_; }

    Number operator()(const mpz_class& x) {
        auto value = narrowed<Number>(x);
        fits_ = fits_ && value;
        return value ? std::move(*value) : Number(0);
    }
    std::vector<Number> operator()(const std::vector<mpz_class>& list) {
        std::vector<Number> result;
        for (const mpz_class& x : list) result.push_back((*this)(x));
        return result;
    }
    Map<Number> operator()(const IntegerMap& map) {
        Map<Number> result{{}, (*this)(map.bias)};
        for (const auto& from : map.rows) {
            auto& row = result.rows.emplace_back();
            for (const auto& [column, value] : from) row.emplace_back(column, (*this)(value));
        }
        return result;
    }

  private:
    bool fits_ = true;
};

template <typename Number>
class Batch {
  public:
    /// free   symbols at the end of a word that a batch goes through
    /// Needs  `model` outlives this
    Batch(const IntegerModel& model, std::size_t free) : m_(model), free_(free), prefix_(model.letters - free, 0) {
        convert();
        plan();
    }

    /// Whether all numbers of the model fit.
    bool fits() const { return narrow_.fits(); }

    /// Evaluates all words that begin so. False: a number did not fit, and nothing is known.
    /// Needs   fits()
    bool run(const std::vector<std::uint32_t>& prefix) {
        changed_ = std::mismatch(prefix.begin(), prefix.end(), prefix_.begin()).first - prefix.begin();
        prefix_ = prefix;
        overflow_ = false;
        for (std::size_t p = 0; p < embedded_.size(); ++p)
            if (is_stale(embedded_[p])) embed(p);
        for (std::size_t l = 0; l < layers_.size() && !overflow_; ++l) run_layer(l);
        if (!overflow_ && is_stale(logits_)) read();
        fresh_ = overflow_;
        return !overflow_;
    }

    /// Numerators of the logits; a word's column is Σ (its k-th free symbol) · symbols^k.
    const Columns<Number>& logits() const { return logits_; }

  private:
    using Column = Columns<Number>;
    using Rows = std::vector<Number>;

    struct Head {
        Map<Number> query, key, value, output;
        std::vector<Number> bias, share;
        Number unit{};
        std::vector<Column> queries, keys, values;  // by position
    };
    struct Layer {
        std::vector<Head> heads;
        std::vector<Map<Number>> maps;
        Number kept{}, kept_after{}, above{}, below{};
        std::vector<Column> after;  // by position
    };

    void convert() {
        for (const auto& position : m_.embedded) {
            auto& points = points_.emplace_back();
            for (const auto& point : position) points.push_back(narrow_(point));
        }
        for (const IntegerLayer& from : m_.layers) {
            Layer& to = layers_.emplace_back();
            for (const IntegerHead& head : from.heads)
                to.heads.push_back({head.query ? narrow_(*head.query) : Map<Number>(),
                                    head.key ? narrow_(*head.key) : Map<Number>(),
                                    narrow_(head.value),
                                    narrow_(head.output),
                                    narrow_(head.bias),
                                    narrow_(head.share),
                                    narrow_(head.unit),
                                    {},
                                    {},
                                    {}});
            for (const IntegerMap& map : from.maps) to.maps.push_back(narrow_(map));
            to.kept = narrow_(from.kept);
            to.kept_after = narrow_(from.kept_after);
            to.above = narrow_(from.above);
            to.below = narrow_(from.below);
        }
        read_map_ = narrow_(m_.logits);
    }

    std::size_t period(const Letters& letters) const {
        std::size_t period = 1;
        for (auto k = static_cast<std::int64_t>(m_.letters - free_); k <= letters.last; ++k) period *= m_.symbols;
        return period;
    }
    Column columns(std::size_t rows, const Letters& letters) const {
        const std::size_t p = period(letters);
        return {rows, p, letters, Rows(rows * p)};
    }
    const std::vector<Column>& before(std::size_t layer) const {
        return layer == 0 ? embedded_ : layers_[layer - 1].after;
    }

    void plan() {
        embedded_.resize(m_.positions);
        for (std::size_t p = 0; p < m_.positions; ++p) {
            const auto letter = static_cast<std::int64_t>(p) - static_cast<std::int64_t>(m_.first);
            const bool is_letter = letter >= 0 && letter < static_cast<std::int64_t>(m_.letters);
            if (m_.needed[0][p]) embedded_[p] = columns(m_.dimension, is_letter ? Letters{letter, letter} : Letters{});
        }
        for (std::size_t l = 0; l < layers_.size(); ++l) plan_layer(l);
        Letters letters;
        for (const std::size_t p : m_.read) letters.join(before(layers_.size())[p].letters);
        logits_ = columns(read_map_.rows.size(), letters);
        sum_ = Rows(m_.dimension * logits_.period);
    }

    void plan_layer(std::size_t l) {
        Layer& layer = layers_[l];
        layer.after.resize(m_.positions);
        for (Head& head : layer.heads)
            for (auto* each : {&head.queries, &head.keys, &head.values}) each->resize(m_.positions);
        for (std::size_t i = 0; i < m_.positions; ++i) {
            if (!m_.needed[l + 1][i]) continue;
            Letters letters = before(l)[i].letters;
            for (std::size_t h = 0; h < layer.heads.size(); ++h) plan_head(l, h, i, letters);
            layer.after[i] = columns(m_.dimension, letters);
        }
    }

    /// Which queries, keys and values there are, and on what that which the head adds depends.
    void plan_head(std::size_t l, std::size_t h, std::size_t i, Letters& letters) {
        const IntegerHead& from = m_.layers[l].heads[h];
        Head& head = layers_[l].heads[h];
        const auto look_at = [&](std::size_t j) {
            const Letters& of = before(l)[j].letters;
            letters.join(of);
            if (from.query && head.keys[j].period == 0) head.keys[j] = columns(head.key.rows.size(), of);
            if (head.values[j].period == 0) head.values[j] = columns(head.value.rows.size(), of);
        };
        if (from.query) head.queries[i] = columns(head.query.rows.size(), before(l)[i].letters);
        if (!from.fixed.empty())
            for (const std::size_t j : from.fixed[i]) look_at(j);
        else
            for (std::int64_t j = from.seen[i].first; j <= from.seen[i].last; ++j)
                look_at(static_cast<std::size_t>(j - 1));
    }

    bool is_stale(const Column& columns) const {
        if (columns.period == 0) return false;
        const auto last = std::min(columns.letters.last, static_cast<std::int64_t>(prefix_.size()) - 1);
        return fresh_ || std::max(columns.letters.first, changed_) <= last;
    }

    void embed(std::size_t p) {
        Column& columns = embedded_[p];
        const std::size_t letter = p - m_.first, step = columns.period / m_.symbols;
        const bool is_letter = points_[p].size() > 1, is_fixed = is_letter && letter < prefix_.size();
        for (std::size_t column = 0; column < columns.period; ++column) {
            std::size_t symbol = 0;
            if (is_letter) symbol = is_fixed ? prefix_[letter] : column / step;
            for (std::size_t r = 0; r < columns.rows; ++r) columns.row(r)[column] = points_[p][symbol][r];
        }
    }

    void run_layer(std::size_t l) {
        Layer& layer = layers_[l];
        const std::vector<Column>& from = before(l);
        for (Head& head : layer.heads)
            for (std::size_t p = 0; p < m_.positions; ++p) {
                if (is_stale(head.queries[p])) apply(head.query, from[p], head.queries[p]);
                if (is_stale(head.keys[p])) apply(head.key, from[p], head.keys[p]);
                if (is_stale(head.values[p])) apply(head.value, from[p], head.values[p]);
            }
        for (std::size_t p = 0; p < m_.positions && !overflow_; ++p)
            if (is_stale(layer.after[p])) advance(l, p);
    }

    void apply(const Map<Number>& map, const Column& from, Column& to) {
        begin(map, to.values, to.period);
        accumulate(map, from.values, to.values, to.period);
    }
    static void begin(const Map<Number>& map, Rows& to, std::size_t columns) {
        to.resize(map.rows.size() * columns);
        for (std::size_t r = 0; r < map.rows.size(); ++r)
            std::fill_n(to.begin() + static_cast<std::ptrdiff_t>(r * columns), columns, map.bias[r]);
    }
    /// to += W from
    void accumulate(const Map<Number>& map, const Rows& from, Rows& to, std::size_t columns) {
        bool overflow = false;
        for (std::size_t r = 0; r < map.rows.size(); ++r)
            for (const auto& [row, weight] : map.rows[r]) {
                const Number* x = from.data() + row * columns;
                Number* y = to.data() + r * columns;
                for (std::size_t c = 0; c < columns; ++c) overflow |= add_product(y[c], weight, x[c]);
            }
        overflow_ = overflow_ || overflow;
    }

    void advance(std::size_t l, std::size_t p) {
        Layer& layer = layers_[l];
        Column& after = layer.after[p];
        const Column& from = before(l)[p];
        const std::size_t columns = after.period;
        const bool attends = m_.layers[l].attends;
        z_.assign(m_.dimension * columns, Number(0));
        add_times(from, attends ? layer.kept : Number(1), z_, columns);
        for (std::size_t h = 0; h < layer.heads.size(); ++h) {
            if (m_.layers[l].heads[h].seen[p].empty()) continue;
            find_means(l, h, p, columns);
            add_output(layer.heads[h].output, columns);
        }
        if (layer.maps.empty()) after.values.swap(z_);
        else feed_forward(l, after);
    }
    void add_output(const Map<Number>& output, std::size_t columns) {
        bool overflow = false;
        for (std::size_t r = 0; r < output.rows.size(); ++r)
            for (std::size_t c = 0; c < columns; ++c) overflow |= add(z_[r * columns + c], output.bias[r]);
        overflow_ = overflow_ || overflow;
        accumulate(output, mean_, z_, columns);
    }

    /// to += factor · from, the columns of which may come again.
    void add_times(const Column& from, const Number& factor, Rows& to, std::size_t columns) {
        if (factor == 0) return;
        bool overflow = false;
        for (std::size_t r = 0; r < from.rows; ++r) {
            const Number* x = from.row(r);
            Number* y = to.data() + r * columns;
            for (std::size_t c = 0, k = 0; c < columns; ++c, k = next(k, from.period))
                overflow |= add_product(y[c], factor, x[k]);
        }
        overflow_ = overflow_ || overflow;
    }
    static std::size_t next(std::size_t k, std::size_t period) { return k + 1 == period ? 0 : k + 1; }

    void feed_forward(std::size_t l, Column& after) {
        Layer& layer = layers_[l];
        const std::size_t columns = after.period;
        const Rows* from = &z_;
        for (std::size_t k = 0; k < layer.maps.size(); ++k) {
            const bool last = k + 1 == layer.maps.size();
            Rows& to = last ? after.values : hidden_[k % 2];
            begin(layer.maps[k], to, columns);
            accumulate(layer.maps[k], *from, to, columns);
            if (!last) activate(layer, m_.layers[l].leaky, to);
            from = &to;
        }
        if (layer.kept_after == 0) return;
        bool overflow = false;
        for (std::size_t k = 0; k < z_.size(); ++k) overflow |= add_product(after.values[k], layer.kept_after, z_[k]);
        overflow_ = overflow_ || overflow;
    }
    void activate(const Layer& layer, bool leaky, Rows& rows) {
        bool overflow = false;
        for (Number& x : rows)
            if (leaky) overflow |= multiply(x, x < 0 ? layer.below : layer.above);
            else if (x < 0) x = 0;
        overflow_ = overflow_ || overflow;
    }

    /// mean_ becomes what the head finds at the position.
    void find_means(std::size_t l, std::size_t h, std::size_t i, std::size_t columns) {
        const IntegerHead& from = m_.layers[l].heads[h];
        Head& head = layers_[l].heads[h];
        mean_.assign(head.value.rows.size() * columns, Number(0));
        if (!from.fixed.empty()) {
            for (const std::size_t j : from.fixed[i]) add_times(head.values[j], Number(1), mean_, columns);
            const Number& share = head.share[from.fixed[i].size()];
            if (share == 1) return;
            for (Number& x : mean_) overflow_ |= multiply(x, share);
            return;
        }
        const auto first = static_cast<std::size_t>(from.seen[i].first - 1);
        const auto count = static_cast<std::size_t>(from.seen[i].last) - first;
        find_scores(from, head, i, first, count);
        switch (m_.layers[l].kind) {
            case AttentionKind::hard: return take_one(head, from.tie, first, count, columns);
            case AttentionKind::average: return take_greatest(head, first, count, columns);
            default: return project(head, first, count, columns);
        }
    }

    void find_scores(const IntegerHead& from, const Head& head, std::size_t i, std::size_t first, std::size_t count) {
        scores_.resize(std::max(scores_.size(), count));
        bool overflow = false;
        for (std::size_t k = 0; k < count; ++k) {
            const std::size_t j = first + k;
            Column& to = scores_[k];
            to.period = from.query ? std::max(head.queries[i].period, head.keys[j].period) : 1;
            to.values.assign(to.period, head.bias.empty() ? Number(0) : head.bias[i * m_.positions + j]);
            if (!from.query) continue;
            const Column &query = head.queries[i], &key = head.keys[j];
            for (std::size_t r = 0; r < query.rows; ++r)
                for (std::size_t c = 0, a = 0, b = 0; c < to.period;
                     ++c, a = next(a, query.period), b = next(b, key.period))
                    overflow |= add_product(to.values[c], query.row(r)[a], key.row(r)[b]);
        }
        overflow_ = overflow_ || overflow;
    }

    void take_one(const Head& head, Tie tie, std::size_t first, std::size_t count, std::size_t columns) {
        find_greatest(count, columns, [&](std::size_t c, std::size_t k, const Number& score) {
            if (tie == Tie::right && score == best_[c]) taken_[c] = static_cast<std::uint32_t>(k);
        });
        for (std::size_t c = 0; c < columns; ++c) {
            const Column& values = head.values[first + taken_[c]];
            const std::size_t k = c % values.period;
            for (std::size_t r = 0; r < values.rows; ++r) mean_[r * columns + c] = values.row(r)[k];
        }
    }

    /// best_ and taken_ (the first of the greatest) by column; `equal` is told of each that is not greater.
    template <typename Equal>
    void find_greatest(std::size_t count, std::size_t columns, const Equal& equal) {
        best_.resize(columns);
        taken_.assign(columns, 0);
        for (std::size_t k = 0; k < count; ++k)
            for (std::size_t c = 0, s = 0; c < columns; ++c, s = next(s, scores_[k].period)) {
                const Number& score = scores_[k].values[s];
                if (k == 0 || score > best_[c]) {
                    best_[c] = score;
                    taken_[c] = static_cast<std::uint32_t>(k);
                } else {
                    equal(c, k, score);
                }
            }
    }

    void take_greatest(const Head& head, std::size_t first, std::size_t count, std::size_t columns) {
        find_greatest(count, columns, [](std::size_t, std::size_t, const Number&) {});
        taken_.assign(columns, 0);  // how many
        bool overflow = false;
        const std::size_t rows = head.value.rows.size();
        for (std::size_t k = 0; k < count; ++k) {
            const Column& values = head.values[first + k];
            for (std::size_t c = 0, s = 0, v = 0; c < columns;
                 ++c, s = next(s, scores_[k].period), v = next(v, values.period)) {
                if (scores_[k].values[s] != best_[c]) continue;
                ++taken_[c];
                for (std::size_t r = 0; r < rows; ++r) overflow |= add(mean_[r * columns + c], values.row(r)[v]);
            }
        }
        for (std::size_t r = 0; r < rows; ++r)
            for (std::size_t c = 0; c < columns; ++c)
                overflow |= multiply(mean_[r * columns + c], head.share[taken_[c]]);
        overflow_ = overflow_ || overflow;
    }

    /// Sparsemax: weights max(0, s − t), t = (sum of the k greatest − 1) / k for the greatest k at which the k-th exceeds it.
    void project(const Head& head, std::size_t first, std::size_t count, std::size_t columns) {
        std::vector<Number> sorted(count);
        for (std::size_t c = 0; c < columns; ++c) {
            for (std::size_t k = 0; k < count; ++k) sorted[k] = scores_[k].values[c % scores_[k].period];
            std::sort(sorted.begin(), sorted.end(), [](const Number& a, const Number& b) { return a > b; });
            Number sum = 0, above = 0;  // of the greatest; that less one unit
            std::size_t terms = 0;
            for (std::size_t k = 0; k < count; ++k) {
                overflow_ |= add(sum, sorted[k]);
                Number least = head.unit;
                overflow_ |= add_product(least, sorted[k], Number(static_cast<std::int64_t>(k + 1)));
                if (least <= sum || overflow_) break;
                terms = k + 1;
                above = sum;
                overflow_ |= add_product(above, head.unit, Number(-1));
            }
            if (overflow_) return;
            weigh(head, first, count, c, columns, above, terms);
        }
    }
    void weigh(const Head& head, std::size_t first, std::size_t count, std::size_t c, std::size_t columns,
               const Number& above, std::size_t terms) {
        for (std::size_t k = 0; k < count; ++k) {
            Number weight = 0;
            overflow_ |= add_product(weight, above, Number(-1));
            overflow_ |=
                add_product(weight, scores_[k].values[c % scores_[k].period], Number(static_cast<std::int64_t>(terms)));
            if (weight <= 0) continue;
            overflow_ |= multiply(weight, head.share[terms]);
            const Column& values = head.values[first + k];
            for (std::size_t r = 0; r < values.rows; ++r)
                overflow_ |= add_product(mean_[r * columns + c], weight, values.row(r)[c % values.period]);
        }
    }

    void read() {
        const std::size_t columns = logits_.period;
        std::fill(sum_.begin(), sum_.end(), Number(0));
        for (const std::size_t p : m_.read) add_times(before(layers_.size())[p], Number(1), sum_, columns);
        begin(read_map_, logits_.values, columns);
        accumulate(read_map_, sum_, logits_.values, columns);
    }

    const IntegerModel& m_;
    std::size_t free_;
    Narrowing<Number> narrow_;
    std::vector<std::uint32_t> prefix_;
    std::int64_t changed_ = 0;  // first symbol that is not as in the batch before
    bool fresh_ = true;         // nothing is kept from the batch before
    bool overflow_ = false;
    std::vector<std::vector<Rows>> points_;  // [position][symbol]
    std::vector<Column> embedded_;
    std::vector<Layer> layers_;
    Map<Number> read_map_;
    Column logits_;
    // To work in.
    Rows z_, mean_, sum_, best_, hidden_[2];
    std::vector<std::uint32_t> taken_;
    std::vector<Column> scores_;
};

}  // namespace attest::network::words
