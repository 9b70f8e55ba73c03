#include "checker/classes/network_words.hpp"

#include <utility>

#include "checker/kernel/defect.hpp"

// The words that a network of the class would have to get right, in the order that FORMAT.md, section 9, prescribes:
// the formula has variables for each of them, so their number is bounded before any is made.

namespace attest::checker {
namespace {

constexpr std::size_t most_words = std::size_t{1} << 22;

void add_words(NetworkWords& all, const Language& language, std::size_t length, Budget& budget) {
    budget.memory(8 * length);
    std::vector<std::size_t> word(length, 0);
    for (;;) {
        if (all.words.size() == most_words)
            throw Defect("manifest.json: claim.length", "there are more than 2^22 words");
        budget.memory(40 + 8 * length);
        all.words.push_back(word);
        all.member.push_back(language.contains(word, budget));
        std::size_t i = length;
        while (i > 0 && word[i - 1] + 1 == all.symbols) word[--i] = 0;
        if (i == 0) return;
        ++word[i - 1];
    }
}

}  // namespace

bool NetworkWords::member_exchanged(std::size_t word, std::size_t j, std::size_t k) const {
    std::vector<std::size_t> changed = words[word];
    std::swap(changed[j - 1], changed[k - 1]);
    std::size_t index = 0;
    for (const std::size_t a : changed) index = index * symbols + a;
    return member[index];
}

bool NetworkWords::member_complemented(std::size_t word, std::size_t j) const {
    const std::size_t bit = std::size_t{1} << (words[word].size() - j);
    return member[word ^ bit];
}

NetworkWords network_words(const Language& language, std::size_t length, const NetworkClass& c, Budget& budget) {
    if (!c.reads_end && length == 0) throw Defect("manifest.json: claim.length", "there is no last position");
    if (!c.sees_positions && language.family == Language::Family::table)
        throw Defect("manifest.json: claim.language", "a table is not defined at all lengths");
    NetworkWords all;
    all.symbols = language.alphabet.size();
    for (std::size_t n = c.sees_positions ? length : 0; n <= length; ++n) add_words(all, language, n, budget);
    return all;
}

}  // namespace attest::checker
