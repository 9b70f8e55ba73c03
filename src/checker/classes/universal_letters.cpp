#include "checker/classes/universal_letters.hpp"

#include <algorithm>
#include <map>
#include <optional>

// FORMAT.md, section 23. Letters of level b are numbered as they come, in both words by one table, so that two words have
// the same letter iff they have the same number. An order of letters is a list of numbers.

namespace attest::checker {
namespace {

using Order = std::vector<std::size_t>;
/// What a position knows of the others: orders of letters before it, and after it.
using Seen = std::vector<Order>;
using Levels = std::vector<std::map<std::pair<std::size_t, Seen>, std::size_t>>;

/// The last occurrence first.
void meet_last(Order& order, std::size_t letter) {
    const auto at = std::find(order.begin(), order.end(), letter);
    if (at != order.end()) order.erase(at);
    order.insert(order.begin(), letter);
}

/// In the order of first occurrence.
void meet_first(Order& order, std::size_t letter) {
    if (std::find(order.begin(), order.end(), letter) == order.end()) order.push_back(letter);
}

class Reader {
  public:
    Reader(const LayersClaim& claim, Budget& budget) : claim_(claim), budget_(budget), levels_(claim.layers + 1) {}

    /// T_k of the word: the letter of level k at its last position, or what an end symbol knows at each level.
    std::vector<std::size_t> read(const std::vector<std::size_t>& word) {
        std::vector<std::size_t> letters(word.size());
        for (std::size_t i = 0; i < word.size(); ++i)
            letters[i] = name(0, {word[i], {Order{(i + 1) % claim_.modulus}}});
        std::vector<std::size_t> at_end;
        for (std::size_t b = 0; b < claim_.layers; ++b) {
            const std::vector<Seen> seen = look(letters);
            at_end.push_back(name(b + 1, {0, seen.back()}));
            for (std::size_t i = 0; i < letters.size(); ++i) letters[i] = name(b + 1, {letters[i] + 1, seen[i]});
        }
        if (!claim_.reads_end) return {letters.back()};
        at_end.push_back(word.size() % claim_.modulus);
        return at_end;
    }

  private:
    std::size_t name(std::size_t level, std::pair<std::size_t, Seen> letter) {
        std::size_t size = 1;
        for (const Order& order : letter.second) size += order.size() + 4;
        budget_.step(16 * size);
        budget_.memory(64 + 8 * size);
        return levels_[level].emplace(std::move(letter), levels_[level].size()).first->second;
    }

    /// What each position knows, and what an end symbol after them would.
    std::vector<Seen> look(const std::vector<std::size_t>& letters) {
        std::vector<Seen> seen(letters.size() + 1);
        Order last, first;
        for (std::size_t i = 0;; ++i) {
            budget_.step(4 * (last.size() + first.size()) + 4);
            budget_.memory(8 * (last.size() + first.size()) + 96);
            if (claim_.tie != "left") seen[i].push_back(last);
            if (claim_.tie == "left" || claim_.tie == "both") seen[i].push_back(first);
            if (i == letters.size()) break;
            meet_last(last, letters[i]);
            meet_first(first, letters[i]);
        }
        if (claim_.tie == "two-sided") look_back(letters, seen);
        return seen;
    }

    /// The nearest first, of letters after a position.
    void look_back(const std::vector<std::size_t>& letters, std::vector<Seen>& seen) {
        Order next;
        seen[letters.size()].push_back(next);
        for (std::size_t i = letters.size(); i-- > 0;) {
            budget_.step(4 * next.size() + 4);
            budget_.memory(8 * next.size() + 48);
            seen[i].push_back(next);
            meet_last(next, letters[i]);
        }
    }

    const LayersClaim& claim_;
    Budget& budget_;
    Levels levels_;
};

}  // namespace

bool look_the_same(const LayersClaim& claim, const std::vector<std::size_t>& u, const std::vector<std::size_t>& v,
                   Budget& budget) {
    Reader reader(claim, budget);
    const std::vector<std::size_t> first = reader.read(u);
    return first == reader.read(v);
}

}  // namespace attest::checker
