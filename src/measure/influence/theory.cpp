// Hahn's Lemma 5 with the constants of one network.
//
// Statement. If one symbol is replaced that is not at the position read, the logit moves by at most ‖readout‖ H^L
// C^(2L) D / n, where D is the distance of two symbols' vectors, H the greatest number of heads in a layer, L the
// number of layers, C = 2 (1 + e^(2A) + L_act), A the greatest magnitude of a score, L_act a Lipschitz constant of what
// follows attention in a layer.
//
// Why. A weight is at most e^(2A)/n, and changes by at most that times the change of scores, so that one replaced
// symbol reaches another position with a factor of order 1/n; layers multiply.
//
// How the constants are had. On the way through the layers `size` bounds ‖activation‖; A is the product of norms of
// query, key and size, L_act of norms of matrices, of activations' Lipschitz constants, and of gain/√eps for a norm.
// Norms are Euclidean for vectors and Frobenius for matrices, which are at least the spectral ones. The relative
// rounding error of these few thousand operations is far below `slack`. Logarithms are kept, since the bound is often
// beyond every double: it is there to be compared with.
//
// Source  [hahn2020theoretical, Lemma 5]; where it differs: norms and activations other than ReLU, with their constants

#include "attest/measure/influence/theory.hpp"

#include <cmath>

#include "point_steps.hpp"

