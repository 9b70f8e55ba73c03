#include "checker/classes/peeling_list.hpp"

#include <algorithm>
#include <bit>

// A position with a given symbol looks down a list; up to exchange of symbols and of positions its parts are: the words
// of which the r-th symbol is the first 1, and the word 0…0. All unions of parts are gone through, word by word, as the
// text says.

namespace attest::checker {
namespace {

/// The number of the part, from 0, of a word whose first symbol is its lowest bit.
std::size_t part_of(std::size_t word, std::size_t symbols) {
    return word == 0 ? symbols : static_cast<std::size_t>(std::countr_zero(word));
}

}  // namespace

ListValues::ListValues(std::size_t symbols, std::size_t own, Budget& budget) {
    const std::size_t words = std::size_t{1} << symbols, unions = std::size_t{2} << symbols;
    budget.step(unions * words, symbols + 2);
    budget.memory(unions, 16 * (symbols + 8));
    words_.assign(2 * unions, std::vector<std::size_t>(symbols + 2, 0));
    for (std::size_t parts = 0; parts < unions; ++parts)
        for (std::size_t word = 0; word < words; ++word) {
            if ((parts >> part_of(word, symbols) & 1) == 0) continue;
            std::size_t outside = own;
            for (std::size_t i = 0; i < symbols; ++i)
                outside += 1 - (parts >> part_of(word ^ (std::size_t{1} << i), symbols) & 1);
            ++words_[2 * parts + static_cast<std::size_t>(std::popcount(word)) % 2][outside];
        }
}

std::vector<std::int64_t> ListValues::most_beyond(std::int64_t price, std::size_t limit, Budget& budget) const {
    std::vector<std::int64_t> best(limit + 1, 0);
    for (const std::vector<std::size_t>& by_neighbours : words_) {
        budget.step(limit + 1);
        std::int64_t sum = 0;
        std::size_t taken = 0;
        for (std::size_t outside = by_neighbours.size(); outside-- > 0;)
            for (std::size_t k = 0; k < by_neighbours[outside] && taken < limit; ++k) {
                sum += std::max<std::int64_t>(0, static_cast<std::int64_t>(outside) - price);
                ++taken;
                best[taken] = std::max(best[taken], sum);
            }
    }
    for (std::size_t l = 1; l <= limit; ++l) best[l] = std::max(best[l], best[l - 1]);
    return best;
}

}  // namespace attest::checker
