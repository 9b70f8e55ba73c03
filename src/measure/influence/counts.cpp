// Sets of words by bounds on how often each symbol occurs.
//
// Statement. Let L <= N <= H be the sums of least_s and of most_s. The count of s takes in some word every value from
// max(least_s, N − (H − most_s)) to min(most_s, N − (L − least_s)), and no other.
//
// Why. The others can add up to every number from L − least_s to H − most_s, and must add up to N less the count. So
// `narrow` makes bounds as narrow as they imply in one pass, from the sums before it.

#include "attest/measure/influence/counts.hpp"

#include <algorithm>
#include <numeric>

namespace attest::influence {

Counts Counts::all(std::size_t symbols, std::int64_t length) {
    Counts counts{length, std::vector<std::int64_t>(symbols, 0), std::vector<std::int64_t>(symbols, length)};
    counts.narrow();
    return counts;
}

bool Counts::narrow() {
    const std::int64_t low = std::accumulate(least.begin(), least.end(), std::int64_t{0});
    const std::int64_t high = std::accumulate(most.begin(), most.end(), std::int64_t{0});
    if (low > length || high < length) return false;
    for (std::size_t s = 0; s < least.size(); ++s) {
        const std::int64_t l = least[s], m = most[s];
        least[s] = std::max(l, length - (high - m));
        most[s] = std::min(m, length - (low - l));
        if (least[s] > most[s]) return false;
    }
    return true;
}

std::optional<Counts> Counts::with(language::Symbol symbol) const {
    Counts narrowed = *this;
    narrowed.least[symbol] = std::max<std::int64_t>(1, least[symbol]);
    if (narrowed.least[symbol] > narrowed.most[symbol] || !narrowed.narrow()) return std::nullopt;
    return narrowed;
}

Counts Counts::after(language::Symbol from, language::Symbol to) const {
    Counts changed = *this;
    --changed.least[from], --changed.most[from];
    ++changed.least[to], ++changed.most[to];
    return changed;
}

std::optional<std::pair<Counts, Counts>> Counts::halves() const {
    std::size_t widest = 0;
    for (std::size_t s = 1; s < least.size(); ++s)
        if (most[s] - least[s] > most[widest] - least[widest]) widest = s;
    if (most[widest] == least[widest]) return std::nullopt;
    std::pair<Counts, Counts> parts{*this, *this};
    const std::int64_t middle = least[widest] + (most[widest] - least[widest]) / 2;
    parts.first.most[widest] = middle;
    parts.second.least[widest] = middle + 1;
    if (!parts.first.narrow() || !parts.second.narrow())
        return std::nullopt;  // cannot be: both ends are taken by some word
    return parts;
}

language::Word Counts::some_word() const {
    language::Word word;
    std::vector<std::int64_t> count = least;
    std::int64_t missing = length - std::accumulate(least.begin(), least.end(), std::int64_t{0});
    for (std::size_t s = 0; s < count.size(); ++s) {
        const std::int64_t more = std::min(missing, most[s] - least[s]);
        count[s] += more;
        missing -= more;
    }
    for (std::size_t s = 0; s < count.size(); ++s)
        word.insert(word.end(), static_cast<std::size_t>(count[s]), static_cast<language::Symbol>(s));
    return word;
}

}  // namespace attest::influence
