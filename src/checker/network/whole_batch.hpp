#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "checker/kernel/budget.hpp"
#include "checker/network/whole_model.hpp"
#include "checker/network/whole_numbers.hpp"

namespace attest::checker {

/// All words that begin alike, evaluated together in whole numbers of one type.
///
/// In column c stands the word c of a batch, whose first free symbol changes fastest. So what depends on the first t of these
/// symbols comes again after |Σ|^t columns, and only so many are kept (or a power of |Σ| more, so that inner loops are not
/// short). What depends on no symbol that has changed since the batch before is kept as it is.
template <typename Number>
class WholeBatch {
  public:
    /// Needs   free <= model.letters; numbers that hold model.greatest; model and budget outlive this
    WholeBatch(const WholeModel& model, std::size_t free, Budget& budget)
        : m_(model), free_(free), budget_(budget), prefix_(model.letters - free, model.symbols) {
        for (std::size_t k = 0; k < free; ++k) all_ *= m_.symbols;
        convert();
        plan();
    }

    /// Evaluates the words that begin so.
    void run(const std::vector<std::size_t>& prefix) {
        const auto differ = std::mismatch(prefix.begin(), prefix.end(), prefix_.begin()).first;
        changed_ = static_cast<std::size_t>(differ - prefix.begin());
        prefix_ = prefix;
        for (std::size_t p = 0; p < embedded_.size(); ++p)
            if (is_stale(embedded_[p])) embed(p);
        for (std::size_t l = 0; l < layers_.size(); ++l) run_layer(l);
        read();
        fresh_ = false;
    }

    bool accepts(std::size_t column) const {
        const std::size_t c = column % read_.count;
        if (m_.accepted.empty()) return read_.values[c] > 0;
        std::size_t best = 0;
        for (std::size_t k = 1; k < m_.accepted.size(); ++k)
            if (read_.values[k * read_.count + c] > read_.values[best * read_.count + c]) best = k;
        return m_.accepted[best];
    }

    /// Numerators over model.denominator, by class.
    std::vector<mpz_class> logits(std::size_t column) const {
        std::vector<mpz_class> all;
        for (std::size_t k = 0; k < m_.logits.outputs(); ++k)
            all.push_back(widened(read_.values[k * read_.count + column % read_.count]));
        return all;
    }

  private:
    using Numbers = std::vector<Number>;

    /// A vector for each word, row by row; nothing where count = 0.
    struct Block {
        std::size_t rows = 0, count = 0;
        std::size_t first = 1, last = 0;  ///< symbols of the word that it depends on; none: last < first
        Numbers values;
    };
    struct Map {
        struct Term {
            std::size_t column;
            Number factor;
        };
        std::vector<std::vector<Term>> rows;
        Numbers shift;
    };
    struct Head {
        Map query, key, value, output;
        Numbers bias, share;
        std::vector<Block> queries, keys, values;  ///< [position]
    };
    struct Layer {
        std::vector<Head> heads;
        std::vector<Map> maps;
        Number kept, above, below, kept_after;
        std::vector<Block> after;  ///< [position]
    };

    // What the model says, in these numbers.

    static Map converted(const WholeMap& map) {
        Map result;
        for (const auto& row : map.rows) {
            auto& terms = result.rows.emplace_back();
            for (const WholeMap::Term& term : row) terms.push_back({term.column, narrowed<Number>(term.factor)});
        }
        result.shift = converted(map.shift);
        return result;
    }

    static Numbers converted(const std::vector<mpz_class>& numbers) {
        Numbers result;
        for (const mpz_class& x : numbers) result.push_back(narrowed<Number>(x));
        return result;
    }

