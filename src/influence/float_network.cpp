#include "attest/influence/float_network.hpp"

#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <optional>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"
#include "lanes.hpp"

namespace attest::influence {

namespace {

using model::Mask;

/// The score of a position that the mask hides: its weight vanishes.
constexpr double hidden = -1e300;

struct FloatNorm {
    model::Norm::Placement placement;
    double eps = 0;
    std::vector<double> gain, bias;
};

std::vector<double> doubles(const exact::Vector& v) {
    std::vector<double> out;
    for (const exact::Rational& x : v) out.push_back(x.get_d());
    return out;
}

std::optional<FloatNorm> floats(const std::optional<model::Norm>& norm) {
    if (!norm) return std::nullopt;
    return FloatNorm{norm->placement, norm->eps.get_d(), doubles(norm->gain), doubles(norm->bias)};
}

struct FloatHead {
    std::optional<FloatMap> query, key;
    FloatMap value, output;
    double scale = 1;
    std::vector<double> bias;             // [i][j], or empty
    std::vector<std::uint32_t> columns;   // that values depend on
};

struct FloatLayer {
    Mask mask = Mask::none;
    std::vector<FloatHead> heads;
    bool attends = false, attention_residual = true;
    std::optional<FloatNorm> attention_norm;
    std::vector<FloatMap> maps;
    bool feeds = false, feedforward_residual = true;
    std::optional<FloatNorm> feedforward_norm;
};

bool is(const std::optional<FloatNorm>& norm, model::Norm::Placement placement) { return norm && norm->placement == placement; }

}  // namespace

class FloatNetwork::Implementation {
  public:
    Implementation(const model::Transformer& t, std::int64_t length, std::size_t memory_bytes)
        : length_(static_cast<std::size_t>(length)), d_(t.dimension), symbols_(t.alphabet.size()) {
        const std::int64_t n = t.sequence_length(length);
        n_ = static_cast<std::size_t>(n);
        blocks_ = (n_ + lanes - 1) / lanes;
        reader_ = static_cast<std::size_t>(t.readout_position(n)) - 1;
        first_ = t.begin ? 1 : 0;
        require_memory(t, memory_bytes);
        for (const model::Layer& layer : t.layers) add_layer(layer, n);
        place(t, n);
        readout_ = doubles(t.readout.weight);
        readout_bias_ = t.readout.bias.get_d();
        for (std::size_t l = 0; l < layers_.size(); ++l)
            if (!layers_[l].heads.empty()) attentions_.push_back(l);
    }

    std::size_t length() const { return length_; }

    double logit(const language::Word& word) const {
        Sequence y = embed(word);
        const std::size_t last = attentions_.empty() ? layers_.size() : attentions_.back();
        for (std::size_t l = 0; l < last; ++l) step(l, y);
        return read(last, y);
    }

    std::vector<double> replaced(const language::Word& word, language::Symbol to) const {
        if (attentions_.empty()) return std::vector<double>(length_, 0);  // set below by the caller's word alone
        Update update(*this, word);
        std::vector<double> logits(length_);
        for (std::size_t p = 0; p < length_; ++p) logits[p] = word[p] == to ? update.unchanged() : update.logit(p, to);
        return logits;
    }

    double operations() const {
        const double n = static_cast<double>(n_);
        return n * n * (weights() + static_cast<double>(d_)) * (attentions_.size() > 2 ? n : 1);
    }
    double pass_operations() const {
        const double n = static_cast<double>(n_);
        double pairs = 0;
        for (std::size_t a = 0; a + 1 < attentions_.size(); ++a)
            for (const FloatHead& head : layers_[attentions_[a]].heads)
                if (head.query) pairs += static_cast<double>(2 * head.query->outputs() + head.value.outputs()) + 20;
        return n * (n * pairs + weights() + static_cast<double>(d_));
    }

    bool has_attention() const { return !attentions_.empty(); }

  private:
    using Sequence = std::vector<double>;  // [block][coordinate][lane]

