#include "attest/measure/function/sampling.hpp"

#include <mpfr.h>

#include <algorithm>
#include <bit>

#include "base/random.hpp"
#include "circuit/simulate.hpp"

// The lower end is a p at which `successes` or more would have had a probability of at most alpha / 2. That
// probability is summed in directed rounding, so that what is found too small to believe in is so; the upper
// end is the lower end for failures.

namespace attest::measure {

namespace {

constexpr unsigned end_bits = 24;

/// A number of MPFR that cleans up after itself.
class Real {
  public:
    Real() { mpfr_init2(value_, 96); }
    ~Real() { mpfr_clear(value_); }
    Real(const Real&) = delete;
    Real& operator=(const Real&) = delete;
    mpfr_ptr get() { return value_; }

  private:
    mpfr_t value_;
};

/// Whether P(at least k of m) at p = numerator / 2^end_bits is surely at most a bound.
class Tail {
  public:
    Tail(std::uint64_t k, std::uint64_t m, const mpq_class& bound) : k_(k), m_(m) {
        mpz_class ways;
        mpz_bin_uiui(ways.get_mpz_t(), m, k);
        mpfr_set_z(ways_.get(), ways.get_mpz_t(), MPFR_RNDU);
        mpfr_set_q(bound_.get(), bound.get_mpq_t(), MPFR_RNDD);
    }

    bool at_most_bound(std::uint64_t numerator) {
        const std::uint64_t whole = std::uint64_t{1} << end_bits;
        if (numerator == 0) return true;
        if (numerator * m_ >= k_ * whole) return false;  // the mean is reached: terms would not fall
        mpfr_set_ui_2exp(p_.get(), numerator, -static_cast<long>(end_bits), MPFR_RNDU);
        mpfr_set_ui_2exp(q_.get(), whole - numerator, -static_cast<long>(end_bits), MPFR_RNDU);
        mpfr_pow_ui(term_.get(), p_.get(), k_, MPFR_RNDU);
        mpfr_pow_ui(step_.get(), q_.get(), m_ - k_, MPFR_RNDU);
        mpfr_mul(term_.get(), term_.get(), step_.get(), MPFR_RNDU);
        mpfr_mul(term_.get(), term_.get(), ways_.get(), MPFR_RNDU);
        mpfr_set(sum_.get(), term_.get(), MPFR_RNDU);
        mpfr_div(odds_.get(), p_.get(), q_.get(), MPFR_RNDU);
        for (std::uint64_t j = k_; j < m_; ++j) {
            if (mpfr_cmp(sum_.get(), bound_.get()) > 0) return false;
            mpfr_mul_ui(step_.get(), odds_.get(), m_ - j, MPFR_RNDU);
            mpfr_div_ui(step_.get(), step_.get(), j + 1, MPFR_RNDU);
            mpfr_mul(term_.get(), term_.get(), step_.get(), MPFR_RNDU);
            mpfr_add(sum_.get(), sum_.get(), term_.get(), MPFR_RNDU);
            if (j % 16 == 0 && rest_does_not_matter()) return mpfr_cmp(sum_.get(), bound_.get()) <= 0;
        }
        return mpfr_cmp(sum_.get(), bound_.get()) <= 0;
    }

  private:
    /// The factors from term to term fall, so what is left is less than a geometric series. Adds that once it
    /// is small.
    bool rest_does_not_matter() {
        if (mpfr_cmp_ui(step_.get(), 1) >= 0) return false;
        mpfr_ui_sub(rest_.get(), 1, step_.get(), MPFR_RNDD);
        mpfr_div(rest_.get(), step_.get(), rest_.get(), MPFR_RNDU);
        mpfr_mul(rest_.get(), rest_.get(), term_.get(), MPFR_RNDU);
        mpfr_mul_2ui(step_.get(), rest_.get(), 40, MPFR_RNDU);
        if (mpfr_cmp(step_.get(), sum_.get()) > 0) return false;
        mpfr_add(sum_.get(), sum_.get(), rest_.get(), MPFR_RNDU);
        return true;
    }

