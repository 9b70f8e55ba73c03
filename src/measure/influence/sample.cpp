// Means over all words of a length from random words, with intervals.
//
// Statement. For independent X_1 … X_n in a range of width R, with mean X̄ and sample variance V, with a probability of
// at least 1 − δ on each side |X̄ − E X| <= √(2 V ln(2/δ) / n) + 7 R ln(2/δ) / (3 (n − 1)). Here X is the cross-entropy
// log2(1 + e^(−margin)), whose range is known once a bound of the logit over all words is, and δ = 1/40. Shares are
// bounded by Clopper and Pearson.
//
// Where no bound is known the interval is mean ± 1.96 standard errors, and says so (`distribution_free`).
//
// Logits are of doubles, and intervals a little wider for that; where a logit is too near 0 for doubles to tell its
// sign, and for the word with the least margin, balls do. Words in patterns are looked at besides, because margins are
// least where there is order; they are no part of the means.
//
// Source  [maurer2009empirical, Theorem 4], [clopper1934use]

#include "measure/influence/sample.hpp"

#include <algorithm>
#include <cmath>

#include "attest/measure/function/sampling.hpp"
#include "attest/soft/judge.hpp"
#include "base/random.hpp"

namespace attest::influence {

namespace {

using language::Symbol;
using language::Word;

/// log2(1 + e^(−margin)), what a word with this margin costs.
double loss(double margin) {
    return (std::max(0.0, -margin) + std::log1p(std::exp(-std::abs(margin)))) / std::log(2.0);
}

/// What is computed in doubles is put a little farther out than its errors reach.
Interval padded(double low, double high) {
    return {low - 1e-9 * (1 + std::abs(low)), high + 1e-9 * (1 + std::abs(high))};
}

/// Mean and deviation of numbers that come one by one.
class Moments {
  public:
    void add(double x) {
        ++count_;
        const double before = x - mean_;
        mean_ += before / static_cast<double>(count_);
        squares_ += before * (x - mean_);
    }
    double mean() const { return mean_; }
    double variance() const { return count_ > 1 ? squares_ / static_cast<double>(count_ - 1) : 0; }
    double count() const { return static_cast<double>(count_); }

  private:
    std::uint64_t count_ = 0;
    double mean_ = 0, squares_ = 0;
};

/// With a probability of at least 1 − δ on each side: |mean − E| <= sqrt(2 V ln(2/δ) / n) + 7 R ln(2/δ) / (3 (n − 1)),
/// for numbers in a range of width R with the sample's variance V; here δ = 1/40.
SampledMean mean_of_losses(const Moments& losses, Interval logit) {
    SampledMean result{losses.mean(), {}, logit.is_finite() && losses.count() > 1};
    const double n = losses.count();
    double half = 1.96 * std::sqrt(losses.variance() / n);
    Interval range{0, exact::infinity};
    if (result.distribution_free) {
        const double log = std::log(80.0), most = logit.magnitude();
        range = padded(loss(most), loss(-most));
        half = std::sqrt(2 * losses.variance() * log / n) + 7 * range.width() * log / (3 * (n - 1));
    }
    result.interval = intersect(padded(losses.mean() - half, losses.mean() + half), range);
    return result;
}

/// One symbol alone, one among another, runs, alternation.
std::vector<Word> patterns(std::size_t symbols, std::size_t length) {
    constexpr std::size_t places = 16;
    std::vector<Word> words;
    Word alternating(length);
    for (std::size_t p = 0; p < length; ++p) alternating[p] = static_cast<Symbol>(p % symbols);
    words.push_back(alternating);
    for (Symbol a = 0; a < symbols; ++a) {
        words.emplace_back(length, a);
        for (Symbol b = 0; b < symbols; ++b)
            for (std::size_t k = 0; a != b && k <= places; ++k) {
                const std::size_t place = k * (length - 1) / places;
                Word one(length, a), run(length, a);
                one[place] = b;
                std::fill_n(run.begin(), place + 1, b);
                words.push_back(std::move(one));
                words.push_back(std::move(run));
            }
    }
    return words;
}

class Sampling {
  public:
    Sampling(const network::Transformer& t, std::int64_t length, const std::function<bool(const Word&)>& contains,
             const SampleOptions& options, const base::Limits& limits)
        : t_(t),
          length_(static_cast<std::size_t>(length)),
          contains_(contains),
          options_(options),
          limits_(limits),
          floats_(t, length, limits.memory_bytes),
          judge_(t, length),
          random_(options.seed) {}

    std::optional<Sample> run() {
        result_.seed = options_.seed;
        result_.words =
            options_.words > 0
                ? options_.words
                : static_cast<std::uint64_t>(std::clamp(most_operations / floats_.pass_operations(), 100.0, 1000.0));
        Moments losses;
        Word word(length_);
        for (std::uint64_t k = 0; k < result_.words; ++k) {
            for (Symbol& s : word) s = static_cast<Symbol>(random_.below(t_.alphabet.size()));
            const auto seen = look(word);
            if (!seen) return std::nullopt;
            losses.add(loss(seen->margin));
            result_.right += seen->right ? 1 : 0;
        }
        for (const Word& pattern : patterns(t_.alphabet.size(), length_)) {
            if (!look(pattern)) return std::nullopt;
            ++result_.patterns;
        }
        result_.cross_entropy = mean_of_losses(losses, options_.logit);
        const measure::Interval share = measure::clopper_pearson(result_.right, result_.words, mpq_class(1, 20));
        result_.right_share = {exact::to_interval(share.lower).lo, exact::to_interval(share.upper).hi};
        result_.score = judge_.judge(result_.nearest, limits_).score;
        result_.member = contains_(result_.nearest);
        return std::move(result_);
    }

  private:
    static constexpr double most_operations = 2e10, too_near = 1e-11;  // too near 0 for doubles to know the sign

    struct Seen {
        double margin = 0;
        bool right = false;
    };
    /// Nothing: the word has no logit, or time is up.
    std::optional<Seen> look(const Word& word) {
        const double logit = floats_.logit(word);
        if (!std::isfinite(logit) || limits_.exceeded()) return std::nullopt;
        const bool member = contains_(word);
        const Seen seen{member ? logit : -logit, std::abs(logit) > too_near
                                                     ? (logit > 0) == member
                                                     : judge_.judge(word, limits_).accepts == member};
        if (seen.margin < least_) least_ = seen.margin, result_.nearest = word;
        return seen;
    }

    const network::Transformer& t_;
    const std::size_t length_;
    const std::function<bool(const Word&)>& contains_;
    const SampleOptions& options_;
    const base::Limits& limits_;
    const FloatNetwork floats_;
    soft::Judge judge_;
    base::Random random_;
    double least_ = exact::infinity;
    Sample result_;
};

}  // namespace

Interval Sample::margin() const { return exact::to_interval(member ? score : -score); }

std::optional<Sample> sample(const network::Transformer& transformer, std::int64_t length,
                             const std::function<bool(const language::Word&)>& contains, const SampleOptions& options,
                             const base::Limits& limits) {
    if (length == 0) return std::nullopt;
    return Sampling(transformer, length, contains, options, limits).run();
}

}  // namespace attest::influence