    /// Operations at one position, about.
    double weights() const {
        double weights = 0;
        for (const FloatLayer& layer : layers_) {
            const auto count = [&](const FloatMap& map) {
                for (const FloatMap::Row& row : map.rows) weights += static_cast<double>(row.weights.size()) + 1;
            };
            for (const FloatHead& head : layer.heads) {
                count(head.value), count(head.output);
                if (head.query) weights += 2 * static_cast<double>(head.query->outputs()) + 40;
            }
            for (const FloatMap& map : layer.maps) count(map);
        }
        return weights;
    }

    void require_memory(const model::Transformer& t, std::size_t memory_bytes) const {
        double most_rows = 0, tables = 0;
        for (const model::Layer& layer : t.layers) {
            double rows = 0;
            if (!layer.attention) continue;
            for (const model::Head& head : layer.attention->heads) {
                rows += static_cast<double>(2 * head.query_rows() + 2 * head.value.outputs() + 2);
                if (!head.bias.is_constant()) tables += static_cast<double>(n_) * static_cast<double>(n_);
            }
            most_rows = std::max(most_rows, rows);
        }
        const double bytes = 8 * (tables + static_cast<double>(n_ + lanes) * (most_rows + static_cast<double>((4 + symbols_) * d_)));
        if (bytes > static_cast<double>(memory_bytes))
            throw base::Unsupported(fmt::format("length {}: expected at most {} MiB for doubles, found a need of {:.0f} MiB", length_, memory_bytes >> 20, bytes / 0x1p20));
    }

    void add_layer(const model::Layer& layer, std::int64_t n) {
        FloatLayer& to = layers_.emplace_back();
        if (layer.attention) {
            to.attends = true;
            to.mask = layer.attention->mask;
            to.attention_residual = layer.attention->residual;
            to.attention_norm = floats(layer.attention->norm);
            for (const model::Head& head : layer.attention->heads) {
                if (layer.attention->kind != model::AttentionKind::softmax)
                    throw base::UsageError(fmt::format("influence: expected softmax attention, found {} attention", to_string(layer.attention->kind)));
                FloatHead& h = to.heads.emplace_back();
                if (head.query) h.query.emplace(*head.query), h.key.emplace(*head.key);
                h.value = FloatMap(head.value);
                h.output = FloatMap(head.output);
                h.scale = model::enclose_scale(*layer.attention, head, n, 64).middle();
                std::vector<bool> used(d_);
                for (const FloatMap::Row& row : h.value.rows)
                    for (const std::uint32_t c : row.columns) used[c] = true;
                for (std::uint32_t c = 0; c < d_; ++c)
                    if (used[c]) h.columns.push_back(c);
                for (std::int64_t i = 1; !head.bias.is_constant() && i <= n; ++i)
                    for (std::int64_t j = 1; j <= n; ++j)
                        h.bias.push_back(allows(to.mask, i, j) ? head.bias.enclose({.i = i, .j = j, .n = n}, 64).middle() : 0);
            }
        }
        if (layer.feedforward) {
            to.feeds = true;
            for (const exact::AffineMap& map : layer.feedforward->maps) to.maps.emplace_back(map);
            to.feedforward_residual = layer.feedforward->residual;
            to.feedforward_norm = floats(layer.feedforward->norm);
        }
    }

    void place(const model::Transformer& t, std::int64_t n) {
        start_.assign(blocks_ * d_ * lanes, 0);
        for (const exact::Vector& e : t.embedding) embedding_.push_back(doubles(e));
        for (std::size_t p = 0; p < n_; ++p) {
            double* at = lane(start_, p);
            for (std::size_t c = 0; c < t.position.size(); ++c)
                at[c * lanes] = t.position[c].enclose({.i = static_cast<std::int64_t>(p) + 1, .n = n}, 64).middle();
            const exact::Vector* marker = t.begin && p == 0 ? &t.begin_embedding : t.end && p == n_ - 1 ? &t.end_embedding : nullptr;
            for (std::size_t c = 0; marker != nullptr && c < d_; ++c) at[c * lanes] += (*marker)[c].get_d();
        }
        fill_rest();
    }

