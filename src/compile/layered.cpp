#include "layered.hpp"

#include <map>
#include <memory>

namespace attest::compile {

namespace {

using language::Symbol;

Layered layered_form(const language::Regular& regular, const language::Language&, std::int64_t) {
    const auto dfa = std::make_shared<const language::Dfa>(regular.automaton);
    return {dfa->start,
            [dfa](std::int64_t, std::uint64_t q, Symbol c) -> std::uint64_t { return dfa->transition[q][c]; },
            [dfa](std::uint64_t q) { return dfa->accepting[q]; }};
}

Layered layered_form(const language::Majority&, const language::Language&, std::int64_t length) {
    return {0, [](std::int64_t, std::uint64_t ones, Symbol c) { return ones + (c == 1 ? 1 : 0); },
            [most = static_cast<std::uint64_t>(length)](std::uint64_t ones) { return 2 * ones > most; }};
}

/// The state after t symbols is the sub-table that the prefix leaves, by number of first occurrence.
struct SubTables {
    std::vector<std::vector<std::uint64_t>> class_of;   // [t][prefix] → state
    std::vector<std::vector<std::uint64_t>> prefix_of;  // [t][state] → first prefix
    std::vector<bool> accepts;
};

Layered layered_form(const language::Table& table, const language::Language&, std::int64_t length) {
    const auto last = static_cast<std::size_t>(length);
    const auto sub = std::make_shared<SubTables>();
    sub->class_of.resize(last + 1);
    sub->prefix_of.resize(last + 1);
    sub->accepts = table.accepts;
    for (std::size_t t = 0; t <= last; ++t) {
        const std::uint64_t width = std::uint64_t{1} << (last - t);
        std::map<std::vector<bool>, std::uint64_t> states;
        for (std::uint64_t prefix = 0; prefix < std::uint64_t{1} << t; ++prefix) {
            const auto begin = table.accepts.begin() + static_cast<std::ptrdiff_t>(prefix * width);
            const auto [at, fresh] =
                states.try_emplace(std::vector<bool>(begin, begin + static_cast<std::ptrdiff_t>(width)), states.size());
            if (fresh) sub->prefix_of[t].push_back(prefix);
            sub->class_of[t].push_back(at->second);
        }
    }
    return {0,
            [sub](std::int64_t t, std::uint64_t state, Symbol c) {
                const auto before = static_cast<std::size_t>(t);
                return sub->class_of[before + 1][2 * sub->prefix_of[before][state] + c];
            },
            [sub, last](std::uint64_t state) { return sub->accepts[sub->prefix_of[last][state]]; }};
}

/// The states after t symbols are what the counters can hold then, numbered by first occurrence.
Layered layered_form(const language::Counting& counting, const language::Language& language, std::int64_t length) {
    using State = std::optional<language::Counting::State>;  // none: no further symbols help
    const auto next = std::make_shared<std::vector<std::vector<std::vector<std::uint64_t>>>>();  // [t][state][symbol]
    std::vector<State> states{counting.start()};
    for (std::int64_t t = 1; t <= length; ++t) {
        std::map<State, std::uint64_t> numbers;
        std::vector<State> reached;
        auto& row = next->emplace_back();
        for (const State& state : states) {
            row.emplace_back();
            for (Symbol c = 0; c < language.alphabet().size(); ++c) {
                State target;
                if (state) target = counting.step(*state, c, static_cast<std::uint64_t>(length - t));
                const auto [at, fresh] = numbers.try_emplace(target, numbers.size());
                if (fresh) reached.push_back(target);
                row.back().push_back(at->second);
            }
        }
        states = std::move(reached);
    }
    std::vector<bool> accepting;
    for (const State& state : states) accepting.push_back(state && counting.accepts(*state));
    return {0, [next](std::int64_t t, std::uint64_t q, Symbol c) { return (*next)[static_cast<std::size_t>(t)][q][c]; },
            [accepting](std::uint64_t q) { return accepting[q]; }};
}

template <typename Form>
std::optional<Layered> layered_form(const Form&, const language::Language&, std::int64_t) {
    return std::nullopt;
}

}  // namespace

std::optional<Layered> layered(const language::Language& language, std::int64_t length) {
    return std::visit([&](const auto& form) -> std::optional<Layered> { return layered_form(form, language, length); },
                      language.form());
}

}  // namespace attest::compile
