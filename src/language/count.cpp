#include <map>

#include "attest/base/error.hpp"
#include "attest/language/language.hpp"

namespace attest::language {

namespace {

mpz_class power(std::uint64_t base, std::uint64_t exponent) {
    mpz_class result;
    mpz_ui_pow_ui(result.get_mpz_t(), base, exponent);
    return result;
}

mpz_class binomial(std::uint64_t n, std::uint64_t k) {
    mpz_class result;
    mpz_bin_uiui(result.get_mpz_t(), n, k);
    return result;
}

/// Words by the state that they lead to, one symbol at a time.
mpz_class count_regular(const Dfa& automaton, std::uint64_t length) {
    std::vector<mpz_class> words(automaton.size());
    words[automaton.start] = 1;
    for (std::uint64_t i = 0; i < length; ++i) {
        std::vector<mpz_class> longer(automaton.size());
        for (std::size_t q = 0; q < automaton.size(); ++q)
            if (words[q] != 0)
                for (const auto target : automaton.transition[q]) longer[target] += words[q];
        words = std::move(longer);
    }
    mpz_class accepted = 0;
    for (std::size_t q = 0; q < automaton.size(); ++q)
        if (automaton.accepting[q]) accepted += words[q];
    return accepted;
}

/// Of all words, complementing exchanges more ones and more zeros; ties exist at even length only.
mpz_class count_majority(std::uint64_t length) {
    const mpz_class ties = length % 2 == 0 ? binomial(length, length / 2) : mpz_class(0);
    return (power(2, length) - ties) / 2;
}

/// Paths of `length` steps up or down from 0 to 0 within 0 … depth.
mpz_class bounded_paths(std::uint64_t length, std::uint64_t depth) {
    std::vector<mpz_class> paths(depth + 1);
    paths[0] = 1;
    for (std::uint64_t i = 0; i < length; ++i) {
        std::vector<mpz_class> longer(depth + 1);
        for (std::uint64_t d = 0; d <= depth; ++d) {
            if (d > 0) longer[d] += paths[d - 1];
            if (d < depth) longer[d] += paths[d + 1];
        }
        paths = std::move(longer);
    }
    return paths[0];
}

mpz_class count_dyck(const Dyck& dyck, std::uint64_t length) {
    if (length % 2 == 1) return 0;
    const std::uint64_t pairs = length / 2;
    const bool bounded = dyck.depth && *dyck.depth < pairs;
    const mpz_class shapes =
        bounded ? bounded_paths(length, *dyck.depth) : mpz_class(binomial(length, pairs) / (pairs + 1));  // Catalan
    return shapes * power(dyck.kinds, pairs);
}

/// Words by what the counters hold, one symbol at a time.
mpz_class count_counting(const Counting& counting, std::size_t symbols, std::uint64_t length) {
    std::map<Counting::State, mpz_class> words{{counting.start(), 1}};
    for (std::uint64_t left = length; left-- > 0;) {
        std::map<Counting::State, mpz_class> longer;
        for (const auto& [state, number] : words)
            for (Symbol s = 0; s < symbols; ++s)
                if (const auto next = counting.step(state, s, left)) longer[*next] += number;
        words = std::move(longer);
    }
    mpz_class accepted = 0;
    for (const auto& [state, number] : words)
        if (counting.accepts(state)) accepted += number;
    return accepted;
}

mpz_class count_table(const Table& table, std::uint64_t length) {
    mpz_class accepted = 0;
    for (std::size_t word = 0; word < std::size_t{1} << length; ++word)
        if (table.accepts[word]) ++accepted;
    return accepted;
}

}  // namespace

mpz_class Language::count(std::uint64_t length) const {
    require_defined_at(length);
    if (const auto* regular = std::get_if<Regular>(&form_)) return count_regular(regular->automaton, length);
    if (const auto* dyck = std::get_if<Dyck>(&form_)) return count_dyck(*dyck, length);
    if (const auto* table = std::get_if<Table>(&form_)) return count_table(*table, length);
    if (std::holds_alternative<Majority>(form_)) return count_majority(length);
    if (std::holds_alternative<Palindrome>(form_)) return power(alphabet_.size(), length / 2 + length % 2);
    if (const auto* blocks = std::get_if<EqualBlocks>(&form_)) return length % blocks->letters == 0 ? 1 : 0;
    if (const auto* counting = std::get_if<Counting>(&form_))
        return count_counting(*counting, alphabet_.size(), length);
    throw base::InternalError("a language of a form that cannot be counted");
}

}  // namespace attest::language