    void convert() {
        for (const auto& place : m_.embedded) {
            points_.emplace_back();
            for (const auto& point : place) points_.back().push_back(converted(point));
        }
        for (const WholeLayer& from : m_.layers) {
            Layer& layer = layers_.emplace_back();
            layer.kept = narrowed<Number>(from.kept);
            layer.above = narrowed<Number>(from.above);
            layer.below = narrowed<Number>(from.below);
            layer.kept_after = narrowed<Number>(from.kept_after);
            for (const WholeMap& map : from.maps) layer.maps.push_back(converted(map));
            for (const WholeHead& head : from.heads) {
                Head& to = layer.heads.emplace_back();
                if (head.query) to.query = converted(*head.query), to.key = converted(*head.key);
                to.value = converted(head.value);
                to.output = converted(head.output);
                to.bias = converted(head.bias);
                to.share = converted(head.share);
            }
        }
        logits_ = converted(m_.logits);
    }

    // Which vectors are kept, and what they depend on.

    Block block(std::size_t rows, std::size_t first, std::size_t last) const {
        constexpr std::size_t least = 64;
        const std::size_t fixed = m_.letters - free_;
        std::size_t count = 1;
        for (std::size_t t = fixed; t <= last && last >= first; ++t) count *= m_.symbols;
        while (count < least && count < all_) count *= m_.symbols;
        budget_.memory(rows * count, sizeof(Number) > 16 ? 48 : sizeof(Number));
        return {rows, count, first, last, Numbers(rows * count)};
    }

    static void join(Block& span, const Block& other) {
        if (other.last < other.first) return;
        if (span.last < span.first) span.first = other.first, span.last = other.last;
        span.first = std::min(span.first, other.first);
        span.last = std::max(span.last, other.last);
    }

    void plan() {
        embedded_.resize(m_.positions);
        for (std::size_t p = 0; p < m_.positions; ++p) {
            if (!m_.needed[0][p]) continue;
            const bool is_letter = p >= m_.first && p - m_.first < m_.letters;
            embedded_[p] = is_letter ? block(m_.dimension, p - m_.first, p - m_.first) : block(m_.dimension, 1, 0);
        }
        Block span;
        for (std::size_t l = 0; l < layers_.size(); ++l) plan_layer(l);
        for (const std::size_t p : m_.read) join(span, before(layers_.size())[p]);
        sum_ = block(m_.dimension, span.first, span.last);
        read_ = block(logits_.rows.size(), span.first, span.last);
    }

    void plan_layer(std::size_t l) {
        Layer& layer = layers_[l];
        layer.after.resize(m_.positions);
        for (Head& head : layer.heads)
            for (std::vector<Block>* blocks : {&head.queries, &head.keys, &head.values}) blocks->resize(m_.positions);
        for (std::size_t p = 0; p < m_.positions; ++p) {
            if (!m_.needed[l + 1][p]) continue;
            Block span = of_span(before(l)[p]);
            for (std::size_t h = 0; h < layer.heads.size(); ++h) {
                const WholeHead& from = m_.layers[l].heads[h];
                Head& head = layer.heads[h];
                const Block& own = before(l)[p];
                if (from.query) head.queries[p] = block(head.query.rows.size(), own.first, own.last);
                for (const std::size_t j : from.query ? from.seen[p] : from.fixed[p]) {
                    const Block& other = before(l)[j];
                    join(span, other);
                    if (head.values[j].count > 0) continue;
                    head.values[j] = block(head.value.rows.size(), other.first, other.last);
                    if (from.query) head.keys[j] = block(head.key.rows.size(), other.first, other.last);
                }
            }
            layer.after[p] = block(m_.dimension, span.first, span.last);
        }
    }

    static Block of_span(const Block& other) {
        Block span;
        join(span, other);
        return span;
    }

    std::vector<Block>& before(std::size_t l) { return l == 0 ? embedded_ : layers_[l - 1].after; }

    bool is_stale(const Block& block) const {
        if (block.count == 0) return false;
        return fresh_ || (block.first <= block.last && block.last >= changed_ && block.first < prefix_.size());
    }

    // The vectors.

    void embed(std::size_t p) {
        Block& to = embedded_[p];
        const auto& points = points_[p];
        const std::size_t fixed = m_.letters - free_;
        for (std::size_t c = 0; c < to.count; ++c) {
            std::size_t symbol = 0;
            if (points.size() > 1 && to.first < fixed) symbol = prefix_[to.first];
            else if (points.size() > 1) {
                std::size_t column = c;
                for (std::size_t t = fixed; t < to.first; ++t) column /= m_.symbols;
                symbol = column % m_.symbols;
            }
            for (std::size_t r = 0; r < to.rows; ++r) to.values[r * to.count + c] = points[symbol][r];
        }
        budget_.step(to.count, to.rows);
    }