namespace attest::influence {

namespace {

constexpr double slack = 1 + 1e-9;

double norm(const Interval* x, std::size_t size) {
    double sum = 0;
    for (std::size_t c = 0; c < size; ++c) sum += x[c].magnitude() * x[c].magnitude();
    return std::sqrt(sum) * slack;
}
double norm(const Box& x) { return norm(x.data(), x.size()); }

double norm(const IntervalMap& map) {
    double sum = 0;
    for (const IntervalMap::Row& row : map.rows())
        for (const auto& entry : row.entries) sum += entry.second.magnitude() * entry.second.magnitude();
    return std::sqrt(sum) * slack;
}
/// The greatest norm of map(x) over ‖x‖ <= size.
double reach(const IntervalMap& map, double size) {
    Box bias;
    for (const IntervalMap::Row& row : map.rows()) bias.push_back(row.bias);
    return (norm(map) * size + norm(bias)) * slack;
}

double greatest(const Box& x) {
    double most = 0;
    for (const Interval& v : x) most = std::max(most, v.magnitude());
    return most;
}

/// What is known on the way through the layers.
struct Progress {
    LemmaFive lemma;
    double size = 0;  // no activation is longer
    double act = 1;   // Lipschitz constant of this layer so far
};

void normed(const IntervalNorm& norm_part, std::size_t dimension, Progress& p) {
    // A norm stretches by at most 1/sqrt(eps) and leaves at most sqrt(d) deviations.
    if (norm_part.eps.lo <= 0) p.lemma.applies = false;
    else p.act *= std::max(1.0, greatest(norm_part.gain) / std::sqrt(norm_part.eps.lo)) * slack;
    p.size = (std::sqrt(static_cast<double>(dimension)) * greatest(norm_part.gain) + norm(norm_part.bias)) * slack;
}

double most_bias(const Network& net, const exact::Expression& bias) {
    double most = 0;
    for (std::int64_t j = 1; j <= net.n; ++j) {
        const Interval b = exact::to_interval(bias.enclose({.i = net.readout, .j = j, .n = net.n}, 64));
        most = std::max(most, b.magnitude());
    }
    return most;
}

void attend(const Network& net, const IntervalLayer& layer, Progress& p) {
    const bool pre = layer.attention_norm && layer.attention_norm->placement == network::Norm::Placement::pre;
    const double before = p.size;
    if (pre) normed(*layer.attention_norm, net.dimension, p);
    double lipschitz = layer.attention_residual ? 1 : 0, size = layer.attention_residual ? before : 0;
    for (const IntervalHead& head : layer.heads) {
        double logit = head.query ? head.scale.magnitude() * reach(*head.query, p.size) * reach(*head.key, p.size) : 0;
        if (head.bias != nullptr) logit += most_bias(net, *head.bias);
        p.lemma.most_logit = std::max(p.lemma.most_logit, logit * slack);
        lipschitz += norm(head.output) * norm(head.value);
        size += reach(head.output, reach(head.value, p.size));
    }
    p.act *= std::max(1.0, lipschitz) * slack;
    p.size = size * slack;
    if (layer.attention_norm && !pre) normed(*layer.attention_norm, net.dimension, p);
}

void feed_forward(const Network& net, const IntervalLayer& layer, Progress& p) {
    const bool pre = layer.feedforward_norm && layer.feedforward_norm->placement == network::Norm::Placement::pre;
    const double before = p.size;
    if (pre) normed(*layer.feedforward_norm, net.dimension, p);
    double lipschitz = 1, size = p.size;
    const exact::Activation& f = layer.feedforward->activation();
    const std::vector<IntervalMap>& maps = layer.feedforward->maps();
    for (std::size_t k = 0; k < maps.size(); ++k) {
        if (k > 0 && f.kind != exact::Activation::Kind::relu) {  // |f(x)| <= L |x| + |f(0)|
            const double at_zero = exact::activate(f, Interval{}).magnitude();
            size =
                (exact::lipschitz(f) * size + at_zero * std::sqrt(static_cast<double>(maps[k - 1].outputs()))) * slack;
            lipschitz *= exact::lipschitz(f) * slack;
        }
        lipschitz *= norm(maps[k]) * slack, size = reach(maps[k], size);
    }
    p.act *= std::max(1.0, lipschitz + (layer.feedforward->residual() ? 1 : 0)) * slack;
    p.size = (size + (layer.feedforward->residual() ? before : 0)) * slack;
    if (layer.feedforward_norm && !pre) normed(*layer.feedforward_norm, net.dimension, p);
}

}  // namespace

double LemmaFive::bound() const { return applies ? std::pow(10, log10_bound) * slack : exact::infinity; }

double LemmaFive::log10_vacuous_until(double range) const {
    return applies ? log10_constant - std::log10(range) : exact::infinity;
}

namespace {

double greatest_start(const Network& network) {
    const std::size_t d = network.dimension;
    double size = 0;
    for (const PositionClass& c : network.classes)
        for (std::size_t s = 0; s * d < c.start.size(); ++s) size = std::max(size, norm(&c.start[s * d], d));
    return size;
}

/// Of the embeddings of two symbols.
double greatest_distance(const Network& network) {
    const std::size_t d = network.dimension;
    double distance = 0;
    for (std::size_t a = 0; a < network.symbols; ++a)
        for (std::size_t b = 0; b < a; ++b) {
            Box difference(d);
            for (std::size_t c = 0; c < d; ++c)
                difference[c] = network.embedding[a * d + c] - network.embedding[b * d + c];
            distance = std::max(distance, norm(difference));
        }
    return distance;
}

/// log10 of C without forming e^(2A), which may be beyond a double.
double log10_of_c(const LemmaFive& lemma) {
    const double exponent = 2 * lemma.most_logit;
    return std::log10(2) + (exponent > 600 ? exponent / std::log(10) + std::log10(1 + (1 + lemma.lipschitz) * 1e-250)
                                           : std::log10(1 + std::exp(exponent) + lemma.lipschitz));
}

}  // namespace

LemmaFive lemma_five(const Network& network) {
    Progress p;
    p.size = greatest_start(network);
    p.lemma.distance = greatest_distance(network);
    double heads = 1;
    for (const IntervalLayer& layer : network.layers) {
        p.act = 1;
        if (layer.has_attention) attend(network, layer, p);
        if (layer.feedforward != nullptr) feed_forward(network, layer, p);
        p.lemma.lipschitz = std::max(p.lemma.lipschitz, p.act);
        heads = std::max(heads, static_cast<double>(layer.heads.size()));
    }
    LemmaFive& lemma = p.lemma;
    const double l = static_cast<double>(network.layers.size());
    lemma.log10_constant = (std::log10(norm(network.readout_weight)) + l * std::log10(heads) +
                            2 * l * log10_of_c(lemma) + std::log10(lemma.distance));
    lemma.log10_constant += std::abs(lemma.log10_constant) * 1e-12 + 1e-12;
    lemma.log10_bound = lemma.log10_constant - std::log10(static_cast<double>(network.n));
    return lemma;
}

}  // namespace attest::influence
