#include "attest/influence/change.hpp"

#include <map>
#include <optional>

#include "point_steps.hpp"
#include "weighted_mean.hpp"

namespace attest::influence {

namespace {

/// What one head gives to one query: its mean over all words, and how that moves, by the class of the replaced position.
struct Asked {
    Box mean;                   ///< [dv]
    Box change;                 ///< [dv], wherever the replaced position is
    std::vector<Box> by_class;  ///< [class][dv]; empty where no symbol can be replaced
    std::vector<Box> terms;     ///< [class][dv]: what all positions of a class other than the replaced one add to the change
};

class TwoRuns {
  public:
    TwoRuns(const Network& net, const std::vector<std::int32_t>& partition, const Counts& words, Replacement replacement)
        : net_(net), partition_(partition), words_(words), r_(replacement), m_(net.symbols), d_(net.dimension), k_(partition.size()) {
        y_.resize(k_ * m_ * d_);
        change_.resize(k_ * m_ * d_);
        flip_.resize(k_ * d_);
        for (std::size_t k = 0; k < k_; ++k) {
            const PositionClass& c = cls(k);
            if (c.members.size() == 1 && c.members[0] == net.readout) reader_ = k;
            std::copy(c.start.begin(), c.start.end(), y_.begin() + static_cast<std::ptrdiff_t>(k * m_ * d_));
            // Before and after differ by the two embeddings, whatever the position.
            for (std::size_t e = 0; replaceable(k) && e < d_; ++e) flip(k)[e] = net.embedding[r_.to * d_ + e] - net.embedding[r_.from * d_ + e];
        }
    }

    Change run() {
        for (std::size_t l = 0; l < net_.layers.size(); ++l) {
            if (l < net_.last_attention || net_.last_attention == net_.layers.size()) step(l);
            if (l == net_.last_attention) break;
        }
        Change result = read(net_.last_attention);
        result.work = work_ + k_ * m_ * d_ * net_.layers.size() * 8;
        return result;
    }

  private:
    const PositionClass& cls(std::size_t k) const { return net_.classes[static_cast<std::size_t>(partition_[k])]; }
    std::size_t options(std::size_t k) const { return cls(k).is_word ? m_ : 1; }
    bool replaceable(std::size_t k) const { return cls(k).is_word && k != reader_; }
    Interval* y(std::size_t k, std::size_t s) { return &y_[(k * m_ + s) * d_]; }
    Interval* change(std::size_t k, std::size_t s) { return &change_[(k * m_ + s) * d_]; }
    Interval* flip(std::size_t k) { return &flip_[k * d_]; }

    /// One layer before the last attention: all positions, both parts.
    void step(std::size_t l) {
        const IntervalLayer& layer = net_.layers[l];
        if (layer.has_attention) attend(layer);
        if (layer.feedforward != nullptr) feed_forward(layer);
    }

    struct Inputs {
        Box y, change, flip;
    };
    /// What a part of the layer reads: the vectors themselves, or normed ones.
    Inputs inputs(const std::optional<IntervalNorm>& norm) {
        Inputs in{y_, change_, flip_};
        if (norm && norm->placement == model::Norm::Placement::pre) norm_all(*norm, in.y, in.change, in.flip);
        return in;
    }
    void norm_all(const IntervalNorm& norm, Box& ys, Box& changes, Box& flips) const {
        for (std::size_t k = 0; k < k_; ++k)
            for (std::size_t s = 0; s < options(k); ++s) {
                const std::size_t at = (k * m_ + s) * d_;
                const Normed normed(norm, &ys[at], d_);
                if (replaceable(k) && s == r_.from) replace(flips, k * d_, normed.change(&flips[k * d_]));
                replace(changes, at, normed.change(&changes[at]));
                replace(ys, at, normed.value());
            }
    }
    static void replace(Box& all, std::size_t at, const Box& part) { std::copy(part.begin(), part.end(), all.begin() + static_cast<std::ptrdiff_t>(at)); }

