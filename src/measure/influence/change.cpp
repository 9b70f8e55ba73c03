#include "attest/measure/influence/change.hpp"

#include <algorithm>
#include <optional>

#include "head_change.hpp"
#include "point_steps.hpp"
#include "two_runs.hpp"

namespace attest::influence {

namespace {

std::size_t reader_of(const Network& net, const std::vector<std::int32_t>& partition) {
    for (std::size_t k = 0; k < partition.size(); ++k) {
        const PositionClass& c = net.classes[static_cast<std::size_t>(partition[k])];
        if (c.members.size() == 1 && c.members[0] == net.readout) return k;
    }
    return partition.size();
}

/// Follows both runs through the layers.
class Propagation {
  public:
    Propagation(const Network& net, const std::vector<std::int32_t>& partition, const Counts& words,
                Replacement replacement)
        : runs_{net,
                partition,
                words,
                replacement,
                net.symbols,
                net.dimension,
                partition.size(),
                reader_of(net, partition)},
          net_(net),
          r_(replacement),
          m_(runs_.symbols),
          d_(runs_.dimension),
          k_(runs_.classes),
          reader_(runs_.reader) {
        at_.y.resize(k_ * m_ * d_);
        at_.change.resize(k_ * m_ * d_);
        at_.flip.resize(k_ * d_);
        for (std::size_t k = 0; k < k_; ++k) {
            replace(at_.y, k * m_ * d_, runs_.cls(k).start);
            // Before and after differ by the two embeddings, whatever the position.
            for (std::size_t e = 0; runs_.replaceable(k) && e < d_; ++e)
                flip(k)[e] = net.embedding[r_.to * d_ + e] - net.embedding[r_.from * d_ + e];
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
    Interval* y(std::size_t k, std::size_t s) { return &at_.y[(k * m_ + s) * d_]; }
    Interval* change(std::size_t k, std::size_t s) { return &at_.change[(k * m_ + s) * d_]; }
    Interval* flip(std::size_t k) { return &at_.flip[k * d_]; }

    /// One layer before the last attention: all positions, both parts.
    void step(std::size_t l) {
        const IntervalLayer& layer = net_.layers[l];
        if (layer.has_attention) attend(layer);
        if (layer.feedforward != nullptr) feed_forward(layer);
    }

    /// What a part of the layer reads: the vectors themselves, or normed ones.
    Vectors inputs(const std::optional<IntervalNorm>& norm) const {
        Vectors in = at_;
        if (norm && norm->placement == network::Norm::Placement::pre) norm_all(*norm, in);
        return in;
    }
    void norm_all(const IntervalNorm& norm, Vectors& all) const {
        for (std::size_t k = 0; k < k_; ++k)
            for (std::size_t s = 0; s < runs_.options(k); ++s) {
                const std::size_t at = (k * m_ + s) * d_;
                const Normed normed(norm, &all.y[at], d_, runs_.cls(k).members[0]);
                if (runs_.replaceable(k) && s == r_.from) replace(all.flip, k * d_, normed.change(&all.flip[k * d_]));
                replace(all.change, at, normed.change(&all.change[at]));
                replace(all.y, at, normed.value());
            }
    }
    static void replace(Box& all, std::size_t at, const Box& part) {
        std::copy(part.begin(), part.end(), all.begin() + static_cast<std::ptrdiff_t>(at));
    }

    void feed_forward(const IntervalLayer& layer) {
        FeedForwardStep& step = *layer.feedforward;
        const Vectors in = inputs(layer.feedforward_norm);
        const auto with_residual = [&](Box out, const Interval* residual) {
            for (std::size_t c = 0; step.residual() && c < d_; ++c) out[c] += residual[c];
            return out;
        };
        for (std::size_t k = 0; k < k_; ++k) {
            if (runs_.replaceable(k)) {
                const Interval* d = &in.flip[k * d_];
                replace(at_.flip, k * d_, with_residual(step.apply_change(&in.y[(k * m_ + r_.from) * d_], d), flip(k)));
            }
            for (std::size_t s = 0; s < runs_.options(k); ++s) {
                const std::size_t at = (k * m_ + s) * d_;
                replace(at_.change, at, with_residual(step.apply_change(&in.y[at], &in.change[at]), change(k, s)));
                replace(at_.y, at, with_residual(step.apply(&in.y[at]), y(k, s)));
            }
        }
        if (layer.feedforward_norm && layer.feedforward_norm->placement == network::Norm::Placement::post)
            norm_all(*layer.feedforward_norm, at_);
    }

    void add_output(const IntervalMap& output, const Box& value, Interval* to, bool linear) const {
        Box out(d_);
        if (linear) output.apply_linear(value.data(), out.data());
        else output.apply_to(value.data(), out.data());
        for (std::size_t c = 0; c < d_; ++c) to[c] += out[c];
    }

    void attend(const IntervalLayer& layer) {
        const Vectors in = inputs(layer.attention_norm);
        if (!layer.attention_residual) {
            std::fill(at_.y.begin(), at_.y.end(), Interval{});
            std::fill(at_.change.begin(), at_.change.end(), Interval{});
            std::fill(at_.flip.begin(), at_.flip.end(), Interval{});
        }
        for (const IntervalHead& head : layer.heads) {
            HeadAnswers answers(runs_, layer, head, in);
            for (std::size_t k = 0; k < k_; ++k) {
                if (blind(layer, k)) continue;
                if (runs_.replaceable(k)) {
                    const Asked& asked = answers.ask(k, &in.y[(k * m_ + r_.from) * d_], &in.flip[k * d_], k);
                    add_output(head.output, asked.by_class[k], flip(k), true);
                }
                for (std::size_t s = 0; s < runs_.options(k); ++s) {
                    const std::size_t at = (k * m_ + s) * d_;
                    const Asked& asked = answers.ask(k, &in.y[at], &in.change[at], k_);
                    add_output(head.output, asked.mean, y(k, s), false);
                    add_output(head.output, asked.change, change(k, s), true);
                }
            }
            work_ += answers.work();
        }
        if (layer.attention_norm && layer.attention_norm->placement == network::Norm::Placement::post)
            norm_all(*layer.attention_norm, at_);
    }

    /// Whether the mask leaves this position none to look at: then its heads give nothing.
    bool blind(const IntervalLayer& layer, std::size_t k) const {
        return network::seen(layer.mask, runs_.cls(k).members[0], net_.n).empty();
    }

    /// From the last attention on only the readout position counts, and each class of replaced positions is followed by
    /// itself.
    Change read(std::size_t l) {
        Change result;
        result.slack.assign(k_, 0);
        for (std::vector<Box>* of : {&result.by_class, &result.distance, &result.norm_change}) {
            of->resize(k_);
            for (std::size_t k = 0; k < k_; ++k)
                if (runs_.replaceable(k)) (*of)[k].resize(runs_.options(reader_));
        }
        result.logit.resize(runs_.options(reader_));
        result.possible.resize(runs_.options(reader_));
        for (std::size_t s = 0; s < runs_.options(reader_); ++s) {
            result.possible[s] = !runs_.cls(reader_).is_word || may_read(s);
            if (result.possible[s]) read_option(l, s, result);
        }
        return result;
    }

    /// Whether the readout position may hold s: what is replaced stands there, or occurs beside it.
    bool may_read(std::size_t s) const {
        if (runs_.reads_replaced()) return s == r_.from;
        return runs_.words.most[s] >= (s == r_.from ? 2 : 1);
    }
    /// How the readout position with symbol s differs between the runs.
    const Interval* read_change(const Vectors& at, std::size_t s) const {
        return runs_.reads_replaced() ? &at.flip[reader_ * d_] : &at.change[(reader_ * m_ + s) * d_];
    }

    void read_option(std::size_t l, std::size_t s, Change& result) {
        Box now(y(reader_, s), y(reader_, s) + d_);
        std::vector<Box> moved(k_);
        for (std::size_t k = 0; k < k_; ++k)
            if (runs_.replaceable(k)) moved[k].assign(read_change(at_, s), read_change(at_, s) + d_);
        if (l < net_.layers.size()) read_attention(net_.layers[l], s, now, moved, result);
        for (std::size_t next = l; next < net_.layers.size(); ++next)
            read_point(net_.layers[next], next > l, now, moved);
        Interval logit = net_.readout_bias;
        for (std::size_t c = 0; c < d_; ++c) logit += net_.readout_weight[c] * now[c];
        result.logit[s] = logit;
        for (std::size_t k = 0; k < k_; ++k) {
            if (!runs_.replaceable(k)) continue;
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
        const Vectors in = inputs(layer.attention_norm);
        const std::size_t at = (reader_ * m_ + s) * d_;
        if (!layer.attention_residual) {
            std::fill(now.begin(), now.end(), Interval{});
            for (Box& box : moved) std::fill(box.begin(), box.end(), Interval{});
        }
        for (const IntervalHead& head : layer.heads) {
            if (blind(layer, reader_)) continue;
            HeadAnswers answers(runs_, layer, head, in);
            const Asked& asked =
                answers.ask(reader_, &in.y[at], read_change(in, s), runs_.reads_replaced() ? reader_ : k_);
            add_output(head.output, asked.mean, now.data(), false);
            add_slack(head.output, asked, result);
            for (std::size_t k = 0; k < k_; ++k)
                if (runs_.replaceable(k)) add_output(head.output, asked.by_class[k], moved[k].data(), true);
            work_ += answers.work();
        }
        if (layer.attention_norm && layer.attention_norm->placement == network::Norm::Placement::post)
            norm_read(*layer.attention_norm, now, moved);
    }

    void add_slack(const IntervalMap& output, const Asked& asked, Change& result) const {
        Box weight(asked.mean.size());  // of each value in the logit, as if nothing came after
        for (std::size_t c = 0; c < output.outputs(); ++c)
            for (const auto& [column, entry] : output.row(c).entries) weight[column] += entry * net_.readout_weight[c];
        for (std::size_t k = 0; k < k_; ++k)
            for (std::size_t v = 0; v < asked.terms[k].size(); ++v) {
                const double by = weight[v].magnitude();
                result.slack[k] += asked.terms[k][v].width() * (by > 0 ? by : 1);
            }
    }

    void norm_read(const IntervalNorm& norm, Box& now, std::vector<Box>& moved) const {
        const Normed normed(norm, now.data(), d_, net_.readout);
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
            if (layer.attention_norm && layer.attention_norm->placement == network::Norm::Placement::post)
                norm_read(*layer.attention_norm, now, moved);
        }
        if (layer.feedforward == nullptr) return;
        FeedForwardStep& step = *layer.feedforward;
        const std::optional<IntervalNorm>& norm = layer.feedforward_norm;
        const bool pre = norm && norm->placement == network::Norm::Placement::pre;
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

    const TwoRuns runs_;
    const Network& net_;
    const Replacement r_;
    const std::size_t m_, d_, k_, reader_;
    Vectors at_;
    std::uint64_t work_ = 0;
};

}  // namespace

Change enclose_change(const Network& network, const std::vector<std::int32_t>& partition, const Counts& words,
                      Replacement replacement) {
    return Propagation(network, partition, words, replacement).run();
}

}  // namespace attest::influence
