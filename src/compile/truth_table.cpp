#include "compile/truth_table.hpp"

#include <cassert>
#include <map>

namespace attest::compile {

namespace {

using circuit::Literal;

/// `yes` where the condition holds, `no` elsewhere.
Literal choose(circuit::Builder& builder, Literal condition, Literal yes, Literal no) {
    if (no == circuit::bottom) return builder.conjunction({condition, yes});
    if (no == circuit::top) return builder.disjunction({!condition, yes});
    if (yes == circuit::bottom) return builder.conjunction({!condition, no});
    if (yes == circuit::top) return builder.disjunction({condition, no});
    return builder.exclusive_or(no, builder.conjunction({condition, builder.exclusive_or(no, yes)}));
}

/// What a word says from position i on, by its symbol there.
Literal decide(circuit::Builder& builder, const Inputs& inputs, std::int64_t i, const std::vector<Literal>& by_symbol) {
    bool same = true;
    for (const Literal l : by_symbol) same = same && l == by_symbol.front();
    if (same) return by_symbol.front();
    if (by_symbol.size() == 2) return choose(builder, inputs.present(i, 1), by_symbol[1], by_symbol[0]);
    std::vector<Literal> cases;
    for (language::Symbol a = 0; a < by_symbol.size(); ++a)
        cases.push_back(builder.conjunction({inputs.present(i, a), by_symbol[a]}));
    return builder.disjunction(cases);
}

}  // namespace

Literal compile_table(circuit::Builder& builder, const Inputs& inputs, std::vector<bool> answers) {
    const std::size_t symbols = inputs.symbols();
    std::vector<Literal> values;
    values.reserve(answers.size());
    for (const bool answer : answers) values.push_back(answer ? circuit::top : circuit::bottom);
    for (std::int64_t i = inputs.length(); i >= 1 && symbols > 1; --i) {
        std::map<std::vector<Literal>, Literal> known;
        std::vector<Literal> next;
        for (std::size_t k = 0; k < values.size() && !builder.exhausted(); k += symbols) {
            const std::vector<Literal> by_symbol(values.begin() + static_cast<std::ptrdiff_t>(k),
                                                 values.begin() + static_cast<std::ptrdiff_t>(k + symbols));
            const auto [entry, is_new] = known.try_emplace(by_symbol);
            if (is_new) entry->second = decide(builder, inputs, i, by_symbol);
            next.push_back(entry->second);
        }
        values = std::move(next);
    }
    assert(values.size() == 1 || builder.exhausted());
    return builder.exhausted() ? circuit::bottom : values.front();
}

}  // namespace attest::compile
