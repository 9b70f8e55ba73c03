#include "studies/toy_model.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "studies/distances.hpp"
#include "studies/reach.hpp"

// Why the curves are as they are. A true edge that the model knows is there with probability s p, so what is reached along
// such edges is reached in D(n, s p). G' as a whole is D(n, p'), p' = s p + (1 − p) h / n. Given G', each of its edges is
// true with probability r = s p / p', independently of the others, and whatever rule chooses among shortest paths of G' does
// not look at what is true: so a path of ℓ edges is legal with probability r^ℓ.

namespace attest::studies {

using exact::Ball;
using exact::Rational;

namespace {

constexpr long curve_bits = 128;
constexpr std::size_t most_nodes = 4096;

/// 1 − e^{−c ρ} − ρ, which is positive below the greatest root and negative above.
Ball excess(const Rational& degree, const Rational& rho, long bits) {
    return Ball(1) - exp(-(Ball(degree, bits) * Ball(rho, bits))) - Ball(rho, bits);
}

std::vector<Rational> fractions_at(const ToyModel& model, const Rational& recall) {
    const Rational r = model.good_edge(recall);
    Rational legal = 0, power = 1;
    for (const Rational& size : layer_sizes(model.nodes, model.model_edge(recall))) legal += (power *= r) * size;
    return {reach(model.nodes, recall * model.edge()), reach(model.nodes, model.model_edge(recall)),
            legal / static_cast<unsigned long>(model.nodes - 1)};
}

}  // namespace

Rational ToyModel::model_edge(const Rational& recall) const {
    return recall * edge() + (1 - edge()) * hallucination / static_cast<unsigned long>(nodes);
}

Rational ToyModel::good_edge(const Rational& recall) const {
    const Rational all = model_edge(recall);
    return all == 0 ? Rational(1) : Rational(recall * edge() / all);
}

void require_sound(const ToyModel& model) {
    if (model.nodes < 2 || model.nodes > most_nodes)
        throw base::UsageError(
            fmt::format("--nodes: expected a whole number from 2 to {}, found {}", most_nodes, model.nodes));
    const auto n = static_cast<unsigned long>(model.nodes);
    if (model.degree < 0 || model.degree > n)
        throw base::UsageError(fmt::format("--degree: expected a number from 0 to the number of nodes, {}, found {}", n,
                                           exact::to_string(model.degree)));
    if (model.hallucination < 0 || model.hallucination > n)
        throw base::UsageError(
            fmt::format("--hallucination: expected a number from 0 to the number of nodes, {}, found {}", n,
                        exact::to_string(model.hallucination)));
}

std::optional<ToyPoint> at_recall(const ToyModel& model, const Rational& recall, const base::Limits& limits) {
    ToyPoint point;
    point.recall = recall;
    const Rational known = recall * model.edge(), all = model.model_edge(recall);
    const std::optional<Ball> reach_true = reach(model.nodes, known, curve_bits, limits);
    if (!reach_true) return std::nullopt;
    const std::optional<Ball> emit = known == all ? reach_true : reach(model.nodes, all, curve_bits, limits);
    if (!emit) return std::nullopt;
    const std::optional<Distances> found = distances(model.nodes, all, model.good_edge(recall), limits);
    if (!found) return std::nullopt;
    // Two computations of one number, which share nothing.
    if (!(found->reached - *emit).contains_zero())
        throw base::InternalError("emergence: the layers of the search do not add up to what it reaches");
    point.reach_true = *reach_true, point.emit = *emit;
    point.legal = known == all ? *emit : found->intact;
    point.length = found->length;
    const Ball rho = giant(Rational(model.degree * recall));
    point.limit = rho * rho;
    if (model.nodes <= most_nodes_in_fractions) point.fractions = fractions_at(model, recall);
    return point;
}

Ball giant(const Rational& degree, long bits) {
    if (degree <= 1) return Ball(0);
    Rational low = 0, high = 1;
    for (long k = 0; k < bits; ++k) {
        const Rational middle = (low + high) / 2;
        const exact::Sign sign = excess(degree, middle, 2 * bits).sign();
        if (sign == exact::Sign::positive) low = middle;
        else if (sign == exact::Sign::negative) high = middle;
        else break;  // a hair above 1: what is enclosed by now is all there is to say
    }
    return Ball::between(low, high, bits);
}

}  // namespace attest::studies
