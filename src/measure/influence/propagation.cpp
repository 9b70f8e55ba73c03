// Both runs through a layer at all positions.
//
// For each class of positions and symbol there: a box around the vector before the replacement, and one around what is
// added by it, where the symbol stays (drift) and where it is the one that is replaced (flip). Positions are far more
// alike in what the replacement adds than in what they hold, and a difference of boxes would add up the widths of both:
// so changes are followed by themselves, each part giving its own rule for them (mean_change.cpp, point_steps.cpp).

#include "propagation.hpp"

#include <algorithm>

#include "point_steps.hpp"

namespace attest::influence {

using network::Norm;

namespace {

void replace(Box& all, std::size_t at, const Box& part) {
    std::copy(part.begin(), part.end(), all.begin() + static_cast<std::ptrdiff_t>(at));
}

void clear(Vectors& vectors) {
    for (Box* box : {&vectors.before, &vectors.drift, &vectors.flip}) std::fill(box->begin(), box->end(), Interval{});
}

}  // namespace

bool sees_none(const TwoRuns& runs, const IntervalLayer& layer, std::size_t k) {
    return network::seen(layer.mask, runs.position_class(k).members[0], runs.net.n).empty();
}

void add_output(const IntervalMap& output, const Box& value, Interval* to) {
    Box out(output.outputs());
    output.apply_to(value.data(), out.data());
    for (std::size_t c = 0; c < out.size(); ++c) to[c] += out[c];
}

void add_linear_output(const IntervalMap& output, const Box& change, Interval* to) {
    Box out(output.outputs());
    output.apply_linear(change.data(), out.data());
    for (std::size_t c = 0; c < out.size(); ++c) to[c] += out[c];
}

/// Before and after differ by the two embeddings, whatever the position.
Propagation::Propagation(const TwoRuns& runs) : runs_(runs), d_(runs.dimension) {
    at_.before.resize(runs.classes * runs.symbols * d_);
    at_.drift.resize(at_.before.size());
    at_.flip.resize(runs.classes * d_);
    const Box& embedding = runs.net.embedding;
    const std::size_t from = runs.replacement.from, to = runs.replacement.to;
    for (std::size_t k = 0; k < runs.classes; ++k) {
        replace(at_.before, runs.entry(k, 0) * d_, runs.position_class(k).start);
        for (std::size_t c = 0; runs.replaceable(k) && c < d_; ++c)
            at_.flip[k * d_ + c] = embedding[to * d_ + c] - embedding[from * d_ + c];
    }
}

void Propagation::step(const IntervalLayer& layer) {
    if (layer.has_attention) attend(layer);
    if (layer.feedforward != nullptr) feed_forward(layer);
}

Vectors Propagation::inputs(const std::optional<IntervalNorm>& norm) const {
    Vectors in = at_;
    if (is_at(norm, Norm::Placement::pre)) norm_all(*norm, in);
    return in;
}

void Propagation::norm_all(const IntervalNorm& norm, Vectors& all) const {
    for (std::size_t k = 0; k < runs_.classes; ++k)
        for (std::size_t s = 0; s < runs_.options(k); ++s) {
            const std::size_t at = runs_.entry(k, s) * d_;
            const Normed normed(norm, &all.before[at], d_, runs_.position_class(k).members[0]);
            if (runs_.replaceable(k) && s == runs_.replacement.from)
                replace(all.flip, k * d_, normed.change(&all.flip[k * d_]));
            replace(all.drift, at, normed.change(&all.drift[at]));
            replace(all.before, at, normed.value());
        }
}

void Propagation::feed_forward(const IntervalLayer& layer) {
    FeedForwardStep& step = *layer.feedforward;
    const Vectors in = inputs(layer.feedforward_norm);
    const auto with_residual = [&](Box out, const Interval* residual) {
        for (std::size_t c = 0; step.residual() && c < d_; ++c) out[c] += residual[c];
        return out;
    };
    for (std::size_t k = 0; k < runs_.classes; ++k) {
        if (runs_.replaceable(k)) {
            const Interval* y = &in.before[runs_.replaced_entry(k) * d_];
            replace(at_.flip, k * d_, with_residual(step.apply_change(y, &in.flip[k * d_]), &at_.flip[k * d_]));
        }
        for (std::size_t s = 0; s < runs_.options(k); ++s) {
            const std::size_t at = runs_.entry(k, s) * d_;
            replace(at_.drift, at, with_residual(step.apply_change(&in.before[at], &in.drift[at]), &at_.drift[at]));
            replace(at_.before, at, with_residual(step.apply(&in.before[at]), &at_.before[at]));
        }
    }
    if (is_at(layer.feedforward_norm, Norm::Placement::post)) norm_all(*layer.feedforward_norm, at_);
}

void Propagation::attend(const IntervalLayer& layer) {
    const Vectors in = inputs(layer.attention_norm);
    if (!layer.attention_residual) clear(at_);
    for (const IntervalHead& head : layer.heads) add_head(layer, head, in);
    if (is_at(layer.attention_norm, Norm::Placement::post)) norm_all(*layer.attention_norm, at_);
}

void Propagation::add_head(const IntervalLayer& layer, const IntervalHead& head, const Vectors& in) {
    HeadChange outputs(runs_, layer, head, in);
    for (std::size_t k = 0; k < runs_.classes; ++k) {
        if (sees_none(runs_, layer, k)) continue;
        if (runs_.replaceable(k)) {
            const Interval* y = &in.before[runs_.replaced_entry(k) * d_];
            const HeadOutput& output = outputs.at(k, y, &in.flip[k * d_], k);
            add_linear_output(head.output, output.by_class[k], &at_.flip[k * d_]);
        }
        for (std::size_t s = 0; s < runs_.options(k); ++s) {
            const std::size_t at = runs_.entry(k, s) * d_;
            const HeadOutput& output = outputs.at(k, &in.before[at], &in.drift[at], runs_.classes);
            add_output(head.output, output.mean, &at_.before[at]);
            add_linear_output(head.output, output.change, &at_.drift[at]);
        }
    }
    work_ += outputs.work();
}

}  // namespace attest::influence