    /// What lies behind the last position is a vector like any other, so that nothing there divides by zero.
    void fill_rest() {
        for (std::size_t p = n_; p < blocks_ * lanes; ++p)
            for (std::size_t c = 0; c < d_; ++c) lane(start_, p)[c * lanes] = lane(start_, 0)[c * lanes] + embedding_[0][c];
    }

    double* lane(Sequence& y, std::size_t p) const { return y.data() + p / lanes * d_ * lanes + p % lanes; }
    const double* lane(const Sequence& y, std::size_t p) const { return y.data() + p / lanes * d_ * lanes + p % lanes; }
    double* block(Sequence& y, std::size_t b) const { return y.data() + b * d_ * lanes; }
    const double* block(const Sequence& y, std::size_t b) const { return y.data() + b * d_ * lanes; }

    Sequence embed(const language::Word& word) const {
        Sequence y = start_;
        for (std::size_t p = 0; p < length_; ++p) {
            double* at = lane(y, p + first_);
            for (std::size_t c = 0; c < d_; ++c) at[c * lanes] += embedding_[word[p]][c];
        }
        return y;
    }

    void normalise_block(const FloatNorm& norm, double* y) const { normalise(y, d_, norm.eps, norm.gain.data(), norm.bias.data()); }

    /// The feed-forward part of one block.
    void feed(const FloatLayer& layer, double* y) const {
        if (!layer.feeds) return;
        thread_local Block x, next;
        x.assign(y, y + d_ * lanes);
        if (is(layer.feedforward_norm, model::Norm::Placement::pre)) normalise_block(*layer.feedforward_norm, x.data());
        for (std::size_t m = 0; m < layer.maps.size(); ++m) {
            if (m > 0)
                for (double& v : x) v = v > 0 ? v : 0;
            next.resize(layer.maps[m].outputs() * lanes);
            apply(layer.maps[m], x.data(), next.data());
            x.swap(next);
        }
        for (std::size_t k = 0; k < d_ * lanes; ++k) y[k] = layer.feedforward_residual ? y[k] + x[k] : x[k];
        if (is(layer.feedforward_norm, model::Norm::Placement::post)) normalise_block(*layer.feedforward_norm, y);
    }

    /// Queries, keys, values, numerators and denominators of one head at all positions.
    struct HeadState {
        std::vector<double> keys, values;   // [position][row]
        std::vector<double> queries, sums;  // [block][row][lane]
        std::vector<double> totals, tops;   // [block][lane]
        std::size_t dk = 0, dv = 0;
    };

    std::vector<double> by_position(const FloatMap& map, const Sequence& y) const {
        std::vector<double> out(n_ * map.outputs()), part(map.outputs() * lanes);
        for (std::size_t b = 0; b < blocks_; ++b) {
            apply(map, block(y, b), part.data());
            for (std::size_t k = 0; k < lanes && b * lanes + k < n_; ++k)
                for (std::size_t r = 0; r < map.outputs(); ++r) out[(b * lanes + k) * map.outputs() + r] = part[r * lanes + k];
        }
        return out;
    }

    /// Scores of one block of asking positions for position j with this key.
    void score(const FloatLayer& layer, const FloatHead& head, const double* queries, std::size_t dk, std::size_t b, std::size_t j, const double* key, double* out) const {
        if (dk > 0) weigh_rows(key, dk, head.scale, queries, out);
        else std::fill(out, out + lanes, 0.0);
        if (head.bias.empty() && layer.mask == Mask::none) return;
        for (std::size_t k = 0; k < lanes && b * lanes + k < n_; ++k) {
            const std::size_t i = b * lanes + k;
            if (!allows(layer.mask, static_cast<std::int64_t>(i), static_cast<std::int64_t>(j))) out[k] = hidden;
            else if (!head.bias.empty()) out[k] += head.bias[i * n_ + j];
        }
    }

