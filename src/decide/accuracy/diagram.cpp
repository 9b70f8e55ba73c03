#include "diagram.hpp"

#include <algorithm>
#include <functional>

// Counts go from the leaves up: of each node the polynomial whose k-th coefficient is the number of assignments with k of
// the marked inputs true, of the levels from the node's down, that lead to true. An edge that leaves out a level multiplies
// by 1 + x if the level is marked, else by 2: there either value does.
//
// For places of neighbours, let W be the set and A_i the words that stay in W whatever symbol position i has. Of the words
// in W ∧ A_1 ∧ … ∧ A_{i−1} those that are not in A_i have their first neighbour outside of W at i.

namespace attest::accuracy {

namespace {

using Counts = std::vector<mpz_class>;
using measure::Diagram;

constexpr std::size_t most_nodes = 1 << 22;
constexpr std::size_t looks_at_clock = 256;

class Counter {
  public:
    /// marked  by level
    Counter(const Diagram& diagram, const std::vector<bool>& marked, const base::Limits& limits)
        : d_(diagram), marked_(marked), limits_(limits) {}

    std::optional<Counts> run(Diagram::Index root) {
        std::vector<Counts> counts(std::max<std::size_t>(root + 1, 2));
        counts[0] = {0};
        counts[1] = {1};
        std::vector<bool> needed = below(root);
        for (Diagram::Index k = 2; k <= root; ++k) {
            if (k % looks_at_clock == 0 && limits_.exceeded()) return std::nullopt;
            if (needed[k]) counts[k] = of(counts, d_.nodes[k]);
        }
        return over(counts[root], 0, d_.nodes[root].level);
    }

  private:
    std::vector<bool> below(Diagram::Index root) const {
        std::vector<bool> needed(root + 1, false);
        needed[root] = true;
        for (Diagram::Index k = root; k > 1; --k)
            if (needed[k]) needed[d_.nodes[k].low] = needed[d_.nodes[k].high] = true;
        return needed;
    }

    /// Times what the levels that are left out let through.
    Counts over(Counts counts, std::uint32_t from, std::uint32_t to) const {
        for (; from < to; ++from) {
            if (!marked_[from]) {
                for (mpz_class& count : counts) count *= 2;
                continue;
            }
            counts.emplace_back(0);
            for (std::size_t k = counts.size(); k-- > 1;) counts[k] += counts[k - 1];
        }
        return counts;
    }

    Counts of(const std::vector<Counts>& counts, const Diagram::Node& node) const {
        Counts sum = over(counts[node.low], node.level + 1, d_.nodes[node.low].level);
        const Counts high = over(counts[node.high], node.level + 1, d_.nodes[node.high].level);
        const std::size_t shift = marked_[node.level] ? 1 : 0;
        sum.resize(std::max(sum.size(), high.size() + shift));
        for (std::size_t k = 0; k < high.size(); ++k) sum[k + shift] += high[k];
        return sum;
    }

