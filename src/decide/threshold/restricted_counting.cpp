// Two layers and many heads: after a random restriction nearly every position needs few of the free symbols, the others are
// mended by fixing some more, and then a few settle what the heads of the reader see. The search is in doubles; what it
// finds is gone through exactly before it is given.

#include "decide/threshold/restricted_counting.hpp"

#include <algorithm>
#include <cmath>

namespace attest::threshold {

namespace {

constexpr std::int64_t widest_tree = 512, tried_probabilities = 200;

mpq_class to_the(const mpq_class& base, std::int64_t exponent) {
    mpq_class power;
    mpz_pow_ui(power.get_num_mpz_t(), base.get_num_mpz_t(), static_cast<unsigned long>(exponent));
    mpz_pow_ui(power.get_den_mpz_t(), base.get_den_mpz_t(), static_cast<unsigned long>(exponent));
    return power;
}

/// The same in doubles: of t + heads − 1 tosses fewer than `heads` end a list.
double rough_chance_of_more(std::int64_t t, double q, std::int64_t heads) {
    const std::int64_t tosses = t + heads - 1;
    double sum = 0;
    for (std::int64_t ends = 0; ends < heads; ++ends) {
        const double choices = std::lgamma(static_cast<double>(tosses) + 1) -
                               std::lgamma(static_cast<double>(ends) + 1) -
                               std::lgamma(static_cast<double>(tosses - ends) + 1);
        sum += std::exp(choices + static_cast<double>(ends) * std::log1p(-q) +
                        static_cast<double>(tosses - ends) * std::log(q));
    }
    return sum;
}

/// What stays free in the mean, less what is fixed afterwards and what settles the reader.
template <typename Number>
Number surplus(std::int64_t free, std::int64_t heads, std::int64_t width, const Number& p, const Number& more,
               const Number& many) {
    const auto d = static_cast<double>(free), h = static_cast<double>(heads);
    return p * d - d * (p * (1 + h) * more + (1 - p) * h * many) - h * h * many - h * static_cast<double>(width);
}

/// Word positions that are neither read nor fixed for the reader's sake.
std::int64_t free_at_first(const NetworkClass& c, std::int64_t length) {
    return length - (c.read == Reading::last ? 1 : 0) - c.heads;
}

}  // namespace

mpq_class chance_of_more(std::int64_t t, const mpq_class& q, std::int64_t heads) {
    const std::int64_t tosses = t + heads - 1;
    mpq_class sum = 0;
    for (std::int64_t ends = 0; ends < heads && ends <= tosses; ++ends) {
        mpz_class choices;
        mpz_bin_uiui(choices.get_mpz_t(), static_cast<unsigned long>(tosses), static_cast<unsigned long>(ends));
        sum += choices * to_the(1 - q, ends) * to_the(q, tosses - ends);
    }
    return sum;
}

bool restricts_then_counts(const NetworkClass& c, std::int64_t length, const RestrictedCounting& by) {
    const std::int64_t free = free_at_first(c, length);
    if (c.layers != 2 || !c.positions_visible || free < 1 || by.width < 1) return false;
    const mpq_class& p = by.probability;
    if (p <= 0 || p >= 1) return false;
    const mpq_class q = 2 * p / (1 + p);
    return surplus<mpq_class>(free, c.heads, by.width, p, chance_of_more(by.width, q, c.heads),
                              chance_of_more(by.width + 1, q, c.heads)) > 0;
}

std::optional<RestrictedCounting> bounded_after_restriction(const NetworkClass& c, std::int64_t length) {
    const std::int64_t free = free_at_first(c, length);
    if (c.layers != 2 || !c.positions_visible || free <= c.heads) return std::nullopt;
    RestrictedCounting best;
    double most = 0;
    for (std::int64_t k = 1; k < tried_probabilities; ++k) {
        const double p = static_cast<double>(k) / static_cast<double>(tried_probabilities), q = 2 * p / (1 + p);
        double more = 1;
        for (std::int64_t width = 1;
             width <= widest_tree && p * static_cast<double>(free) > static_cast<double>(c.heads * width); ++width) {
            const double many = rough_chance_of_more(width + 1, q, c.heads);
            if (width == 1) more = rough_chance_of_more(1, q, c.heads);
            const double left = surplus<double>(free, c.heads, width, p, more, many);
            more = many;
            if (left <= most) continue;
            most = left;
            best.width = width;
            best.probability = mpq_class(static_cast<long>(k), static_cast<long>(tried_probabilities));
            best.probability.canonicalize();
        }
    }
    if (most <= 0 || !restricts_then_counts(c, length, best)) return std::nullopt;
    return best;
}

}  // namespace attest::threshold
