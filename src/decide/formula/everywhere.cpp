#include "decide/formula/everywhere.hpp"

#include <fmt/format.h>

#include "attest/base/error.hpp"
#include "build/counting_formula.hpp"

// What a formula says is a condition on how often symbols stand at residues. Where the language is one too, they are the same iff no numbers
// tell them apart, which elimination decides. Where the language is none, or they differ, some word shows it.

namespace attest::formula {

namespace {

using language::Dfa;
using language::Symbol;

constexpr std::size_t longest = 4096;                     // words that are looked at for a difference
constexpr std::size_t few_states = std::size_t{1} << 14;  // that are looked at before elimination

std::string quoted(const std::string& symbol) { return "\"" + symbol + "\""; }

/// Majority over the formula's symbols.
programs::foc::Program majority_of(const Question& question) {
    std::string text = "alphabet";
    std::string which[2] = {"false", "false"};
    for (Symbol a = 0; a < question.meaning.size(); ++a) {
        text += " " + quoted(question.program.alphabet[a]);
        which[question.meaning[a]] = quoted(question.program.alphabet[a]) + "(p)";
    }
    text += fmt::format("\nexists x exists y (exactly x p {} & exactly y p {} & y < x)\n", which[1], which[0]);
    return programs::foc::parse(text, "majority");
}

/// The language as a formula, which is built from its automaton over the formula's symbols.
///
/// Throws  Unsupported for a language that no formula defines, or whose formula is too large
programs::foc::Program formula_of(const Question& question, const Dfa& automaton, const base::Limits& limits) {
    Dfa own{language::Alphabet(question.program.alphabet), automaton.start, automaton.accepting, {}};
    for (const auto& row : automaton.transition) {
        auto& same = own.transition.emplace_back();
        for (const Symbol a : question.meaning) same.push_back(row[a]);
    }
    const build::CountingFormula built = build::counting_formula(language::minimize(own), "language", limits);
    return programs::foc::parse(built.text, "the formula that is built");
}

Outcome not_settled(const base::Limits& limits, std::string detail) {
    const auto limit = limits.exceeded();
    return {verdict::Undecided{limit ? verdict::reason_of(*limit) : verdict::Reason::unsupported,
                               limit ? "while words were looked at" : std::move(detail)}};
}

/// Length by length; as long as vectors and words can be looked at.
Outcome find_difference(const Question& question, std::size_t from, const base::Limits& limits) {
    std::string detail = "no word that tells them apart is known";
    try {
        for (std::size_t length = from; length <= longest; ++length) {
            Outcome outcome = prove_at(question, length, limits);
            if (outcome.difference() != nullptr || outcome.undecided() != nullptr) return outcome;
        }
    } catch (const base::Unsupported& why) {
        detail += std::string(": ") + why.what();
    }
    return not_settled(limits, std::move(detail));
}

/// Nothing where they do not agree, or that is too large to be decided so.
std::optional<Outcome> eliminate(const Question& question, const Dfa* automaton, std::size_t from,
                                 const base::Limits& limits) {
    try {
        Eliminated found;
        if (automaton != nullptr) {
            found.other = formula_of(question, *automaton, limits);
            const std::vector<Symbol>& meaning = question.meaning;
            if (close({*found.other, question.language, meaning}, *automaton, from, most_states, limits).closed() ==
                nullptr)
                return std::nullopt;
        }
        const programs::foc::Program meant = found.other ? *found.other : majority_of(question);
        if (programs::foc::agree(question.program, meant, from)) return Outcome{std::move(found)};
    } catch (const base::Unsupported&) {
        return std::nullopt;
    }
    return std::nullopt;
}

}  // namespace

Outcome prove_everywhere(const Question& question, std::size_t from, const base::Limits& limits) {
    const auto* regular = std::get_if<language::Regular>(&question.language.form());
    if (regular != nullptr) {
        Outcome closed = close(question, regular->automaton, from, few_states, limits);
        if (closed.undecided() == nullptr || limits.exceeded()) return closed;
        if (auto outcome = eliminate(question, &regular->automaton, from, limits)) return *std::move(outcome);
        closed = close(question, regular->automaton, from, most_states, limits);
        if (closed.undecided() == nullptr || limits.exceeded()) return closed;
        return find_difference(question, from, limits);
    }
    if (std::holds_alternative<language::Majority>(question.language.form())) {
        if (auto outcome = eliminate(question, nullptr, from, limits)) return *std::move(outcome);
        return find_difference(question, from, limits);
    }
    // Order counts in the others, which no formula sees.
    Outcome outcome = find_difference(question, from, limits);
    if (outcome.difference() == nullptr && !limits.exceeded())
        throw base::Unsupported(question.language.name() +
                                " is not held as an automaton, which a proof at all lengths needs; give --length a "
                                "number");
    return outcome;
}

}  // namespace attest::formula
