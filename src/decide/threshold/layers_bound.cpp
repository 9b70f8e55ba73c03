// Random restrictions, a layer at a time: where all but few symbols are fixed at random, what every position holds after a
// layer is decided by few of the others, and a few more fixed symbols settle what the reader holds. The search is in
// doubles; what it finds is gone through exactly before it is given.

#include "decide/threshold/layers_bound.hpp"

#include <algorithm>
#include <cmath>
#include <utility>
#include <vector>

namespace attest::threshold {

namespace {

using Size = std::int64_t;

constexpr Size widest = 96;
constexpr Size grid = 100;  // probabilities that are tried: 1/100 … 60/100
constexpr Size last_probability = 60;

/// A power series in z up to z^degree.
template <typename Number>
class Series {
  public:
    Series(Size degree, Number constant) : c_(static_cast<std::size_t>(degree) + 1, Number(0)) { c_[0] = constant; }

    /// (1 + a z)^w
    static Series power(Size degree, Size a, Size w) {
        Series p(degree, Number(1));
        for (Size k = 1; k <= std::min(degree, w); ++k)
            p.at(k) = p.at(k - 1) * Number(static_cast<double>(a * (w - k + 1))) / Number(static_cast<double>(k));
        return p;
    }

    Number& at(Size k) { return c_[static_cast<std::size_t>(k)]; }
    const Number& at(Size k) const { return c_[static_cast<std::size_t>(k)]; }
    Size degree() const { return static_cast<Size>(c_.size()) - 1; }

    Series operator+(const Series& other) const {
        Series sum = *this;
        for (Size k = 0; k <= degree(); ++k) sum.at(k) += other.at(k);
        return sum;
    }
    Series operator-(const Series& other) const {
        Series difference = *this;
        for (Size k = 0; k <= degree(); ++k) difference.at(k) -= other.at(k);
        return difference;
    }
    Series operator*(const Series& other) const {
        Series product(degree(), Number(0));
        for (Size k = 0; k <= degree(); ++k)
            for (Size l = 0; k + l <= degree(); ++l) product.at(k + l) += at(k) * other.at(l);
        return product;
    }
    /// 1 / (1 − this)
    /// Needs   no constant term
    Series geometric() const {
        Series inverse(degree(), Number(1));
        for (Size k = 1; k <= degree(); ++k)
            for (Size l = 1; l <= k; ++l) inverse.at(k) += at(l) * inverse.at(k - l);
        return inverse;
    }

  private:
    std::vector<Number> c_;
};

/// By s: how many codes there are for the s first symbols that a tree asks for, lists of terms of this width being gone
/// through one after the other, one more than heads.
template <typename Number>
Series<Number> codes(Size degree, Size width, Size heads) {
    using S = Series<Number>;
    const S satisfied = S::power(degree, 1, width), any = S::power(degree, 2, width);
    const S goes_on = (any - satisfied).geometric();
    const S list = satisfied * goes_on;
    S before(degree, Number(1)), sum = before;
    for (Size h = 1; h <= heads; ++h) {
        before = before * list;
        sum = sum + before;
    }
    return sum * (satisfied - S(degree, Number(1))) * goes_on;
}

/// P(S ≥ t), S being the sum of `heads` numbers that are at least t with probability q^t.
template <typename Number>
Number tail(Size t, const Number& q, Size heads) {
    Number term = 1, below = 0;
    for (Size h = 0; h < heads; ++h) term = term * (1 - q);
    for (Size k = 0; k < t; ++k) {
        below = below + term;
        term = term * q * static_cast<double>(k + heads) / static_cast<double>(k + 1);
    }
    return 1 - below;
}

/// How many positions need more than `width` symbols after the first layer, in the mean.
template <typename Number>
Number wide_positions(Size free, Size heads, const Number& p, Size width) {
    const Number q = 2 * p / (1 + p), more = tail(width + 1, q, heads);
    return static_cast<double>(free) * (2 * p * tail(width, q, heads) + (1 - p) * more) +
           static_cast<double>(heads) * more;
}

/// Word positions that are not read.
Size asked(const NetworkClass& c, Size length) { return length - (c.read == Reading::last ? 1 : 0); }

/// Whether of `free` symbols so many can be left as `to` says, so that the tree of each position has its width.
bool narrows(Size positions, Size heads, const LayerStage& from, const LayerStage& to) {
    const Size n = from.free - heads * from.width, s = to.width + 1;
    if (n < to.free || to.free < 0) return false;
    mpz_class over = path_codes(s, from.width, heads) * static_cast<long>(positions), under = 1;
    for (Size t = 0; t < s; ++t) {
        over *= static_cast<long>(2 * std::max<Size>(0, to.free - t));
        under *= static_cast<long>(n - to.free + 1 + t);
    }
    return over < under;
}

/// Searches for stages.
class Stages {
  public:
    Stages(const NetworkClass& c, Size length, const base::Limits& limits)
        : c_(c), length_(length), free_(asked(c, length) - c.heads), limits_(limits) {
        codes_.resize(widest + 1);
    }

