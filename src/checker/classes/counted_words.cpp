#include "checker/classes/counted_words.hpp"

#include <cstdint>
#include <set>
#include <utility>

#include "checker/classes/network_words.hpp"
#include "checker/kernel/defect.hpp"

// Membership by how often each symbol occurs (FORMAT.md, section 11.3). Words with the counts n end in some symbol a, and
// before it is a word with one a less: so the states that they lead to are known from those of the words that are one
// shorter, however many words there are.

namespace attest::checker {
namespace {

constexpr std::uint64_t most_counts = std::uint64_t{1} << 22;

using Members = std::map<Occurrences, std::optional<bool>>;
using States = std::set<std::uint32_t>;
using Reached = std::map<Occurrences, States>;

/// C(N + s − 1, s − 1), which grows with each factor.
void require_few_counts(std::size_t length, std::size_t symbols) {
    std::uint64_t count = 1;
    for (std::size_t k = 1; k < symbols && count <= most_counts; ++k) {
        if (length > most_counts) count = most_counts + 1;
        else count = count * (length + k) / k;
    }
    if (length > most_counts || count > most_counts)
        throw Defect("manifest.json: claim.length", "symbols can occur in more than 2^22 numbers");
}

Reached one_symbol_later(const Automaton& automaton, const Reached& reached, Budget& budget) {
    constexpr std::uint64_t each = 200;
    Reached later;
    for (const auto& [counts, states] : reached)
        for (std::size_t a = 0; a < automaton.symbols; ++a) {
            budget.step(each * (1 + states.size()));
            budget.memory(96 + 8 * counts.size() + 48 * states.size());
            Occurrences more = counts;
            ++more[a];
            States& to = later[std::move(more)];
            for (const std::uint32_t state : states) to.insert(automaton.next[state][a]);
        }
    return later;
}

Members of_regular(const Automaton& automaton, std::size_t length, Budget& budget) {
    Reached reached{{Occurrences(automaton.symbols, 0), {static_cast<std::uint32_t>(automaton.start)}}};
    for (std::size_t n = 0; n < length; ++n) {
        Budget::Temporary step(budget);
        reached = one_symbol_later(automaton, reached, budget);
    }
    Members members;
    for (const auto& [counts, states] : reached) {
        budget.memory(96 + 8 * counts.size());
        std::optional<bool>& member = members[counts];
        member = automaton.accepting[*states.begin()];
        for (const std::uint32_t state : states)
            if (automaton.accepting[state] != *member) {
                member.reset();
                break;
            }
    }
    return members;
}

Members of_majority(std::size_t length, Budget& budget) {
    Members members;
    for (std::size_t ones = 0; ones <= length; ++ones) {
        budget.step(200);
        budget.memory(112);
        members[{length - ones, ones}] = 2 * ones > length;
    }
    return members;
}

Members word_by_word(const Language& language, std::size_t length, Budget& budget) {
    const NetworkWords all = network_words(language, length, NetworkClass(), budget);
    Members members;
    for (std::size_t x = 0; x < all.words.size(); ++x) {
        budget.step(100 + length);
        Occurrences counts(all.symbols, 0);
        for (const std::size_t a : all.words[x]) ++counts[a];
        const auto [place, is_new] = members.emplace(std::move(counts), all.member[x]);
        if (is_new) budget.memory(96 + 8 * all.symbols);
        else if (place->second != all.member[x]) place->second.reset();
    }
    return members;
}

}  // namespace

std::map<Occurrences, std::optional<bool>> members_by_counts(const Language& language, std::size_t length,
                                                             Budget& budget) {
    require_few_counts(length, language.alphabet.size());
    if (language.automaton) return of_regular(*language.automaton, length, budget);
    if (language.family == Language::Family::majority) return of_majority(length, budget);
    return word_by_word(language, length, budget);
}

}  // namespace attest::checker
