// From the last attention on only the readout position counts, and what it holds after the replacement may be followed
// for each class of replaced positions by itself: one box less for all of them to share.
//
// The norm of a vector y that becomes y + d changes by Σ d (2y + d) / (‖y + d‖ + ‖y‖), and by no more than ‖d‖.

#include "readout_change.hpp"

#include <algorithm>
#include <cmath>

#include "point_steps.hpp"

namespace attest::influence {

using network::Norm;

namespace {

/// The readout position with one symbol there.
class ReadoutChange {
  public:
    ReadoutChange(const TwoRuns& runs, const Propagation& vectors, std::size_t symbol)
        : runs_(runs), net_(runs.net), vectors_(vectors), symbol_(symbol), d_(runs.dimension), changes_(runs.classes) {
        const Vectors& at = vectors.vectors();
        const Interval* y = &at.before[entry()];
        before_.assign(y, y + d_);
        const Interval* change = change_of(at);
        for (std::size_t k = 0; k < runs.classes; ++k)
            if (runs.replaceable(k)) changes_[k].assign(change, change + d_);
    }

    /// The attention part with its heads, the last of the network.
    void attend(const IntervalLayer& layer, Change& result) {
        const Vectors in = vectors_.inputs(layer.attention_norm);
        if (!layer.attention_residual) clear();
        for (const IntervalHead& head : layer.heads)
            if (!sees_none(runs_, layer, runs_.readout)) add_head(layer, head, in, result);
        if (is_at(layer.attention_norm, Norm::Placement::post)) norm(*layer.attention_norm);
    }
    /// An attention part without heads: residual and norm.
    void pass_attention(const IntervalLayer& layer) {
        if (!layer.has_attention) return;
        if (!layer.attention_residual) clear();
        if (is_at(layer.attention_norm, Norm::Placement::post)) norm(*layer.attention_norm);
    }
    void feed_forward(const IntervalLayer& layer);
    /// What the readout makes of it.
    void read(Change& result) const;

    std::uint64_t work() const { return work_; }

  private:
    std::size_t entry() const { return runs_.entry(runs_.readout, symbol_) * d_; }
    /// How the readout position differs between the runs.
    const Interval* change_of(const Vectors& at) const {
        return runs_.replaces_at_readout() ? &at.flip[runs_.readout * d_] : &at.drift[entry()];
    }
    void clear();
    void norm(const IntervalNorm& norm);
    void add_head(const IntervalLayer& layer, const IntervalHead& head, const Vectors& in, Change& result);
    void add_slack(const IntervalMap& output, const HeadOutput& of_head, Change& result) const;
    void read_norm(const Box& change, Interval& distance, Interval& norm_change) const;