    const Diagram& d_;
    const std::vector<bool>& marked_;
    const base::Limits& limits_;
};

}  // namespace

SetOfWords::SetOfWords(Diagram diagram, const compile::Inputs& inputs, const base::Limits& limits)
    : diagram_(std::move(diagram)), inputs_(inputs), limits_(limits), level_(diagram_.variables()) {
    for (std::uint32_t l = 0; l < diagram_.variables(); ++l) level_[diagram_.position[l] - 1] = l;
    for (Index k = 2; k < diagram_.nodes.size(); ++k)
        numbers_.emplace(Key{diagram_.nodes[k].level, diagram_.nodes[k].low, diagram_.nodes[k].high}, k);
}

std::optional<Counts> SetOfWords::by_number(language::Symbol symbol) const {
    const auto length = static_cast<std::size_t>(inputs_.length());
    std::vector<bool> marked(diagram_.variables(), !inputs_.one_hot());
    for (std::size_t i = 0; inputs_.one_hot() && i < length; ++i) marked[level_[i * inputs_.symbols() + symbol]] = true;
    auto counts = Counter(diagram_, marked, limits_).run(diagram_.root);
    if (!counts) return std::nullopt;
    counts->resize(length + 1);
    // Of two symbols an input tells the second; of one symbol there are no inputs.
    if (inputs_.symbols() == 2 && symbol == 0) std::reverse(counts->begin(), counts->end());
    if (inputs_.symbols() == 1) std::swap(counts->front(), counts->back());
    return counts;
}

mpz_class SetOfWords::count(Index of) const {
    const std::vector<bool> marked(diagram_.variables(), false);
    const auto counts = Counter(diagram_, marked, limits_).run(of);
    return counts ? counts->front() : mpz_class(0);
}

std::optional<Counts> SetOfWords::by_position() {
    Counts places(static_cast<std::size_t>(inputs_.length()) + 1);
    Index left = diagram_.root;
    mpz_class of_left = count(left);
    for (std::int64_t i = 1; i <= inputs_.length(); ++i) {
        left = both(left, whatever_at(diagram_.root, i));
        const mpz_class next = count(left);
        if (stopped()) return std::nullopt;
        places[static_cast<std::size_t>(i - 1)] = of_left - next;
        of_left = next;
    }
    places.back() = of_left;
    return places;
}

std::vector<language::Word> SetOfWords::first(std::size_t most) {
    std::vector<language::Word> found;
    language::Word prefix;
    find(diagram_.root, prefix, most, found);
    return found;
}

/// No branch without words is entered.
void SetOfWords::find(Index of, language::Word& prefix, std::size_t most, std::vector<language::Word>& found) {
    if (of == 0 || found.size() == most || stopped()) return;
    const auto length = static_cast<std::size_t>(inputs_.length());
    if (prefix.size() == length) return found.push_back(prefix);
    for (language::Symbol a = 0; a < inputs_.symbols(); ++a) {
        const Index rest = fix(of, static_cast<std::int64_t>(prefix.size()) + 1, a);
        prefix.push_back(a);
        find(rest, prefix, most, found);
        prefix.pop_back();
    }
}

SetOfWords::Index SetOfWords::node(std::uint32_t level, Index low, Index high) {
    if (low == high) return low;
    const auto [at, is_new] = numbers_.emplace(Key{level, low, high}, static_cast<Index>(diagram_.nodes.size()));
    if (is_new) {
        diagram_.nodes.push_back({level, low, high});
        too_large_ = too_large_ || diagram_.nodes.size() > most_nodes;
    }
    return at->second;
}

SetOfWords::Index SetOfWords::both(Index a, Index b) {
    if (a > b) std::swap(a, b);
    if (a == 0 || too_large_) return 0;
    if (a == 1 || a == b) return b;
    const std::uint64_t key = std::uint64_t{a} << 32 | b;
    if (const auto known = products_.find(key); known != products_.end()) return known->second;
    if (products_.size() % looks_at_clock == 0 && limits_.exceeded()) too_large_ = true;
    const std::uint32_t level = std::min(diagram_.nodes[a].level, diagram_.nodes[b].level);
    const Index low = both(diagram_.child(a, level, false), diagram_.child(b, level, false));
    const Index high = both(diagram_.child(a, level, true), diagram_.child(b, level, true));
    const Index product = node(level, low, high);
    products_.emplace(key, product);
    return product;
}

SetOfWords::Index SetOfWords::fix(Index of, std::int64_t position, language::Symbol symbol) {
    Fixed fixed{Values(diagram_.variables())};
    const auto set = [&](std::uint32_t level, bool value) {
        fixed.values[level] = value;
        fixed.last = std::max(fixed.last, level);
    };
    const auto i = static_cast<std::size_t>(position - 1);
    if (inputs_.symbols() == 2) set(level_[i], symbol == 1);
    for (std::size_t a = 0; inputs_.one_hot() && a < inputs_.symbols(); ++a)
        set(level_[i * inputs_.symbols() + a], a == symbol);
    std::unordered_map<Index, Index> known;
    return fix(of, fixed, known);
}

SetOfWords::Index SetOfWords::fix(Index of, const Fixed& fixed, std::unordered_map<Index, Index>& known) {
    if (of < 2 || too_large_ || diagram_.nodes[of].level > fixed.last) return of;
    if (const auto at = known.find(of); at != known.end()) return at->second;
    const Diagram::Node n = diagram_.nodes[of];
    Index result = 0;
    if (const auto& value = fixed.values[n.level]) {
        result = fix(*value ? n.high : n.low, fixed, known);
    } else {
        const Index low = fix(n.low, fixed, known);
        result = node(n.level, low, fix(n.high, fixed, known));
    }
    known.emplace(of, result);
    return result;
}

namespace {

/// Positions as the levels first name them.
std::vector<std::int64_t> order_of_positions(const Diagram& diagram, const compile::Inputs& inputs) {
    std::vector<std::int64_t> order;
    std::vector<bool> seen(static_cast<std::size_t>(inputs.length()) + 1, false);
    const std::size_t of_one = inputs.one_hot() ? inputs.symbols() : 1;
    const auto add = [&](std::size_t p) {
        if (!seen[p]) order.push_back(static_cast<std::int64_t>(p));
        seen[p] = true;
    };
    for (const unsigned input : diagram.position) add((input - 1) / of_one + 1);
    for (std::size_t p = 1; p < seen.size(); ++p) add(p);
    return order;
}

}  // namespace

/// A node of the new diagram for each function that is left when the symbols of the first levels are fixed.
std::optional<WordDiagram> SetOfWords::by_symbols(std::size_t most) {
    WordDiagram words;
    words.order = order_of_positions(diagram_, inputs_);
    std::map<std::pair<std::size_t, Index>, std::size_t> known;
    const std::function<std::size_t(std::size_t, Index)> number = [&](std::size_t level, Index of) -> std::size_t {
        if (of == 0 || level > words.order.size()) return of;
        if (const auto at = known.find({level, of}); at != known.end()) return at->second;
        if (words.nodes.size() > most || stopped()) return 0;
        WordDiagram::Node node{level, {}};
        for (language::Symbol a = 0; a < inputs_.symbols(); ++a)
            node.children.push_back(number(level + 1, fix(of, words.order[level - 1], a)));
        const bool same = std::all_of(node.children.begin(), node.children.end(),
                                      [&](std::size_t child) { return child == node.children.front(); });
        std::size_t result = node.children.front();
        if (!same) {
            words.nodes.push_back(std::move(node));
            result = words.nodes.size() + 1;
        }
        known.emplace(std::pair(level, of), result);
        return result;
    };
    words.root = number(1, diagram_.root);
    if (words.nodes.size() > most || stopped()) return std::nullopt;
    return words;
}

SetOfWords::Index SetOfWords::whatever_at(Index of, std::int64_t position) {
    Index all = 1;
    for (language::Symbol a = 0; a < inputs_.symbols(); ++a) all = both(all, fix(of, position, a));
    return all;
}

}  // namespace attest::accuracy