    void apply(const Map& map, const Block& x, Block& y) { apply(map, x, y.values.data(), y.count); }

    void apply(const Map& map, const Block& x, Number* y, std::size_t count) {
        for (std::size_t r = 0; r < map.rows.size(); ++r) {
            Number* row = y + r * count;
            std::fill(row, row + count, map.shift[r]);
            add_terms(map.rows[r], x, row, count);
        }
    }

    void add_terms(const std::vector<typename Map::Term>& terms, const Block& x, Number* row, std::size_t count) {
        budget_.step(1 + terms.size(), 1 + count / 8);
        for (const auto& term : terms) add_times(term.factor, x.values, term.column * x.count, x.count, row, count);
    }

    void run_layer(std::size_t l) {
        Layer& layer = layers_[l];
        for (std::size_t h = 0; h < layer.heads.size(); ++h) {
            Head& head = layer.heads[h];
            for (std::size_t p = 0; p < m_.positions; ++p) {
                if (is_stale(head.queries[p])) apply(head.query, before(l)[p], head.queries[p]);
                if (is_stale(head.keys[p])) apply(head.key, before(l)[p], head.keys[p]);
                if (is_stale(head.values[p])) apply(head.value, before(l)[p], head.values[p]);
            }
        }
        for (std::size_t p = 0; p < m_.positions; ++p)
            if (is_stale(layer.after[p])) advance(l, p);
    }

    void advance(std::size_t l, std::size_t p) {
        Layer& layer = layers_[l];
        Block& to = layer.after[p];
        const Block& from = before(l)[p];
        budget_.step(m_.dimension, 1 + to.count / 8);
        std::fill(to.values.begin(), to.values.end(), Number(0));
        for (std::size_t r = 0; r < m_.dimension; ++r)
            add_times(m_.layers[l].attends ? layer.kept : Number(1), from.values, r * from.count, from.count,
                      to.values.data() + r * to.count, to.count);
        for (std::size_t h = 0; h < layer.heads.size(); ++h) attend(l, h, p, to);
        if (!layer.maps.empty()) feed(layer, to);
    }

    void attend(std::size_t l, std::size_t h, std::size_t p, Block& to) {
        const WholeHead& from = m_.layers[l].heads[h];
        Head& head = layers_[l].heads[h];
        if (from.seen[p].empty()) return;
        mean_.rows = head.value.rows.size();
        mean_.count = to.count;
        mean_.values.assign(mean_.rows * mean_.count, Number(0));
        if (!from.query) mean_of_fixed(from, head, p);
        else mean_of_greatest(m_.layers[l].hard, from, head, p);
        for (std::size_t r = 0; r < m_.dimension; ++r) {
            Number* row = to.values.data() + r * to.count;
            if (head.output.shift[r] != 0)
                for (std::size_t c = 0; c < to.count; ++c) row[c] += head.output.shift[r];
            add_terms(head.output.rows[r], mean_, row, to.count);
        }
    }

    void mean_of_fixed(const WholeHead& from, Head& head, std::size_t p) {
        const Number& share = head.share[from.fixed[p].size()];
        budget_.step(from.fixed[p].size() * mean_.rows, 1 + mean_.count / 8);
        for (const std::size_t j : from.fixed[p])
            for (std::size_t r = 0; r < mean_.rows; ++r)
                add_times(share, head.values[j].values, r * head.values[j].count, head.values[j].count,
                          mean_.values.data() + r * mean_.count, mean_.count);
    }

