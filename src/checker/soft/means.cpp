#include "checker/soft/means.hpp"

#include <algorithm>
#include <cmath>
#include <optional>
#include <string>

#include "checker/kernel/defect.hpp"
#include "checker/network/cut_model.hpp"
#include "checker/network/evaluator.hpp"
#include "checker/question/words.hpp"
#include "checker/soft/soft_evaluator.hpp"
#include "checker/soft/word_runs.hpp"

// FORMAT.md, section 15: the mean is taken again, over all words, of a model that ends behind the part, by the evaluators
// that all claims are checked by. A sum in intervals holds the true sum; a constant is near if it is near to both ends. A
// sum of m doubles x̂, each no further than e from its x, differs from that of the x by at most Σ e, and is rounded by at
// most γ Σ |x̂| (doubles/bound.hpp): that is an interval, too, and where it is too wide to tell, wider numbers are asked.

namespace attest::checker {
namespace {

constexpr std::uint64_t most_words = std::uint64_t{1} << 22;
constexpr long mean_bits = 256;

std::uint64_t count_words(std::size_t symbols, std::size_t length) {
    std::uint64_t count = 1;
    for (std::size_t i = 0; i < length && symbols > 1; ++i) {
        count *= symbols;
        if (count > most_words) throw Defect("manifest.json: claim.instead", "there are more than 2^22 words");
    }
    return count;
}

struct Ends {
    Rational low, high;
};

/// A sum for each coordinate, of each position or of all together.
using Sums = std::vector<std::vector<Ends>>;

/// The sum over all words of the vectors that are given for each.
template <typename Of>
auto sum_over_words(const Model& model, std::size_t length, const Of& of) {
    Word word(length, 0);
    auto sums = of(word);
    while (advance(word, model.alphabet.size())) {
        const auto more = of(word);
        for (std::size_t k = 0; k < sums.size(); ++k)
            for (std::size_t c = 0; c < sums[k].size(); ++c) sums[k][c] += more[k][c];
    }
    return sums;
}

/// What one part adds, over all words.
class SumsOf {
  public:
    SumsOf(const Model& cut, std::size_t length, bool by_position, const std::string& place, Budget& budget)
        : cut_(cut), length_(length), by_position_(by_position), place_(place), budget_(budget) {}

    Sums exact() const {
        const Instance instance = instantiate(cut_, length_, budget_);
        Sums ends;
        for (const Vector& sum : sum_over_words(cut_, length_, [&](const Word& word) {
                 return by_position_ ? final_vectors(instance, word, budget_)
                                     : std::vector<Vector>{final_vector(instance, word, budget_)};
             })) {
            ends.emplace_back();
            for (const Rational& x : sum) ends.back().push_back({x, x});
        }
        return ends;
    }

    Sums in_intervals() const {
        const SoftInstance instance = instantiate(cut_, length_, mean_bits, budget_);
        Sums ends;
        for (const Intervals& sum : sum_over_words(cut_, length_, [&](const Word& word) {
                 return by_position_ ? vectors_that_are_read(instance, word, budget_)
                                     : std::vector<Intervals>{logits(instance, word, budget_)};
             })) {
            ends.emplace_back();
            for (const Interval& x : sum) {
                if (!x.is_finite()) throw Defect(place_, "its mean is not certain");
                ends.back().push_back({x.low(), x.high()});
            }
        }
        return ends;
    }

    /// Nothing where doubles do not know the model, or their bounds are infinite.
    std::optional<Sums> in_doubles(std::uint64_t words) const {
        if (!has_words(cut_)) return std::nullopt;
        WordNetwork network =
            network_in_doubles(instantiate_without_maps(cut_, length_, mean_bits, budget_), budget_, true);
        if (by_position_) {
            network.mean = false;
            network.readouts.clear();
            for (std::size_t p = 0; p < network.positions; ++p) network.readouts.push_back({p});
        }
        const std::size_t places = network.readouts.size();
        WordRuns runs(std::move(network), budget_, most_columns);
        std::vector<DoubleSum> sums(places, DoubleSum(cut_.dimension));
        Word word(length_, 0);
        do {
            const WordRuns::Place at = runs.together(word);
            budget_.step(places, cut_.dimension);
            for (std::size_t k = 0; k < places; ++k) sums[k].add(at.batch.logits(k), at.column);
        } while (advance(word, cut_.alphabet.size()));
        Sums ends;
        for (const DoubleSum& sum : sums) {
            const double error = sum.error(words);
            if (!(error < greatest)) return std::nullopt;
            ends.push_back(sum.ends(error));
        }
        return ends;
    }