    HeadState state(const FloatLayer& layer, const FloatHead& head, const Sequence& x) const {
        HeadState s;
        s.dk = head.query ? head.query->outputs() : 0;
        s.dv = head.value.outputs();
        if (head.key) s.keys = by_position(*head.key, x);
        s.values = by_position(head.value, x);
        s.queries.resize(blocks_ * s.dk * lanes);
        s.sums.assign(blocks_ * s.dv * lanes, 0);
        s.totals.assign(blocks_ * lanes, 0);
        s.tops.assign(blocks_ * lanes, hidden);
        double scores[lanes], e[lanes];
        const bool plain = s.dk == 0 && head.bias.empty() && layer.mask == Mask::none;
        for (std::size_t b = 0; b < blocks_; ++b) {
            double* q = s.queries.data() + b * s.dk * lanes;
            double* sums = s.sums.data() + b * s.dv * lanes;
            double* totals = s.totals.data() + b * lanes;
            double* tops = s.tops.data() + b * lanes;
            if (plain && b > 0) {  // the same everywhere
                std::copy_n(s.sums.data(), s.dv * lanes, sums);
                std::copy_n(s.totals.data(), lanes, totals);
                std::copy_n(s.tops.data(), lanes, tops);
                continue;
            }
            if (head.query) apply(*head.query, block(x, b), q);
            for (std::size_t j = 0; j < n_; ++j) {
                score(layer, head, q, s.dk, b, j, s.keys.data() + j * s.dk, scores);
                for (std::size_t k = 0; k < lanes; ++k) tops[k] = std::max(tops[k], scores[k]);
            }
            for (std::size_t j = 0; j < n_; ++j) {
                score(layer, head, q, s.dk, b, j, s.keys.data() + j * s.dk, scores);
                exponentials(scores, tops, e);
                for (std::size_t k = 0; k < lanes; ++k) totals[k] += e[k];
                for (std::size_t v = 0; v < s.dv; ++v)
                    for (std::size_t k = 0; k < lanes; ++k) sums[v * lanes + k] += e[k] * s.values[j * s.dv + v];
            }
        }
        return s;
    }

    bool blind(const FloatLayer& layer, std::size_t i) const { return (layer.mask == Mask::strict && i == 0) || (layer.mask == Mask::strict_future && i + 1 == n_); }

    Sequence normed_input(const FloatLayer& layer, const Sequence& y) const {
        Sequence x = y;
        if (is(layer.attention_norm, model::Norm::Placement::pre))
            for (std::size_t b = 0; b < blocks_; ++b) normalise_block(*layer.attention_norm, block(x, b));
        return x;
    }

    /// One layer at all positions.
    void step(std::size_t l, Sequence& y) const {
        const FloatLayer& layer = layers_[l];
        if (layer.attends) {
            const Sequence x = normed_input(layer, y);
            if (!layer.attention_residual) std::fill(y.begin(), y.end(), 0.0);
            Block mean;
            for (const FloatHead& head : layer.heads) {
                const HeadState s = state(layer, head, x);
                mean.resize(s.dv * lanes);
                for (std::size_t b = 0; b < blocks_; ++b) {
                    for (std::size_t v = 0; v < s.dv; ++v)
                        for (std::size_t k = 0; k < lanes; ++k) mean[v * lanes + k] = s.sums[(b * s.dv + v) * lanes + k] / s.totals[b * lanes + k];
                    add_output(layer, head, b, mean.data(), block(y, b));
                }
            }
            for (std::size_t b = 0; is(layer.attention_norm, model::Norm::Placement::post) && b < blocks_; ++b) normalise_block(*layer.attention_norm, block(y, b));
        }
        for (std::size_t b = 0; b < blocks_; ++b) feed(layer, block(y, b));
    }

    /// y += output(mean), but where the mask leaves nothing to look at.
    void add_output(const FloatLayer& layer, const FloatHead& head, std::size_t b, const double* mean, double* y) const {
        const std::size_t edge = layer.mask == Mask::strict ? 0 : n_ - 1;
        const bool has_blind = blind(layer, edge) && edge / lanes == b;
        std::vector<double> kept;
        for (std::size_t c = 0; has_blind && c < d_; ++c) kept.push_back(y[c * lanes + edge % lanes]);
        accumulate(head.output, mean, y);
        for (std::size_t c = 0; has_blind && c < d_; ++c) y[c * lanes + edge % lanes] = kept[c];
    }