    void feed_forward(const IntervalLayer& layer) {
        FeedForwardStep& step = *layer.feedforward;
        const Inputs in = inputs(layer.feedforward_norm);
        const auto with_residual = [&](Box out, const Interval* residual) {
            for (std::size_t c = 0; step.residual() && c < d_; ++c) out[c] += residual[c];
            return out;
        };
        for (std::size_t k = 0; k < k_; ++k) {
            if (replaceable(k)) {
                const Interval* d = &in.flip[k * d_];
                replace(flip_, k * d_, with_residual(step.apply_change(&in.y[(k * m_ + r_.from) * d_], d), flip(k)));
            }
            for (std::size_t s = 0; s < options(k); ++s) {
                const std::size_t at = (k * m_ + s) * d_;
                replace(change_, at, with_residual(step.apply_change(&in.y[at], &in.change[at]), change(k, s)));
                replace(y_, at, with_residual(step.apply(&in.y[at]), y(k, s)));
            }
        }
        if (layer.feedforward_norm && layer.feedforward_norm->placement == model::Norm::Placement::post) norm_all(*layer.feedforward_norm, y_, change_, flip_);
    }

    /// Keys and values of one head at all positions, and how they change.
    struct Looked {
        Box key, key_change, key_flip, value, value_change, value_flip;
        std::size_t dk = 0, dv = 0;
    };
    Looked look(const IntervalHead& head, const Inputs& in) const {
        Looked at;
        at.dk = head.key ? head.key->outputs() : 0;
        at.dv = head.value.outputs();
        at.key.resize(k_ * m_ * at.dk), at.key_change.resize(at.key.size()), at.key_flip.resize(k_ * at.dk);
        at.value.resize(k_ * m_ * at.dv), at.value_change.resize(at.value.size()), at.value_flip.resize(k_ * at.dv);
        for (std::size_t k = 0; k < k_; ++k) {
            if (head.key) head.key->apply_linear(&in.flip[k * d_], &at.key_flip[k * at.dk]);
            head.value.apply_linear(&in.flip[k * d_], &at.value_flip[k * at.dv]);
            for (std::size_t s = 0; s < options(k); ++s) {
                const std::size_t e = k * m_ + s;
                if (head.key) head.key->apply(&in.y[e * d_], &at.key[e * at.dk]);
                if (head.key) head.key->apply_linear(&in.change[e * d_], &at.key_change[e * at.dk]);
                head.value.apply(&in.y[e * d_], &at.value[e * at.dv]);
                head.value.apply_linear(&in.change[e * d_], &at.value_change[e * at.dv]);
            }
        }
        return at;
    }

    static Interval dot(const Interval* a, const Interval* b, std::size_t size) {
        Interval sum;
        for (std::size_t c = 0; c < size; ++c) sum += a[c] * b[c];
        return sum;
    }

    Places places(const IntervalLayer& layer, std::int64_t asking) const {
        Places all{{}, m_, words_};
        std::int64_t hidden = 0;
        for (std::size_t k = 0; k < k_; ++k) {
            const PositionClass& c = cls(k);
            const bool seen = layer.mask == model::Mask::none || allows(layer.mask, asking, c.members[0]);
            all.by_class.push_back({seen ? static_cast<double>(c.members.size()) : 0, options(k)});
            if (!seen && c.is_word) hidden += static_cast<std::int64_t>(c.members.size());
        }
        for (std::size_t s = 0; s < m_; ++s) {  // what the hidden ones may hold is not counted
            all.words.least[s] = std::max<std::int64_t>(0, all.words.least[s] - hidden);
            all.words.most[s] = std::min(all.words.most[s], all.words.length - hidden);
        }
        return all;
    }