    void mean_of_greatest(bool hard, const WholeHead& from, Head& head, std::size_t p) {
        const std::vector<std::size_t>& seen = from.seen[p];
        const std::size_t count = mean_.count;
        budget_.step(seen.size() * (head.query.rows.size() + mean_.rows + 4), 1 + count / 4);
        scores_.resize(seen.size() * count);
        best_.assign(count, Number(0));
        for (std::size_t k = 0; k < seen.size(); ++k) score(from, head, p, seen[k], k);
        for (std::size_t k = 0; k < seen.size(); ++k)
            for (std::size_t c = 0; c < count; ++c)
                if (k == 0 || scores_[k * count + c] > best_[c]) best_[c] = scores_[k * count + c];
        taken_.assign(count, 0);
        for (std::size_t k = 0; k < seen.size(); ++k) {
            const Block& values = head.values[seen[k]];
            const std::size_t at = from.tie == Tie::left || !hard ? k : seen.size() - 1 - k;
            const Block& chosen = hard ? head.values[seen[at]] : values;
            for (std::size_t c = 0; c < count; ++c) {
                if (scores_[at * count + c] != best_[c] || (hard && taken_[c] > 0)) continue;
                ++taken_[c];
                for (std::size_t r = 0; r < mean_.rows; ++r)
                    mean_.values[r * count + c] += chosen.values[r * chosen.count + c % chosen.count];
            }
        }
        for (std::size_t r = 0; r < mean_.rows && !hard; ++r)
            for (std::size_t c = 0; c < count; ++c) mean_.values[r * count + c] *= head.share[taken_[c]];
    }

    /// Of position p for the key at j, the k-th that is seen.
    void score(const WholeHead& from, const Head& head, std::size_t p, std::size_t j, std::size_t k) {
        Number* scores = scores_.data() + k * mean_.count;
        const Number bias = from.bias.empty() ? Number(0) : head.bias[p * m_.positions + j];
        std::fill(scores, scores + mean_.count, bias);
        const Block &query = head.queries[p], &key = head.keys[j];
        for (std::size_t r = 0; r < query.rows; ++r) {
            const Number *a = query.values.data() + r * query.count, *b = key.values.data() + r * key.count;
            const std::size_t step = std::min(query.count, key.count);
            for (std::size_t base = 0; base < mean_.count; base += step) {
                const Number *of_query = a + base % query.count, *of_key = b + base % key.count;
                for (std::size_t c = 0; c < step; ++c) scores[base + c] += of_query[c] * of_key[c];
            }
        }
    }

    void feed(Layer& layer, Block& to) {
        input_ = to;
        const Block* x = &input_;
        for (std::size_t m = 0; m + 1 < layer.maps.size(); ++m) {
            Block& next = hidden_[m % 2];
            next.rows = layer.maps[m].rows.size();
            next.count = to.count;
            next.values.resize(next.rows * next.count);
            apply(layer.maps[m], *x, next);
            for (Number& y : next.values) y *= y > 0 ? layer.above : layer.below;
            x = &next;
        }
        apply(layer.maps.back(), *x, to);
        for (std::size_t r = 0; r < to.rows && layer.kept_after != 0; ++r)
            add_times(layer.kept_after, input_.values, r * to.count, to.count, to.values.data() + r * to.count,
                      to.count);
    }

    void read() {
        if (!is_stale(read_)) return;
        std::fill(sum_.values.begin(), sum_.values.end(), Number(0));
        for (const std::size_t p : m_.read) {
            const Block& from = before(layers_.size())[p];
            for (std::size_t r = 0; r < m_.dimension; ++r)
                add_times(Number(1), from.values, r * from.count, from.count, sum_.values.data() + r * sum_.count,
                          sum_.count);
        }
        apply(logits_, sum_, read_);
    }

    const WholeModel& m_;
    std::size_t free_, all_ = 1;
    Budget& budget_;
    std::vector<std::size_t> prefix_;
    std::size_t changed_ = 0;  ///< first symbol that is not as in the batch before
    bool fresh_ = true;        ///< no batch yet
    std::vector<std::vector<Numbers>> points_;
    std::vector<Block> embedded_;
    std::vector<Layer> layers_;
    Map logits_;
    Block sum_, read_;
    // To work in.
    Block mean_, input_, hidden_[2];
    Numbers scores_, best_;
    std::vector<std::size_t> taken_;
};

}  // namespace attest::checker
