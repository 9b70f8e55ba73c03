#include "attest/measure/influence/certify.hpp"

#include <algorithm>
#include <map>

#include "base/parallel.hpp"

namespace attest::influence {

namespace {

using Partition = std::vector<std::int32_t>;

/// A set of words, a replacement and a partition of the positions, with what the boxes say about them.
struct Cell {
    Counts words;
    Replacement replacement;
    Partition partition;
    Change change;
    double bound = exact::infinity;
    double least_width = 0;  // of the change, over the classes of the replaced position: what all have in common

    std::uint64_t work() const { return change.work; }
};

bool is_worse(const Cell& a, const Cell& b) { return a.bound < b.bound; }

class Search {
  public:
    Search(const Network& net, const CertifyOptions& options, const base::Limits& limits)
        : net_(net), options_(options), limits_(limits) {
        result_.logit = {exact::infinity, -exact::infinity};
        node_bound_.assign(net.classes.size(), 0);
        parent_.assign(net.classes.size(), -1);
        for (std::size_t c = 0; c < net.classes.size(); ++c)
            for (const std::int32_t part : {net.classes[c].left, net.classes[c].right})
                if (part >= 0) parent_[static_cast<std::size_t>(part)] = static_cast<std::int32_t>(c);
    }

    Certified run() {
        for (language::Symbol a = 0; a < net_.symbols; ++a)
            for (language::Symbol b = a + 1; b < net_.symbols; ++b)
                if (const auto words = Counts::all(net_.symbols, net_.length).with(a))
                    open_.push_back(evaluate({*words, {a, b, options_.where}, first_partition(), {}}));
        for (const Cell& cell : open_) learn(cell);
        std::make_heap(open_.begin(), open_.end(), is_worse);
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
    static constexpr std::size_t batch = 16;        // cells divided at a time, however many threads do it
    static constexpr std::size_t few_classes = 80;  // so many are told apart from the start

    /// Whether the last doubling of the work made the bound no better to speak of.
    bool returns_diminish() {
        if (work_ < next_review_) return false;
        const bool stop = open_.front().bound > 0.85 * bound_at_review_;
        bound_at_review_ = open_.front().bound;
        next_review_ = 2 * work_;
        return stop;
    }

    double enough() const { return best_ * options_.near_enough; }

    Partition first_partition() const {
        Partition leaves;
        std::vector<std::int32_t> rest = net_.roots;
        while (!rest.empty() && leaves.size() + rest.size() <= few_classes) {
            const std::int32_t c = rest.back();
            rest.pop_back();
            const PositionClass& cls = net_.classes[static_cast<std::size_t>(c)];
            if (cls.left < 0) leaves.push_back(c);
            else rest.insert(rest.end(), {cls.left, cls.right});
        }
        if (rest.empty()) return leaves;
        return net_.by_position ? net_.roots : start_of_tree();
    }
    /// The upper part of the tree, cut where classes hold a sixteenth of the positions.
    Partition start_of_tree() const {
        Partition cut;
        std::vector<std::int32_t> rest = net_.roots;
        while (!rest.empty()) {
            const std::int32_t c = rest.back();
            rest.pop_back();
            const PositionClass& cls = net_.classes[static_cast<std::size_t>(c)];
            if (cls.left < 0 || net_.count(c) * 8 < static_cast<double>(net_.n)) cut.push_back(c);
            else rest.insert(rest.end(), {cls.left, cls.right});
        }
        return cut;
    }

    Cell evaluate(Cell cell) const {
        cell.change = enclose_change(net_, cell.partition, cell.words, cell.replacement);
        cell.bound = 0;
        for (const Box& box : cell.change.by_class)
            for (std::size_t s = 0; s < box.size(); ++s)
                if (cell.change.possible[s]) cell.bound = std::max(cell.bound, box[s].magnitude());
        cell.least_width = exact::infinity;
        for (const Box& box : cell.change.by_class)
            if (!box.empty()) cell.least_width = std::min(cell.least_width, own_width(box));
        return cell;
    }

    /// The same words with the positions told apart where that is missed most; nothing if all are.
    std::optional<Cell> finer(const Cell& cell) const {
        double most = -1;
        for (std::size_t k = 0; k < cell.partition.size(); ++k)
            if (cls(cell.partition[k]).left >= 0) most = std::max(most, weight(cell, k));
        if (most < 0) return std::nullopt;
        Cell next{cell.words, cell.replacement, {}, {}};
        for (std::size_t k = 0; k < cell.partition.size(); ++k) {
            const PositionClass& c = cls(cell.partition[k]);
            if (c.left >= 0 && weight(cell, k) >= 0.3 * most)
                next.partition.insert(next.partition.end(), {c.left, c.right});
            else next.partition.push_back(cell.partition[k]);
        }
        return next;
    }
    /// How much of the bound's excess a class may be to blame for.
    static double weight(const Cell& cell, std::size_t k) {
        const double sum = cell.change.slack[k] + std::max(0.0, own_width(cell.change.by_class[k]) - cell.least_width);
        return std::isfinite(sum) ? sum : 1e300;
    }
    static double own_width(const Box& box) {
        double width = 0;
        for (const Interval& x : box) width = std::max(width, x.width());
        return width;
    }

    /// The same with parts put together again whose difference matters little, where that costs no more than a trifle.
    Cell coarser(Cell cell) const {
        if (cell.partition.size() <= few_classes / 4) return cell;
        const double trifle = 1e-4 * cell.bound;
        std::map<std::int32_t, std::size_t> light;  // parent → children in the partition that weigh little
        for (std::size_t k = 0; k < cell.partition.size(); ++k)
            if (weight(cell, k) < trifle && parent(cell.partition[k]) >= 0) ++light[parent(cell.partition[k])];
        Cell next{cell.words, cell.replacement, {}, {}};
        for (std::size_t k = 0; k < cell.partition.size(); ++k) {
            const std::int32_t up = parent(cell.partition[k]);
            const auto both = up < 0 ? light.end() : light.find(up);
            if (both == light.end() || both->second < 2) next.partition.push_back(cell.partition[k]);
            else if (cls(up).left == cell.partition[k]) next.partition.push_back(up);
        }
        if (next.partition.size() == cell.partition.size()) return cell;
        next = evaluate(std::move(next));
        if (next.bound > cell.bound * 1.0001) return cell;
        return coarser(std::move(next));
    }
    std::int32_t parent(std::int32_t c) const { return parent_[static_cast<std::size_t>(c)]; }

    struct Division {
        std::vector<Cell> parts;
        std::uint64_t work = 0;
    };

    Division divide(const Cell& cell) const {
        Division by_positions, by_counts;
        if (auto next = finer(cell)) by_positions.parts.push_back(evaluate(std::move(*next)));
        if (const auto halves = cell.words.halves())
            for (const Counts* words : {&halves->first, &halves->second})
                if (const auto narrowed = words->with(cell.replacement.from))
                    by_counts.parts.push_back(evaluate({*narrowed, cell.replacement, cell.partition, {}}));
        const auto bound = [](const Division& d) {
            double worst = 0;
            for (const Cell& part : d.parts) worst = std::max(worst, part.bound);
            return d.parts.empty() ? exact::infinity : worst;
        };
        std::uint64_t work = 0;
        for (const Division* d : {&by_positions, &by_counts})
            for (const Cell& part : d->parts) work += part.work();
        Division& better =
            bound(by_positions) <= bound(by_counts) && !by_positions.parts.empty() ? by_positions : by_counts;
        if (&better == &by_counts)
            for (Cell& part : better.parts) part = coarser(std::move(part));
        better.work = work;
        return std::move(better);
    }

    void divide_worst() {
        std::vector<Cell> cells;
        std::uint64_t expected = work_;  // a division looks at three new cells, about as large
        while (!open_.empty() && cells.size() < batch && open_.front().bound > enough() &&
               (cells.size() < 2 || expected < options_.most_work)) {
            expected += 3 * open_.front().work();
            std::pop_heap(open_.begin(), open_.end(), is_worse);
            cells.push_back(std::move(open_.back()));
            open_.pop_back();
        }
        std::vector<Division> divisions(cells.size());
        base::in_parallel(options_.threads, cells.size(), [&](std::size_t k) { divisions[k] = divide(cells[k]); });
        for (std::size_t k = 0; k < cells.size(); ++k) {
            work_ += divisions[k].work;
            if (divisions[k].parts.empty()) close(cells[k]);
            for (Cell& part : divisions[k].parts) {
                learn(part);
                open_.push_back(std::move(part));
                std::push_heap(open_.begin(), open_.end(), is_worse);
            }
        }
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
        return cls(cell.partition[k]).members[0] - offset();
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
        const std::int64_t place = word_position(k, cell), reader = net_.readout - offset();
        if (!put(place, cell.replacement.from, 0)) return std::nullopt;
        const bool reads_word = reader >= 1 && reader <= net_.length;
        if (reads_word && !put(reader, static_cast<language::Symbol>(s), place)) return std::nullopt;
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

    const PositionClass& cls(std::int32_t c) const { return net_.classes[static_cast<std::size_t>(c)]; }

    const Network& net_;
    const CertifyOptions& options_;
    const base::Limits& limits_;
    std::vector<Cell> open_;  // a heap, the greatest bound first
    std::vector<double> node_bound_;
    std::vector<std::int32_t> parent_;
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
