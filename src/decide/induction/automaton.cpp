#include <fmt/format.h>

#include <map>

#include "attest/base/error.hpp"
#include "attest/decide/induction/induction.hpp"

namespace attest::induction {

namespace {

constexpr std::size_t most_of_automaton = 100'000;

/// States are the stacks of open kinds, and one for what cannot be balanced any more.
language::Dfa nested_brackets(const language::Language& language, std::uint32_t kinds, std::uint64_t depth) {
    using Stack = std::vector<std::uint32_t>;
    language::Dfa dfa{language.alphabet(), 0, {}, {}};
    std::map<Stack, std::uint32_t> number{{{}, 0}};
    std::vector<Stack> stacks{{}};
    constexpr std::uint32_t lost = UINT32_MAX;
    for (std::size_t s = 0; s < stacks.size(); ++s) {
        auto& row = dfa.transition.emplace_back();
        for (std::uint32_t symbol = 0; symbol < 2 * kinds; ++symbol) {
            Stack next = stacks[s];
            const bool opens = symbol % 2 == 0;
            const bool fits = opens ? next.size() < depth : !next.empty() && next.back() == symbol / 2;
            if (!fits) {
                row.push_back(lost);
                continue;
            }
            if (opens) next.push_back(symbol / 2);
            else next.pop_back();
            const auto [at, is_new] = number.emplace(next, static_cast<std::uint32_t>(stacks.size()));
            if (is_new) stacks.push_back(std::move(next));
            row.push_back(at->second);
            if (stacks.size() >= most_of_automaton)
                throw base::Unsupported(
                    fmt::format("the automaton of {} has more than {} states", language.name(), most_of_automaton));
        }
    }
    const auto sink = static_cast<std::uint32_t>(stacks.size());
    for (auto& row : dfa.transition)
        for (std::uint32_t& to : row)
            if (to == lost) to = sink;
    dfa.transition.emplace_back(2 * kinds, sink);
    dfa.accepting.assign(stacks.size() + 1, false);
    dfa.accepting[0] = true;
    return language::minimize(dfa);
}

}  // namespace

language::Dfa automaton_of(const language::Language& language) {
    if (const auto* regular = std::get_if<language::Regular>(&language.form())) return regular->automaton;
    if (const auto* dyck = std::get_if<language::Dyck>(&language.form()); dyck != nullptr && dyck->depth)
        return nested_brackets(language, dyck->kinds, *dyck->depth);
    throw base::Unsupported(fmt::format(
        "{} has no finite automaton that attest knows, so nothing is proved of it at all lengths", language.name()));
}

}  // namespace attest::induction
