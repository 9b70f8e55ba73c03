#include "attest/network/transformer.hpp"

#include <fmt/format.h>

#include <algorithm>

#include "attest/base/error.hpp"
#include "base/text.hpp"

namespace attest::network {

namespace {

/// Whether the layer has to be enclosed in balls.
bool is_soft(const Layer& layer) {
    const auto& [attention, feedforward, repeat] = layer;
    return (attention && (attention->kind == AttentionKind::softmax || attention->norm || attention->rotary)) ||
           (feedforward && (feedforward->norm || feedforward->gate || !feedforward->activation.is_rational()));
}

}  // namespace

AttentionKind Transformer::kind() const {
    const auto attends = [&](AttentionKind kind) {
        return std::any_of(layers.begin(), layers.end(),
                           [&](const Layer& l) { return l.attention && l.attention->kind == kind; });
    };
    const bool transcendental =
        std::any_of(position.begin(), position.end(), [](const auto& e) { return e.is_transcendental(); }) ||
        (readout.bias_in_n && readout.bias_in_n->is_transcendental());
    if (embedding_norm || final_norm || transcendental || std::any_of(layers.begin(), layers.end(), is_soft))
        return AttentionKind::softmax;
    if (attends(AttentionKind::sparsemax)) return AttentionKind::sparsemax;
    return attends(AttentionKind::average) ? AttentionKind::average : AttentionKind::hard;
}

std::int64_t Transformer::sequence_length(std::int64_t length) const {
    if (max_length && length > *max_length)
        throw base::InputError(base::printable(name) + ":max_length",
                               fmt::format("words of at most {} symbols, for which the model is made", *max_length),
                               fmt::format("length {}", length));
    return length + (begin ? 1 : 0) + (end ? 1 : 0);
}

std::int64_t Transformer::readout_position(std::int64_t n) const {
    if (readout.reading != Readout::Reading::one)
        throw base::Unsupported(fmt::format("{}: the readout is of several positions, not of one (readout.position)",
                                            base::printable(name)));
    return read_positions(n).front();
}

std::vector<std::int64_t> Transformer::read_positions(std::int64_t n) const {
    if (n < 1)
        throw base::InputError(base::printable(name), "a sequence of at least one position",
                               "the empty word and no begin or end symbol");
    if (readout.reading == Readout::Reading::one) {
        const std::int64_t p = readout.position > 0 ? readout.position : n + 1 + readout.position;
        if (p < 1 || p > n)
            throw base::InputError(base::printable(name) + ":readout.position",
                                   fmt::format("a position of the sequence, 1 to {}", n),
                                   std::to_string(readout.position));
        return {p};
    }
    std::vector<std::int64_t> positions;
    const bool each = readout.reading == Readout::Reading::each;
    for (std::int64_t p = each && begin ? 2 : 1; p <= n - (each && end ? 1 : 0); ++p) positions.push_back(p);
    return positions;
}

exact::Vector feed_forward(const FeedForward& part, const exact::Vector& y) {
    exact::Vector x = y;
    for (std::size_t k = 0; k < part.maps.size(); ++k) {
        if (k > 0)
            for (exact::Rational& unit : x) unit = exact::activate(part.activation, unit);
        x = exact::apply(part.maps[k], x);
    }
    if (part.residual) exact::add_to(x, y);
    return x;
}

namespace {

const exact::Vector& table_row(const Transformer& transformer, std::int64_t p) {
    const PositionTable& table = *transformer.position_table;
    const std::int64_t last = table.first + static_cast<std::int64_t>(table.rows.size()) - 1;
    if (p < table.first || p > last)
        throw base::InputError(base::printable(transformer.name) + ":position.table",
                               fmt::format("a sequence within the positions {} to {}", table.first, last),
                               fmt::format("position {}", p));
    return table.rows[static_cast<std::size_t>(p - table.first)];
}

}  // namespace

exact::Vector position_vector(const Transformer& transformer, std::int64_t p, std::int64_t n) {
    if (transformer.position_table) return table_row(transformer, p);
    exact::Vector v;
    v.reserve(transformer.dimension);
    for (const exact::Expression& coordinate : transformer.position) v.push_back(coordinate.evaluate({.i = p, .n = n}));
    v.resize(transformer.dimension);
    return v;
}

exact::BallVector enclose_position(const Transformer& transformer, std::int64_t p, std::int64_t n, long bits) {
    exact::BallVector v(transformer.dimension);
    if (transformer.position_table) {
        const exact::Vector& row = table_row(transformer, p);
        for (std::size_t c = 0; c < v.size(); ++c) v[c] = exact::Ball(row[c], bits);
    }
    for (std::size_t c = 0; c < transformer.position.size(); ++c)
        v[c] = transformer.position[c].enclose({.i = p, .n = n}, bits);
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

bool accepts(const Readout& readout, const exact::Vector& y) {
    if (!readout.classes) return exact::dot(readout.weight, y) + readout.bias > 0;
    return readout.classes->accept[Classes::answer(exact::apply(readout.classes->logits, y))];
}

void require_decision(const Transformer& transformer) {
    if (!transformer.readout.decides())
        throw base::Unsupported(
            fmt::format("{}: the model answers by class, and accepts and rejects no word "
                        "(readout.accept)",
                        base::printable(transformer.name)));
}

namespace {

void require_all_values(const Transformer& transformer, std::int64_t n) {
    for (std::int64_t p = 1; p <= n; ++p) {
        for (const exact::Expression& e : transformer.position) require_value(e, {.i = p, .n = n});
        if (transformer.position_table) (void)table_row(transformer, p);
    }
    if (transformer.readout.bias_in_n) require_value(*transformer.readout.bias_in_n, {.n = n});
    for (const Layer& layer : transformer.layers) {
        if (!layer.attention) continue;
        for (const Head& head : layer.attention->heads) {
            (void)enclose_scale(*layer.attention, head, n, exact::Ball::least_bits);
            if (!head.bias.may_lack_value()) continue;
            for (std::int64_t i = 1; i <= n; ++i)
                for (std::int64_t j = 1; j <= n; ++j)
                    if (allows(layer.attention->mask_of(head), i, j))
                        require_value(head.bias, {.i = i, .j = j, .n = n});
        }
    }
}

}  // namespace

void require_values(const Transformer& transformer, std::int64_t n) {
    try {
        require_all_values(transformer, n);
    } catch (const base::InputError& e) {
        // Models that read a last symbol, such as those of C-RASP programs, have none to read there.
        if (n > (transformer.begin ? 1 : 0) + (transformer.end ? 1 : 0)) throw;
        throw base::InputError(base::printable(transformer.name),
                               fmt::format("the model has no value on the empty word ({})", e.what()));
    }
}

const char* to_string(AttentionKind kind) {
    switch (kind) {
        case AttentionKind::hard: return "hard";
        case AttentionKind::average: return "average";
        case AttentionKind::sparsemax: return "sparsemax";
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
    set(transformer.embedding_norm);
    set(transformer.final_norm);
    for (Layer& layer : transformer.layers) {
        if (layer.attention) set(layer.attention->norm);
        if (layer.feedforward) set(layer.feedforward->norm);
    }
    if (!any)
        throw base::UsageError(fmt::format("--eps: expected a model with layer norm, found none in {}",
                                           base::printable(transformer.name)));
}

}  // namespace attest::network
