// A certified bound by branch and bound.
//
// Statement. Cells (cell.hpp) cover all words in which a symbol a may be replaced by b, for each pair a < b (the change
// from b to a is the same but for its sign). Each has a true bound on |logit after − before|; so the greatest bound of
// the cells that are left is true of all. The cell with the greatest bound is divided until that bound is near what
// some replacement is known to reach, until another doubling of the work would change little, or until a limit ends it:
// at each moment it is a bound.
//
// A cell also shows a lower bound: its least |change| is reached by any of its words that has the symbols where the
// cell says; one is written down as a witness (`word_with`).
//
// Results do not depend on the number of threads: sixteen cells are divided at a time, in whatever order, and taken in
// in order.
//
// Source  best-first branch and bound [land1960automatic]; that single replacements have such bounds,
//         [hahn2020theoretical, Lemma 5]

#include "attest/measure/influence/certify.hpp"

#include <algorithm>

#include "base/parallel.hpp"
#include "cell.hpp"

namespace attest::influence {

namespace {

bool is_better(const Cell& a, const Cell& b) { return a.bound < b.bound; }

class Search {
  public:
    Search(const Network& net, const CertifyOptions& options, const base::Limits& limits)
        : net_(net), options_(options), limits_(limits), subdivision_(net), node_bound_(net.classes.size(), 0) {
        result_.logit = {exact::infinity, -exact::infinity};
    }

    Certified run() {
        for (language::Symbol a = 0; a < net_.symbols; ++a)
            for (language::Symbol b = a + 1; b < net_.symbols; ++b)
                if (auto cell = subdivision_.whole({a, b, options_.where})) open_.push_back(std::move(*cell));
        for (const Cell& cell : open_) learn(cell);
        std::make_heap(open_.begin(), open_.end(), is_better);
        while (!open_.empty() && open_.front().bound > enough()) {
            if (limits_.exceeded() || work_ > options_.most_work || returns_diminish()) {
                result_.complete = false;
                break;
            }
            divide_worst();
        }
        for (const Cell& cell : open_) close(cell);
        finish();
        return std::move(result_);
    }

  private:
    static constexpr std::size_t batch = 16;  // cells divided at a time, however many threads do it

    /// Whether the last doubling of the work made the bound no better to speak of.
    bool returns_diminish() {
        if (work_ < next_review_) return false;
        const bool stop = open_.front().bound > 0.85 * bound_at_review_;
        bound_at_review_ = open_.front().bound;
        next_review_ = 2 * work_;
        return stop;
    }

    double enough() const { return best_ * options_.near_enough; }

    void divide_worst() {
        const std::vector<Cell> cells = take_worst();
        std::vector<Subdivision::Parts> parts(cells.size());
        base::in_parallel(options_.threads, cells.size(),
                          [&](std::size_t k) { parts[k] = subdivision_.divide(cells[k]); });
        for (std::size_t k = 0; k < cells.size(); ++k) {
            work_ += parts[k].work;
            if (parts[k].cells.empty()) close(cells[k]);
            for (Cell& part : parts[k].cells) {
                learn(part);
                open_.push_back(std::move(part));
                std::push_heap(open_.begin(), open_.end(), is_better);
            }
        }
    }
    std::vector<Cell> take_worst() {
        std::vector<Cell> cells;
        std::uint64_t expected = work_;  // a division looks at three new cells, about as large
        while (!open_.empty() && cells.size() < batch && open_.front().bound > enough() &&
               (cells.size() < 2 || expected < options_.most_work)) {
            expected += 3 * open_.front().work();
            std::pop_heap(open_.begin(), open_.end(), is_better);
            cells.push_back(std::move(open_.back()));
            open_.pop_back();
        }
        return cells;
    }

