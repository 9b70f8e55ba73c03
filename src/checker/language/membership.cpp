#include <algorithm>

#include "checker/kernel/defect.hpp"
#include "checker/language/language.hpp"

// Whether a word is in a language, by the definition of the family (FORMAT.md, section 3) and without any automaton:
// the circuits and automata of the other files are held against these functions on all words, so they are written as
// the definitions read.

namespace attest::checker {
namespace {

using Family = Language::Family;
using Word = std::vector<std::size_t>;

std::size_t ones(const Word& word) { return static_cast<std::size_t>(std::count(word.begin(), word.end(), 1)); }

bool is_balanced(const Language& language, const Word& word) {
    Word open;
    for (const std::size_t symbol : word) {
        if (symbol % 2 == 0) {
            open.push_back(symbol / 2);
            if (language.depth && open.size() > static_cast<std::size_t>(*language.depth)) return false;
        } else {
            if (open.empty() || open.back() != symbol / 2) return false;
            open.pop_back();
        }
    }
    return open.empty();
}

/// 1*
bool tomita_1(const Word& word) { return ones(word) == word.size(); }

/// (10)*
bool tomita_2(const Word& word) {
    for (std::size_t i = 0; i < word.size(); ++i)
        if (word[i] != (i + 1) % 2) return false;
    return word.size() % 2 == 0;
}

/// No maximal odd run of 1 directly followed by a maximal odd run of 0.
bool tomita_3(const Word& word) {
    std::size_t ones_before = 0;
    for (std::size_t i = 0; i < word.size();) {
        std::size_t end = i;
        while (end < word.size() && word[end] == word[i]) ++end;
        const std::size_t run = end - i;
        if (word[i] == 1) ones_before = run;
        else if (run % 2 == 1 && ones_before % 2 == 1) return false;
        i = end;
    }
    return true;
}

/// No 000.
bool tomita_4(const Word& word) {
    const Word zeros(3, 0);
    return std::search(word.begin(), word.end(), zeros.begin(), zeros.end()) == word.end();
}

/// An even number of 0 and an even number of 1.
bool tomita_5(const Word& word) { return ones(word) % 2 == 0 && word.size() % 2 == 0; }

/// #0 - #1 divisible by 3.
bool tomita_6(const Word& word) { return (word.size() - ones(word) + 2 * ones(word)) % 3 == 0; }

/// 0*1*0*1*
bool tomita_7(const Word& word) {
    std::size_t changes = !word.empty() && word[0] == 1 ? 1 : 0;
    for (std::size_t i = 1; i < word.size(); ++i) changes += word[i] != word[i - 1] ? 1 : 0;
    return changes <= 3;
}

/// One block a letter, all of one size.
bool is_in_blocks(const Word& word, std::size_t blocks) {
    for (std::size_t i = 0; i < word.size(); ++i)
        if (word[i] != i * blocks / word.size()) return false;
    return word.size() % blocks == 0;
}

/// Balanced as far as the pairs' kinds are looked at one by one.
bool is_shuffled(const Word& word, std::size_t pairs) {
    std::vector<long> depth(pairs, 0);
    for (const std::size_t symbol : word)
        if ((depth[symbol / 2] += symbol % 2 == 0 ? 1 : -1) < 0) return false;
    return std::count(depth.begin(), depth.end(), 0) == static_cast<std::ptrdiff_t>(pairs);
}

bool is_balanced_with_resets(const Word& word) {
    long depth = 0;
    for (const std::size_t symbol : word) {
        depth = symbol == 2 ? 0 : depth + (symbol == 0 ? 1 : -1);
        if (depth < 0) return false;
    }
    return depth == 0;
}

/// An expression is expected; an operator expects as many as its arity in its place, an atom none.
bool is_expression(const Word& word) {
    std::size_t expected = 1;
    for (const std::size_t symbol : word) {
        if (expected == 0) return false;
        expected += symbol < 2 ? std::size_t(-1) : symbol - 2;
    }
    return expected == 0;
}

std::size_t index(const Word& word) {
    std::size_t value = 0;
    for (const std::size_t symbol : word) value = 2 * value + symbol;
    return value;
}

bool in_tomita(long number, const Word& word) {
    constexpr bool (*rules[])(const Word&) = {tomita_1, tomita_2, tomita_3, tomita_4, tomita_5, tomita_6, tomita_7};
    return rules[number - 1](word);
}

}  // namespace

bool Language::contains(const Word& word, Budget& budget) const {
    budget.step(word.size());
    switch (family) {
        case Family::parity: return ones(word) % 2 == 1;
        case Family::even: return ones(word) % 2 == 0;
        case Family::majority: return 2 * ones(word) > word.size();
        case Family::first: return !word.empty() && word.front() == 1;
        case Family::last: return !word.empty() && word.back() == 1;
        case Family::all_ones: return ones(word) == word.size();
        case Family::contains: return std::search(word.begin(), word.end(), factor.begin(), factor.end()) != word.end();
        case Family::mod: return static_cast<long>(ones(word)) % modulus == residue;
        case Family::dyck:
        case Family::nested: return is_balanced(*this, word);
        case Family::palindrome: return std::equal(word.begin(), word.end(), word.rbegin());
        case Family::tomita: return in_tomita(number, word);
        case Family::anbn:
        case Family::anbncn: return is_in_blocks(word, alphabet.size());
        case Family::shuffle: return is_shuffled(word, static_cast<std::size_t>(pairs));
        case Family::reset_dyck: return is_balanced_with_resets(word);
        case Family::boolexpr: return is_expression(word);
        case Family::regex: return regex->matches(word, budget);
        case Family::automaton: return automaton->accepts(word);
        case Family::table:
            if (word.size() > 63 || table.size() != std::size_t{1} << word.size())
                throw Defect("manifest.json: claim.language", "the table is of another length");
            return table[index(word)];
    }
    return false;
}

}  // namespace attest::checker
