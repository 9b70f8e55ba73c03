#include "decide/threshold/every_change.hpp"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

namespace attest::threshold {

namespace {

constexpr std::int64_t longest_listed = 22;

/// In which states the automaton can be after a word of the length, with an even or an odd number of the second symbol.
bool changes_by_automaton(const language::Dfa& automaton, std::int64_t length, const base::Limits& limits) {
    std::set<std::pair<language::Dfa::State, bool>> at{{automaton.start, false}};
    for (std::int64_t k = 0; k < length; ++k) {
        if (limits.exceeded()) return false;
        decltype(at) next;
        for (const auto& [state, odd] : at) {
            next.emplace(automaton.transition[state][0], odd);
            next.emplace(automaton.transition[state][1], !odd);
        }
        if (next == at) break;  // so it stays
        at = std::move(next);
    }
    std::optional<bool> even;  // the answer to words with an even number of it
    for (const auto& [state, odd] : at) {
        const bool answer = automaton.accepting[state] != odd;
        if (even.value_or(answer) != answer) return false;
        even = answer;
    }
    return true;
}

bool changes_by_words(const language::Language& language, std::int64_t length, const base::Limits& limits) {
    language::Word word(static_cast<std::size_t>(length), 0);
    const bool first = language.contains(word);
    do {
        if (limits.exceeded()) return false;
        const bool odd = std::ranges::count(word, language::Symbol{1}) % 2 == 1;
        if (language.contains(word) != (first != odd)) return false;
    } while (language::next_word(word, language.alphabet()));
    return true;
}

}  // namespace

bool every_change_counts(const language::Language& language, std::int64_t length, const base::Limits& limits) {
    if (language.alphabet().size() != 2 || !language.defined_at(static_cast<std::uint64_t>(length))) return false;
    if (const auto* regular = std::get_if<language::Regular>(&language.form()))
        return changes_by_automaton(regular->automaton, length, limits);
    return length <= longest_listed && changes_by_words(language, length, limits);
}

}  // namespace attest::threshold
