#include "checker/soft/counts.hpp"

#include <gmpxx.h>

#include <set>
#include <utility>

#include "checker/kernel/defect.hpp"

// Membership in a regular language depends only on the counts in a class if symbols at any two positions of the class
// can be exchanged, and exchanges of neighbours in the class generate all permutations. Two words that differ by such
// an exchange lead from each reachable state to a pair of states; the pairs that the rest of the word can lead to must
// agree in acceptance. Words of one choice of counts are represented by the one whose symbols ascend within each class.

namespace attest::checker {
namespace {

const std::string classes_place = "manifest.json: evidence.classes";

/// Two positions of the word, the earlier first: do the symbols there change places without a change of membership?
class Exchange {
  public:
    Exchange(const Automaton& automaton, const std::set<std::size_t>& letters, std::size_t length, Budget& budget)
        : automaton_(automaton), letters_(letters), length_(length), budget_(budget) {
        reached_.push_back({static_cast<std::uint32_t>(automaton.start)});
        for (std::size_t p = 0; p < length; ++p) {
            budget.step(100 * reached_.back().size() * letters.size());
            States next;
            for (const std::uint32_t state : reached_.back())
                for (const std::size_t a : letters) next.insert(automaton.next[state][a]);
            budget.memory(48 * next.size());
            reached_.push_back(std::move(next));
        }
    }

    bool is_silent(std::size_t a, std::size_t b) {
        for (const std::size_t x : letters_)
            for (const std::size_t y : letters_)
                if (x < y && !is_silent(a, b, x, y)) return false;
        return true;
    }

  private:
    using States = std::set<std::uint32_t>;
    using Pairs = std::set<std::pair<std::uint32_t, std::uint32_t>>;  ///< states after the one word and after the other

    bool is_silent(std::size_t a, std::size_t b, std::size_t x, std::size_t y) {
        Pairs pairs;
        for (const std::uint32_t state : reached_[a]) pairs.emplace(next(state, x), next(state, y));
        for (std::size_t p = a + 1; p < b; ++p) pairs = step(pairs);
        Pairs after;
        for (const auto& [s, t] : pairs)
            if (next(s, y) != next(t, x)) after.emplace(next(s, y), next(t, x));
        for (std::size_t p = b + 1; p < length_ && !after.empty(); ++p) after = step(after);
        for (const auto& [s, t] : after)
            if (automaton_.accepting[s] != automaton_.accepting[t]) return false;
        return true;
    }

    std::uint32_t next(std::uint32_t state, std::size_t letter) const { return automaton_.next[state][letter]; }

    Pairs step(const Pairs& pairs) {
        budget_.step(100 * (1 + pairs.size() * letters_.size()));
        Pairs result;
        for (const auto& [s, t] : pairs)
            for (const std::size_t a : letters_) result.emplace(next(s, a), next(t, a));
        return result;
    }

    const Automaton& automaton_;
    const std::set<std::size_t>& letters_;
    std::size_t length_;
    Budget& budget_;
    std::vector<States> reached_;  ///< [symbols read]
};

}  // namespace

Classes read_classes(const Manifest& manifest, Budget& budget) {
    const std::size_t length = manifest.claim.length;
    budget.memory(32 * length);
    std::vector<bool> taken(length, false);
    Classes classes;
    std::size_t count = 0;
    for (const auto& listed : *manifest.evidence.classes) {
        auto& positions = classes.emplace_back();
        if (listed.empty()) throw Defect(classes_place, "a class is empty");
        for (const std::uint64_t p : listed) {
            if (p == 0 || p > length) throw Defect(classes_place, "the word has no position " + std::to_string(p));
            if (taken[p - 1]) throw Defect(classes_place, "position " + std::to_string(p) + " is listed twice");
            if (!positions.empty() && p <= positions.back())
                throw Defect(classes_place, "the positions of a class do not ascend");
            taken[p - 1] = true;
            positions.push_back(p - 1);
            ++count;
        }
    }
    if (count != length) throw Defect(classes_place, "not every position of the word is in a class");
    return classes;
}

void check_language_by_counts(const Question& question, std::size_t length, const Classes& classes, Budget& budget) {
    if (question.language.family == Language::Family::majority) return;
    const bool trivial = classes.size() == length;
    if (trivial) return;
    if (!question.language.automaton) throw Defect(classes_place, "the language is neither regular nor majority");
    const std::set<std::size_t> letters(question.letters.begin(), question.letters.end());
    Exchange exchange(*question.language.automaton, letters, length, budget);
    for (const auto& positions : classes)
        for (std::size_t k = 1; k < positions.size(); ++k)
            if (!exchange.is_silent(positions[k - 1], positions[k]))
                throw Defect(classes_place, "exchanging the symbols at " + std::to_string(positions[k - 1] + 1) +
                                                " and " + std::to_string(positions[k] + 1) +
                                                " may change whether the word is in the language");
}

std::uint64_t count_choices(const Classes& classes, std::size_t symbols) {
    constexpr unsigned long most = 1UL << 22;
    mpz_class product = 1;
    for (const auto& positions : classes) {
        // C(2 · 13, 13) is more already, and the number itself may have millions of digits.
        if (std::min(positions.size(), symbols - 1) >= 13)
            throw Defect("manifest.json: evidence.words", "there are more than 2^22 choices of counts");
        mpz_class ways;
        mpz_bin_uiui(ways.get_mpz_t(), positions.size() + symbols - 1, symbols - 1);
        product *= ways;
        if (product > most) throw Defect("manifest.json: evidence.words", "there are more than 2^22 choices of counts");
    }
    return product.get_ui();
}

bool advance(std::vector<std::size_t>& word, const Classes& classes, std::size_t symbols) {
    for (const auto& positions : classes) {
        std::size_t k = positions.size();
        while (k > 0 && word[positions[k - 1]] + 1 == symbols) --k;
        if (k > 0) {
            const std::size_t next = word[positions[k - 1]] + 1;
            for (std::size_t t = k - 1; t < positions.size(); ++t) word[positions[t]] = next;
            return true;
        }
        for (const std::size_t p : positions) word[p] = 0;
    }
    return false;
}

}  // namespace attest::checker
