// Where the reader's value after the first layer is always the same, each of its heads in the second goes down one order of
// pairs (position, value), and words that no head tells apart get one answer. A head tells two neighbours apart only if
// the position that it attends to on one of them looks at the symbol in which they differ; and a position looks at few.

#include "decide/threshold/counting_bound.hpp"

#include <gmpxx.h>

#include <vector>

namespace attest::threshold {

namespace {

/// E(S − l)⁺ for l = 0, 1, …, where S is the sum of so many geometric numbers of mean 2, by E(S − l)⁺ − E(S − l − 1)⁺ =
/// P(S > l).
class Excess {
  public:
    explicit Excess(std::int64_t heads) : heads_(heads), excess_(2 * heads) {}

    const mpq_class& now() const { return excess_; }

    /// From l to l + 1. S > l iff of l tosses of a coin fewer than `heads` fall heads.
    void next() {
        mpz_class choices = 1, fewer = 0;  // C(l, k)
        for (std::int64_t k = 0; k < heads_ && k <= tosses_; ++k) {
            fewer += choices;
            choices = choices * mpz_class(static_cast<long>(tosses_ - k)) / mpz_class(static_cast<long>(k + 1));
        }
        mpq_class tail(fewer, mpz_class(1) << static_cast<mp_bitcnt_t>(tosses_));
        tail.canonicalize();
        excess_ -= tail;
        ++tosses_;
    }

  private:
    std::int64_t heads_, tosses_ = 0;
    mpq_class excess_;
};

}  // namespace

bool bounded_by_counting(const NetworkClass& c, std::int64_t length) {
    const std::int64_t dimension = length - (c.read == Reading::last ? 1 : 0) - c.heads;
    if (c.layers != 2 || !c.positions_visible || dimension < 1) return false;
    const mpq_class d(static_cast<long>(dimension)), h(static_cast<long>(c.heads));
    Excess excess(c.heads);
    for (std::int64_t price = 0; price < 4 * c.heads + 16; ++price) {
        const mpq_class free = excess.now();
        excess.next();
        if (d / 2 > h * (static_cast<long>(price) + d * free + h * excess.now())) return true;
    }
    return false;
}

}  // namespace attest::threshold
