#include <algorithm>
#include <cassert>
#include <functional>
#include <map>
#include <set>

#include "attest/compile/compile.hpp"
#include "layered.hpp"

// Membership circuits, gate for gate as FORMAT.md, section 6.4, lays them down.

namespace attest::compile {

namespace {

using circuit::bottom;
using circuit::Literal;
using circuit::top;
using language::Symbol;

class LanguageCompiler {
  public:
    LanguageCompiler(circuit::Builder& builder, const Inputs& inputs, const language::Language& language,
                     const std::vector<Symbol>& meaning)
        : builder_(builder), inputs_(inputs), language_(language), meaning_(meaning), length_(inputs.length()) {}

    Literal compile() {
        return std::visit([&](const auto& form) { return membership(form); }, language_.form());
    }

  private:
    /// The model symbols for which `chosen` holds are present at position i.
    template <typename Chosen>
    Literal any_of(std::int64_t i, Chosen&& chosen) {
        std::vector<Literal> literals;
        for (Symbol a = 0; a < meaning_.size(); ++a)
            if (chosen(a)) literals.push_back(inputs_.present(i, a));
        return builder_.disjunction(literals);
    }

    /// The i-th symbol means c.
    Literal symbol(std::int64_t i, Symbol c) {
        return any_of(i, [&](Symbol a) { return meaning_[a] == c; });
    }

    Literal layered(const Layered& automaton) {
        std::map<std::uint64_t, Literal> states{{automaton.start, top}};
        for (std::int64_t t = 1; t <= length_; ++t) {
            // target → (source → model symbols that lead there)
            std::map<std::uint64_t, std::map<std::uint64_t, std::set<Symbol>>> arrivals;
            for (const auto& [q, literal] : states)
                for (Symbol a = 0; a < meaning_.size(); ++a)
                    arrivals[automaton.step(t - 1, q, meaning_[a])][q].insert(a);
            std::map<std::uint64_t, Literal> next;
            std::vector<Literal> others;
            for (const auto& [target, sources] : arrivals) {
                Literal here;
                if (next.size() + 1 == arrivals.size()) {
                    here = builder_.conjunction(others);
                } else {
                    std::vector<Literal> ways;
                    for (const auto& [q, symbols] : sources) {
                        const Literal read = symbols.size() == meaning_.size()
                                                 ? top
                                                 : any_of(t, [&read = symbols](Symbol a) { return read.contains(a); });
                        ways.push_back(builder_.conjunction({states.at(q), read}));
                    }
                    here = builder_.disjunction(ways);
                }
                next.emplace(target, here);
                others.push_back(!here);
            }
            states = std::move(next);
        }
        std::vector<Literal> accepting;
        for (const auto& [q, literal] : states)
            if (automaton.accepts(q)) accepting.push_back(literal);
        return builder_.disjunction(accepting);
    }

    Literal membership(const language::Regular& regular) {
        const language::Dfa& dfa = regular.automaton;
        bool permutes = dfa.size() == 2;
        for (Symbol c = 0; permutes && c < dfa.alphabet.size(); ++c)
            permutes = dfa.transition[0][c] != dfa.transition[1][c];
        if (permutes) {
            Literal s = bottom;
            for (std::int64_t i = 1; i <= length_; ++i)
                s = builder_.exclusive_or(s, any_of(i, [&](Symbol a) { return dfa.transition[0][meaning_[a]] == 1; }));
            return s ^ dfa.accepting[0];
        }
        return layered(*compile::layered(language_, length_));
    }

    Literal membership(const language::Majority&) { return layered(*compile::layered(language_, length_)); }
    Literal membership(const language::Table&) { return layered(*compile::layered(language_, length_)); }
    Literal membership(const language::Counting&) { return layered(*compile::layered(language_, length_)); }

    Literal membership(const language::Palindrome&) {
        std::vector<Literal> equal;
        const std::size_t symbols = language_.alphabet().size();
        for (std::int64_t i = 1; i <= length_ / 2; ++i) {
            const std::int64_t j = length_ + 1 - i;
            const auto same = [&](Symbol c) {
                const Literal left = symbol(i, c);
                return !builder_.exclusive_or(left, symbol(j, c));
            };
            if (symbols == 2) {
                equal.push_back(same(1));
                continue;
            }
            std::vector<Literal> each;
            for (Symbol c = 0; c < symbols; ++c) each.push_back(same(c));
            equal.push_back(builder_.conjunction(each));
        }
        return builder_.conjunction(equal);
    }