    /// What the readout position makes of the last attention, summed block by block.
    class Reader {
      public:
        /// `y`: one block with the readout position's vector in its lane, before the layer
        Reader(const Implementation& net, std::size_t l, const double* own) : net_(net), l_(l) {
            if (l >= net.layers_.size()) return;
            const FloatLayer& layer = net.layers_[l];
            for (const FloatHead& head : layer.heads) {
                Part& part = parts_.emplace_back();
                part.gathered.assign(net.d_, 0);
                if (!head.query) continue;
                Block q(head.query->outputs() * lanes);
                apply(*head.query, own, q.data());
                part.direction.assign(net.d_, 0);
                for (std::size_t r = 0; r < head.key->rows.size(); ++r)
                    for (std::size_t e = 0; e < head.key->rows[r].columns.size(); ++e)
                        part.direction[head.key->rows[r].columns[e]] += head.scale * q[r * lanes + net.reader_ % lanes] * head.key->rows[r].weights[e];
                for (std::uint32_t c = 0; c < net.d_; ++c)
                    if (part.direction[c] != 0) part.used.push_back(c);
            }
        }

        /// Takes in block b, whose vectors are x (normed if the layer norms first).
        void add(std::size_t b, const double* x) {
            const FloatLayer& layer = net_.layers_[l_];
            double scores[lanes], tops[lanes], e[lanes];
            for (std::size_t h = 0; h < parts_.size(); ++h) {
                Part& part = parts_[h];
                std::fill(scores, scores + lanes, 0.0);
                for (const std::uint32_t c : part.used) {
                    const double w = part.direction[c];
                    for (std::size_t k = 0; k < lanes; ++k) scores[k] += w * x[c * lanes + k];
                }
                double top = part.top;
                for (std::size_t k = 0; k < lanes; ++k) {
                    const std::size_t j = b * lanes + k;
                    if (j >= net_.n_ || !allows(layer.mask, static_cast<std::int64_t>(net_.reader_), static_cast<std::int64_t>(j))) scores[k] = hidden;
                    else if (!layer.heads[h].bias.empty()) scores[k] += layer.heads[h].bias[net_.reader_ * net_.n_ + j];
                    top = std::max(top, scores[k]);
                }
                if (top <= hidden) continue;
                std::fill(tops, tops + lanes, top);
                exponentials(scores, tops, e);
                const double keep = part.top == top ? 1 : part.top <= hidden ? 0 : std::exp(part.top - top);
                part.top = top;
                part.total = part.total * keep + sum(e);
                gather(e, x, layer.heads[h].columns, keep, part.gathered.data());
            }
        }

        /// The logit; `own`: the readout position's block before the layer.
        double finish(const double* own) const {
            Block y(own, own + net_.d_ * lanes);
            const std::size_t k = net_.reader_ % lanes;
            for (std::size_t l = l_; l < net_.layers_.size(); ++l) {
                const FloatLayer& layer = net_.layers_[l];
                if (layer.attends) {
                    if (!layer.attention_residual) std::fill(y.begin(), y.end(), 0.0);
                    if (l == l_) add_heads(layer, y, k);
                    if (is(layer.attention_norm, model::Norm::Placement::post)) net_.normalise_block(*layer.attention_norm, y.data());
                }
                net_.feed(layer, y.data());
            }
            double logit = net_.readout_bias_;
            for (std::size_t c = 0; c < net_.d_; ++c) logit += net_.readout_[c] * y[c * lanes + k];
            return logit;
        }

      private:
        struct Part {
            std::vector<double> direction, gathered;
            std::vector<std::uint32_t> used;
            double top = hidden, total = 0;
        };

        void add_heads(const FloatLayer& layer, Block& y, std::size_t k) const {
            if (net_.blind(layer, net_.reader_)) return;
            for (std::size_t h = 0; h < parts_.size(); ++h) {
                const FloatHead& head = layer.heads[h];
                Block mean(head.value.outputs() * lanes);
                for (std::size_t r = 0; r < head.value.outputs(); ++r) {
                    const FloatMap::Row& row = head.value.rows[r];
                    double& v = mean[r * lanes + k] = row.bias;
                    for (std::size_t e = 0; e < row.columns.size(); ++e) v += row.weights[e] * parts_[h].gathered[row.columns[e]] / parts_[h].total;
                }
                accumulate(head.output, mean.data(), y.data());
            }
        }