    /// What a head gives to the query q, which changes by dq when the symbol is replaced.
    /// `only`: the class of the replaced position if it is known, else k_; `terms`: whether to tell them.
    Asked ask(const IntervalHead& head, const Looked& at, const Places& where, std::int64_t asking, const Box& q, const Box& dq, std::size_t only, bool terms) const {
        work_ += k_ * m_ * (2 * at.dk + 8 * at.dv + 8);
        Box score(k_ * m_), move(k_ * m_), flip_move(k_);
        Interval moves{exact::infinity, -exact::infinity};
        for (std::size_t k = 0; k < k_; ++k)
            for (std::size_t s = 0; s < options(k) && where.by_class[k].count > 0; ++s) {
                const std::size_t e = k * m_ + s;
                const Interval* key = at.key.data() + e * at.dk;
                const Interval* key_change = at.key_change.data() + e * at.dk;
                score[e] = head.scale * dot(q.data(), key, at.dk);
                if (head.bias != nullptr) score[e] += bias(head, asking, cls(k).members[0]);
                Interval d = dot(q.data(), key_change, at.dk);
                for (std::size_t c = 0; c < at.dk; ++c) d += dq[c] * (key[c] + key_change[c]);
                move[e] = head.scale * d;
                moves = hull(moves, move[e]);
                if (s != r_.from || !replaceable(k)) continue;
                const Interval* key_flip = at.key_flip.data() + k * at.dk;
                Interval f = dot(q.data(), key_flip, at.dk);
                for (std::size_t c = 0; c < at.dk; ++c) f += dq[c] * (key[c] + key_flip[c]);
                flip_move[k] = head.scale * f;
            }
        // A shift common to all scores changes no weight.
        const double middle = moves.is_finite() ? moves.middle() : 0;
        const Interval shift = {middle, middle};
        Box grown(k_ * m_), factor(k_ * m_), flip_grown(k_);
        Interval last{}, last_grown{};
        const auto growth = [&](Interval x) {
            if (!(x == last)) last = x, last_grown = expm1(x);
            return last_grown;
        };
        for (std::size_t k = 0; k < k_; ++k) {
            for (std::size_t s = 0; s < options(k) && where.by_class[k].count > 0; ++s) {
                grown[k * m_ + s] = growth(move[k * m_ + s] - shift);
                factor[k * m_ + s] = Interval{1, 1} + grown[k * m_ + s];
            }
            if (replaceable(k) && where.by_class[k].count > 0) flip_grown[k] = growth(flip_move[k] - shift);
        }
        std::optional<Weights> weights_after;
        if (moves.width() > 0.25 || !moves.is_finite()) {
            Box score_after(k_ * m_);
            for (std::size_t e = 0; e < k_ * m_; ++e) score_after[e] = score[e] + move[e];
            weights_after = weigh(where, std::move(score_after));
        }
        const Box flip_weight = weights_after ? flipped_weights(where, score, flip_move, weights_after->top) : Box();
        const Weights weights = weigh(where, std::move(score));
        Asked asked;
        asked.mean.resize(at.dv);
        asked.change.assign(at.dv, Interval{exact::infinity, -exact::infinity});
        asked.by_class.resize(k_);
        asked.terms.resize(k_);
        const Interval scaled = weighted_mean(where, weights, factor);  // Z'/Z but for the replaced position
        const auto affected = [&](std::size_t k) { return replaceable(k) && (only == k_ || only == k); };
        for (std::size_t k = 0; k < k_; ++k)
            if (affected(k)) asked.by_class[k].resize(at.dv);
        Box column(k_ * m_), g(k_ * m_);
        for (std::size_t v = 0; v < at.dv; ++v) {
            for (std::size_t e = 0; e < k_ * m_; ++e) column[e] = at.value[e * at.dv + v];
            const Interval mean = asked.mean[v] = weighted_mean(where, weights, column);
            for (std::size_t k = 0; k < k_; ++k)
                for (std::size_t s = 0; s < options(k); ++s) {
                    const std::size_t e = k * m_ + s;
                    g[e] = grown[e] * (column[e] - mean) + factor[e] * at.value_change[e * at.dv + v];
                }
            const Interval others = weighted_mean(where, weights, g);
            std::optional<MeanAfter> after;
            if (weights_after) after.emplace(*this, at, v, where, *weights_after, flip_weight, column);
            for (std::size_t k = 0; terms && k < k_; ++k) {
                if (where.by_class[k].count == 0) continue;
                Interval term = where.range(k, weights.weight) / weights.total * where.range(k, g);
                const double count = where.by_class[k].count;
                asked.terms[k].push_back(term * Interval{count, count});
            }
            for (std::size_t k = 0; k < k_; ++k) {
                if (!affected(k)) continue;
                const std::size_t e = k * m_ + r_.from;
                Interval& moved = asked.by_class[k][v];
                if (where.by_class[k].count == 0) {
                    moved = others / scaled;
                } else {
                    Interval w = weights.weight[e] / weights.total;
                    w = intersect(w, {0, 1});
                    const Interval own = flip_grown[k] * (column[e] - mean) + (Interval{1, 1} + flip_grown[k]) * at.value_flip[k * at.dv + v];
                    Interval ratio = scaled + w * (flip_grown[k] - grown[e]);
                    ratio.lo = std::max(0.0, ratio.lo);
                    moved = (others + w * (own - g[e])) / ratio;
                }
                if (weights_after) moved = intersect(moved, after->at(k) - mean);
                asked.change[v] = hull(asked.change[v], moved);
            }
            if (asked.change[v].lo > asked.change[v].hi) asked.change[v] = {};  // there is no position to replace at
        }
        return asked;
    }