    std::uint64_t k_, m_;
    Real ways_, bound_, p_, q_, odds_, term_, step_, sum_, rest_;
};

/// The greatest numerator that passes: probabilities up to it are too small to believe in.
std::uint64_t lower_end(std::uint64_t k, std::uint64_t m, const mpq_class& bound) {
    if (k == 0) return 0;
    Tail tail(k, m, bound);
    std::uint64_t low = 0, high = std::uint64_t{1} << end_bits;
    while (high - low > 1) {
        const std::uint64_t middle = (low + high) / 2;
        (tail.at_most_bound(middle) ? low : high) = middle;
    }
    return low;
}

mpq_class dyadic(std::uint64_t numerator) {
    mpq_class q(mpz_class(static_cast<unsigned long>(numerator)), mpz_class(1) << end_bits);
    q.canonicalize();
    return q;
}

/// Random inputs, 64 a word, and what the function says to them.
class Trials {
  public:
    Trials(const circuit::Circuit& circuit, circuit::Literal root, std::uint64_t seed)
        : n_(circuit.input_count()),
          simulator_(circuit, std::span(&root, 1)),
          random_(seed),
          inputs_(n_ * block),
          here_(block),
          there_(block) {}

    std::uint64_t accepted() {
        draw(here_);
        return count(here_);
    }
    /// How often the flip of position i (from 0) changes the value.
    std::uint64_t changed(std::size_t i) {
        draw(here_);
        for (std::size_t w = 0; w < block; ++w) inputs_[i * block + w] = ~inputs_[i * block + w];
        return compare();
    }
    /// The same for a position of its own for each input.
    std::uint64_t changed_anywhere() {
        draw(here_);
        for (std::size_t w = 0; w < block; ++w)
            for (unsigned lane = 0; lane < 64; ++lane)
                inputs_[random_.below(n_) * block + w] ^= std::uint64_t{1} << lane;
        return compare();
    }
    static constexpr std::size_t block = 32;  // words a run

  private:
    void draw(std::vector<std::uint64_t>& values) {
        for (std::uint64_t& word : inputs_) word = random_.bits();
        simulator_.run(inputs_, values, block);
    }
    std::uint64_t compare() {
        simulator_.run(inputs_, there_, block);
        for (std::size_t w = 0; w < block; ++w) there_[w] ^= here_[w];
        return count(there_);
    }
    static std::uint64_t count(const std::vector<std::uint64_t>& words) {
        std::uint64_t sum = 0;
        for (const std::uint64_t word : words) sum += static_cast<std::uint64_t>(std::popcount(word));
        return sum;
    }

    std::size_t n_;
    circuit::Simulator simulator_;
    base::Random random_;
    std::vector<std::uint64_t> inputs_, here_, there_;
};

}  // namespace

Interval clopper_pearson(std::uint64_t successes, std::uint64_t trials, const mpq_class& alpha) {
    const mpq_class half = alpha / 2;
    const std::uint64_t whole = std::uint64_t{1} << end_bits;
    return {dyadic(lower_end(successes, trials, half)), dyadic(whole - lower_end(trials - successes, trials, half))};
}

std::variant<Samples, verdict::Undecided> sample(const circuit::Circuit& circuit, circuit::Literal root,
                                                 const SampleOptions& options, const base::Limits& limits) {
    const std::size_t n = circuit.input_count();
    Trials trials(circuit, root, options.seed);
    const std::uint64_t blocks = std::max<std::uint64_t>(1, options.trials / (64 * Trials::block));
    const mpq_class alpha = options.alpha / mpq_class(static_cast<unsigned long>(n + 2));
    std::optional<base::Limit> stopped;
    const auto interval = [&](const auto& draw) {
        std::uint64_t successes = 0;
        for (std::uint64_t b = 0; b < blocks && !stopped; ++b) {
            successes += draw();
            stopped = limits.exceeded();
        }
        return stopped ? Interval{} : clopper_pearson(successes, blocks * 64 * Trials::block, alpha);
    };
    Samples samples;
    samples.accepted = interval([&] { return trials.accepted(); });
    if (n > 0) samples.average_influence = interval([&] { return trials.changed_anywhere(); });
    for (std::size_t i = 0; i < n; ++i) samples.influences.push_back(interval([&] { return trials.changed(i); }));
    if (stopped) return verdict::Undecided{verdict::reason_of(*stopped), "in the middle of sampling"};
    return samples;
}

}  // namespace attest::measure
