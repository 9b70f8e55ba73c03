#include "checker/language/continuation.hpp"

#include <algorithm>

#include "checker/kernel/defect.hpp"

// Regular languages: the beginning leads to a state of the minimal automaton from which an accepting one is reached.
// Others, by what their words are: no closing bracket without its opening one before it, since what is open can be
// closed; no symbol after the end of an expression, since atoms can fill what is expected; blocks of letters, none longer
// than the first and all but the last one that has begun as long. 1s enough after it make a majority, and its mirror
// image a palindrome.

namespace attest::checker {
namespace {

using Word = std::vector<std::size_t>;
using Family = Language::Family;

std::vector<bool> alive_states(const Automaton& automaton, Budget& budget) {
    std::vector<std::vector<std::size_t>> before(automaton.states());
    budget.memory(automaton.states() * (64 + 16 * automaton.symbols));
    budget.step(automaton.states(), 8 * automaton.symbols + 8);
    for (std::size_t q = 0; q < automaton.states(); ++q)
        for (const std::uint32_t next : automaton.next[q]) before[next].push_back(q);
    std::vector<bool> alive(automaton.states(), false);
    std::vector<std::size_t> open;
    for (std::size_t q = 0; q < automaton.states(); ++q)
        if (automaton.accepting[q]) alive[q] = true, open.push_back(q);
    while (!open.empty()) {
        const std::size_t q = open.back();
        open.pop_back();
        for (const std::size_t p : before[q])
            if (!alive[p]) alive[p] = true, open.push_back(p);
    }
    return alive;
}

bool opens_before_it_closes(const Language& language, const Word& beginning) {
    Word open;
    for (const std::size_t symbol : beginning) {
        if (symbol % 2 == 1 && (open.empty() || open.back() != symbol / 2)) return false;
        if (symbol % 2 == 1) open.pop_back();
        else open.push_back(symbol / 2);
        if (language.depth && open.size() > static_cast<std::size_t>(*language.depth)) return false;
    }
    return true;
}

/// Each pair by itself.
bool never_below(const Language& language, const Word& beginning) {
    std::vector<long> depth(static_cast<std::size_t>(language.pairs), 0);
    for (const std::size_t symbol : beginning)
        if ((depth[symbol / 2] += symbol % 2 == 0 ? 1 : -1) < 0) return false;
    return true;
}

bool never_below_since_reset(const Word& beginning) {
    long depth = 0;
    for (const std::size_t symbol : beginning) {
        depth = symbol == 2 ? 0 : depth + (symbol == 0 ? 1 : -1);
        if (depth < 0) return false;
    }
    return true;
}

bool always_expects(const Word& beginning) {
    std::size_t expected = 1;
    for (const std::size_t symbol : beginning) {
        if (expected == 0) return false;
        expected = symbol < 2 ? expected - 1 : expected + symbol - 2;
    }
    return true;
}

bool begins_blocks(const Word& beginning) {
    if (!std::is_sorted(beginning.begin(), beginning.end())) return false;
    if (beginning.empty()) return true;
    const auto size = [&](std::size_t letter) { return std::count(beginning.begin(), beginning.end(), letter); };
    for (std::size_t letter = 1; letter < beginning.back(); ++letter)
        if (size(letter) != size(0)) return false;
    return size(beginning.back()) <= size(0);
}

}  // namespace

Continuation::Continuation(const Language& language, const std::string& place, Budget& budget) {
    if (language.family == Family::table || language.family == Family::automaton)
        throw Defect(place, "next is not for languages in tables and files");
    if (language.automaton) alive_ = alive_states(*language.automaton, budget);
}

bool Continuation::operator()(const Language& language, const Word& beginning, Budget& budget) const {
    budget.step(4 * beginning.size() + 4);
    if (language.automaton) {
        std::size_t state = language.automaton->start;
        for (const std::size_t symbol : beginning) state = language.automaton->next[state][symbol];
        return alive_[state];
    }
    switch (language.family) {
        case Family::dyck: return opens_before_it_closes(language, beginning);
        case Family::shuffle: return never_below(language, beginning);
        case Family::reset_dyck: return never_below_since_reset(beginning);
        case Family::boolexpr: return always_expects(beginning);
        case Family::anbn:
        case Family::anbncn: return begins_blocks(beginning);
        case Family::majority:
        case Family::palindrome: return true;
        default: throw Defect("manifest.json: claim.task", "the language has no rule of its beginnings");
    }
}

}  // namespace attest::checker
