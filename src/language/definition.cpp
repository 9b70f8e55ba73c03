#include "definition.hpp"

#include <algorithm>

namespace attest::language::definition {

namespace {

constexpr Symbol zero = 0;
constexpr Symbol one = 1;

std::uint64_t zeros(const Word& word) { return word.size() - ones(word); }

/// The position after the longest run of a symbol that starts at `begin`.
Word::const_iterator skip(Word::const_iterator begin, Word::const_iterator end, Symbol symbol) {
    return std::find_if(begin, end, [=](Symbol s) { return s != symbol; });
}

}  // namespace

std::uint64_t ones(const Word& word) { return static_cast<std::uint64_t>(std::count(word.begin(), word.end(), one)); }

bool parity(const Word& word) { return ones(word) % 2 == 1; }
bool even(const Word& word) { return ones(word) % 2 == 0; }
bool majority(const Word& word) { return 2 * ones(word) > word.size(); }
bool first(const Word& word) { return !word.empty() && word.front() == one; }
bool last(const Word& word) { return !word.empty() && word.back() == one; }
bool all_ones(const Word& word) { return zeros(word) == 0; }

bool contains(const Word& word, const Word& factor) {
    return std::search(word.begin(), word.end(), factor.begin(), factor.end()) != word.end();
}

bool modulo(const Word& word, std::uint64_t modulus, std::uint64_t remainder) {
    return ones(word) % modulus == remainder;
}

bool dyck(const Word& word, const std::optional<std::uint64_t>& depth) {
    std::vector<Symbol> open;
    for (const Symbol s : word) {
        if (s % 2 == 0) {
            open.push_back(s);
            if (depth && open.size() > *depth) return false;
        } else {
            if (open.empty() || open.back() != s - 1) return false;
            open.pop_back();
        }
    }
    return open.empty();
}

bool palindrome(const Word& word) { return std::equal(word.begin(), word.end(), word.rbegin()); }

bool equal_blocks(const Word& word, Symbol letters) {
    auto at = word.begin();
    for (Symbol letter = 0; letter < letters; ++letter) {
        const auto end = skip(at, word.end(), letter);
        if (static_cast<std::size_t>(end - at) * letters != word.size()) return false;
        at = end;
    }
    return true;
}

bool shuffle(const Word& word, std::uint32_t kinds) {
    for (Symbol kind = 0; kind < kinds; ++kind) {
        Word alone;
        for (const Symbol s : word)
            if (s / 2 == kind) alone.push_back(s);
        if (!dyck(alone, std::nullopt)) return false;
    }
    return true;
}

bool reset_dyck(const Word& word) {
    constexpr Symbol open = 0, reset = 2;
    std::uint64_t depth = 0;
    for (const Symbol s : word) {
        if (s == reset) depth = 0;
        else if (s == open) ++depth;
        else if (depth-- == 0) return false;
    }
    return depth == 0;
}

bool boolean_expression(const Word& word) {
    // From the right: an atom is an expression, an operator of arity r makes one of the last r.
    std::uint64_t expressions = 0;
    for (auto at = word.rbegin(); at != word.rend(); ++at) {
        const std::uint64_t arity = *at < 2 ? 0 : *at - 1;
        if (arity > expressions) return false;
        expressions = expressions - arity + 1;
    }
    return expressions == 1;
}

bool table(const Word& word, const std::vector<bool>& accepts) {
    std::size_t index = 0;
    for (const Symbol s : word) index = 2 * index + s;
    return accepts[index];
}

bool ten_repeated(const Word& word) {
    if (word.size() % 2 == 1) return false;
    for (std::size_t i = 0; i < word.size(); i += 2)
        if (word[i] != one || word[i + 1] != zero) return false;
    return true;
}

bool no_odd_ones_before_odd_zeros(const Word& word) {
    for (auto at = word.begin(); at != word.end();) {
        const auto end_of_ones = skip(at, word.end(), one);
        const auto end_of_zeros = skip(end_of_ones, word.end(), zero);
        if ((end_of_ones - at) % 2 == 1 && (end_of_zeros - end_of_ones) % 2 == 1) return false;
        at = end_of_zeros;
    }
    return true;
}

bool no_three_zeros(const Word& word) { return !contains(word, {zero, zero, zero}); }
bool even_zeros_and_even_ones(const Word& word) { return zeros(word) % 2 == 0 && ones(word) % 2 == 0; }
bool difference_divisible_by_three(const Word& word) { return zeros(word) % 3 == ones(word) % 3; }

bool at_most_four_blocks(const Word& word) {
    auto at = word.begin();
    for (const Symbol symbol : {zero, one, zero, one}) at = skip(at, word.end(), symbol);
    return at == word.end();
}

}  // namespace attest::language::definition
