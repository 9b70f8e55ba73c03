// A softmax model at one length in doubles, with what its parts do to bounds.
//
// Numbers are made from balls, and each double is within 2 u |x| + 2^-100 of the number that it stands for
// (words_map.hpp). All heads of a layer are one map: queries, times the scale, below each other; keys and values too;
// outputs side by side, since they are added up. Bounds of each part are as words_bounds.hpp derives them, here their
// factors that do not depend on a vector.

#include "words_network.hpp"

#include <algorithm>
#include <cmath>

#include "attest/network/at_length.hpp"
#include "ball_layers.hpp"
#include "network/need.hpp"

namespace attest::soft::words {

namespace {

/// Of balls from which doubles are made.
constexpr long bits = 128;

std::vector<double> doubles(const exact::Vector& vector) {
    std::vector<double> result;
    for (const exact::Rational& x : vector) result.push_back(near(x));
    return result;
}

double greatest_size(const std::vector<double>& vector) {
    double most = 0;
    for (const double x : vector) most = std::max(most, std::abs(x));
    return most;
}

Map dense_map(const exact::AffineMap& map) {
    Dense matrix(map.outputs(), map.inputs());
    std::vector<double> bias(map.outputs(), 0);
    put(map, nullptr, matrix, bias, 0);
    return {matrix, std::move(bias)};
}

/// Matrices of the same inputs, one below the other, with their biases.
class Stack {
  public:
    explicit Stack(std::size_t inputs) : inputs_(inputs) {}

    /// Gives   what the map that is added does to bounds
    AffineBound add(const exact::AffineMap& map, const exact::Ball* factor = nullptr) {
        Dense matrix(map.outputs(), inputs_);
        std::vector<double> bias(map.outputs(), 0);
        put(map, factor, matrix, bias, 0);
        entries_.insert(entries_.end(), matrix.entries.begin(), matrix.entries.end());
        biases_.insert(biases_.end(), bias.begin(), bias.end());
        return bound_of(matrix, bias);
    }
    std::size_t rows() const { return biases_.size(); }

    /// Nobody asks what all of them do to bounds, only what each does.
    Map map() && {
        Dense matrix(0, inputs_);
        matrix.rows = rows();
        matrix.entries = std::move(entries_);
        return {matrix, std::move(biases_), AffineBound{infinite, infinite, infinite, infinite, infinite}};
    }

