// What papers measure of networks with norms: how much norms stretch, how large parameters are, and what cross-entropy
// costs.
//
// Statement. If no replacement of one symbol moves the score by more than ε, the mean cross-entropy of PARITY over all
// words of a length is at least softplus(−ε/2), in bits log2(1 + e^(−ε/2)).
//
// Why. All words fall into pairs that differ in one symbol. Of each pair one is a member, with score f, the other is
// not, with score f', and f − f' <= ε. Their mean cost is (softplus(−f) + softplus(f'))/2 >= softplus((f' − f)/2) >=
// softplus(−ε/2), by convexity and monotony.
//
// Source  [hahn2024sensitive] for Blowup and the parameter norm; [hahn2020theoretical, Theorem 6] for the floor

#include "soft/blowup.hpp"

#include <map>

namespace attest::soft {

namespace {

using exact::Ball;
using exact::Rational;

Rational squares(const exact::Vector& numbers) {
    Rational sum = 0;
    for (const Rational& x : numbers) sum += x * x;
    return sum;
}

Rational squares(const exact::AffineMap& map) {
    Rational sum = squares(map.bias);
    for (const auto& row : map.weight.rows)
        for (const auto& entry : row) sum += entry.second * entry.second;
    return sum;
}

Rational squares(const std::optional<network::Norm>& norm) {
    return norm ? Rational(squares(norm->gain) + squares(norm->bias)) : Rational(0);
}

}  // namespace

Blowup blowup(const network::Transformer& transformer, const language::Word& word, long bits) {
    std::vector<NormSeen> norms;
    (void)Evaluator(transformer, static_cast<std::int64_t>(word.size()), bits).score(word, {.norms = &norms});
    return blowup(norms);
}

Blowup blowup(const std::vector<NormSeen>& norms) {
    Blowup result;
    std::map<std::size_t, Ball> factors;
    for (const NormSeen& seen : norms) {
        result.least_variance = result.least_variance ? min(*result.least_variance, seen.variance) : seen.variance;
        const Ball stretch = Ball(1) + Ball(1) / sqrt(seen.variance + seen.eps);
        const auto [factor, first] = factors.try_emplace(seen.norm, stretch);
        if (!first) factor->second = max(factor->second, stretch);
    }
    for (const auto& factor : factors) result.product *= factor.second;
    return result;
}

Rational squared_parameter_norm(const network::Transformer& t) {
    Rational sum = squares(t.readout.weight) + t.readout.bias * t.readout.bias + squares(t.begin_embedding) +
                   squares(t.end_embedding) + squares(t.embedding_norm) + squares(t.final_norm);
    if (t.readout.classes) sum += squares(t.readout.classes->logits);
    for (const exact::Vector& e : t.embedding) sum += squares(e);
    for (const network::Layer& layer : t.layers) {  // what repeats has its parameters once
        if (layer.attention) {
            for (const network::Head& head : layer.attention->heads) {
                if (head.query) sum += squares(*head.query) + squares(*head.key);
                sum += squares(head.value) + squares(head.output);
            }
            sum += squares(layer.attention->norm);
        }
        if (layer.feedforward) {
            for (const exact::AffineMap& map : layer.feedforward->maps) sum += squares(map);
            if (layer.feedforward->gate) sum += squares(*layer.feedforward->gate);
            sum += squares(layer.feedforward->norm);
        }
    }
    return sum;
}

Ball cross_entropy(const Ball& score, bool member) { return softplus_bits(member ? -score : score); }

Ball cross_entropy_floor(const Ball& influence) { return softplus_bits(-(influence / Ball(2))); }

}  // namespace attest::soft
