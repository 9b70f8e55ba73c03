#include "attest/network/transformer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "attest/base/text.hpp"

namespace attest::network {

AttentionKind Transformer::kind() const {
    const auto any = [&](auto&& condition) { return std::any_of(layers.begin(), layers.end(), condition); };
    const auto attends = [&](AttentionKind kind) {
        return any([&](const Layer& l) { return l.attention && l.attention->kind == kind; });
    };
    const bool norm = any(
        [](const Layer& l) { return (l.attention && l.attention->norm) || (l.feedforward && l.feedforward->norm); });
    const bool transcendental =
        std::any_of(position.begin(), position.end(), [](const auto& e) { return e.is_transcendental(); });
    if (attends(AttentionKind::softmax) || norm || transcendental) return AttentionKind::softmax;
    return attends(AttentionKind::average) ? AttentionKind::average : AttentionKind::hard;
}

std::int64_t Transformer::readout_position(std::int64_t n) const {
    const std::int64_t p = readout.position > 0 ? readout.position : n + 1 + readout.position;
    if (n < 1)
        throw base::InputError(base::printable(name), "a sequence of at least one position",
                               "the empty word and no begin or end symbol");
    if (p < 1 || p > n)
        throw base::InputError(base::printable(name) + ":readout.position",
                               fmt::format("a position of the sequence, 1 to {}", n), std::to_string(readout.position));
    return p;
}

exact::Vector feed_forward(const FeedForward& part, const exact::Vector& y) {
    exact::Vector x = y;
    for (std::size_t k = 0; k < part.maps.size(); ++k) {
        if (k > 0) exact::rectify(x);
        x = exact::apply(part.maps[k], x);
    }
    if (part.residual) exact::add_to(x, y);
    return x;
}

exact::Vector position_vector(const Transformer& transformer, std::int64_t p, std::int64_t n) {
    exact::Vector v(transformer.dimension);
    for (std::size_t c = 0; c < transformer.position.size(); ++c)
        v[c] = transformer.position[c].evaluate({.i = p, .n = n});
    return v;
}

namespace {

void require_value(const exact::Expression& e, const exact::Variables& at) {
    if (!e.may_lack_value()) return;
    if (e.is_transcendental()) (void)e.enclose(at, exact::Ball::least_bits);
    else (void)e.evaluate(at);
}

[[noreturn]] void fail_scale(const exact::Expression& scale, const std::string& value, const exact::Variables& at) {
    throw base::InputError(
        scale.where().empty() ? "scale" : scale.where(), "a positive number",
        fmt::format("{} = {} at n = {}, dk = {}", base::printable(scale.text()), base::printable(value), at.n, at.dk));
}

}  // namespace

void require_values(const Transformer& transformer, std::int64_t n) {
    for (std::int64_t p = 1; p <= n; ++p)
        for (const exact::Expression& e : transformer.position) require_value(e, {.i = p, .n = n});
    for (const Layer& layer : transformer.layers) {
        if (!layer.attention) continue;
        for (const Head& head : layer.attention->heads) {
            (void)enclose_scale(*layer.attention, head, n, exact::Ball::least_bits);
            if (!head.bias.may_lack_value()) continue;
            for (std::int64_t i = 1; i <= n; ++i)
                for (std::int64_t j = 1; j <= n; ++j)
                    if (allows(layer.attention->mask, i, j)) require_value(head.bias, {.i = i, .j = j, .n = n});
        }
    }
}

const char* to_string(AttentionKind kind) {
    switch (kind) {
        case AttentionKind::hard: return "hard";
        case AttentionKind::average: return "average";
        case AttentionKind::softmax: return "softmax";
    }
    return "";
}

const char* to_string(Tie tie) { return tie == Tie::left ? "left" : "right"; }

const char* to_string(Mask mask) {
    switch (mask) {
        case Mask::none: return "none";
        case Mask::causal: return "causal";
        case Mask::strict: return "strict";
        case Mask::future: return "future";
        case Mask::strict_future: return "strict-future";
    }
    return "";
}

exact::Rational scale_at(const Attention& attention, const Head& head, std::int64_t n) {
    if (!head.query) return 1;  // there is no product to scale
    const exact::Variables at{.n = n, .dk = static_cast<std::int64_t>(head.query_rows())};
    const exact::Rational scale = attention.scale.evaluate(at);
    if (scale <= 0) fail_scale(attention.scale, exact::to_string(scale), at);
    return scale;
}

exact::Ball enclose_scale(const Attention& attention, const Head& head, std::int64_t n, long bits) {
    if (!attention.scale.is_transcendental()) return {scale_at(attention, head, n), bits};
    if (!head.query) return 1;
    const exact::Variables at{.n = n, .dk = static_cast<std::int64_t>(head.query_rows())};
    exact::Ball scale = attention.scale.enclose(at, bits);
    if (scale.is_zero()) fail_scale(attention.scale, "0", at);
    if (scale.sign() == exact::Sign::negative) fail_scale(attention.scale, scale.upper_text(6), at);
    return scale;
}

void set_norm_eps(Transformer& transformer, const exact::Rational& eps) {
    bool any = false;
    const auto set = [&](std::optional<Norm>& norm) {
        if (!norm) return;
        norm->eps = eps;
        any = true;
    };
    for (Layer& layer : transformer.layers) {
        if (layer.attention) set(layer.attention->norm);
        if (layer.feedforward) set(layer.feedforward->norm);
    }
    if (!any)
        throw base::UsageError(fmt::format("--eps: expected a model with layer norm, found none in {}",
                                           base::printable(transformer.name)));
}

}  // namespace attest::network