  private:
    std::size_t inputs_;
    std::vector<double> entries_, biases_;
};

/// The biases of the heads' outputs that see something from a position (from 1).
std::vector<double> output_bias(const network::Attention& attention, std::size_t dimension, std::int64_t p,
                                std::int64_t n) {
    exact::Vector sum(dimension);
    for (const network::Head& head : attention.heads)
        if (!head.output.bias.empty() && !network::seen(attention.mask_of(head), p, n).empty())
            exact::add_to(sum, head.output.bias);
    return doubles(sum);
}

/// The heads' outputs side by side, since they are added up. Heads that all see something, or all nothing, have one bias
/// together, which is not added where they see nothing.
Map side_by_side(const network::Attention& attention, std::size_t dimension, std::int64_t n) {
    std::size_t columns = 0;
    for (const network::Head& head : attention.heads) columns += head.value.outputs();
    Dense matrix(dimension, columns);
    exact::Vector sum(dimension);
    std::vector<double> ignored(dimension, 0);
    std::size_t column = 0;
    bool is_alike = true;
    for (const network::Head& head : attention.heads) {
        put(head.output, nullptr, matrix, ignored, 0, column);
        column += head.value.outputs();
        if (!head.output.bias.empty()) exact::add_to(sum, head.output.bias);
        is_alike = is_alike && attention.mask_of(head) == attention.mask_of(attention.heads.front());
    }
    Map map(matrix, doubles(sum));
    if (is_alike) return map;
    std::vector<std::vector<double>> by_position;
    for (std::int64_t p = 1; p <= n; ++p) by_position.push_back(output_bias(attention, dimension, p, n));
    map.set_biases(std::move(by_position));
    return map;
}

/// What a head adds to scores; a constant would cancel.
std::vector<std::vector<double>> biases(const network::Head& head, network::Mask mask, std::int64_t n) {
    std::vector<std::vector<double>> table(static_cast<std::size_t>(n),
                                           std::vector<double>(static_cast<std::size_t>(n), 0));
    if (head.bias.is_constant()) return table;
    for (std::int64_t i = 0; i < n; ++i)
        for (std::int64_t j = 0; j < n; ++j)
            if (network::allows(mask, i, j))
                table[static_cast<std::size_t>(i)][static_cast<std::size_t>(j)] =
                    near(head.bias.enclose({.i = i + 1, .j = j + 1, .n = n}, bits));
    return table;
}

/// But for the maps, whose bounds are known; dk, dv: of keys and values.
void bound_head(HeadBound& bound, std::size_t dk, std::size_t dv, const std::vector<std::vector<double>>& bias,
                std::int64_t n, bool sparse) {
    double most = 0;
    for (const std::vector<double>& row : bias) most = std::max(most, greatest_size(row));
    const auto count = static_cast<std::size_t>(n);
    bound.dot = rounding_of(dk);
    bound.bias = bounded(bound.dot * most + 0x1p-100);
    const double of_weights = sparse ? rounding_of(0) : 2.02 * (8 + 0.38 * static_cast<double>(n)) * unit;
    bound.mean = bounded(of_weights + rounding_of(2 * count + 2));
    bound.spread = rounding_of(4 * (count + dv) + 14);
}

/// Whether it takes fewer products to fold heads than to make keys and values of all that one position sees. With a mask
/// keys are those of very many words, so that they cost little.
bool pays_to_fold(const network::Attention& attention, std::size_t dimension, std::int64_t n) {
    if (attention.rotary) return false;
    const auto seen = static_cast<std::size_t>(n);
    std::size_t rows = 0;
    for (const network::Head& head : attention.heads) {
        if (!head.query || attention.mask_of(head) != network::Mask::none) return false;
        rows += head.key->outputs() + head.value.outputs();
    }
    const std::size_t by_rows = seen * rows * (dimension + 1);
    return by_rows > seen * 2 * dimension * attention.heads.size() + rows * dimension;
}

Fold fold_of(const network::Head& head, const Head& own, std::size_t dimension, std::int64_t n, bool sparse) {
    Dense key(head.key->outputs(), dimension), turned(dimension, head.key->outputs());
    std::vector<double> ignored(key.rows, 0);
    put(*head.key, nullptr, key, ignored, 0);
    for (std::size_t r = 0; r < key.rows; ++r)
        for (std::size_t c = 0; c < key.columns; ++c) turned.at(c, r) = key.at(r, c);
    Fold fold{{turned, std::vector<double>(dimension, 0)}, dense_map(head.value), {}};
    fold.bound.query = composed(own.bound.query, fold.key.bound);
    fold.bound.key.norm = fold.bound.value.norm = 1;
    bound_head(fold.bound, dimension, dimension, own.bias, n, sparse);
    return fold;
}

std::optional<Curve> curve_of(exact::Activation::Kind kind) {
    using Kind = exact::Activation::Kind;
    switch (kind) {
        case Kind::leaky_relu: return Curve::leaky_relu;
        case Kind::gelu: return Curve::gelu;
        case Kind::gelu_tanh: return Curve::gelu_tanh;
        case Kind::silu: return Curve::silu;
        case Kind::tanh: return Curve::tanh;
        case Kind::sigmoid: return Curve::sigmoid;
        case Kind::relu: break;
    }
    return std::nullopt;
}

std::optional<Norm> norm_of(const std::optional<network::Norm>& norm) {
    return norm ? std::optional<Norm>(*norm) : std::nullopt;
}

}  // namespace

Norm::Norm(const network::Norm& norm)
    : pre(norm.placement == network::Norm::Placement::pre),
      centred(norm.kind == network::Norm::Kind::layer),
      eps(norm.eps.get_d()),
      gain(doubles(norm.gain)),
      bias(doubles(norm.bias)) {
    const auto d = static_cast<double>(gain.size());
    const bool lost = norm.eps != 0 && !(eps > tiny && eps < greatest);  // no double is near
    bound.centring = bounded(1.02 * (d + 4) * unit);
    bound.root = bounded(1 / std::sqrt(d));
    bound.stretch = lost ? infinite : bounded(bounded(greatest_size(gain) * slack));
    bound.size = bounded(bound.stretch * std::sqrt(d) + length(bias));
    bound.constant = bounded(1.02 * (d / 2 + 12) * unit * std::sqrt(d) * bound.stretch + 6 * unit * length(bias));
    if (!(bound.size < greatest)) bound.stretch = bound.constant = infinite;
}

Turns::Turns(const network::Rotary& rotary, std::int64_t n) : is_known(true) {
    for (const std::vector<BallRotary::Turn>& turns : ball_rotary(rotary, n, bits).turns) {
        std::vector<Pair>& pairs = at.emplace_back();
        for (const BallRotary::Turn& turn : turns) {
            pairs.push_back({turn.first, turn.second, near(turn.cosine), near(turn.sine)});
            is_known = is_known && pairs.back().cosine < greatest && pairs.back().sine < greatest;
        }
    }
}

Attention::Attention(const network::Attention& attention, std::size_t dimension, std::int64_t n, bool fold)
    : sparse(attention.kind == network::AttentionKind::sparsemax),
      residual(attention.residual),
      norm(norm_of(attention.norm)) {
    if (attention.rotary) turns.emplace(*attention.rotary, n);
    const bool folded = fold && pays_to_fold(attention, dimension, n);
    Stack queries(dimension), keys_and_values(dimension);
    std::size_t mean = 0;
    for (const network::Head& head : attention.heads) {
        const network::Mask mask = attention.mask_of(head);
        Head& own = heads.emplace_back(Head{head.query_rows(),
                                            head.value.outputs(),
                                            mask,
                                            queries.rows(),
                                            keys_and_values.rows(),
                                            0,
                                            mean,
                                            biases(head, mask, n),
                                            {}});
        if (head.query) {
            const exact::Ball scale = enclose_scale(attention, head, n, bits);
            own.bound.query = queries.add(*head.query, &scale);
            if (!folded) own.bound.key = keys_and_values.add(*head.key);
            if (turns) own.bound.query = turned(own.bound.query, turns->is_known);
            if (turns) own.bound.key = turned(own.bound.key, turns->is_known);
        }
        bound_head(own.bound, own.dk, own.dv, own.bias, n, sparse);
        if (folded) folds.push_back(fold_of(head, own, dimension, n, sparse));
        mean += own.dv;
    }
    for (std::size_t h = 0; h < heads.size() && !folded; ++h) {
        heads[h].value = keys_and_values.rows();
        heads[h].bound.value = keys_and_values.add(attention.heads[h].value);
    }
    query = std::move(queries).map();
    output = side_by_side(attention, dimension, n);
    pairs = std::move(keys_and_values).map();
}

Range Attention::seen(const Head& head, std::size_t i, std::size_t n) {
    const network::Span span = network::seen(head.mask, static_cast<std::int64_t>(i) + 1, static_cast<std::int64_t>(n));
    return {static_cast<std::size_t>(span.first - 1), static_cast<std::size_t>(span.last)};
}

Range Attention::seen(std::size_t i, std::size_t n) const {
    Range all{n, 0};
    for (const Head& head : heads) {
        const Range own = seen(head, i, n);
        if (own.first < own.second) all = {std::min(all.first, own.first), std::max(all.second, own.second)};
    }
    return all.first < all.second ? all : Range{0, 0};
}

FeedForward::FeedForward(const network::FeedForward& part)
    : curve(curve_of(part.activation.kind)),
      slope(part.activation.slope.get_d()),
      residual(part.residual),
      norm(norm_of(part.norm)) {
    if (part.gate) gate = dense_map(*part.gate);
    const double lipschitz = exact::lipschitz(part.activation);
    for (const exact::AffineMap& map : part.maps) {
        maps.push_back(dense_map(map));
        const double root = std::sqrt(static_cast<double>(map.outputs()));
        const bool is_sigmoid = part.activation.kind == exact::Activation::Kind::sigmoid;
        curves.push_back({.norm = bounded(lipschitz),
                          .rounding = 0x1p-46 * std::max(1.0, lipschitz),
                          .constant = bounded(0x1p-46 * root),
                          .bias = bounded(is_sigmoid ? root : 0)});
    }
}

Network::Network(const network::Transformer& model, std::int64_t length, Gives gives, Heads heads)
    : symbols(model.alphabet.size()),
      dimension(model.dimension),
      positions(static_cast<std::size_t>(model.sequence_length(length))),
      first(model.begin ? 1 : 0),
      letters(static_cast<std::size_t>(length)) {
    const network::AtLength at(model, length);
    const network::Transformer& t = *at;
    const auto n = static_cast<std::int64_t>(positions);
    if (gives == Gives::score && !t.readout.pools()) (void)t.readout_position(n);  // there is one
    if (gives != Gives::logits_of_each && t.readout.pools())
        pooling = t.readout.reading == network::Readout::Reading::mean ? Pooling::mean : Pooling::sum;
    for (const std::int64_t p : t.read_positions(n)) read.push_back(static_cast<std::size_t>(p - 1));
    const network::Need need(t, n, network::Need::Detail::positions);
    for (std::size_t b = 0; b <= t.layers.size(); ++b) needed.push_back(need.marked_positions(b));
    embed(t);
    for (const network::Layer& layer : t.layers) {
        Layer& own = layers.emplace_back();
        const std::vector<bool>& asking = needed[layers.size()];
        const bool one = std::count(asking.begin(), asking.end(), true) == 1;
        if (layer.attention) own.attention.emplace(*layer.attention, dimension, n, heads == Heads::folded && one);
        if (layer.feedforward) own.feedforward.emplace(*layer.feedforward);
    }
    final_norm = norm_of(t.final_norm);
    set_readout(t, gives);
}

namespace {

Point point_of(std::vector<double> values) {
    Point point;
    point.values = std::move(values);
    point.size = words::length(point.values);
    point.error = bounded(2 * unit * point.size + 0x1p-100 * static_cast<double>(point.values.size()));
    return point;
}

}  // namespace

/// In balls up to a norm of the embedding, so that nothing is rounded before it; without one, exactly where positions are rational.
void Network::embed(const network::Transformer& t) {
    const auto n = static_cast<std::int64_t>(positions);
    const std::optional<BallNorm> norm = ball_norm(t.embedding_norm, bits);
    const bool is_exact = !norm && std::none_of(t.position.begin(), t.position.end(),
                                                [](const exact::Expression& e) { return e.is_transcendental(); });
    const auto in_balls = [&](const exact::Vector& embedding, const exact::BallVector& position) {
        exact::BallVector sum;
        for (std::size_t c = 0; c < dimension; ++c) sum.push_back(exact::Ball(embedding[c], bits) + position[c]);
        exact::Ball ignored;
        return norm ? norm->apply(sum, ignored) : sum;
    };
    for (std::int64_t p = 1; p <= n; ++p) {
        const exact::Vector exactly = is_exact ? network::position_vector(t, p, n) : exact::Vector();
        const exact::BallVector balls = is_exact ? exact::BallVector() : network::enclose_position(t, p, n, bits);
        const auto point = [&](const exact::Vector& embedding) {
            std::vector<double> values;
            if (is_exact)
                for (std::size_t c = 0; c < dimension; ++c) values.push_back(near_sum(embedding[c], exactly[c]));
            else
                for (const exact::Ball& x : in_balls(embedding, balls)) values.push_back(near(x));
            return point_of(std::move(values));
        };
        std::vector<Point>& place = embedded.emplace_back();
        if (t.begin && p == 1) place.push_back(point(t.begin_embedding));
        else if (t.end && p == n) place.push_back(point(t.end_embedding));
        else
            for (const exact::Vector& e : t.embedding) place.push_back(point(e));
    }
}

void Network::set_readout(const network::Transformer& t, Gives gives) {
    if (t.readout.classes) {
        readout = dense_map(t.readout.classes->logits);
        if (gives == Gives::score) accept = t.readout.classes->accept;
        return;
    }
    Dense weight(1, dimension);
    for (std::size_t c = 0; c < dimension; ++c) weight.at(0, c) = near(t.readout.weight[c]);
    const std::optional<exact::Expression>& in_n = t.readout.bias_in_n;
    const auto n = static_cast<std::int64_t>(positions);
    readout = Map(weight, {in_n ? near(in_n->enclose({.n = n}, bits)) : near(t.readout.bias)});
}

Range Network::seen(std::size_t layer, std::size_t i) const {
    const std::optional<Attention>& attention = layers[layer].attention;
    return attention ? attention->seen(i, positions) : Range{0, 0};
}

}  // namespace attest::soft::words
