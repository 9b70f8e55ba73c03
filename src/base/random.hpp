#pragma once

#include <cstdint>
#include <random>

namespace attest::base {

/// A seeded source of randomness: the same numbers on every machine for the same seed.
class Random {
  public:
    explicit Random(std::uint64_t seed) : engine_(seed) {}

    /// 64 independent fair bits.
    std::uint64_t bits() { return engine_(); }
    /// Uniform in 0 … bound−1; bound ≥ 1.
    std::uint64_t below(std::uint64_t bound) {
        const std::uint64_t limit = UINT64_MAX - (UINT64_MAX % bound + 1) % bound;
        std::uint64_t r = 0;
        do r = engine_();
        while (r > limit);
        return r % bound;
    }
    /// True with probability numerator/denominator.
    bool chance(std::uint64_t numerator, std::uint64_t denominator) { return below(denominator) < numerator; }

  private:
    std::mt19937_64 engine_;  // fixed by the C++ standard, unlike the distributions
};

}  // namespace attest::base
