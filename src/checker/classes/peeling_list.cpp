#include "checker/classes/peeling_list.hpp"

#include <algorithm>
#include <bit>

// A list fixes one symbol after the other, so its part r has half as many words as part r - 1, and the last part has
// one (FORMAT.md section 9.9, "Parts"). All sets of parts of a list are gone through. The words of a part count less
// than those of later parts of the set, so if there may only be so many words, the first part of the set is the one to
// be taken in part.

namespace attest::checker {
namespace {

using Number = std::int64_t;

/// Words of one colour in part r, of a list of that many symbols.
std::size_t words_of(std::size_t symbols, std::size_t r) {
    return r == symbols ? 1 : std::size_t{1} << (symbols - r - 1);
}

/// Parts of a list, the bits of a number, and how many words and later neighbours they make.
struct Taken {
    std::size_t words = 0;
    Number neighbours = 0;
};

/// All words that count of these parts, the first of them left out, and of the last part if the bit for it is
/// there.
Taken without_first(std::size_t parts, std::size_t first, std::size_t symbols, bool own, std::size_t values) {
    Taken taken;
    std::size_t before = 1;  // parts that count
    for (std::size_t r = first + 1; r <= symbols; ++r) {
        if ((parts >> (r - 1) & 1) == 0) continue;
        const std::size_t words = words_of(symbols, r), same = values == 0 ? 0 : before / values;
        taken.neighbours +=
            static_cast<Number>(words) * (static_cast<Number>(r + (own ? 1 : 0)) - static_cast<Number>(same));
        taken.words += words;
        ++before;
    }
    if ((parts >> symbols & 1) != 0) {
        taken.neighbours += static_cast<Number>(symbols + (own ? 1 : 0)) - 1;
        ++taken.words;
    }
    return taken;
}

}  // namespace

std::vector<Number> neighbours_by_words(std::size_t symbols, bool own, std::size_t values, bool limited,
                                        Budget& budget) {
    budget.step((std::uint64_t{2} << symbols) * (symbols + 1) + (limited ? std::uint64_t{1} << 2 * symbols : 0));
    std::vector<Number> most((std::size_t{1} << symbols) + 2, -1);
    most[0] = 0;
    for (std::size_t parts = 1; parts < std::size_t{2} << symbols; ++parts) {
        const auto first = static_cast<std::size_t>(std::countr_zero(parts)) + 1;  // symbols + 1: only the last
        const Taken taken = without_first(parts, first, symbols, own, values);
        const std::size_t all = first > symbols ? 0 : words_of(symbols, first);
        for (std::size_t some = limited ? std::min<std::size_t>(1, all) : all; some <= all; ++some) {
            Number& best = most[taken.words + some];
            best = std::max(best, taken.neighbours + static_cast<Number>(some * (first + (own ? 1 : 0))));
        }
    }
    return most;
}

std::vector<Number> most_beyond(const std::vector<Number>& neighbours, Number price) {
    std::vector<Number> best(neighbours.size());
    for (std::size_t taken = 0; taken < best.size(); ++taken) {
        best[taken] = taken == 0 ? 0 : best[taken - 1];
        if (neighbours[taken] >= 0)
            best[taken] = std::max(best[taken], neighbours[taken] - price * static_cast<Number>(taken));
    }
    return best;
}

}  // namespace attest::checker