    Box flipped_weights(const Places& where, const Box& score, const Box& flip_move, double top) const {
        Box weight(k_);
        for (std::size_t k = 0; k < k_; ++k)
            if (replaceable(k) && where.by_class[k].count > 0) weight[k] = exp(score[k * m_ + r_.from] + flip_move[k] - Interval{top, top});
        return weight;
    }

    /// A head's mean after the replacement, by itself: where scores move far this says more than how the mean moves.
    class MeanAfter {
      public:
        MeanAfter(const TwoRuns& runs, const Looked& at, std::size_t v, const Places& where, const Weights& weights, const Box& flip_weight, const Box& before)
            : runs_(runs), at_(at), v_(v), where_(where), weights_(weights), flip_weight_(flip_weight), value_(before) {
            for (std::size_t e = 0; e < value_.size(); ++e) value_[e] += at.value_change[e * at.dv + v];
            stays_ = weighted_mean(where, weights, value_);
            for (std::size_t e = 0; e < value_.size(); ++e) value_[e] = value_[e] - stays_;
        }
        /// With the replaced position in class k: its summand is exchanged in the mean in which its symbol stays.
        Interval at(std::size_t k) const {
            if (where_.by_class[k].count == 0) return stays_;
            const std::size_t e = k * runs_.m_ + runs_.r_.from;
            const Interval stayed = weights_.weight[e] * value_[e];
            // value_[e] is the symbol's value after, less the mean; the flipped one differs from it by two changes.
            const Interval flipped = value_[e] - at_.value_change[e * at_.dv + v_] + at_.value_flip[k * at_.dv + v_];
            Interval total = weights_.total - weights_.weight[e] + flip_weight_[k];
            total.lo = std::max({0.0, total.lo, flip_weight_[k].lo});
            return stays_ + (flip_weight_[k] * flipped - stayed) / total;
        }

      private:
        const TwoRuns& runs_;
        const Looked& at_;
        std::size_t v_;
        const Places& where_;
        const Weights& weights_;
        const Box& flip_weight_;
        Box value_;
        Interval stays_;
    };

    Interval bias(const IntervalHead& head, std::int64_t i, std::int64_t j) const {
        const exact::Variables at{.i = i, .j = j, .n = net_.n};
        if (head.bias->is_transcendental()) return exact::to_interval(head.bias->enclose(at, 128));
        return exact::to_interval(head.bias->evaluate(at));
    }

    /// The answers of one head, one for each distinct query.
    class Answers {
      public:
        Answers(const TwoRuns& runs, const IntervalLayer& layer, const IntervalHead& head, const Inputs& in)
            : runs_(runs), layer_(layer), head_(head), looked_(runs.look(head, in)) {}

        const Asked& ask(std::size_t asking_class, const Interval* y, const Interval* d, std::size_t only) {
            const std::size_t dk = looked_.dk;
            Box q(dk), dq(dk);
            if (head_.query) head_.query->apply(y, q.data()), head_.query->apply_linear(d, dq.data());
            const bool told_apart = head_.bias != nullptr || layer_.mask != model::Mask::none;
            std::vector<double> key{told_apart ? static_cast<double>(asking_class) : -1.0};
            bool moves = false;
            for (const Box* box : {&q, &dq})
                for (const Interval& x : *box) key.push_back(x.lo), key.push_back(x.hi);
            for (const Interval& x : dq) moves = moves || !x.is_zero();
            // A query that stays serves all replacements at once.
            key.push_back(moves ? static_cast<double>(only) : -1.0);
            const auto [place, is_new] = known_.try_emplace(std::move(key));
            if (is_new) {
                const std::int64_t asking = runs_.cls(asking_class).members[0];
                place->second = runs_.ask(head_, looked_, runs_.places(layer_, asking), asking, q, dq, moves ? only : runs_.k_, asking_class == runs_.reader_);
            }
            return place->second;
        }

      private:
        const TwoRuns& runs_;
        const IntervalLayer& layer_;
        const IntervalHead& head_;
        Looked looked_;
        std::map<std::vector<double>, Asked> known_;
    };

