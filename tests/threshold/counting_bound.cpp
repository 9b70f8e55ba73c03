// The count of section 9.10 carried out on random networks of two layers, whatever they compute.

#include "decide/threshold/counting_bound.hpp"

#include <gmpxx.h>

#include <algorithm>
#include <catch2/catch.hpp>
#include <map>
#include <random>

#include "seed.hpp"
#include "trials.hpp"

using namespace attest;
using namespace attest::threshold;

namespace {

NetworkClass two_layers(std::int64_t heads, Reading read = Reading::end) {
    NetworkClass c;
    c.layers = 2;
    c.heads = heads;
    c.read = read;
    return c;
}

std::int64_t first_bounded(const NetworkClass& c) {
    std::int64_t n = 1;
    while (!bounded_by_counting(c, n)) ++n;
    return n;
}

/// Positions 0 … free − 1 have a free symbol, `settled` more have a 0. Each has lists for both symbols; the reader has
/// orders of (position, value), a value being a symbol and what the lists attend to.
class RandomNetwork {
  public:
    RandomNetwork(std::size_t free, std::size_t settled, std::size_t heads, std::mt19937_64& random)
        : free_(free), positions_(free + settled), random_(random) {
        std::vector<std::size_t> pairs(2 * positions_);  // position · 2 + symbol
        for (std::size_t k = 0; k < pairs.size(); ++k) pairs[k] = k;
        for (std::size_t list = 0; list < positions_ * 2 * heads; ++list) {
            std::ranges::shuffle(pairs, random);
            lists_.push_back(pairs);
        }
        ranks_.resize(heads);
    }

    /// By head: how many neighbours of all words are taken later, beyond `price` for each word.
    std::vector<std::int64_t> later(std::int64_t price) {
        std::vector<std::int64_t> sums;
        for (auto& ranks : ranks_) {
            std::vector<std::uint64_t> taken;
            for (std::size_t word = 0; word < std::size_t{1} << free_; ++word) taken.push_back(first(word, ranks));
            std::int64_t sum = 0;
            for (std::size_t word = 0; word < taken.size(); ++word) {
                std::int64_t out = 0;
                for (std::size_t i = 0; i < free_; ++i) out += taken[word] < taken[word ^ std::size_t{1} << i] ? 1 : 0;
                sum += std::max<std::int64_t>(0, out - price);
            }
            sums.push_back(sum);
        }
        return sums;
    }

  private:
    using Value = std::vector<std::size_t>;

    std::size_t symbol(std::size_t word, std::size_t position) const {
        return position < free_ ? word >> position & 1 : 0;
    }

    Value value(std::size_t word, std::size_t j) const {
        const std::size_t own = symbol(word, j), heads = ranks_.size();
        Value value{j, own};
        for (std::size_t h = 0; h < heads; ++h) {
            const auto& list = lists_[(2 * j + own) * heads + h];
            value.push_back(*std::ranges::find_if(
                list, [&](std::size_t pair) { return pair / 2 != j && symbol(word, pair / 2) == pair % 2; }));
        }
        return value;
    }

    /// The rank of the pair that takes the word: ranks are drawn when a pair is first met.
    std::uint64_t first(std::size_t word, std::map<Value, std::uint64_t>& ranks) {
        std::uint64_t best = UINT64_MAX;
        for (std::size_t j = 0; j < positions_; ++j)
            best = std::min(best, ranks.try_emplace(value(word, j), random_() >> 1).first->second);
        return best;
    }

    std::size_t free_, positions_;
    std::mt19937_64& random_;
    std::vector<std::vector<std::size_t>> lists_;        // [(2 · position + symbol) · heads + head]
    std::vector<std::map<Value, std::uint64_t>> ranks_;  // [head]
};

/// E(Z − l)⁺ by the definition, cut where less than 2^−60 is left.
double mean_beyond(std::size_t heads, std::int64_t l) {
    std::vector<double> chance{1};
    for (std::size_t h = 0; h < heads; ++h) {
        std::vector<double> next(chance.size() + 80, 0);
        for (std::size_t t = 0; t < chance.size(); ++t)
            for (std::size_t g = 1; g < 80; ++g) next[t + g] += chance[t] * std::pow(0.5, static_cast<double>(g));
        chance = next;
    }
    double mean = 0;
    for (std::size_t t = 0; t < chance.size(); ++t)
        mean += chance[t] * std::max(0.0, static_cast<double>(t) - static_cast<double>(l));
    return mean;
}

}  // namespace

TEST_CASE("Heads of random networks tell no more neighbours apart than counted") {
    const std::uint64_t seed = tests::seed();
    std::mt19937_64 random(seed);
    for (std::uint64_t k = 0; k < tests::trials(60); ++k) {
        const std::size_t free = 3 + random() % 5, heads = 1 + random() % 3, settled = heads;
        INFO("seed " << seed << ", network " << k << ": " << free << " free, " << heads << " heads");
        RandomNetwork network(free, settled, heads, random);
        for (std::int64_t price = 0; price <= 4; ++price) {
            const double most = static_cast<double>(free) * mean_beyond(heads, price) +
                                static_cast<double>(settled) * mean_beyond(heads, price + 1);
            for (const std::int64_t sum : network.later(price))
                CHECK(static_cast<double>(sum) <= std::ldexp(most, static_cast<int>(free)) + 1e-6);
        }
    }
}

TEST_CASE("Two layers of several heads are bounded by counting at these lengths") {
    CHECK(first_bounded(two_layers(1)) == 12);
    CHECK(first_bounded(two_layers(2)) == 46);
    CHECK(first_bounded(two_layers(2, Reading::last)) == 47);
    CHECK(first_bounded(two_layers(3)) == 96);
    CHECK(first_bounded(two_layers(4)) == 160);
    CHECK(first_bounded(two_layers(5)) == 236);
    CHECK(first_bounded(two_layers(6)) == 327);
    CHECK(first_bounded(two_layers(10)) == 807);
    for (std::int64_t n = 46; n <= 200; ++n) CHECK(bounded_by_counting(two_layers(2), n));
    CHECK_FALSE(bounded_by_counting(two_layers(64), 64));
}
