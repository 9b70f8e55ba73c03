#include "decide/counting/find.hpp"

#include <algorithm>

#include "decide/counting/search.hpp"

namespace attest::counting {

namespace {

constexpr std::size_t words_looked_at = 4000;   // states that suggest an invariant
constexpr std::size_t words_searched = 200000;  // states, where no invariant is found

decide::Counterexample counterexample(const System& system, const language::Word& word) {
    State state{0, std::vector<std::int64_t>(system.counters, 0)};
    Answers answers;
    for (const language::Symbol a : word) answers = read_symbol(system, state, a);
    decide::Counterexample found;
    found.word = word;
    found.expected = answers.language;
    found.actual = answers.program;
    return found;
}

Outcome stopped(const base::Limits& limits, const char* detail) {
    const auto limit = limits.exceeded();
    return {verdict::Undecided{limit ? verdict::reason_of(*limit) : verdict::Reason::none, detail}};
}

/// A longer word on which they differ, or none that is known.
Outcome search_further(const System& system, const std::optional<language::Word>& known, const base::Limits& limits) {
    const auto further = search_words(system, words_searched, limits);
    if (further && further->different) return {counterexample(system, *further->different), true};
    if (known) return {counterexample(system, *known), false};
    if (!further) return stopped(limits, "among longer words");
    return {verdict::Undecided{verdict::Reason::imprecise,
                               "no linear invariant was found, and no short word tells them apart"}};
}

}  // namespace

std::size_t Proof::lists() const {
    std::size_t count = 0;
    for (const auto& state : invariant.states) count += state.size();
    return count;
}

std::size_t Proof::line_count() const { return static_cast<std::size_t>(std::count(lines.begin(), lines.end(), '\n')); }

Outcome prove(const Question& question, const base::Limits& limits,
              const std::function<void(const std::string&)>& progress) {
    const System system = make_system(question.program, question.language, question.meaning);
    if (progress) progress("words, shortest first");
    const auto shortest = search_words(system, words_looked_at, limits);
    if (!shortest) return stopped(limits, "among the words");
    if (shortest->different) return {counterexample(system, *shortest->different), true};
    if (progress) progress("an invariant");
    if (auto proof = invariant_of_construction(question, system, limits)) return {std::move(*proof)};
    const auto spread =
        search_words(system, words_looked_at, limits, std::max<std::size_t>(64, words_looked_at / system.next.size()));
    if (!spread) return stopped(limits, "among the words");
    if (!spread->different)
        if (auto proof = invariant_of_words(system, spread->states, limits)) return {std::move(*proof)};
    if (progress) progress("an invariant by Spacer");
    if (!spread->different)
        if (auto proof = invariant_of_spacer(system, limits)) return {std::move(*proof)};
    if (limits.exceeded()) return stopped(limits, "for an invariant");
    if (progress) progress("longer words");
    return search_further(system, spread->different, limits);
}

}  // namespace attest::counting
