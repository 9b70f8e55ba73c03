#include "next_symbols.hpp"

#include <fmt/format.h>

#include <limits>
#include <optional>

#include "attest/base/error.hpp"
#include "base/overloaded.hpp"
#include "base/text.hpp"

// A prefix is read symbol by symbol into a state, of which nothing is left once no word of the language begins so:
// the state of the automaton of a regular language; the open brackets; what counters hold, which with symbols enough can
// always be made up for; of aᵏbᵏcᵏ the sizes of the blocks. Each prefix of a word can be continued to a majority of 1,
// and to a palindrome.

namespace attest::language {

namespace {

using Prefix = std::vector<std::uint32_t>;

Prefix start_of(const Language::Form& form) {
    return std::visit(
        base::Overloaded{[](const Regular& f) { return Prefix{f.automaton.start}; },
                         [](const EqualBlocks& f) { return Prefix(f.letters, 0); },
                         [](const Counting& f) { return f.start(); }, [](const auto&) { return Prefix{}; }},
        form);
}

std::optional<Prefix> after_bracket(const Dyck& dyck, Prefix open, Symbol symbol) {
    if (symbol % 2 == 0) open.push_back(symbol);
    else if (open.empty() || open.back() + 1 != symbol) return std::nullopt;
    else open.pop_back();
    if (dyck.depth && open.size() > *dyck.depth) return std::nullopt;
    return open;
}

/// A block is no longer than the first, begins when all before it are as long, and ends all before it.
std::optional<Prefix> after_letter(Prefix sizes, Symbol letter) {
    for (std::size_t k = letter + 1; k < sizes.size(); ++k)
        if (sizes[k] > 0) return std::nullopt;
    for (std::size_t k = 1; k < letter; ++k)
        if (sizes[k] != sizes[0]) return std::nullopt;
    if (letter > 0 && sizes[letter] == sizes[0]) return std::nullopt;
    ++sizes[letter];
    return sizes;
}

std::optional<Prefix> after(const Language::Form& form, const std::vector<bool>& alive, const Prefix& state,
                            Symbol symbol) {
    constexpr std::uint64_t enough = std::numeric_limits<std::uint64_t>::max();
    return std::visit(base::Overloaded{[&](const Regular& f) -> std::optional<Prefix> {
                                           const Dfa::State next = f.automaton.transition[state[0]][symbol];
                                           if (!alive[next]) return std::nullopt;
                                           return Prefix{next};
                                       },
                                       [&](const Dyck& f) { return after_bracket(f, state, symbol); },
                                       [&](const EqualBlocks&) { return after_letter(state, symbol); },
                                       [&](const Counting& f) { return f.step(state, symbol, enough); },
                                       [&](const auto&) { return std::optional<Prefix>(state); }},
                      form);
}

/// From which states some word leads to acceptance.
std::vector<bool> alive_states(const Dfa& automaton) {
    std::vector<bool> alive = automaton.accepting;
    for (bool grows = true; grows;) {
        grows = false;
        for (std::size_t q = 0; q < automaton.size(); ++q)
            for (const Dfa::State next : automaton.transition[q])
                if (!alive[q] && alive[next]) alive[q] = grows = true;
    }
    return alive;
}

}  // namespace

NextSymbols::NextSymbols(Language language) : language_(std::move(language)) {
    if (std::holds_alternative<Table>(language_.form()) || !language_.source().empty())
        throw base::UsageError(
            fmt::format("--task: expected next with a language that has a name, and words of every "
                        "length, found '{}'",
                        base::printable(language_.name())));
    if (const auto* const regular = std::get_if<Regular>(&language_.form())) alive_ = alive_states(regular->automaton);
}

std::vector<std::string> NextSymbols::labels(const Word& word) const {
    const Language::Form& form = language_.form();
    std::vector<std::string> labels;
    std::optional<Prefix> state = start_of(form);
    for (std::size_t i = 0; i < word.size(); ++i) {
        if (state) state = after(form, alive_, *state, word[i]);
        std::string label;
        for (Symbol a = 0; a < language_.alphabet().size(); ++a)
            label += state && after(form, alive_, *state, a) ? '1' : '0';
        label += language_.contains({word.begin(), word.begin() + static_cast<std::ptrdiff_t>(i + 1)}) ? '1' : '0';
        labels.push_back(std::move(label));
    }
    return labels;
}

}  // namespace attest::language