    /// What is certain to occur in some word of this cell.
    void learn(const Cell& cell) {
        for (std::size_t k = 0; k < cell.partition.size(); ++k)
            for (std::size_t s = 0; s < cell.change.by_class[k].size(); ++s) {
                const Interval change = cell.change.by_class[k][s];
                if (!cell.change.possible[s] || change.mignitude() <= best_witnessed_) continue;
                const auto word = word_with(cell, k, s);
                if (!word) continue;
                best_witnessed_ = change.mignitude();
                result_.witness = Witness{*word, word_position(k, cell), cell.replacement.to, change};
            }
        best_ = std::max({best_, best_witnessed_, options_.reached});
    }
    std::int64_t offset() const { return net_.first_symbol - 1; }
    std::int64_t word_position(std::size_t k, const Cell& cell) const {
        return position_class(cell.partition[k]).members[0] - offset();
    }

    /// A word of the cell with the symbol to replace in class k and symbol s at the readout position.
    std::optional<language::Word> word_with(const Cell& cell, std::size_t k, std::size_t s) const {
        language::Word word = cell.words.some_word();
        const auto put = [&](std::int64_t position, language::Symbol symbol, std::int64_t keep) {
            const auto at = static_cast<std::size_t>(position - 1);
            if (word[at] == symbol) return true;
            for (std::size_t p = 0; p < word.size(); ++p)
                if (word[p] == symbol && static_cast<std::int64_t>(p) != keep - 1)
                    return std::swap(word[p], word[at]), true;
            return false;
        };
        const std::int64_t place = word_position(k, cell), readout = net_.readout - offset();
        if (!put(place, cell.replacement.from, 0)) return std::nullopt;
        const bool reads_word = readout >= 1 && readout <= net_.length;
        if (reads_word && !put(readout, static_cast<language::Symbol>(s), place)) return std::nullopt;
        return word;
    }

    /// A cell that will not be divided further.
    void close(const Cell& cell) {
        ++result_.cells;
        for (std::size_t k = 0; k < cell.partition.size(); ++k)
            for (std::size_t s = 0; s < cell.change.by_class[k].size(); ++s)
                if (cell.change.possible[s]) {
                    double& bound = node_bound_[static_cast<std::size_t>(cell.partition[k])];
                    bound = std::max(bound, cell.change.by_class[k][s].magnitude());
                    result_.distance = std::max(result_.distance, cell.change.distance[k][s].hi);
                }
        for (std::size_t s = 0; s < cell.change.logit.size(); ++s)
            if (cell.change.possible[s]) {
                const Interval before = cell.change.logit[s];
                result_.logit = hull(result_.logit, before);
                for (const Box& box : cell.change.by_class)
                    if (!box.empty()) result_.logit = hull(result_.logit, before + box[s]);
            }
    }

    void finish() {
        result_.by_position.assign(static_cast<std::size_t>(net_.length), 0);
        result_.bound = 0;
        const std::int64_t first = offset();
        // Two outputs differ by no more than all of them do.
        const double range =
            (Interval{result_.logit.hi, result_.logit.hi} - Interval{result_.logit.lo, result_.logit.lo}).hi;
        for (double& bound : node_bound_) bound = result_.logit.lo <= result_.logit.hi ? std::min(bound, range) : bound;
        for (std::size_t c = 0; c < net_.classes.size(); ++c) {
            if (node_bound_[c] == 0) continue;
            result_.bound = std::max(result_.bound, node_bound_[c]);
            for (const std::int64_t p : net_.classes[c].members) {
                double& bound = result_.by_position[static_cast<std::size_t>(p - 1 - first)];
                bound = std::max(bound, node_bound_[c]);
            }
        }
    }

    const PositionClass& position_class(std::int32_t c) const { return net_.classes[static_cast<std::size_t>(c)]; }

    const Network& net_;
    const CertifyOptions& options_;
    const base::Limits& limits_;
    const Subdivision subdivision_;
    std::vector<Cell> open_;  // a heap, the greatest bound first
    std::vector<double> node_bound_;
    double best_ = 0, best_witnessed_ = 0;
    std::uint64_t work_ = 0, next_review_ = 20'000'000;
    double bound_at_review_ = exact::infinity;
    Certified result_;
};

}  // namespace

Certified certify(const Network& network, const CertifyOptions& options, const base::Limits& limits) {
    return Search(network, options, limits).run();
}

}  // namespace attest::influence
