#include "decide/threshold/by_counts.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>
#include <numeric>
#include <set>
#include <utility>

// What a language is as a function of how often symbols occur. Over more than two symbols such functions have no order of
// their own: from above they are looked at along linear forms, from below along lines; where the two agree nothing is lost.

namespace attest::threshold {

namespace {

constexpr std::size_t most_counts = 1 << 16;

using verdict::Reason;
using verdict::Undecided;
using Reached = std::map<Counts, std::set<language::Dfa::State>>;

Undecided stopped(base::Limit limit) { return {verdict::reason_of(limit), "while membership was counted"}; }

Undecided depends_on_more(const language::Language& language, std::int64_t length) {
    const std::string symbols = language.alphabet().size() == 2
                                    ? fmt::format("the number of {}s", language.alphabet().symbol(1))
                                    : "how often symbols occur";
    return {Reason::unsupported, fmt::format("{} at length {} is no function of {}", language.name(), length, symbols)};
}

/// Words with some counts end in a symbol, and before it is a word with one of these less.
std::variant<MembersByCounts, Undecided> of_regular(const language::Language& language, const language::Dfa& automaton,
                                                    std::int64_t length, const base::Limits& limits) {
    const std::size_t symbols = language.alphabet().size();
    Reached reached{{Counts(symbols, 0), {automaton.start}}};
    for (std::int64_t n = 0; n < length; ++n) {
        Reached later;
        for (const auto& [counts, states] : reached) {
            if (const auto limit = limits.exceeded()) return stopped(*limit);
            for (std::size_t a = 0; a < symbols; ++a) {
                Counts more = counts;
                ++more[a];
                auto& to = later[std::move(more)];
                for (const language::Dfa::State state : states) to.insert(automaton.transition[state][a]);
            }
        }
        reached = std::move(later);
    }
    MembersByCounts members;
    for (const auto& [counts, states] : reached) {
        const bool member = automaton.accepting[*states.begin()];
        for (const language::Dfa::State state : states)
            if (automaton.accepting[state] != member) return depends_on_more(language, length);
        members.emplace(counts, member);
    }
    return members;
}

std::variant<MembersByCounts, Undecided> word_by_word(const language::Language& language, std::int64_t length,
                                                      const base::Limits& limits) {
    if (!language::count_words(language.alphabet(), static_cast<std::uint64_t>(length), most_counts))
        return Undecided{Reason::memory, fmt::format("more than {} words of length {}", most_counts, length)};
    MembersByCounts members;
    language::Word word(static_cast<std::size_t>(length), 0);
    do {
        if (const auto limit = limits.exceeded()) return stopped(*limit);
        Counts counts(language.alphabet().size(), 0);
        for (const language::Symbol symbol : word) ++counts[symbol];
        const bool member = language.contains(word);
        if (members.emplace(std::move(counts), member).first->second != member)
            return depends_on_more(language, length);
    } while (language::next_word(word, language.alphabet()));
    return members;
}

MembersByCounts of_majority(std::int64_t length) {
    MembersByCounts members;
    for (std::int64_t ones = 0; ones <= length; ++ones) members[{length - ones, ones}] = 2 * ones > length;
    return members;
}

/// C(N + s − 1, s − 1) ≤ most_counts
bool has_few_counts(std::int64_t length, std::size_t symbols) {
    mpz_class count;
    mpz_bin_uiui(count.get_mpz_t(), static_cast<unsigned long>(length) + symbols - 1,
                 static_cast<unsigned long>(symbols) - 1);
    return count <= most_counts;
}

/// All lists of so many entries between two bounds.
void for_each_list(std::size_t entries, std::int64_t least, std::int64_t most,
                   const std::function<void(const Counts&)>& use) {
    Counts list(entries, least);
    for (;;) {
        use(list);
        std::size_t i = entries;
        while (i > 0 && list[i - 1] == most) list[--i] = least;
        if (i == 0) return;
        ++list[i - 1];
    }
}

bool is_primitive(const Counts& list) {
    std::int64_t divisor = 0;
    for (const std::int64_t entry : list) divisor = std::gcd(divisor, entry);
    return divisor == 1;
}

/// What is tried of more than two symbols grows with their power, and so does without the larger entries at some number.
constexpr std::size_t few_symbols = 4, many_symbols = 9;

/// Forms that are worth a look, the least first, so that of equal ones the simplest is taken; the last tells all counts apart.
std::vector<Counts> forms(std::size_t symbols, std::int64_t length) {
    if (symbols == 1) return {{0}};
    if (symbols == 2) return {{0, 1}};
    std::vector<Counts> all;
    if (symbols <= many_symbols)
        for_each_list(symbols, 0, symbols <= few_symbols ? 3 : 1, [&](const Counts& list) {
            if (*std::min_element(list.begin(), list.end()) == 0 && is_primitive(list)) all.push_back(list);
        });
    std::stable_sort(all.begin(), all.end(), [](const Counts& a, const Counts& b) {
        return *std::max_element(a.begin(), a.end()) < *std::max_element(b.begin(), b.end());
    });
    Counts digits{0};
    std::int64_t power = 1;
    for (std::size_t a = 1; a < symbols; ++a) {
        digits.push_back(power);
        if (__builtin_mul_overflow(power, length + 1, &power)) return all;
    }
    all.push_back(std::move(digits));
    return all;
}

/// Nothing where one value has both.
std::optional<LinearForm> along(const Counts& factors, const MembersByCounts& members) {
    LinearForm form{factors, {}, 0};
    for (const auto& [counts, member] : members) {
        std::int64_t value = 0;
        for (std::size_t a = 0; a < counts.size(); ++a) value += factors[a] * counts[a];
        if (form.member.emplace(value, member).first->second != member) return std::nullopt;
    }
    for (auto at = form.member.begin(), next = std::next(at); next != form.member.end(); ++at, ++next)
        form.changes += at->second != next->second ? 1 : 0;
    return form;
}

std::vector<Counts> directions(std::size_t symbols) {
    std::vector<Counts> all;
    if (symbols <= few_symbols) {
        for_each_list(symbols, -2, 2, [&](const Counts& list) {
            const auto first = std::find_if(list.begin(), list.end(), [](std::int64_t entry) { return entry != 0; });
            if (first != list.end() && *first < 0 && is_primitive(list) &&
                std::accumulate(list.begin(), list.end(), std::int64_t{0}) == 0)
                all.push_back(list);
        });
        return all;
    }
    for (std::size_t a = 0; a < symbols; ++a)
        for (std::size_t b = a + 1; b < symbols; ++b) {
            all.emplace_back(symbols, 0);
            all.back()[a] = -1;
            all.back()[b] = 1;
        }
    return all;
}

Counts moved(const Counts& counts, const Counts& step, std::int64_t times) {
    Counts to = counts;
    for (std::size_t a = 0; a < to.size(); ++a) to[a] += times * step[a];
    return to;
}

std::vector<Counts> alternating_on(const MembersByCounts& members, const Counts& from, const Counts& step) {
    std::vector<Counts> points;
    std::optional<bool> before;
    for (auto at = members.find(from); at != members.end(); at = members.find(moved(at->first, step, 1))) {
        if (before == at->second) continue;
        before = at->second;
        points.push_back(at->first);
    }
    return points;
}

}  // namespace

std::variant<MembersByCounts, Undecided> members_by_counts(const language::Language& language, std::int64_t length,
                                                           const base::Limits& limits) {
    if (!has_few_counts(length, language.alphabet().size()))
        return Undecided{Reason::memory,
                         fmt::format("more than {} counts of symbols at length {}", most_counts, length)};
    if (std::holds_alternative<language::Majority>(language.form())) return of_majority(length);
    if (const auto* regular = std::get_if<language::Regular>(&language.form()))
        return of_regular(language, regular->automaton, length, limits);
    return word_by_word(language, length, limits);
}

std::optional<LinearForm> steadiest_form(const MembersByCounts& members, std::int64_t length,
                                         const base::Limits& limits) {
    std::optional<LinearForm> best;
    for (const Counts& factors : forms(members.begin()->first.size(), length)) {
        if (limits.exceeded()) return std::nullopt;
        auto form = along(factors, members);
        if (form && (!best || form->changes < best->changes)) best = std::move(form);
    }
    return best;
}

std::vector<Counts> most_alternating(const MembersByCounts& members, const base::Limits& limits) {
    std::vector<Counts> best{members.begin()->first};
    for (const Counts& step : directions(best.front().size()))
        for (const auto& [counts, member] : members) {
            if (limits.exceeded()) return best;
            if (members.contains(moved(counts, step, -1))) continue;
            auto points = alternating_on(members, counts, step);
            if (points.size() > best.size()) best = std::move(points);
        }
    return best;
}

}  // namespace attest::threshold
