#include "decide/counting/find.hpp"

#include <algorithm>

#include "attest/base/error.hpp"
#include "decide/counting/depth_one.hpp"
#include "decide/counting/search.hpp"

namespace attest::counting {

namespace {

constexpr std::size_t words_looked_at = 4000;   // states that suggest an invariant
constexpr std::size_t words_searched = 200000;  // states, where no invariant is found
constexpr std::size_t words_tried = 100000;     // against a language that is no system

Outcome stopped(const base::Limits& limits, const char* detail) {
    const auto limit = limits.exceeded();
    return {verdict::Undecided{limit ? verdict::reason_of(*limit) : verdict::Reason::none, detail}};
}

/// A longer word on which they differ, or none that is known.
Outcome search_further(const System& system, const std::optional<language::Word>& known, const base::Limits& limits) {
    const auto further = search_words(system, words_searched, limits);
    if (further && further->different) return {answers_on(system, *further->different), true};
    if (known) return {answers_on(system, *known), false};
    if (!further) return stopped(limits, "among longer words");
    return {verdict::Undecided{verdict::Reason::imprecise,
                               "no linear invariant was found, and no short word tells them apart"}};
}

/// A shortest word on which they differ, among the shortest words; nothing where there is none of them.
std::optional<Outcome> try_words(const Question& question, const base::Limits& limits) {
    const language::Alphabet alphabet(question.program.alphabet);
    const System system = make_system(question.program);
    std::size_t tried = 0;
    for (std::size_t length = 1; length <= 6; ++length) {
        if (!language::count_words(alphabet, length, words_tried)) return std::nullopt;
        language::Word word(length, 0);
        do {
            if (++tried % 1024 == 0 && limits.exceeded()) return stopped(limits, "among the words");
            language::Word meant;
            for (const language::Symbol a : word) meant.push_back(question.meaning[a]);
            decide::Counterexample found = answers_on(system, word);
            found.expected = question.language.contains(meant);
            if (found.actual != found.expected) return Outcome{found, true};
        } while (language::next_word(word, alphabet));
    }
    return std::nullopt;
}

/// As counters, or a word where the language is none that they say.
std::variant<System, Outcome> system_or_word(const Question& question, const base::Limits& limits) {
    try {
        return make_system(question.program, question.language, question.meaning);
    } catch (const base::Unsupported&) {
        if (auto outcome = try_words(question, limits)) return *std::move(outcome);
        throw;
    }
}

/// Of counting depth 1, where that decides it.
std::optional<Outcome> by_depth_one(const Question& question, const System& system, const base::Limits& limits) {
    if (counts_symbols_only(system)) return decide_depth_one(system, limits);
    if (!system.meant || !program_counts_symbols_only(system)) return std::nullopt;
    if (auto word = exchanged_word(system, question.language)) return Outcome{*word};
    return std::nullopt;
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
    const auto made = system_or_word(question, limits);
    if (const auto* outcome = std::get_if<Outcome>(&made)) return *outcome;
    const System& system = std::get<System>(made);
    if (progress) progress("words, shortest first");
    const auto shortest = search_words(system, words_looked_at, limits);
    if (!shortest) return stopped(limits, "among the words");
    if (shortest->different) return {answers_on(system, *shortest->different), true};
    if (progress) progress("an invariant");
    if (auto proof = invariant_of_construction(question, system, limits)) return {std::move(*proof)};
    if (auto outcome = by_depth_one(question, system, limits)) return *std::move(outcome);
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
