#include <gmpxx.h>

#include <algorithm>
#include <map>
#include <tuple>
#include <vector>

#include "checker/classes/every_change.hpp"
#include "checker/classes/threshold.hpp"
#include "checker/core/rational.hpp"
#include "checker/kernel/defect.hpp"

// Obligation `bound`, by faces. Theorem (FORMAT.md section 9.12): two layers of one head and A activations do not compute
// a language that every change of one symbol leads into or out of, if for some price and weights of faces the lists
// come to less than all words must. Why: as in 9.9; besides, of each face one word at least is taken last, and of a face
// within a part all words that are taken from the part. The weights are the certificate's. The theorem is ours.

namespace attest::checker {
namespace {

constexpr std::size_t most_orders = std::size_t{1} << 20;

unsigned long choose(std::size_t n, std::size_t k) {
    mpz_class c;
    mpz_bin_uiui(c.get_mpz_t(), n, k);
    return c.get_ui();
}

/// ψ*, and what may be taken from a part: words of which the faces within are paid.
class Weighing {
  public:
    Weighing(std::size_t dimension, const FaceWeighing& by, Budget& budget)
        : dimension_(dimension), by_(by), budget_(budget) {}

    /// ψ of the text.
    Rational psi(std::size_t out) const {
        Rational sum = Rational(out) - by_.price;
        for (const auto& [d, weight] : by_.weights) sum += weight * choose(dimension_ - out, d);
        return sum;
    }

    /// The greatest over the number of words taken from a cube of k dimensions, of which one colour has, by the number
    /// of its later neighbours at most, so many words.
    Rational most(std::size_t k, const std::map<std::size_t, std::size_t>& words) {
        const auto known = parts_.find({k, words});
        if (known != parts_.end()) return known->second;
        std::vector<Rational> worth;
        for (const auto& [out, count] : words) {
            Rational best = psi(0);
            for (std::size_t o = 1; o <= out; ++o) best = std::max(best, psi(o));
            worth.insert(worth.end(), count, best);
        }
        budget_.step(worth.size(), 256);
        std::sort(worth.begin(), worth.end(), std::greater<>());
        Rational greatest = 0, sum = 0;
        for (std::size_t t = 1; t <= worth.size(); ++t) {
            sum += worth[t - 1];
            greatest = std::max<Rational>(greatest, sum - paid(k, t));
        }
        parts_[{k, words}] = greatest;
        return greatest;
    }

    /// What all words together come to at least.
    Rational least() const {
        Rational sum = Rational(dimension_) / 2 - by_.price;
        for (const auto& [d, weight] : by_.weights)
            sum += weight * choose(dimension_, d) / (mpz_class(1) << static_cast<mp_bitcnt_t>(d));
        return sum * (mpz_class(1) << static_cast<mp_bitcnt_t>(dimension_));
    }

  private:
    /// Of t words of one colour in a cube of k dimensions, for its faces.
    Rational paid(std::size_t k, std::size_t t) const {
        Rational sum = 0;
        for (const auto& [d, weight] : by_.weights) {
            if (d > k) continue;
            const std::size_t free = std::size_t{1} << (k - d);
            if (t > free) sum += weight * choose(k, d) * (t - free);
        }
        return sum;
    }

    std::size_t dimension_;
    const FaceWeighing& by_;
    Budget& budget_;
    std::map<std::pair<std::size_t, std::map<std::size_t, std::size_t>>, Rational> parts_;
};

/// A list of d symbols: words as numbers, part r of those whose r-th bit is the lowest 1, part d + 1 the word 0.
class PartsInTurn {
  public:
    PartsInTurn(std::size_t symbols, std::size_t own, std::size_t activations)
        : symbols_(symbols), own_(own), values_(activations) {}

    Rational most(Weighing& weighing, Budget& budget) const {
        std::size_t orders = 1;
        for (std::size_t part = 0; part <= symbols_; ++part) orders *= values_;
        Rational greatest = 0;
        std::vector<std::size_t> turn(symbols_ + 1);
        for (std::size_t order = 0; order < orders; ++order) {
            budget.step((symbols_ + 1) * (symbols_ + 1), 8);
            for (std::size_t part = 0, rest = order; part <= symbols_; ++part, rest /= values_)
                turn[part] = rest % values_;
            Rational sum = 0;
            for (std::size_t part = 0; part <= symbols_; ++part) sum += of_part(part, turn, weighing);
            greatest = std::max(greatest, sum);
        }
        return greatest;
    }

  private:
    /// Of the part, from 0: the directions within it and those to parts that are gone lead to no later word.
    Rational of_part(std::size_t part, const std::vector<std::size_t>& turn, Weighing& weighing) const {
        const bool single = part + 1 >= symbols_;
        const std::size_t k = single ? 0 : symbols_ - part - 1, words = k == 0 ? 1 : std::size_t{1} << (k - 1);
        if (turn[part] == values_ - 1) return weighing.most(k, {{0, words}});
        std::size_t out = own_, across = 0;
        for (std::size_t q = 0; q < part; ++q) out += turn[q] > turn[part] ? 1 : 0;
        // Across its own symbol lie the later parts; the two words at the end of the list have different colours.
        for (std::size_t s = part + 1; s + 1 < symbols_; ++s)
            across += turn[s] <= turn[part] ? std::size_t{1} << (symbols_ - s - 2) : 0;
        if (part == symbols_) return weighing.most(k, {{out, 1}});
        if (part + 1 == symbols_) across = turn[symbols_] <= turn[part] ? 1 : 0;
        else if (turn[symbols_ - 1] <= turn[part] && turn[symbols_] <= turn[part]) ++across;
        std::map<std::size_t, std::size_t> by_neighbours;
        if (across > 0) by_neighbours[out] = across;
        if (across < words) by_neighbours[out + 1] = words - across;
        return weighing.most(k, by_neighbours);
    }

    std::size_t symbols_, own_, values_;
};

}  // namespace

void check_faces_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget) {
    const Claim& claim = manifest.claim;
    const NetworkClass& c = *claim.network_class;
    const std::string place = "manifest.json: claim";
    if (c.layers != 2 || c.heads != 1 || !c.sees_positions || !c.activations)
        throw Defect(place + ".class",
                     "the bound is about two layers of one head with bounded activations that see positions");
    const std::size_t asked = claim.length - (c.reads_end || claim.length == 0 ? 0 : 1);
    std::size_t orders = 1;
    for (std::size_t k = 0; k < asked && orders <= most_orders; ++k) orders *= *c.activations;
    if (asked < 3 || orders > most_orders)
        throw Defect(place + ".length",
                     "the bound is about 3 symbols or more that are not read, with A^P at most 2^20");
    if (!changes_with_every_symbol(question.language, claim.length, budget))
        throw Defect(place + ".language", "the bound is about two symbols, of which each change changes membership");
    const std::size_t dimension = asked - 1;
    const FaceWeighing& by = *manifest.evidence.faces;
    for (const auto& [d, weight] : by.weights)
        if (d > dimension)
            throw Defect("manifest.json: evidence.faces", "faces of more dimensions than there are free symbols");
    Weighing weighing(dimension, by, budget);
    const Rational lists = 2 * dimension * PartsInTurn(dimension - 1, 1, *c.activations).most(weighing, budget) +
                           PartsInTurn(dimension, 0, *c.activations).most(weighing, budget);
    const Rational left = weighing.most(dimension, {{0, std::size_t{1} << (dimension - 1)}});
    if (lists + left >= weighing.least()) throw Defect(place + ".length", "so many words can be told apart");
}

}  // namespace attest::checker
