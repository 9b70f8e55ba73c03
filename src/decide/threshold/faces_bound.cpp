// As by peeling, with faces of every dimension in place of edges alone: whichever way words are taken one after the other,
// every face has a word that is taken after its neighbours there, and words that a pair takes at once are such words of all
// faces within the part of a list that they are taken from. A sum with weights of both counts is more than any network
// comes to.

#include "decide/threshold/faces_bound.hpp"

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

namespace attest::threshold {

namespace {

using Count = std::int64_t;

constexpr Count most_orders = Count{1} << 20;

Count choose(Count n, Count k) {
    if (k < 0 || k > n) return 0;
    Count c = 1;
    for (Count i = 1; i <= k; ++i) c = c * (n - i + 1) / i;
    return c;
}

/// What words add: their later neighbours less the price, and the weights of the faces that they end.
class Worth {
  public:
    Worth(Count dimension, const FaceWeights& w) : dimension_(dimension), weights_(w) {
        mpq_class best;
        for (Count out = 0; out <= dimension; ++out) {
            mpq_class worth = mpq_class(static_cast<long>(out)) - w.price;
            for (const auto& [d, weight] : w.weights) worth += weight * static_cast<long>(choose(dimension - out, d));
            best = out == 0 ? worth : std::max(best, worth);
            up_to_.push_back(best);
        }
    }

    /// Of one part, a cube of k dimensions, at most: `more` words with so many later neighbours or fewer, `others` with one
    /// less.
    const mpq_class& part(Count k, Count more, Count others, Count out) {
        const auto [place, fresh] = parts_.try_emplace({k, more, others, out});
        if (!fresh) return place->second;
        mpq_class sum = 0;
        for (Count t = 1; t <= more + others; ++t) {
            sum += up_to_[static_cast<std::size_t>(std::max<Count>(0, t <= more ? out : out - 1))];
            mpq_class left = sum;
            for (const auto& [d, weight] : weights_.weights)
                if (d <= k)
                    left -= weight * static_cast<long>(choose(k, d) * std::max<Count>(0, t - (Count{1} << (k - d))));
            place->second = std::max(place->second, left);
        }
        return place->second;
    }

    /// What all words come to at least.
    mpq_class least() const {
        mpq_class sum = mpq_class(static_cast<long>(dimension_ << (dimension_ - 1))) -
                        weights_.price * static_cast<long>(Count{1} << dimension_);
        for (const auto& [d, weight] : weights_.weights)
            sum += weight * static_cast<long>(choose(dimension_, d) << (dimension_ - d));
        return sum;
    }

  private:
    Count dimension_;
    const FaceWeights& weights_;
    std::vector<mpq_class> up_to_;
    std::map<std::tuple<Count, Count, Count, Count>, mpq_class> parts_;
};

/// One list, the values of its parts being taken in some order: by part, when its turn comes, 0 … turns − 1, or with all that
/// is left.
class ListOrder {
  public:
    ListOrder(Count symbols, Count own, Count turns, Worth& worth)
        : d_(symbols), own_(own), turns_(turns), worth_(worth), turn_(static_cast<std::size_t>(symbols) + 1) {}

    mpq_class most() {
        best_ = 0;
        choose_turn(0);
        return best_;
    }

  private:
    void choose_turn(std::size_t part) {
        if (part == turn_.size()) {
            mpq_class sum = 0;
            for (Count r = 1; r <= d_ + 1; ++r) sum += add(r);
            best_ = std::max(best_, sum);
            return;
        }
        for (turn_[part] = 0; turn_[part] <= turns_; ++turn_[part]) choose_turn(part + 1);
    }

    Count turn(Count r) const { return turn_[static_cast<std::size_t>(r) - 1]; }
    Count dimension(Count r) const { return r <= d_ ? d_ - r : 0; }
    /// Words of one colour in a part.
    Count words(Count r) const { return dimension(r) == 0 ? 1 : Count{1} << (dimension(r) - 1); }

    const mpq_class& add(Count r) {
        if (turn(r) == turns_) return worth_.part(dimension(r), words(r), 0, 0);
        const auto gone = [&](Count q) { return turn(q) <= turn(r); };
        Count out = std::min(r, d_) + own_;
        for (Count q = 1; q < r; ++q) out -= gone(q) ? 1 : 0;
        Count fewer = 0;  // words that lose the way across symbol r
        if (r == d_) fewer = gone(d_ + 1) ? 1 : 0;
        if (r < d_) {
            for (Count s = r + 1; s < d_; ++s) fewer += gone(s) ? words(s) : 0;
            fewer += gone(d_) && gone(d_ + 1) ? 1 : 0;
        }
        return worth_.part(dimension(r), words(r) - fewer, fewer, out);
    }

    Count d_, own_, turns_;
    Worth& worth_;
    std::vector<Count> turn_;
    mpq_class best_;
};

FaceWeights three_values() {
    return {mpq_class(28164, 10000),
            {{2, mpq_class(301, 10000)},
             {4, mpq_class(5, 1000)},
             {6, mpq_class(1225, 100'000)},
             {7, mpq_class(1423, 10000)},
             {8, mpq_class(1576, 10000)}}};
}

FaceWeights four_values() {
    return {mpq_class(3388, 1000), {{2, mpq_class(1993, 100'000)}, {3, mpq_class(4661, 100'000)}}};
}

FaceWeights reduced(FaceWeights weights) {
    weights.price.canonicalize();
    for (auto& [dimension, weight] : weights.weights) weight.canonicalize();
    return weights;
}

}  // namespace

bool weighs_faces(const NetworkClass& c, std::int64_t length, const FaceWeights& weights) {
    const Count dimension = length - (c.read == Reading::last ? 2 : 1);
    if (c.layers != 2 || c.heads != 1 || !c.positions_visible || !c.activations || dimension < 2) return false;
    Count orders = 1;
    for (Count k = 0; k <= dimension && orders <= most_orders; ++k) orders *= *c.activations;
    if (orders > most_orders) return false;
    Worth worth(dimension, weights);
    const Count turns = *c.activations - 1;
    const mpq_class lists = ListOrder(dimension - 1, 1, turns, worth).most() * static_cast<long>(2 * dimension) +
                            ListOrder(dimension, 0, turns, worth).most();
    const mpq_class& left = worth.part(dimension, Count{1} << (dimension - 1), 0, 0);  // by the reader's own pair
    return lists + left < worth.least();
}

std::optional<FaceWeights> bounded_by_faces(const NetworkClass& c, std::int64_t length) {
    const Count dimension = length - (c.read == Reading::last ? 2 : 1);
    if (dimension != 8 || !c.activations || (*c.activations != 3 && *c.activations != 4)) return std::nullopt;
    // Found by descent over the weights; least sums are below by 3.2 and 0.9.
    FaceWeights weights = reduced(*c.activations == 3 ? three_values() : four_values());
    return weighs_faces(c, length, weights) ? std::optional(std::move(weights)) : std::nullopt;
}

}  // namespace attest::threshold