    Literal membership(const language::EqualBlocks& blocks) {
        if (length_ % blocks.letters != 0) return bottom;
        const std::int64_t size = length_ / blocks.letters;
        std::vector<Literal> all;
        for (std::int64_t i = 1; i <= length_; ++i) all.push_back(symbol(i, static_cast<Symbol>((i - 1) / size)));
        return builder_.conjunction(all);
    }

    Literal membership(const language::Dyck& dyck) {
        const std::int64_t half = length_ / 2;
        const std::int64_t deepest =
            dyck.depth ? std::min<std::int64_t>(
                             half, static_cast<std::int64_t>(std::min<std::uint64_t>(*dyck.depth, INT64_MAX)))
                       : half;
        const std::size_t kinds = dyck.kinds;
        const auto opening = [](std::size_t k) { return static_cast<Symbol>(2 * k); };
        // at[d]: balanced so far, at depth d. kind[d][k]: the bracket open at depth d is of kind k.
        std::vector<Literal> at(static_cast<std::size_t>(deepest) + 2, bottom);
        std::vector<std::vector<Literal>> kind(static_cast<std::size_t>(deepest) + 2,
                                               std::vector<Literal>(kinds - 1, bottom));
        at[0] = top;
        for (std::int64_t t = 1; t <= length_; ++t) {
            std::vector<Literal> opens;
            for (std::size_t k = 0; k < kinds; ++k) opens.push_back(symbol(t, opening(k)));
            const Literal open = builder_.disjunction(opens);
            std::vector<Literal> next(at.size(), bottom);
            for (std::int64_t d = t % 2; d <= std::min({deepest, t, length_ - t}); d += 2) {
                const auto depth = static_cast<std::size_t>(d);
                std::vector<Literal> ways;
                if (d > 0) ways.push_back(builder_.conjunction({at[depth - 1], open}));
                for (std::size_t k = 0; k < kinds; ++k) {
                    const Literal close = symbol(t, opening(k) + 1);
                    std::vector<Literal> all{at[depth + 1], close};
                    push_kind(all, kind[depth + 1], k);
                    ways.push_back(builder_.conjunction(all));
                }
                next[depth] = builder_.disjunction(ways);
            }
            std::vector<std::vector<Literal>> next_kind = kind;
            for (std::int64_t d = 1; d <= deepest; ++d) {
                const auto depth = static_cast<std::size_t>(d);
                for (std::size_t k = 0; k + 1 < kinds; ++k) {
                    const Literal opened = builder_.conjunction({at[depth - 1], symbol(t, opening(k))});
                    const Literal kept =
                        builder_.conjunction({!builder_.conjunction({at[depth - 1], open}), kind[depth][k]});
                    next_kind[depth][k] = builder_.disjunction({opened, kept});
                }
            }
            at = std::move(next);
            kind = std::move(next_kind);
        }
        return length_ % 2 == 0 ? at[0] : bottom;
    }

    /// "The bracket is of kind k": the last kind is none of the others.
    static void push_kind(std::vector<Literal>& all, const std::vector<Literal>& kinds, std::size_t k) {
        if (k < kinds.size()) all.push_back(kinds[k]);
        else
            for (const Literal l : kinds) all.push_back(!l);
    }

    circuit::Builder& builder_;
    const Inputs& inputs_;
    const language::Language& language_;
    const std::vector<Symbol>& meaning_;
    std::int64_t length_;
};

}  // namespace

Literal compile_language(circuit::Builder& builder, const Inputs& inputs, const language::Language& language,
                         const std::vector<Symbol>& meaning) {
    assert(language.defined_at(static_cast<std::uint64_t>(inputs.length())));
    builder.set_origin({circuit::Origin::Role::language, -1, -1, -1, -1});
    const Literal member = LanguageCompiler(builder, inputs, language, meaning).compile();
    builder.set_origin({});
    return member;
}

}  // namespace attest::compile