        const Implementation& net_;
        std::size_t l_;
        std::vector<Part> parts_;
    };

    double read(std::size_t l, const Sequence& y) const {
        const std::size_t rb = reader_ / lanes;
        if (l >= layers_.size()) return Reader(*this, l, block(y, rb)).finish(block(y, rb));
        const Sequence x = normed_input(layers_[l], y);
        Reader reader(*this, l, block(x, rb));
        for (std::size_t b = 0; b < blocks_; ++b) reader.add(b, block(x, b));
        return reader.finish(block(y, rb));
    }

    /// The first attention layer of one word, kept so that one symbol can be exchanged.
    class Update {
      public:
        Update(const Implementation& net, const language::Word& word) : net_(net), word_(word), y_(net.embed(word)), first_(net.attentions_.front()), last_(net.attentions_.back()) {
            for (std::size_t l = 0; l < first_; ++l) net.step(l, y_);
            x_ = net.normed_input(net.layers_[first_], y_);
            if (first_ != last_)
                for (const FloatHead& head : net.layers_[first_].heads) states_.push_back(net.state(net.layers_[first_], head, x_));
            unchanged_ = net.logit(word);
        }

        double unchanged() const { return unchanged_; }

        double logit(std::size_t p, language::Symbol to) {
            cancelled_ = false;
            const double logit = updated(p, to);
            if (!cancelled_) return logit;
            language::Word other = word_;
            other[p] = to;
            return net_.logit(other);
        }

      private:
        double updated(std::size_t p, language::Symbol to) {
            exchange(p + net_.first_, to);
            const std::size_t rb = net_.reader_ / lanes;
            if (first_ == last_) return read_first();
            if (net_.attentions_.size() > 2) {
                Sequence y(net_.blocks_ * net_.d_ * lanes);
                for (std::size_t b = 0; b < net_.blocks_; ++b) after_first(b, net_.block(y, b));
                for (std::size_t l = first_ + 1; l < last_; ++l) net_.step(l, y);
                return net_.read(last_, y);
            }
            Block own(net_.d_ * lanes), y(net_.d_ * lanes);
            after_first(rb, own.data());
            const FloatLayer& layer = net_.layers_[last_];
            const auto normed = [&](Block& block) {
                if (is(layer.attention_norm, model::Norm::Placement::pre)) net_.normalise_block(*layer.attention_norm, block.data());
            };
            Block own_normed = own;
            normed(own_normed);
            Reader reader(net_, last_, own_normed.data());
            for (std::size_t b = 0; b < net_.blocks_; ++b) {
                if (b == rb) {
                    reader.add(b, own_normed.data());
                    continue;
                }
                after_first(b, y.data());
                normed(y);
                reader.add(b, y.data());
            }
            return reader.finish(own.data());
        }

        /// The position and what it holds instead; new vectors, keys and values of it.
        void exchange(std::size_t place, language::Symbol to) {
            place_ = place;
            Block start(net_.d_ * lanes);
            const double* at = net_.lane(net_.start_, place);
            for (std::size_t c = 0; c < net_.d_; ++c) start[c * lanes] = at[c * lanes] + net_.embedding_[to][c];
            for (std::size_t l = 0; l < first_; ++l) {
                const FloatLayer& layer = net_.layers_[l];
                if (layer.attends && !layer.attention_residual) std::fill(start.begin(), start.end(), 0.0);
                if (layer.attends && is(layer.attention_norm, model::Norm::Placement::post)) net_.normalise_block(*layer.attention_norm, start.data());
                net_.feed(layer, start.data());
            }
            new_y_ = start;
            new_x_ = std::move(start);
            const FloatLayer& layer = net_.layers_[first_];
            if (is(layer.attention_norm, model::Norm::Placement::pre)) net_.normalise_block(*layer.attention_norm, new_x_.data());
            new_keys_.clear(), new_values_.clear();
            for (const FloatHead& head : layer.heads) {
                new_keys_.push_back(head.key ? first_lane(*head.key) : std::vector<double>());
                new_values_.push_back(first_lane(head.value));
            }
            if (first_ != last_) own_means(layer);
        }
        std::vector<double> first_lane(const FloatMap& map) const {
            Block out(map.outputs() * lanes);
            apply(map, new_x_.data(), out.data());
            std::vector<double> values;
            for (std::size_t r = 0; r < map.outputs(); ++r) values.push_back(out[r * lanes]);
            return values;
        }

