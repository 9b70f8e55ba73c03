#include "checker/classes/two_layers.hpp"
#include "checker/core/rational.hpp"
#include "checker/kernel/defect.hpp"

// Obligation `bound`, by counting. Theorem (FORMAT.md section 9.10): two layers of H heads do not compute a language that
// every change of one symbol leads into or out of, if D/2 > H (l + D e(l) + H e(l+1)) for some price l. Why: as in 9.9,
// each head of the reader peels an order of its own, and a position's value depends on no more symbols than its H lists
// look at. The theorem is ours.

namespace attest::checker {
namespace {

/// e(l): how far the sum of H geometric numbers is beyond l, in the mean. P(sum = t) = C(t-1, H-1) / 2^t, mean 2H.
class MeanBeyond {
  public:
    MeanBeyond(std::size_t heads, std::size_t greatest, Budget& budget) {
        Rational chance(mpz_class(1), mpz_class(1) << static_cast<mp_bitcnt_t>(heads));  // of sum = t
        for (std::size_t t = 0; t <= greatest; ++t) {
            budget.arithmetic(1 + t / 64);
            chances_.push_back(t < heads ? Rational(0) : chance);
            if (t >= heads)
                chance *= Rational(static_cast<unsigned long>(t), 2 * static_cast<unsigned long>(t - heads + 1));
        }
        Rational below = 0, mean_below = 0;  // over t <= l: P(t), t P(t)
        for (std::size_t l = 0; l <= greatest; ++l) {
            budget.arithmetic(1 + l / 64);
            below += chances_[l];
            mean_below += chances_[l] * l;
            // E(S − l)⁺ = E S − l + Σ_{t ≤ l} (l − t) P(t)
            beyond_.push_back(Rational(2 * heads) - l + below * l - mean_below);
        }
    }

    const Rational& operator()(std::size_t l) const { return beyond_[l]; }

  private:
    std::vector<Rational> chances_, beyond_;
};

}  // namespace

void check_counting_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget) {
    const NetworkClass& c = *manifest.claim.network_class;
    const std::size_t dimension = symbols_to_count(manifest, question, budget);
    const std::size_t greatest = 4 * c.heads + 16;
    budget.memory(greatest, 64 + greatest);
    const MeanBeyond beyond(c.heads, greatest, budget);
    for (std::size_t price = 0; price < greatest; ++price) {
        const Rational each = beyond(price) * dimension + beyond(price + 1) * c.heads + price;
        if (Rational(dimension) > 2 * c.heads * each) return;
    }
    throw Defect("manifest.json: claim.length", "so many pairs of words can be told apart");
}

}  // namespace attest::checker