    std::optional<RestrictedLayers> search() {
        for (Size k = 1; k <= last_probability; ++k) {
            if (limits_.exceeded()) return std::nullopt;
            found_.probability = mpq_class(static_cast<long>(k), static_cast<long>(grid));
            found_.probability.canonicalize();
            const auto first = first_stage();
            if (!first) continue;
            found_.stages = {*first};
            if (auto rest = go_on({{*first}})) {
                found_.stages = *rest;
                if (restricts_layers(c_, length_, found_)) return found_;
            }
        }
        return std::nullopt;
    }

  private:
    using Path = std::vector<LayerStage>;

    std::optional<LayerStage> first_stage() const {
        const double p = found_.probability.get_d();
        const mpq_class free = found_.probability * static_cast<long>(free_);
        for (Size width = 1; width <= widest; ++width)
            if (wide_positions<double>(free_, c_.heads, p, width) < 0.4999)
                return LayerStage{width, static_cast<Size>(mpz_class(free).get_si())};
        return std::nullopt;
    }

    /// Of the stages that can follow these, none worth less than another, up to the last layer but one.
    std::optional<Path> go_on(std::vector<Path> front) {
        for (Size layer = 2; layer < c_.layers; ++layer) {
            std::vector<Path> next;
            for (const Path& path : front)
                for (Size width = 1; width < widest; ++width)
                    if (const Size free = most_free(path.back(), width); free > c_.heads * width) {
                        next.push_back(path);
                        next.back().push_back({width, free});
                    }
            front = undominated(std::move(next));
            if (front.empty() || limits_.exceeded()) return std::nullopt;
        }
        const auto best = std::ranges::max_element(front, {}, [&](const Path& p) { return rest(p.back()); });
        return rest(best->back()) > 0 ? std::optional(*best) : std::nullopt;
    }

    Size rest(const LayerStage& stage) const { return stage.free - c_.heads * stage.width; }

    static std::vector<Path> undominated(std::vector<Path> paths) {
        std::ranges::sort(paths, [](const Path& a, const Path& b) {
            return std::pair(a.back().width, -a.back().free) < std::pair(b.back().width, -b.back().free);
        });
        std::vector<Path> front;
        for (Path& path : paths)
            if (front.empty() || path.back().free > front.back().back().free) front.push_back(std::move(path));
        return front;
    }

    /// The most symbols that can stay free so that this width is enough after the next layer; 0 if none.
    Size most_free(const LayerStage& from, Size width) {
        const Size n = from.free - c_.heads * from.width, s = width + 1;
        if (n <= 0) return 0;
        auto& series = codes_[static_cast<std::size_t>(from.width)];
        if (!series) series = codes<double>(widest, from.width, c_.heads);
        const double codes = std::log(series->at(s)) + std::log(static_cast<double>(asked(c_, length_)));
        const auto enough = [&](Size m) {
            double sum = codes;
            for (Size t = 0; t < s && m > t; ++t)
                sum += std::log(2.0 * static_cast<double>(m - t) / static_cast<double>(n - m + 1 + t));
            return m < s || sum < -1e-6;
        };
        Size low = 0, high = n;
        while (low < high) {
            const Size middle = low + (high - low + 1) / 2;
            if (enough(middle)) low = middle;
            else high = middle - 1;
        }
        return low;
    }

    const NetworkClass& c_;
    const Size length_, free_;
    const base::Limits& limits_;
    std::vector<std::optional<Series<double>>> codes_;  // by width
    RestrictedLayers found_;
};

}  // namespace

mpz_class path_codes(std::int64_t asked, std::int64_t width, std::int64_t heads) {
    return codes<mpz_class>(asked, width, heads).at(asked);
}

bool restricts_layers(const NetworkClass& c, std::int64_t length, const RestrictedLayers& by) {
    const Size positions = asked(c, length), free = positions - c.heads;
    if (c.layers < 2 || !c.positions_visible || free < 1 || by.probability <= 0 || by.probability >= 1) return false;
    if (static_cast<Size>(by.stages.size()) != c.layers - 1) return false;
    const LayerStage& first = by.stages.front();
    if (by.probability * static_cast<long>(free) < static_cast<long>(first.free)) return false;
    if (2 * wide_positions<mpq_class>(free, c.heads, by.probability, first.width) >= 1) return false;
    for (std::size_t l = 1; l < by.stages.size(); ++l)
        if (!narrows(positions, c.heads, by.stages[l - 1], by.stages[l])) return false;
    return by.stages.back().free > c.heads * by.stages.back().width;
}

std::optional<RestrictedLayers> bounded_by_layers(const NetworkClass& c, std::int64_t length,
                                                  const base::Limits& limits) {
    if (c.layers < 2 || !c.positions_visible || asked(c, length) <= c.heads) return std::nullopt;
    return Stages(c, length, limits).search();
}

}  // namespace attest::threshold