    void add_output(const IntervalMap& output, const Box& value, Interval* to, bool linear) const {
        Box out(d_);
        if (linear) output.apply_linear(value.data(), out.data());
        else output.apply(value.data(), out.data());
        for (std::size_t c = 0; c < d_; ++c) to[c] += out[c];
    }

    void attend(const IntervalLayer& layer) {
        const Inputs in = inputs(layer.attention_norm);
        if (!layer.attention_residual) {
            std::fill(y_.begin(), y_.end(), Interval{});
            std::fill(change_.begin(), change_.end(), Interval{});
            std::fill(flip_.begin(), flip_.end(), Interval{});
        }
        for (const IntervalHead& head : layer.heads) {
            Answers answers(*this, layer, head, in);
            for (std::size_t k = 0; k < k_; ++k) {
                if (blind(layer, k)) continue;
                if (replaceable(k)) {
                    const Asked& asked = answers.ask(k, &in.y[(k * m_ + r_.from) * d_], &in.flip[k * d_], k);
                    add_output(head.output, asked.by_class[k], flip(k), true);
                }
                for (std::size_t s = 0; s < options(k); ++s) {
                    const std::size_t at = (k * m_ + s) * d_;
                    const Asked& asked = answers.ask(k, &in.y[at], &in.change[at], k_);
                    add_output(head.output, asked.mean, y(k, s), false);
                    add_output(head.output, asked.change, change(k, s), true);
                }
            }
        }
        if (layer.attention_norm && layer.attention_norm->placement == model::Norm::Placement::post) norm_all(*layer.attention_norm, y_, change_, flip_);
    }

    /// Whether the mask leaves this position none to look at: then its heads give nothing.
    bool blind(const IntervalLayer& layer, std::size_t k) const {
        if (layer.mask == model::Mask::none) return false;
        const std::int64_t i = cls(k).members[0];
        return (layer.mask == model::Mask::strict && i == 1) || (layer.mask == model::Mask::strict_future && i == net_.n);
    }

    /// From the last attention on only the readout position counts, and each class of replaced positions is followed by
    /// itself.
    Change read(std::size_t l) {
        Change result;
        result.slack.assign(k_, 0);
        for (std::vector<Box>* of : {&result.by_class, &result.distance, &result.norm_change}) {
            of->resize(k_);
            for (std::size_t k = 0; k < k_; ++k)
                if (replaceable(k)) (*of)[k].resize(options(reader_));
        }
        result.logit.resize(options(reader_));
        result.possible.resize(options(reader_));
        for (std::size_t s = 0; s < options(reader_); ++s) {
            // The readout position is not the one that is replaced: `from` occurs beside it.
            result.possible[s] = !cls(reader_).is_word || words_.most[s] >= (s == r_.from ? 2 : 1);
            if (result.possible[s]) read_option(l, s, result);
        }
        return result;
    }

    void read_option(std::size_t l, std::size_t s, Change& result) {
        Box now(y(reader_, s), y(reader_, s) + d_);
        std::vector<Box> moved(k_);
        for (std::size_t k = 0; k < k_; ++k)
            if (replaceable(k)) moved[k].assign(change(reader_, s), change(reader_, s) + d_);
        if (l < net_.layers.size()) read_attention(net_.layers[l], s, now, moved, result);
        for (std::size_t next = l; next < net_.layers.size(); ++next) read_point(net_.layers[next], next > l, now, moved);
        Interval logit = net_.readout_bias;
        for (std::size_t c = 0; c < d_; ++c) logit += net_.readout_weight[c] * now[c];
        result.logit[s] = logit;
        for (std::size_t k = 0; k < k_; ++k) {
            if (!replaceable(k)) continue;
            Interval sum;
            for (std::size_t c = 0; c < d_; ++c) sum += net_.readout_weight[c] * moved[k][c];
            result.by_class[k][s] = sum;
            read_norm(now, moved[k], result.distance[k][s], result.norm_change[k][s]);
        }
    }

    /// ‖d‖, and ‖y + d‖ − ‖y‖ = Σ d (2y + d) / (‖y + d‖ + ‖y‖).
    void read_norm(const Box& y, const Box& d, Interval& distance, Interval& norm_change) const {
        Interval moved, before, after, growth;
        for (std::size_t c = 0; c < net_.own_dimension; ++c) {
            moved += square(d[c]);
            before += square(y[c]);
            after += square(y[c] + d[c]);
            growth += d[c] * (y[c] + y[c] + d[c]);
        }
        distance = sqrt(moved);
        const Interval within{-distance.hi, distance.hi}, sum = sqrt(before) + sqrt(after);
        norm_change = sum.lo > 0 ? intersect(within, growth / sum) : within;
    }

