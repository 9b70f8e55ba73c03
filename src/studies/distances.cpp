#include "studies/distances.hpp"

#include <algorithm>
#include <cmath>

#include "studies/power.hpp"

// The layers of a breadth-first search in D(n, p) are a Markov chain: with U vertices not yet seen and a layer of F, each of
// the U is seen next with probability 1 − q^F, independently of the others, so the next layer is F' ~ Bin(U, 1 − q^F) and
// U − F' are left. U falls with every layer that is not empty, so one sweep over U from n − 1 downwards meets each state (U, F)
// after all states that lead to it. Carried along are, summed over the layers ℓ at which a state is met,
//
//   met = Σ P(state at ℓ),   depth = Σ ℓ P(state at ℓ),   intact = Σ r^ℓ P(state at ℓ).
//
// Rounding. All numbers are positive and only added, multiplied and divided, so a result whose value passed through k operations
// lies within a factor (1 ± u)^k, u = 2^-53, of what exact arithmetic would give. From one layer to the next no value passes
// through more than `per_layer` operations (counted in `Sweep`), so what is lost at layer ℓ is a factor of 1 ± 2 u ℓ per_layer,
// and the loss of Σ_ℓ x_ℓ is at most 2 u per_layer Σ_ℓ ℓ x_ℓ: `depth` itself says how much. States and weights below `tiny` are
// left out; that is a probability of at most 2 n² tiny in all, and each part of it counts at most n (n² in `depth`).

namespace attest::studies {

using exact::Ball;
using exact::Rational;

namespace {

constexpr double tiny = 1e-32;
constexpr long table_bits = 256;

/// Weights of a binomial law, up to a common factor: 1 at the mode, from there by ratios of neighbours, as far as they count.
struct Weights {
    std::size_t first = 0;       ///< the first that counts
    std::vector<double> weight;  ///< from there on
    double sum = 0;
    std::size_t farthest = 0;  ///< steps from the mode
};

class Binomials {
  public:
    Binomials(std::size_t nodes, const Rational& edge) : reciprocal_(nodes + 1), odds_(nodes), inverse_odds_(nodes) {
        for (std::size_t k = 1; k <= nodes; ++k) reciprocal_[k] = 1 / static_cast<double>(k);
        // (1 − q^F) / q^F = y^F − 1; rounded once, for what is lost in 256 bits is far below.
        const Ball y(Rational(1 / (1 - edge)), table_bits);
        Ball to_power = y;
        for (std::size_t f = 1; f < nodes; ++f) {
            const Ball odds = to_power - Ball(1);
            odds_[f] = odds.middle(), inverse_odds_[f] = (Ball(1) / odds).middle();
            to_power *= y;
        }
    }

    /// Of Bin(trials, 1 − q^layer).
    void weigh(std::size_t trials, std::size_t layer, Weights& into) {
        const double odds = odds_[layer], inverse = inverse_odds_[layer];
        const double mode_at = static_cast<double>(trials + 1) / (1 + inverse);
        const std::size_t mode = std::min(trials, static_cast<std::size_t>(mode_at));
        below_.clear(), into.weight.clear();
        double weight = 1;
        for (std::size_t k = mode; k > 0 && weight > tiny; --k) {
            weight *= static_cast<double>(k) * reciprocal_[trials - k + 1] * inverse;
            below_.push_back(weight);
        }
        into.first = mode - below_.size();
        into.weight.assign(below_.rbegin(), below_.rend());
        into.weight.push_back(weight = 1);
        for (std::size_t k = mode; k < trials && weight > tiny; ++k) {
            weight *= static_cast<double>(trials - k) * reciprocal_[k + 1] * odds;
            into.weight.push_back(weight);
        }
        into.farthest = std::max(below_.size(), into.weight.size() - below_.size());
        into.sum = 0;
        for (const double w : into.weight) into.sum += w;
    }

  private:
    std::vector<double> reciprocal_, odds_, inverse_odds_, below_;
};

/// One sum over layers for each of the three.
struct Carried {
    double met = 0, depth = 0, intact = 0;
};

/// The sweep over all states, and what it adds up.
class Sweep {
  public:
    Sweep(std::size_t nodes, const Rational& edge, const Rational& good)
        : nodes_(nodes), good_(good.get_d()), binomials_(nodes, edge), states_(nodes) {
        for (std::size_t left = 0; left < nodes; ++left) states_[left].resize(nodes - left);
        states_[nodes - 1].resize(2);
        states_[nodes - 1][1] = {1, 0, 1};
    }

