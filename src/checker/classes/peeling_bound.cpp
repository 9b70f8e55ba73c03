#include <gmpxx.h>

#include <algorithm>
#include <optional>

#include "checker/classes/every_change.hpp"
#include "checker/classes/peeling_list.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/kernel/defect.hpp"

// Obligation `bound`, by peeling. Theorem (FORMAT.md section 9.9): two layers of one head do not compute a language
// that every change of one symbol leads into or out of, if B < D 2^(D-1) for some price. Why: the network must answer
// the two words of each of the D 2^(D-1) edges differently. Where the activations at all positions but the two words'
// own are equal, the last query can only separate them by what it attends to; peeling its order from the top counts,
// part by part of the lists by which positions choose in layer 1, how many edges can be separated: at most B. Any price
// gives a bound, as a Lagrange multiplier does for the number of words that are taken. With two activations the finer
// count of section 9.9.1 limits how many words of one answer can be taken in turn. The theorem is ours; its peeling of
// an order is that of Hahn [hahn2020theoretical] for one layer.

namespace attest::checker {
namespace {

using Number = std::int64_t;

constexpr std::size_t longest = 1'000'000;
constexpr std::size_t most_counted = 8;    // dimension up to which words are counted one by one
constexpr std::size_t greatest_price = 8;  // one of 3 is enough where any is

mpz_class power(std::size_t exponent) { return mpz_class(1) << static_cast<mp_bitcnt_t>(exponent); }

/// The first count of the text.
bool too_many_for_lists(std::size_t dimension, Budget& budget) {
    budget.arithmetic(dimension / 64);
    const mpz_class pairs = power(dimension - 1) * dimension;
    for (std::size_t price = 1; price < dimension && price <= greatest_price; ++price) {
        const mpz_class list = power(dimension - price - 1) + (dimension - price - 1);
        if (power(dimension) * price + list * (2 * dimension + 1) < pairs) return true;
    }
    return false;
}

/// The count of 9.9.1, for D free symbols and one fixed one.
class TwoActivations {
  public:
    TwoActivations(std::size_t dimension, Budget& budget)
        : dimension_(dimension),
          half_(std::size_t{1} << (dimension - 1)),
          free_(dimension - 1, 1, budget),
          fixed_(dimension, 0, budget),
          budget_(budget) {}

    bool too_many_pairs() const {
        const Number pairs = static_cast<Number>(dimension_ * half_);
        for (Number price = 1; price < static_cast<Number>(dimension_); ++price)
            if (2 * price * static_cast<Number>(half_) + most(price) < pairs) return true;
        return false;
    }

  private:
    /// One pair of the order a position, which takes no more words of a colour than were taken of the other, and two.
    Number most(Number price) const {
        const std::size_t pairs = dimension_ + 1;
        budget_.step(static_cast<std::uint64_t>(pairs) * pairs * half_);
        const std::vector<Number> one = free_.most_beyond(price, half_, budget_);
        const std::vector<Number> settled = fixed_.most_beyond(price, half_, budget_);
        Number greatest = 0;
        for (std::size_t turn = 0; turn < pairs; ++turn) {
            Number sum = 0;
            std::size_t black = 0, white = 0;  // words taken
            for (std::size_t t = 0; t < pairs; ++t) {
                const std::size_t limit = std::min(half_, std::max(black, white) + 2);
                std::size_t& fewer = black < white ? black : white;
                fewer = std::min(half_, fewer + limit);
                sum += t == turn ? settled[limit] : two_lists(one, limit);
            }
            greatest = std::max(greatest, sum);
        }
        return greatest;
    }

    static Number two_lists(const std::vector<Number>& one, std::size_t limit) {
        Number best = 0;
        for (std::size_t k = 0; k <= limit; ++k) best = std::max(best, one[k] + one[limit - k]);
        return best;
    }

    std::size_t dimension_, half_;
    ListValues free_, fixed_;
    Budget& budget_;
};

}  // namespace

void check_peeling_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget) {
    const Claim& claim = manifest.claim;
    const NetworkClass& c = *claim.network_class;
    const std::string place = "manifest.json: claim";
    if (c.layers != 2 || c.heads != 1 || !c.sees_positions)
        throw Defect(place + ".class", "the bound is about two layers of one head that see positions");
    const std::size_t asked = claim.length - (c.reads_end || claim.length == 0 ? 0 : 1);
    if (asked < 3 || asked > longest)
        throw Defect(place + ".length", "the bound is about 3 to 1000000 symbols that are not read");
    if (!changes_with_every_symbol(question.language, claim.length, budget))
        throw Defect(place + ".language", "the bound is about two symbols, of which each change changes membership");
    const std::size_t dimension = asked - 1;
    if (too_many_for_lists(dimension, budget)) return;
    if (c.activations != std::size_t{2} || dimension > most_counted ||
        !TwoActivations(dimension, budget).too_many_pairs())
        throw Defect(place + ".length", "so many pairs of words can be told apart");
}

}  // namespace attest::checker