    void read_attention(const IntervalLayer& layer, std::size_t s, Box& now, std::vector<Box>& moved, Change& result) {
        const Inputs in = inputs(layer.attention_norm);
        const std::size_t at = (reader_ * m_ + s) * d_;
        if (!layer.attention_residual) {
            std::fill(now.begin(), now.end(), Interval{});
            for (Box& box : moved) std::fill(box.begin(), box.end(), Interval{});
        }
        for (const IntervalHead& head : layer.heads) {
            if (blind(layer, reader_)) continue;
            Answers answers(*this, layer, head, in);
            const Asked& asked = answers.ask(reader_, &in.y[at], &in.change[at], k_);
            add_output(head.output, asked.mean, now.data(), false);
            add_slack(head.output, asked, result);
            for (std::size_t k = 0; k < k_; ++k)
                if (replaceable(k)) add_output(head.output, asked.by_class[k], moved[k].data(), true);
        }
        if (layer.attention_norm && layer.attention_norm->placement == model::Norm::Placement::post) norm_read(*layer.attention_norm, now, moved);
    }

    void add_slack(const IntervalMap& output, const Asked& asked, Change& result) const {
        Box weight(asked.mean.size());  // of each value in the logit, as if nothing came after
        for (std::size_t c = 0; c < output.rows.size(); ++c)
            for (const auto& [column, entry] : output.rows[c]) weight[column] += entry * net_.readout_weight[c];
        for (std::size_t k = 0; k < k_; ++k)
            for (std::size_t v = 0; v < asked.terms[k].size(); ++v) {
                const double by = weight[v].magnitude();
                result.slack[k] += asked.terms[k][v].width() * (by > 0 ? by : 1);
            }
    }

    void norm_read(const IntervalNorm& norm, Box& now, std::vector<Box>& moved) const {
        const Normed normed(norm, now.data(), d_);
        for (Box& box : moved)
            if (!box.empty()) box = normed.change(box.data());
        now = normed.value();
    }

    /// What is left of a layer at the readout position: the feed-forward part, and norms of an attention without heads.
    void read_point(const IntervalLayer& layer, bool whole, Box& now, std::vector<Box>& moved) const {
        if (whole && layer.has_attention) {
            if (!layer.attention_residual) {
                std::fill(now.begin(), now.end(), Interval{});
                for (Box& box : moved) std::fill(box.begin(), box.end(), Interval{});
            }
            if (layer.attention_norm && layer.attention_norm->placement == model::Norm::Placement::post) norm_read(*layer.attention_norm, now, moved);
        }
        if (layer.feedforward == nullptr) return;
        FeedForwardStep& step = *layer.feedforward;
        const std::optional<IntervalNorm>& norm = layer.feedforward_norm;
        const bool pre = norm && norm->placement == model::Norm::Placement::pre;
        const Box before = now;
        const std::vector<Box> before_moved = moved;
        if (pre) norm_read(*norm, now, moved);
        const auto add_residual = [&](Box& box, const Box& residual) {
            for (std::size_t c = 0; step.residual() && c < d_; ++c) box[c] += residual[c];
        };
        for (std::size_t k = 0; k < k_; ++k) {
            if (moved[k].empty()) continue;
            Box out = step.apply_change(now.data(), moved[k].data());
            add_residual(out, before_moved[k]);
            moved[k] = std::move(out);
        }
        Box out = step.apply(now.data());
        add_residual(out, before);
        now = std::move(out);
        if (norm && !pre) norm_read(*norm, now, moved);
    }

    const Network& net_;
    const std::vector<std::int32_t>& partition_;
    const Counts& words_;
    const Replacement r_;
    const std::size_t m_, d_, k_;
    std::size_t reader_ = static_cast<std::size_t>(-1);
    Box y_, change_;  ///< [class × symbol × d]: the vector before, and after − before where the symbol stays
    mutable std::uint64_t work_ = 0;
    Box flip_;        ///< [class × d]: after − before where the symbol is replaced
};

}  // namespace

Change enclose_change(const Network& network, const std::vector<std::int32_t>& partition, const Counts& words, Replacement replacement) {
    return TwoRuns(network, partition, words, replacement).run();
}

}  // namespace attest::influence
