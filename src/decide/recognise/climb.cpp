#include "climb.hpp"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <optional>
#include <utility>

namespace attest::decide {

using language::Word;

Word Change::made(Word word) const {
    if (at == other) word[at] = symbol;
    else std::swap(word[at], word[other]);
    return word;
}

namespace {

constexpr std::uint64_t fewest_climbs = 8;
constexpr std::size_t most_tried = 12;  // of the changes, by evaluation

std::uint64_t most_steps(const Landscape& landscape) {
    constexpr double worth = 0x1p33, most = 2048;
    return static_cast<std::uint64_t>(std::min(most, worth / (landscape.cost() * (3 + most_tried))));
}

std::vector<Change> all_changes(const Word& word, std::size_t symbols) {
    std::vector<Change> changes;
    for (std::size_t p = 0; p < word.size(); ++p) {
        for (std::size_t s = 0; s < symbols; ++s)
            if (s != word[p]) changes.push_back({p, p, static_cast<language::Symbol>(s)});
        for (std::size_t q = 0; q < p; ++q)
            if (word[p] != word[q]) changes.push_back({p, q, 0});
    }
    return changes;
}

/// Those that promise most, the best first.
std::vector<Change> best_changes(const Landscape& landscape, const Word& word, std::size_t symbols) {
    const std::vector<Change> changes = all_changes(word, symbols);
    const std::vector<double> promises = landscape.promises(word, changes);
    std::vector<std::size_t> order(changes.size());
    std::iota(order.begin(), order.end(), std::size_t{0});
    const std::size_t kept = std::min(order.size(), most_tried);
    std::partial_sort(order.begin(), order.begin() + static_cast<std::ptrdiff_t>(kept), order.end(),
                      [&](std::size_t a, std::size_t b) { return promises[a] > promises[b]; });
    std::vector<Change> best;
    for (std::size_t k = 0; k < kept; ++k) best.push_back(changes[order[k]]);
    return best;
}

/// To the best of these changes; false: none is better, or it is over.
bool advance(const Landscape& landscape, std::size_t symbols, const std::function<bool()>& is_over, Word& word,
             double& height) {
    std::optional<Word> best;
    for (const Change& change : best_changes(landscape, word, symbols)) {
        if (is_over()) return false;
        Word next = change.made(word);
        const double found = landscape.height(next);
        if (found > height) height = found, best = std::move(next);
    }
    if (best) word = std::move(*best);
    return best.has_value();
}

}  // namespace

void climb(const Landscape& landscape, std::size_t symbols, const std::function<Word(const Word&)>& start,
           const std::function<bool()>& is_over, const std::function<bool(const Word&, double)>& visit) {
    const std::uint64_t steps = most_steps(landscape);
    double most = -INFINITY;
    Word highest;
    for (std::uint64_t step = 0, climbs = 0; step < steps || climbs < fewest_climbs; ++climbs) {
        if (is_over()) return;
        Word word = start(highest);
        double height = landscape.height(word);
        do ++step;
        while (advance(landscape, symbols, is_over, word, height));
        if (!(height > most)) continue;
        most = height, highest = word;
        if (!visit(word, height)) return;
    }
}

}  // namespace attest::decide