    const TwoRuns& runs_;
    const Network& net_;
    const Propagation& vectors_;
    const std::size_t symbol_, d_;
    Box before_;
    std::vector<Box> changes_;  // by class of the replaced position; empty where it is in none
    std::uint64_t work_ = 0;
};

void ReadoutChange::clear() {
    std::fill(before_.begin(), before_.end(), Interval{});
    for (Box& change : changes_) std::fill(change.begin(), change.end(), Interval{});
}

void ReadoutChange::norm(const IntervalNorm& norm) {
    const Normed normed(norm, before_.data(), d_, net_.readout);
    for (Box& change : changes_)
        if (!change.empty()) change = normed.change(change.data());
    before_ = normed.value();
}

void ReadoutChange::add_head(const IntervalLayer& layer, const IntervalHead& head, const Vectors& in, Change& result) {
    HeadChange outputs(runs_, layer, head, in);
    const std::size_t replaced = runs_.replaces_at_readout() ? runs_.readout : runs_.classes;
    const HeadOutput& output = outputs.at(runs_.readout, &in.before[entry()], change_of(in), replaced);
    add_output(head.output, output.mean, before_.data());
    add_slack(head.output, output, result);
    for (std::size_t k = 0; k < runs_.classes; ++k)
        if (runs_.replaceable(k)) add_linear_output(head.output, output.by_class[k], changes_[k].data());
    work_ += outputs.work();
}

/// Which classes make the change wide, by their terms, weighed as if nothing came between head and readout.
void ReadoutChange::add_slack(const IntervalMap& output, const HeadOutput& of_head, Change& result) const {
    Box weight(of_head.mean.size());  // of each value in the logit
    for (std::size_t c = 0; c < output.outputs(); ++c)
        for (const auto& [column, entry] : output.row(c).entries) weight[column] += entry * net_.readout_weight[c];
    for (std::size_t k = 0; k < runs_.classes; ++k)
        for (std::size_t v = 0; v < of_head.terms[k].size(); ++v) {
            const double by = weight[v].magnitude();
            result.slack[k] += of_head.terms[k][v].width() * (by > 0 ? by : 1);
        }
}

void ReadoutChange::feed_forward(const IntervalLayer& layer) {
    if (layer.feedforward == nullptr) return;
    FeedForwardStep& step = *layer.feedforward;
    const Box residual = before_;
    const std::vector<Box> residual_changes = changes_;
    if (is_at(layer.feedforward_norm, Norm::Placement::pre)) norm(*layer.feedforward_norm);
    const auto with_residual = [&](Box out, const Box& added) {
        for (std::size_t c = 0; step.residual() && c < d_; ++c) out[c] += added[c];
        return out;
    };
    for (std::size_t k = 0; k < runs_.classes; ++k)
        if (!changes_[k].empty())
            changes_[k] = with_residual(step.apply_change(before_.data(), changes_[k].data()), residual_changes[k]);
    before_ = with_residual(step.apply(before_.data()), residual);
    if (is_at(layer.feedforward_norm, Norm::Placement::post)) norm(*layer.feedforward_norm);
}

void ReadoutChange::read(Change& result) const {
    Interval logit = net_.readout_bias;
    for (std::size_t c = 0; c < d_; ++c) logit += net_.readout_weight[c] * before_[c];
    result.logit[symbol_] = logit;
    for (std::size_t k = 0; k < runs_.classes; ++k) {
        if (!runs_.replaceable(k)) continue;
        Interval sum;
        for (std::size_t c = 0; c < d_; ++c) sum += net_.readout_weight[c] * changes_[k][c];
        result.by_class[k][symbol_] = sum;
        read_norm(changes_[k], result.distance[k][symbol_], result.norm_change[k][symbol_]);
    }
}

void ReadoutChange::read_norm(const Box& change, Interval& distance, Interval& norm_change) const {
    Interval moved, before, after, growth;
    for (std::size_t c = 0; c < net_.own_dimension; ++c) {
        moved += square(change[c]);
        before += square(before_[c]);
        after += square(before_[c] + change[c]);
        growth += change[c] * (before_[c] + before_[c] + change[c]);
    }
    distance = sqrt(moved);
    const Interval within{-distance.hi, distance.hi}, sum = sqrt(before) + sqrt(after);
    norm_change = sum.lo > 0 ? intersect(within, growth / sum) : within;
}

/// Whether the readout position may hold s: what is replaced stands there, or occurs beside it.
bool may_read(const TwoRuns& runs, std::size_t s) {
    if (!runs.position_class(runs.readout).is_word) return true;
    if (runs.replaces_at_readout()) return s == runs.replacement.from;
    return runs.words.most[s] >= (s == runs.replacement.from ? 2 : 1);
}

Change room_for(const TwoRuns& runs) {
    Change result;
    const std::size_t options = runs.options(runs.readout);
    result.slack.assign(runs.classes, 0);
    for (std::vector<Box>* of : {&result.by_class, &result.distance, &result.norm_change}) {
        of->resize(runs.classes);
        for (std::size_t k = 0; k < runs.classes; ++k)
            if (runs.replaceable(k)) (*of)[k].resize(options);
    }
    result.logit.resize(options);
    result.possible.resize(options);
    return result;
}

}  // namespace

Change change_at_readout(const TwoRuns& runs, const Propagation& vectors, std::size_t l) {
    const std::vector<IntervalLayer>& layers = runs.net.layers;
    Change result = room_for(runs);
    for (std::size_t s = 0; s < runs.options(runs.readout); ++s) {
        result.possible[s] = may_read(runs, s);
        if (!result.possible[s]) continue;
        ReadoutChange readout(runs, vectors, s);
        if (l < layers.size()) {
            readout.attend(layers[l], result);
            readout.feed_forward(layers[l]);
        }
        for (std::size_t next = l + 1; next < layers.size(); ++next) {
            readout.pass_attention(layers[next]);
            readout.feed_forward(layers[next]);
        }
        readout.read(result);
        result.work += readout.work();
    }
    return result;
}

}  // namespace attest::influence
