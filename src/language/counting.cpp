#include "attest/language/counting.hpp"

#include <algorithm>
#include <numeric>

#include "base/overloaded.hpp"

namespace attest::language {

namespace {

using Counts = Counting::State;

/// Each further symbol closes one bracket at most, or answers one expected expression.
bool hopeless(const Counts& state, std::uint64_t left) {
    return std::accumulate(state.begin(), state.end(), std::uint64_t{0}) > left;
}

std::optional<Counts> after_bracket(Counts state, std::size_t kind, bool opens) {
    if (opens) ++state[kind];
    else if (state[kind] == 0) return std::nullopt;
    else --state[kind];
    return state;
}

/// An operator of arity r takes the place of one expected expression and expects r; an atom is one.
std::optional<Counts> after_part(const Counts& state, Symbol symbol) {
    if (state[0] == 0) return std::nullopt;
    return Counts{symbol < 2 ? state[0] - 1 : state[0] + (symbol - 2)};
}

}  // namespace

Counts Counting::start() const {
    return std::visit(base::Overloaded{[](const Shuffle& f) { return Counts(f.kinds, 0); },
                                       [](const ResetDyck&) { return Counts{0}; },
                                       [](const BooleanExpression&) { return Counts{1}; }},
                      form_);
}

std::optional<Counts> Counting::step(const Counts& state, Symbol symbol, std::uint64_t left) const {
    if (std::holds_alternative<ResetDyck>(form_)) return symbol == 2 ? Counts{0} : after_bracket(state, 0, symbol == 0);
    std::optional<Counts> next = std::holds_alternative<Shuffle>(form_)
                                     ? after_bracket(state, symbol / 2, symbol % 2 == 0)
                                     : after_part(state, symbol);
    if (next && hopeless(*next, left)) return std::nullopt;
    return next;
}

bool Counting::accepts(const Counts& state) const {
    return std::all_of(state.begin(), state.end(), [](std::uint32_t count) { return count == 0; });
}

}  // namespace attest::language
