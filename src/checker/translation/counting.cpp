#include "checker/translation/counting.hpp"

#include <map>
#include <memory>
#include <numeric>

// Languages that counters decide. What the counters hold after t symbols is a tuple, or *dead* where the word cannot become a
// member in the N - t symbols that are left; the tuples of a step are numbered as the step before first reaches them, so that
// a number means a tuple of one step only.

namespace attest::checker {
namespace {

using Family = Language::Family;
using Counts = std::vector<std::size_t>;  ///< empty: dead
using Rows = std::vector<std::vector<std::size_t>>;

Counts bracket(Counts counts, std::size_t pair, bool opens) {
    if (!opens && counts[pair] == 0) return {};
    counts[pair] += opens ? 1 : std::size_t(-1);
    return counts;
}

Counts part_of_expression(const Counts& counts, std::size_t letter) {
    if (counts[0] == 0) return {};
    const std::size_t arity = letter < 2 ? 0 : letter - 1;
    return {counts[0] + arity - 1};
}

Counts after(Family family, const Counts& counts, std::size_t letter, std::size_t left) {
    if (counts.empty()) return {};
    if (family == Family::reset_dyck) return letter == 2 ? Counts{0} : bracket(counts, 0, letter == 0);
    Counts next =
        family == Family::shuffle ? bracket(counts, letter / 2, letter % 2 == 0) : part_of_expression(counts, letter);
    if (std::accumulate(next.begin(), next.end(), std::size_t{0}) > left) return {};
    return next;
}

bool all_zero(const Counts& counts) {
    return !counts.empty() && std::accumulate(counts.begin(), counts.end(), std::size_t{0}) == 0;
}

}  // namespace

Layered counting_automaton(const Language& language, std::size_t length, Budget& budget) {
    const std::size_t letters = language.alphabet.size();
    std::vector<Counts> states = {language.family == Family::shuffle
                                      ? Counts(static_cast<std::size_t>(language.pairs), 0)
                                      : Counts{language.family == Family::boolexpr ? 1u : 0u}};
    auto rows = std::make_shared<std::vector<Rows>>();  // [t - 1][state][letter]
    for (std::size_t t = 1; t <= length; ++t) {
        std::map<Counts, std::size_t> numbers;
        std::vector<Counts> reached;
        Rows& row = rows->emplace_back();
        for (const Counts& counts : states) {
            budget.step(16 + 8 * counts.size(), letters);
            budget.memory(8, letters);
            auto& targets = row.emplace_back();
            for (std::size_t letter = 0; letter < letters; ++letter) {
                Counts next = after(language.family, counts, letter, length - t);
                const auto [entry, fresh] = numbers.try_emplace(next, numbers.size());
                targets.push_back(entry->second);
                if (!fresh) continue;
                budget.memory(160 + 16 * next.size());
                reached.push_back(std::move(next));
            }
        }
        states = std::move(reached);
    }
    std::vector<bool> accepting;
    for (const Counts& counts : states) accepting.push_back(all_zero(counts));
    Layered automaton;
    automaton.next = [rows](std::size_t t, std::size_t state, std::size_t letter) {
        return (*rows)[t - 1][state][letter];
    };
    automaton.accepting = [accepting](std::size_t state) { return accepting[state]; };
    return automaton;
}

}  // namespace attest::checker