  private:
    static constexpr std::uint64_t most_columns = 256;

    class DoubleSum {
      public:
        explicit DoubleSum(std::size_t dimension) : values_(dimension, 0) {}

        void add(const Columns& columns, std::size_t column) {
            const ConstRows rows = columns.at(column);
            for (std::size_t c = 0; c < values_.size(); ++c) values_[c] += rows.row(c)[0];
            errors_ += columns.bounds.front().error;
            sizes_ += columns.bounds.front().size;
        }
        double error(std::uint64_t words) const {
            return upward(errors_ + rounding_of(static_cast<std::size_t>(words)) * sizes_);
        }
        std::vector<Ends> ends(double error) const {
            std::vector<Ends> ends;
            for (const double x : values_)
                ends.push_back({Rational(x) - Rational(error), Rational(x) + Rational(error)});
            return ends;
        }

      private:
        std::vector<double> values_;
        double errors_ = 0, sizes_ = 0;
    };

    const Model& cut_;
    std::size_t length_;
    bool by_position_;
    const std::string& place_;
    Budget& budget_;
};

/// The constants of one part, [position or only one][coordinate].
std::vector<Vector> constants_of(const Instead& instead, std::size_t k) {
    return instead.by_position.empty() ? std::vector<Vector>{instead.constants[k]} : instead.by_position[k];
}

/// Where a constant stands that is not certainly near; empty if all are.
std::string not_near(const std::vector<Vector>& constants, const Sums& sums, const Rational& within,
                     std::uint64_t words) {
    const Rational reach = within * static_cast<unsigned long>(words);
    for (std::size_t p = 0; p < sums.size(); ++p)
        for (std::size_t c = 0; c < sums[p].size(); ++c) {
            const Rational value = constants[p][c] * static_cast<unsigned long>(words);
            if (value - sums[p][c].low > reach || sums[p][c].high - value > reach)
                return (constants.size() == 1 ? "" : "[" + std::to_string(p) + "]") + "[" + std::to_string(c) + "]";
        }
    return "";
}

void check_part(const Model& model, const Claim& claim, std::size_t k, std::uint64_t words, Budget& budget) {
    const std::string place = "manifest.json: claim.instead.constants[" + std::to_string(k) + "]";
    const bool by_position = !claim.instead->by_position.empty();
    const Model cut = cut_behind(model, claim.without[k], by_position);
    const std::vector<Vector> constants = constants_of(*claim.instead, k);
    const Rational& within = *claim.instead->within;
    const SumsOf sums(cut, claim.length, by_position, place, budget);
    if (cut.is_soft())
        if (const auto found = sums.in_doubles(words); found && not_near(constants, *found, within, words).empty())
            return;
    const std::string where = not_near(constants, cut.is_soft() ? sums.in_intervals() : sums.exact(), within, words);
    if (!where.empty()) throw Defect(place + where, "it is not so near to the mean");
}

}  // namespace

/// for each part k of the list and each coordinate c: |constant_k[c] - mean over all words of what k adds to c| <= within,
/// at each position where the constants are of these
void check_means(const Model& model, const Claim& claim, Budget& budget) {
    const std::uint64_t words = count_words(model.alphabet.size(), claim.length);
    budget.memory(16 * claim.length + 256 * model.dimension * (claim.length + 2));
    for (std::size_t k = 0; k < claim.without.size(); ++k) check_part(model, claim, k, words, budget);
}

}  // namespace attest::checker