    /// False where a limit came first.
    bool run(const base::Limits& limits) {
        Weights weights;
        for (std::size_t left = nodes_ - 1; left > 0; --left) {
            if (limits.exceeded()) return false;
            for (std::size_t layer = 1; layer < states_[left].size(); ++layer)
                if (states_[left][layer].met > tiny) pass_on(left, layer, weights);
            if (left < nodes_ - 1) count(states_[left]);
            states_[left] = {};
        }
        count(states_[0]);
        return true;
    }

    Distances result() const {
        const auto n = static_cast<double>(nodes_);
        // A weight: five a step from the mode (the tables of odds and of reciprocals are rounded, three products). Their sum: the
        // same, and two additions a step. Then 1 / S, times P, times r (itself rounded) or plus met, times the weight, and an
        // addition a state that leads here. `count` does another 2 n, once.
        const auto steps = static_cast<double>(farthest_);
        const double per_layer = 12 * steps + 3 * n + 16;
        const double relative = 0x1p-52 * per_layer * 1.001;
        const double left_out = 4 * n * n * tiny;
        const double lost = relative * total_.depth + left_out * n;
        const Ball others(static_cast<long>(nodes_ - 1));
        const Ball met = around(total_.met, lost);
        const Ball depth = around(total_.depth, relative * n * total_.depth + left_out * n * n);
        return {met / others, around(total_.intact, lost) / others, depth / met};
    }

  private:
    void pass_on(std::size_t left, std::size_t layer, Weights& weights) {
        const Carried from = states_[left][layer];
        binomials_.weigh(left, layer, weights);
        farthest_ = std::max(farthest_, weights.farthest);
        const double share = 1 / weights.sum;
        const Carried scaled = {from.met * share, (from.depth + from.met) * share, from.intact * share * good_};
        for (std::size_t k = weights.first == 0 ? 1 : 0; k < weights.weight.size(); ++k) {
            const std::size_t next = weights.first + k;
            const double w = weights.weight[k];
            Carried& to = states_[left - next][next];
            to.met += scaled.met * w, to.depth += scaled.depth * w, to.intact += scaled.intact * w;
        }
    }

    /// Adds the vertices of all layers after which so many are left, by a sum of their own, so that no number is in more than
    /// 2 n additions.
    void count(const std::vector<Carried>& states) {
        Carried sum;
        for (std::size_t layer = 1; layer < states.size(); ++layer) {
            const auto vertices = static_cast<double>(layer);
            sum.met += states[layer].met * vertices, sum.depth += states[layer].depth * vertices;
            sum.intact += states[layer].intact * vertices;
        }
        total_.met += sum.met, total_.depth += sum.depth, total_.intact += sum.intact;
    }

    static Ball around(double value, double error) {
        const Rational middle(value), radius(error);
        return Ball::between(std::max(Rational(middle - radius), Rational(0)), Rational(middle + radius), table_bits);
    }

    std::size_t nodes_;
    double good_;
    Binomials binomials_;
    std::vector<std::vector<Carried>> states_;  ///< by vertices not yet seen and size of the layer
    std::size_t farthest_ = 0;
    Carried total_;
};

Rational binomial(std::size_t trials, std::size_t successes, const Rational& chance) {
    mpz_class ways;
    mpz_bin_uiui(ways.get_mpz_t(), trials, successes);
    return Rational(ways) * to_power(chance, successes) * to_power(Rational(1 - chance), trials - successes);
}

}  // namespace

std::optional<Distances> distances(std::size_t nodes, const Rational& edge, const Rational& good,
                                   const base::Limits& limits) {
    if (edge == 0) return Distances{Ball(0), Ball(0), Ball(0) / Ball(0)};
    if (edge == 1) return Distances{Ball(1), Ball(good, table_bits), Ball(1)};
    Sweep sweep(nodes, edge, good);
    if (!sweep.run(limits)) return std::nullopt;
    return sweep.result();
}

std::vector<Rational> layer_sizes(std::size_t nodes, const Rational& edge) {
    std::vector<Rational> sizes(nodes - 1, 0);
    // P(state at ℓ), by vertices not yet seen and size of the layer.
    std::vector<std::vector<Rational>> states(nodes, std::vector<Rational>(nodes, 0));
    states[nodes - 1][1] = 1;
    for (Rational& size : sizes) {
        std::vector<std::vector<Rational>> next(nodes, std::vector<Rational>(nodes, 0));
        for (std::size_t left = 1; left < nodes; ++left)
            for (std::size_t layer = 1; layer < nodes; ++layer) {
                if (states[left][layer] == 0) continue;
                const Rational seen = 1 - to_power(Rational(1 - edge), layer);
                for (std::size_t k = 1; k <= left; ++k) {
                    const Rational chance = states[left][layer] * binomial(left, k, seen);
                    next[left - k][k] += chance, size += static_cast<unsigned long>(k) * chance;
                }
            }
        states = std::move(next);
    }
    return sizes;
}

}  // namespace attest::studies