        /// The means of the changed position, whose query is new too.
        void own_means(const FloatLayer& layer) {
            own_means_.clear();
            const std::size_t b = place_ / lanes, k = place_ % lanes;
            for (std::size_t h = 0; h < layer.heads.size(); ++h) {
                const FloatHead& head = layer.heads[h];
                const HeadState& s = states_[h];
                std::vector<double>& mean = own_means_.emplace_back(s.dv);
                if (s.dk == 0) {  // its scores are what they were
                    double scores[lanes], e[lanes];
                    net_.score(layer, head, nullptr, 0, b, place_, nullptr, scores);
                    exponentials(scores, s.tops.data() + b * lanes, e);
                    for (std::size_t v = 0; v < s.dv; ++v)
                        mean[v] = (s.sums[(b * s.dv + v) * lanes + k] + e[k] * (new_values_[h][v] - s.values[place_ * s.dv + v])) / s.totals[b * lanes + k];
                    continue;
                }
                const std::vector<double> q = first_lane(*head.query);
                std::vector<double> scores(net_.n_);
                double top = hidden, total = 0;
                for (std::size_t j = 0; j < net_.n_; ++j) {
                    const double* key = j == place_ ? new_keys_[h].data() : s.keys.data() + j * s.dk;
                    double score = 0;
                    for (std::size_t r = 0; r < s.dk; ++r) score += q[r] * key[r];
                    score = head.scale * score + (head.bias.empty() ? 0 : head.bias[place_ * net_.n_ + j]);
                    scores[j] = allows(layer.mask, static_cast<std::int64_t>(place_), static_cast<std::int64_t>(j)) ? score : hidden;
                    top = std::max(top, scores[j]);
                }
                for (std::size_t j = 0; j < net_.n_; ++j) {
                    const double e = fast_exp(scores[j] - top);
                    const double* value = j == place_ ? new_values_[h].data() : s.values.data() + j * s.dv;
                    total += e;
                    for (std::size_t v = 0; v < s.dv; ++v) mean[v] += e * value[v];
                }
                for (double& v : mean) v /= total;
            }
        }

        /// Block b after the first attention layer and the layers up to the next one.
        void after_first(std::size_t b, double* y) {
            const FloatLayer& layer = net_.layers_[first_];
            const bool here = place_ / lanes == b;
            const std::size_t k = place_ % lanes;
            if (layer.attention_residual) std::copy_n(net_.block(y_, b), net_.d_ * lanes, y);
            else std::fill(y, y + net_.d_ * lanes, 0.0);
            for (std::size_t c = 0; here && layer.attention_residual && c < net_.d_; ++c) y[c * lanes + k] = new_y_[c * lanes];
            double before[lanes], after[lanes], scores[lanes];
            for (std::size_t h = 0; h < layer.heads.size(); ++h) {
                const FloatHead& head = layer.heads[h];
                const HeadState& s = states_[h];
                const double* q = s.queries.data() + b * s.dk * lanes;
                const double* tops = s.tops.data() + b * lanes;
                net_.score(layer, head, q, s.dk, b, place_, s.keys.data() + place_ * s.dk, scores);
                exponentials(scores, tops, before);
                net_.score(layer, head, q, s.dk, b, place_, new_keys_[h].data(), scores);
                exponentials(scores, tops, after);
                note_cancellation(s.totals.data() + b * lanes, before, after, here ? k : lanes);
                mean_.resize(s.dv * lanes);
                for (std::size_t v = 0; v < s.dv; ++v)
                    exchange_summand(s.sums.data() + (b * s.dv + v) * lanes, s.totals.data() + b * lanes, before, after, s.values[place_ * s.dv + v], new_values_[h][v],
                                     mean_.data() + v * lanes);
                for (std::size_t v = 0; here && v < s.dv; ++v) mean_[v * lanes + k] = own_means_[h][v];
                net_.add_output(layer, head, b, mean_.data(), y);
            }
            if (is(layer.attention_norm, model::Norm::Placement::post)) net_.normalise_block(*layer.attention_norm, y);
            net_.feed(layer, y);
            for (std::size_t l = first_ + 1; l < last_ && net_.layers_[l].heads.empty(); ++l) {
                const FloatLayer& next = net_.layers_[l];
                if (next.attends && !next.attention_residual) std::fill(y, y + net_.d_ * lanes, 0.0);
                if (next.attends && is(next.attention_norm, model::Norm::Placement::post)) net_.normalise_block(*next.attention_norm, y);
                net_.feed(next, y);
            }
        }

