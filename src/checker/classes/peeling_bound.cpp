#include <algorithm>
#include <optional>

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

constexpr std::size_t most_symbols = 20;  // of a list: the sets of its parts are gone through
constexpr std::size_t most_limited = 11;  // dimension up to which words are counted one by one

Number at(const std::vector<Number>& best, std::size_t limit) { return best[std::min(limit, best.size() - 1)]; }

/// One cube: D free symbols, of which each has two lists, and perhaps one fixed symbol with a list.
class Cube {
  public:
    Cube(std::size_t dimension, bool fixed, std::size_t activations, Budget& budget)
        : dimension_(dimension),
          fixed_(fixed),
          limited_(activations == 2 && dimension <= most_limited),
          budget_(budget) {
        const std::size_t values = activations == 0 ? 0 : activations - 1;
        free_ = neighbours_by_words(dimension - 1, true, values, limited_, budget);
        if (fixed) settled_ = neighbours_by_words(dimension, false, values, limited_, budget);
    }

    /// Whether its pairs of words are more than a network can separate.
    bool too_many_pairs() {
        const Number pairs = static_cast<Number>(dimension_) << (dimension_ - 1);
        for (std::size_t price = 0; price <= dimension_; ++price) {
            const Number all = static_cast<Number>(price) << dimension_;
            if (all + by_lists(static_cast<Number>(price)) < pairs) return true;
            if (limited_ && all + by_growth(static_cast<Number>(price)) < pairs) return true;
        }
        return false;
    }

  private:
    Number by_lists(Number price) const {
        const Number lists = 2 * static_cast<Number>(dimension_) * most_beyond(free_, price).back();
        return fixed_ ? lists + most_beyond(settled_, price).back() : lists;
    }

    /// Two values: one pair of the order a position, which takes no more words of a colour than were taken of the
    /// other, and two.
    Number by_growth(Number price) {
        const std::size_t half = std::size_t{1} << (dimension_ - 1), pairs = dimension_ + (fixed_ ? 1 : 0);
        budget_.step(static_cast<std::uint64_t>(pairs) * pairs * half);
        const std::vector<Number> one = most_beyond(free_, price);
        const std::vector<Number> settled = fixed_ ? most_beyond(settled_, price) : std::vector<Number>();
        std::optional<Number> most;
        for (std::size_t turn = 0; turn < (fixed_ ? pairs : 1); ++turn) {
            Number sum = 0;
            std::size_t black = 0, white = 0;  // words taken
            for (std::size_t t = 0; t < pairs; ++t) {
                const std::size_t limit = std::min(half, std::max(black, white) + 2);
                std::size_t& fewer = black < white ? black : white;
                fewer = std::min(half, fewer + limit);
                sum += fixed_ && t == turn ? at(settled, limit) : two_lists(one, limit);
            }
            most = std::max(most.value_or(sum), sum);
        }
        return *most;
    }

    static Number two_lists(const std::vector<Number>& one, std::size_t limit) {
        Number best = 0;
        for (std::size_t k = 0; k <= limit; ++k) best = std::max(best, at(one, k) + at(one, limit - k));
        return best;
    }

    std::size_t dimension_;
    bool fixed_;
    bool limited_;  ///< whether words are counted one by one
    Budget& budget_;
    std::vector<Number> free_, settled_;
};

/// Membership changes with every symbol.
bool is_parity(const NetworkWords& words) {
    for (std::size_t k = 0; k < words.words.size(); ++k) {
        const auto ones = std::count(words.words[k].begin(), words.words[k].end(), std::size_t{1});
        if (words.member[k] != (words.member[0] != (ones % 2 == 1))) return false;
    }
    return true;
}

}  // namespace

void check_peeling_bound(const Manifest& manifest, const ThresholdQuestion& question, Budget& budget) {
    const Claim& claim = manifest.claim;
    const NetworkClass& c = *claim.network_class;
    const std::string place = "manifest.json: claim";
    if (c.layers != 2 || c.heads != 1 || !c.sees_positions)
        throw Defect(place + ".class", "the bound is about two layers of one head that see positions");
    const std::size_t free = claim.length - (c.reads_end ? 0 : 1);
    if (free < 3 || free > most_symbols)
        throw Defect(place + ".length", "the bound is about 3 to 20 symbols that are not read");
    if (question.words.symbols != 2 || !is_parity(question.words))
        throw Defect(place + ".language", "the bound is about two symbols, of which each change changes membership");
    const std::size_t activations = c.activations.value_or(0);
    if (!Cube(free - 1, true, activations, budget).too_many_pairs() ||
        !Cube(free, false, activations, budget).too_many_pairs())
        throw Defect(place + ".length", "so many pairs of words can be told apart");
}

}  // namespace attest::checker
