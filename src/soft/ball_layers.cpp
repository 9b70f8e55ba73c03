// The parts of a layer in balls: what of it does not depend on the word is computed once, at the precision of the
// evaluator.
//
// Rotary positions. Pair t at position p is turned by the angle (p − 1 + first)/factor · base^(−2t/dims); base^x is
// exp(x log base).
//
// Norms. Mean and variance by their definitions: balls may be wide, and formulas that save a pass, as E x² − (E x)²,
// cancel.
//
// Source  rotary positions: [su2024roformer]

#include "ball_layers.hpp"

namespace attest::soft {

namespace {

using exact::Ball;
using exact::BallVector;

/// Bias tables beyond this many entries are not kept.
constexpr std::int64_t most_tabled = 1 << 16;

BallHead ball_head(const network::Attention& attention, const network::Head& head, std::int64_t n, long bits) {
    BallHead result{.value = ball_map(head.value, bits),
                    .output = ball_map(head.output, bits),
                    .mask = attention.mask_of(head),
                    .sparse = attention.kind == network::AttentionKind::sparsemax};
    if (head.query) {
        result.query = ball_map(*head.query, bits);
        result.key = ball_map(*head.key, bits);
        result.scale = enclose_scale(attention, head, n, bits);
    }
    if (head.bias.is_constant()) return result;
    result.bias = &head.bias;
    if (n * n > most_tabled) return result;
    for (std::int64_t i = 1; i <= n; ++i)
        for (std::int64_t j = 1; j <= n; ++j)
            result.table.push_back(allows(result.mask, i, j) ? head.bias.enclose({.i = i, .j = j, .n = n}, bits)
                                                             : Ball());
    return result;
}

}  // namespace

BallRotary ball_rotary(const network::Rotary& rotary, std::int64_t n, long bits) {
    const Ball log_base = log(Ball(rotary.base, bits));
    exact::BallVector frequencies;
    for (std::size_t t = 0; t < rotary.dims / 2; ++t) {
        exact::Rational exponent(-2 * static_cast<long>(t), static_cast<long>(rotary.dims));
        exponent.canonicalize();
        frequencies.push_back(exp(log_base * Ball(exponent, bits)));
    }
    BallRotary result;
    for (std::int64_t p = 1; p <= n; ++p) {
        auto& turns = result.turns.emplace_back();
        const exact::Rational place = (static_cast<long>(p - 1) + rotary.first) / rotary.factor;
        for (std::size_t t = 0; t < frequencies.size(); ++t) {
            auto [cosine, sine] = cos_and_sin(Ball(place, bits) * frequencies[t]);
            const auto [first, second] = rotary.pair(t);
            turns.push_back({first, second, std::move(cosine), std::move(sine)});
        }
    }
    return result;
}

BallMap ball_map(const exact::AffineMap& map, long bits) {
    return {map, [&](const exact::Rational& x) { return Ball(x, bits); }};
}

BallVector balls(const exact::Vector& numbers, long bits) {
    BallVector result;
    for (const exact::Rational& x : numbers) result.emplace_back(x, bits);
    return result;
}

void BallRotary::apply(std::size_t position, BallVector& x) const {
    for (const Turn& turn : turns[position]) {
        const Ball a = x[turn.first], b = x[turn.second];
        x[turn.first] = a * turn.cosine - b * turn.sine;
        x[turn.second] = a * turn.sine + b * turn.cosine;
    }
}

std::optional<BallNorm> ball_norm(const std::optional<network::Norm>& norm, long bits) {
    if (!norm) return std::nullopt;
    return BallNorm{norm->placement,        norm->kind, norm->eps == 0, Ball(norm->eps, bits), balls(norm->gain, bits),
                    balls(norm->bias, bits)};
}

BallVector BallNorm::apply(const BallVector& v, Ball& spread) const {
    const auto size = static_cast<std::ptrdiff_t>(gain.size());
    if (v.size() == gain.size()) return apply_to_block(v, spread);
    BallVector result;
    for (auto block = v.begin(); block != v.end(); block += size) {
        Ball own;
        const BallVector normed = apply_to_block({block, block + size}, own);
        if (block == v.begin()) spread = own;
        result.insert(result.end(), normed.begin(), normed.end());
    }
    return result;
}

BallVector BallNorm::apply_to_block(const BallVector& v, Ball& spread) const {
    const Ball d(static_cast<long>(v.size()));
    const long bits = eps.bits();
    Ball mean(exact::Rational(0), bits);
    spread = Ball(exact::Rational(0), bits);
    if (kind == network::Norm::Kind::layer) {
        for (const Ball& x : v) mean += x;
        mean /= d;
    }
    BallVector centred;
    for (const Ball& x : v) {
        centred.push_back(kind == network::Norm::Kind::layer ? x - mean : x);
        spread.add_product(centred.back(), centred.back());
    }
    spread /= d;
    const Ball deviation = sqrt(spread + eps);
    for (std::size_t c = 0; c < v.size(); ++c) centred[c] = centred[c] / deviation * gain[c] + bias[c];
    return centred;
}

BallLayer ball_layer(const network::Layer& layer, std::int64_t n, long bits) {
    BallLayer result;
    if (layer.attention) {
        for (const network::Head& head : layer.attention->heads)
            result.heads.push_back(ball_head(*layer.attention, head, n, bits));
        if (layer.attention->rotary) result.rotary = ball_rotary(*layer.attention->rotary, n, bits);
        result.attention_norm = ball_norm(layer.attention->norm, bits);
    }
    if (layer.feedforward) {
        for (const exact::AffineMap& map : layer.feedforward->maps) result.maps.push_back(ball_map(map, bits));
        if (layer.feedforward->gate) result.gate = ball_map(*layer.feedforward->gate, bits);
        result.feedforward_norm = ball_norm(layer.feedforward->norm, bits);
    }
    return result;
}

BallVector feed_forward(const network::FeedForward& part, const BallLayer& layer, const BallVector& input,
                        const std::vector<bool>& outputs) {
    std::vector<std::vector<bool>> used(layer.maps.size());
    used.back() = outputs;
    for (std::size_t k = layer.maps.size() - 1; k > 0; --k) used[k - 1] = exact::inputs_used(part.maps[k], used[k]);
    BallVector x = input;
    for (std::size_t k = 0; k < layer.maps.size(); ++k) {
        if (k > 0 && !layer.gate)
            for (Ball& unit : x) unit = exact::activate(part.activation, unit);
        x = layer.maps[k].apply(x, used[k]);
        for (std::size_t r = 0; layer.gate && k == 0 && r < x.size(); ++r)
            if (used[0][r]) x[r] *= exact::activate(part.activation, layer.gate->apply(r, input));
    }
    return x;
}

}  // namespace attest::soft