        /// Where the changed position had nearly all the weight, taking it out of the sums leaves rounding errors.
        void note_cancellation(const double* total, const double* before, const double* after, std::size_t own) {
            constexpr double least = 1e-4;
            for (std::size_t k = 0; k < lanes; ++k) cancelled_ = cancelled_ || (k != own && !(total[k] - before[k] + after[k] > least * total[k]));
        }

        /// Only one layer attends: one block of its input differs.
        double read_first() {
            const std::size_t pb = place_ / lanes, rb = net_.reader_ / lanes, k = place_ % lanes;
            Block changed(net_.block(x_, pb), net_.block(x_, pb) + net_.d_ * lanes);
            for (std::size_t c = 0; c < net_.d_; ++c) changed[c * lanes + k] = new_x_[c * lanes];
            Block own(net_.block(y_, rb), net_.block(y_, rb) + net_.d_ * lanes);
            if (place_ == net_.reader_)
                for (std::size_t c = 0; c < net_.d_; ++c) own[c * lanes + k] = new_y_[c * lanes];
            Reader reader(net_, first_, pb == rb ? changed.data() : net_.block(x_, rb));
            for (std::size_t b = 0; b < net_.blocks_; ++b) reader.add(b, b == pb ? changed.data() : net_.block(x_, b));
            return reader.finish(own.data());
        }

        const Implementation& net_;
        const language::Word& word_;
        Sequence y_, x_;                  // input of the first attention layer, and normed
        std::size_t first_, last_;
        std::vector<HeadState> states_;   // by head
        double unchanged_ = 0;
        std::size_t place_ = 0;
        bool cancelled_ = false;
        Block new_y_, new_x_, mean_;      // the changed position in lane 0
        std::vector<std::vector<double>> new_keys_, new_values_, own_means_;
    };

    std::size_t length_, n_ = 0, d_, symbols_, blocks_ = 0, reader_ = 0, first_ = 0;
    std::vector<FloatLayer> layers_;
    std::vector<std::size_t> attentions_;  // layers with heads
    Sequence start_;
    std::vector<std::vector<double>> embedding_;
    std::vector<double> readout_;
    double readout_bias_ = 0;
};

FloatNetwork::FloatNetwork(const model::Transformer& transformer, std::int64_t length, std::size_t memory_bytes)
    : implementation_(std::make_unique<Implementation>(transformer, length, memory_bytes)) {}
FloatNetwork::~FloatNetwork() = default;
FloatNetwork::FloatNetwork(FloatNetwork&&) noexcept = default;

double FloatNetwork::logit(const language::Word& word) const { return implementation_->logit(word); }

std::vector<double> FloatNetwork::replaced(const language::Word& word, language::Symbol to) const {
    if (implementation_->has_attention()) return implementation_->replaced(word, to);
    std::vector<double> logits;
    language::Word changed = word;
    for (std::size_t p = 0; p < word.size(); ++p) {
        changed[p] = to;
        logits.push_back(logit(changed));
        changed[p] = word[p];
    }
    return logits;
}

double FloatNetwork::operations() const { return implementation_->operations(); }
double FloatNetwork::pass_operations() const { return implementation_->pass_operations(); }

std::int64_t FloatNetwork::length() const { return static_cast<std::int64_t>(implementation_->length()); }

}  // namespace attest::influence
