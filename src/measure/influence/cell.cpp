// How what is bounded is divided.
//
// A bound over a cell is wide for two reasons. Classes of the partition hold positions that differ: their boxes are
// hulls, and so are the terms that they add to a head's change (Change::slack says how wide each is). Or the words
// differ in their counts of symbols. So there are two ways to divide: classes to which the width is due are replaced by
// their two parts in the tree of positions (`finer`); or words are halved by the count of the symbol with the widest
// range. Both are tried, and the one with the lower bound is taken: strong branching, as of integer programming
// [achterberg2005branching]. Where counts were halved, classes whose difference no longer matters are joined again
// (`coarser`), so that the many cells near the end stay cheap.

#include "cell.hpp"

#include <algorithm>
#include <cmath>
#include <map>

namespace attest::influence {

namespace {

/// How much of the bound's excess a class may be to blame for.
double weight(const Cell& cell, std::size_t k) {
    const double own = std::max(0.0, greatest_width(cell.change.by_class[k]) - cell.least_width);
    const double sum = cell.change.slack[k] + own;
    return std::isfinite(sum) ? sum : 1e300;
}

/// The worst of the parts; infinite where there is none.
double bound_of(const std::vector<Cell>& cells) {
    double worst = cells.empty() ? exact::infinity : 0;
    for (const Cell& cell : cells) worst = std::max(worst, cell.bound);
    return worst;
}

}  // namespace

double greatest_width(const Box& change) {
    double width = 0;
    for (const Interval& x : change) width = std::max(width, x.width());
    return width;
}

Subdivision::Subdivision(const Network& network) : net_(network), parent_(network.classes.size(), -1) {
    for (std::size_t c = 0; c < network.classes.size(); ++c)
        for (const std::int32_t part : {network.classes[c].left, network.classes[c].right})
            if (part >= 0) parent_[static_cast<std::size_t>(part)] = static_cast<std::int32_t>(c);
}

std::optional<Cell> Subdivision::whole(Replacement replacement) const {
    const auto words = Counts::all(net_.symbols, net_.length).with(replacement.from);
    if (!words) return std::nullopt;
    return evaluate({*words, replacement, first_partition(), {}});
}

/// The leaves of the tree if they are few, else its upper part.
std::vector<std::int32_t> Subdivision::first_partition() const {
    std::vector<std::int32_t> leaves, rest = net_.roots;
    while (!rest.empty() && leaves.size() + rest.size() <= few_classes) {
        const std::int32_t c = rest.back();
        rest.pop_back();
        const PositionClass& at = position_class(c);
        if (at.left < 0) leaves.push_back(c);
        else rest.insert(rest.end(), {at.left, at.right});
    }
    if (rest.empty()) return leaves;
    return net_.by_position ? net_.roots : start_of_tree();
}

/// Cut where classes hold a sixteenth of the positions.
std::vector<std::int32_t> Subdivision::start_of_tree() const {
    std::vector<std::int32_t> cut, rest = net_.roots;
    while (!rest.empty()) {
        const std::int32_t c = rest.back();
        rest.pop_back();
        const PositionClass& at = position_class(c);
        if (at.left < 0 || net_.count(c) * 8 < static_cast<double>(net_.n)) cut.push_back(c);
        else rest.insert(rest.end(), {at.left, at.right});
    }
    return cut;
}

Cell Subdivision::evaluate(Cell cell) const {
    cell.change = enclose_change(net_, cell.partition, cell.words, cell.replacement);
    cell.bound = 0;
    for (const Box& box : cell.change.by_class)
        for (std::size_t s = 0; s < box.size(); ++s)
            if (cell.change.possible[s]) cell.bound = std::max(cell.bound, box[s].magnitude());
    cell.least_width = exact::infinity;
    for (const Box& box : cell.change.by_class)
        if (!box.empty()) cell.least_width = std::min(cell.least_width, greatest_width(box));
    return cell;
}

/// The same words with the classes divided to which most of the width is due; nothing if none can be.
std::optional<Cell> Subdivision::finer(const Cell& cell) const {
    double most = -1;
    for (std::size_t k = 0; k < cell.partition.size(); ++k)
        if (position_class(cell.partition[k]).left >= 0) most = std::max(most, weight(cell, k));
    if (most < 0) return std::nullopt;
    Cell next{cell.words, cell.replacement, {}, {}};
    for (std::size_t k = 0; k < cell.partition.size(); ++k) {
        const PositionClass& at = position_class(cell.partition[k]);
        if (at.left >= 0 && weight(cell, k) >= 0.3 * most)
            next.partition.insert(next.partition.end(), {at.left, at.right});
        else next.partition.push_back(cell.partition[k]);
    }
    return next;
}

/// The partition with both parts of a class put together where neither weighs more than a trifle.
std::vector<std::int32_t> Subdivision::joined(const Cell& cell) const {
    const double trifle = 1e-4 * cell.bound;
    std::map<std::int32_t, std::size_t> light;  // parent → children in the partition that weigh little
    for (std::size_t k = 0; k < cell.partition.size(); ++k)
        if (weight(cell, k) < trifle && parent(cell.partition[k]) >= 0) ++light[parent(cell.partition[k])];
    std::vector<std::int32_t> partition;
    for (const std::int32_t c : cell.partition) {
        const std::int32_t up = parent(c);
        const auto both = up < 0 ? light.end() : light.find(up);
        if (both == light.end() || both->second < 2) partition.push_back(c);
        else if (position_class(up).left == c) partition.push_back(up);
    }
    return partition;
}

/// The same words in fewer classes, as long as that costs no more than a trifle.
Cell Subdivision::coarser(Cell cell) const {
    if (cell.partition.size() <= few_classes / 4) return cell;
    std::vector<std::int32_t> partition = joined(cell);
    if (partition.size() == cell.partition.size()) return cell;
    Cell next = evaluate({cell.words, cell.replacement, std::move(partition), {}});
    if (next.bound > cell.bound * 1.0001) return cell;
    return coarser(std::move(next));
}

std::vector<Cell> Subdivision::by_counts(const Cell& cell) const {
    std::vector<Cell> cells;
    if (const auto halves = cell.words.halves())
        for (const Counts* words : {&halves->first, &halves->second})
            if (const auto narrowed = words->with(cell.replacement.from))
                cells.push_back(evaluate({*narrowed, cell.replacement, cell.partition, {}}));
    return cells;
}

Subdivision::Parts Subdivision::divide(const Cell& cell) const {
    std::vector<Cell> by_positions, halves;
    if (auto next = finer(cell)) by_positions.push_back(evaluate(std::move(*next)));
    halves = by_counts(cell);
    Parts parts;
    for (const std::vector<Cell>* each : {&by_positions, &halves})
        for (const Cell& part : *each) parts.work += part.work();
    if (!by_positions.empty() && bound_of(by_positions) <= bound_of(halves)) {
        parts.cells = std::move(by_positions);
        return parts;
    }
    for (Cell& part : halves) parts.cells.push_back(coarser(std::move(part)));
    return parts;
}

}  // namespace attest::influence
