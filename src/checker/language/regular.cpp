#include "checker/language/regular.hpp"

// An automaton for each family that is regular, by its definition: counters modulo m, the searcher of Knuth, Morris and
// Pratt for a factor, depth for nesting. They need not be minimal: minimal() makes them so.

namespace attest::checker {
namespace {

using Family = Language::Family;
using Rows = std::vector<std::vector<std::uint32_t>>;

Automaton over_bits(Rows rows, std::initializer_list<std::size_t> accepting) {
    Automaton automaton;
    automaton.symbols = 2;
    automaton.next = std::move(rows);
    automaton.accepting.resize(automaton.next.size());
    for (const std::size_t state : accepting) automaton.accepting[state] = true;
    return automaton;
}

Automaton counter(long modulus, long residue) {
    Rows rows;
    for (long count = 0; count < modulus; ++count)
        rows.push_back({static_cast<std::uint32_t>(count), static_cast<std::uint32_t>((count + 1) % modulus)});
    return over_bits(std::move(rows), {static_cast<std::size_t>(residue)});
}

/// State k: the longest prefix of the factor that ends here has k symbols (Knuth, Morris and Pratt).
Automaton searcher(const std::vector<std::size_t>& factor, std::size_t symbols) {
    Automaton automaton;
    automaton.symbols = symbols;
    const auto found = static_cast<std::uint32_t>(factor.size());
    std::size_t shorter = 0;  // the state after all but the first symbol of the prefix
    for (std::size_t k = 0; k < factor.size(); ++k) {
        std::vector<std::uint32_t> row = k == 0 ? std::vector<std::uint32_t>(symbols, 0) : automaton.next[shorter];
        row[factor[k]] = static_cast<std::uint32_t>(k + 1);
        if (k > 0) shorter = automaton.next[shorter][factor[k]];
        automaton.next.push_back(std::move(row));
        automaton.accepting.push_back(false);
    }
    automaton.next.emplace_back(symbols, found);
    automaton.accepting.push_back(true);
    return automaton;
}

/// State k: k are open; the last: closed too often, or opened too deep.
Automaton nesting(std::uint32_t depth) {
    const std::uint32_t lost = depth + 1;
    Rows rows;
    for (std::uint32_t open = 0; open <= depth; ++open) rows.push_back({open + 1, open == 0 ? lost : open - 1});
    rows.push_back({lost, lost});
    return over_bits(std::move(rows), {0});
}

Automaton tomita(long number) {
    switch (number) {
        case 1: return over_bits({{1, 0}, {1, 1}}, {0});
        case 2: return over_bits({{2, 1}, {0, 2}, {2, 2}}, {0});
        case 3: return over_bits({{0, 1}, {3, 0}, {3, 1}, {2, 4}, {4, 4}}, {0, 1, 2});
        case 4: return over_bits({{1, 0}, {2, 0}, {3, 0}, {3, 3}}, {0, 1, 2});
        case 5: return over_bits({{1, 2}, {0, 3}, {3, 0}, {2, 1}}, {0});
        case 6: return over_bits({{1, 2}, {2, 0}, {0, 1}}, {0});
        default: return over_bits({{0, 1}, {2, 1}, {2, 3}, {4, 3}, {4, 4}}, {0, 1, 2, 3});
    }
}

}  // namespace

std::optional<Automaton> regular_automaton(const Language& language, Budget& budget) {
    switch (language.family) {
        case Family::parity: return counter(2, 1);
        case Family::even: return counter(2, 0);
        case Family::mod: return counter(language.modulus, language.residue);
        case Family::first: return over_bits({{1, 2}, {1, 1}, {2, 2}}, {2});
        case Family::last: return over_bits({{0, 1}, {0, 1}}, {1});
        case Family::all_ones: return over_bits({{1, 0}, {1, 1}}, {0});
        case Family::contains:
            budget.memory(32 + 8 * language.alphabet.size(), language.factor.size() + 1);
            budget.step(2 * language.alphabet.size(), language.factor.size() + 1);
            return searcher(language.factor, language.alphabet.size());
        case Family::nested:
            budget.step(4, static_cast<std::size_t>(*language.depth));
            return nesting(static_cast<std::uint32_t>(*language.depth));
        case Family::tomita: return tomita(language.number);
        case Family::regex: return language.regex->automaton(budget);
        case Family::automaton: return language.automaton;
        case Family::majority:
        case Family::dyck:
        case Family::palindrome:
        case Family::anbn:
        case Family::anbncn:
        case Family::shuffle:
        case Family::reset_dyck:
        case Family::boolexpr:
        case Family::table: return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace attest::checker
