#include "language/classify/witness.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <functional>

#include "attest/base/error.hpp"
#include "base/quote.hpp"
#include "components.hpp"
#include "counters.hpp"
#include "pair_graph.hpp"
#include "permutations.hpp"
#include "same_length.hpp"
#include "words.hpp"

// One finder a rule. What a rule asks of its words is in FORMAT.md, section 22; each comment here says why such words
// exist if the language is not in the class.

namespace attest::classify {

namespace {

using language::Symbol;
using language::Word;
using Element = Monoid::Element;

/// A language that is looked at.
struct Subject {
    const language::Dfa& automaton;
    const Monoid& monoid;
    const Green& green;
    WordFinder words;
};

[[noreturn]] void there_is_none(const char* rule) {
    throw base::InternalError(fmt::format("a witness by {} was asked for, where there is none", rule));
}

/// A state that two elements send to different ones, by the shortest word to it, and a word that separates these.
std::pair<Word, Word> context(const Subject& s, Element e, Element f) {
    for (State p = 0; p < s.automaton.size(); ++p)
        if (s.monoid.map(e)[p] != s.monoid.map(f)[p])
            return {s.words.access(p), s.words.separate(s.monoid.map(e)[p], s.monoid.map(f)[p])};
    there_is_none("a context");
}

/// The least power that is idempotent.
std::pair<Element, std::uint64_t> idempotent_power(const Monoid& m, Element e) {
    std::uint64_t k = 1;
    for (Element power = e;; power = m.product(power, e), ++k)
        if (m.is_idempotent(power)) return {power, k};
}

/// Generators that do not commute, or are not idempotent.
Witness by_letters(const Subject& s) {
    const Monoid& m = s.monoid;
    for (Symbol a = 0; a < m.letters(); ++a)
        for (Symbol b = 0; b <= a; ++b) {
            const Element one = m.right(m.letter(a), b), other = a == b ? m.letter(a) : m.right(m.letter(b), a);
            if (one == other) continue;
            const auto [x, y] = context(s, one, other);
            return {"J1", {{"x", x}, {"a", {a}}, {"b", {b}}, {"y", y}}, {}, {}, {}, {}};
        }
    there_is_none("J1");
}

Witness by_repeated_letter(const Subject& s) {
    for (Symbol a = 0; a < s.monoid.letters(); ++a) {
        const Element once = s.monoid.letter(a);
        if (s.monoid.is_idempotent(once)) continue;
        const auto [x, y] = context(s, s.monoid.right(once, a), once);
        return {"stutter", {{"x", x}, {"a", {a}}, {"y", y}}, {}, {}, {}, {}};
    }
    there_is_none("stutter");
}

/// Two states of one component.
Witness by_component(const Subject& s) {
    const Table table = table_of(s.automaton);
    const Components parts = components(table.next, table.letters);
    for (State p = 0; p < table.states; ++p)
        for (Symbol a = 0; a < table.letters; ++a) {
            const State other = table.at(p, a);
            if (other == p || parts.of[other] != parts.of[p]) continue;
            return {
                "R",
                {{"x", s.words.access(p)}, {"u", {a}}, {"v", s.words.path(other, p).value()}, {"y", s.words.separate(p, other)}},
                {},
                {},
                {},
                {}};
        }
    there_is_none("R");
}

/// m = s t m with t m ≠ m for a letter t: then e = (s t)^ω fixes m from the left, and t e = e would give t m = m.
Witness by_left_component(const Subject& s) {
    const Monoid& m = s.monoid;
    for (Element e = 0; e < m.size(); ++e)
        for (Symbol t = 0; t < m.letters(); ++t) {
            const Element moved = m.left(t, e);
            if (moved == e || s.green.l[moved] != s.green.l[e]) continue;
            const Word back = left_path(m, moved, e);
            Element product = 0;
            for (const Symbol a : back) product = m.right(product, a);
            const auto [power, k] = idempotent_power(m, m.right(product, t));
            const auto [x, y] = context(s, power, m.left(t, power));
            return {"L", {{"x", x}, {"s", back}, {"t", {t}}, {"y", y}}, {{"K", k}}, {}, {}, {}};
        }
    there_is_none("L");
}

/// An idempotent e = a b c with e b e ≠ e, b a letter: were there none, then e b would be an idempotent in the R-class of e
/// for each letter b above e, and so by induction e w e = e for all words w above e.
Witness by_regular_element(const Subject& s) {
    const Monoid& m = s.monoid;
    for (Element e = 0; e < m.size(); ++e) {
        if (!s.green.idempotent[e]) continue;
        for (Symbol b = 0; b < m.letters(); ++b) {
            const Element ebe = m.product(m.right(e, b), e);
            if (ebe == e) continue;
            const auto around = factors_around(m, b, e);
            if (!around) continue;
            const auto [x, y] = context(s, ebe, e);
            return {"DA",       {{"x", x}, {"a", around->first}, {"b", {b}}, {"c", around->second}, {"y", y}},
                    {{"K", 1}}, {},
                    {},         {}};
        }
    }
    there_is_none("DA");
}

Witness by_two_idempotents(const Subject& s) {
    const Monoid& m = s.monoid;
    std::vector<Element> seen(s.green.r_classes, Green::none);
    for (Element f = 0; f < m.size(); ++f) {
        if (!s.green.idempotent[f]) continue;
        Element& e = seen[s.green.r[f]];
        if (e != Green::none) {
            const auto [x, y] = context(s, e, f);
            return {"R-groups", {{"x", x}, {"e", m.word(e)}, {"f", m.word(f)}, {"y", y}}, {}, {}, {}, {}};
        }
        e = f;
    }
    there_is_none("R-groups");
}

/// A word that permutes states in a cycle.
Witness by_cycle(const Subject& s) {
    const Monoid& m = s.monoid;
    for (Element v = 1; v < m.size(); ++v)
        for (State p = 0; p < m.states(); ++p) {
            const auto map = m.map(v);
            std::uint64_t q = 1;
            State at = map[p];
            while (at != p && q <= m.states()) at = map[at], ++q;
            if (at != p || q == 1) continue;
            return {"star-free", {{"x", s.words.access(p)}, {"v", m.word(v)}, {"y", s.words.separate(p, map[p])}},
                    {{"q", q}},  {},
                    {},          {}};
        }
    there_is_none("star-free");
}

/// Words u, v of one length, u the identity of a group and v another element of it.
Witness by_words_of_one_length(const Subject& s) {
    const Monoid& m = s.monoid;
    const auto found = words_of_one_length(m, s.green);
    if (!found) there_is_none("quasi-aperiodic");
    for (State p = 0; p < m.states(); ++p) {
        const auto map = m.map(found->other);
        if (m.map(found->identity)[p] != p || map[p] == p) continue;
        std::uint64_t q = 1;
        for (State at = map[p]; at != p; at = map[at]) ++q;
        return {"quasi-aperiodic",
                {{"x", s.words.access(p)}, {"u", found->u}, {"v", found->v}, {"y", s.words.separate(p, map[p])}},
                {{"q", q}},
                {},
                {},
                {}};
    }
    there_is_none("quasi-aperiodic");
}

Witness by_exchange(const Subject& s) {
    const Table table = table_of(s.automaton);
    const auto found = find_exchange(table);
    if (!found) there_is_none("FOC");
    const auto run = [&](State q, const Word& word) {
        for (const Symbol a : word) q = table.at(q, a);
        return q;
    };
    const State p = table.at(run(run(table.at(found->from, found->a), found->before), found->after), found->b);
    const State r = table.at(run(run(table.at(found->from, found->b), found->before), found->after), found->a);
    return {"FOC",
            {{"x", s.words.access(found->from)},
             {"a", {found->a}},
             {"u", found->before},
             {"v", found->cycle},
             {"w", found->after},
             {"b", {found->b}},
             {"y", s.words.separate(p, r)}},
            {},
            {},
            {},
            {}};
}

Witness by_unsolvable_group(const Subject& s) {
    const auto found = find_unsolvable(s.monoid, s.green);
    if (!found) there_is_none("solvable");
    return {"solvable", {{"u", s.monoid.word(found->first)}, {"v", s.monoid.word(found->second)}},
            {},         found->states,
            {},         {}};
}

Witness by_counters(const Subject& s) {
    const auto found = find_uncounted(table_of(s.automaton));
    if (!found) there_is_none("C-RASP");
    return {"C-RASP", {}, {}, {}, found->classes, found->combinations};
}

Witness witness_of(const Subject& s, Class outside) {
    const bool is_aperiodic = s.green.largest_group == 1;
    switch (outside) {
        case Class::j1: return by_letters(s);
        case Class::j_trivial: {
            const Table table = table_of(s.automaton);
            const bool r = components(table.next, table.letters).count == table.states;
            return r ? by_left_component(s) : by_component(s);
        }
        case Class::r_trivial: return by_component(s);
        case Class::l_trivial: return by_left_component(s);
        case Class::da: return by_regular_element(s);
        case Class::r_groups: return by_two_idempotents(s);
        case Class::r_omega: return is_aperiodic ? by_two_idempotents(s) : by_cycle(s);
        case Class::c_rasp: return by_counters(s);
        case Class::star_free: return by_cycle(s);
        case Class::ac0: return by_words_of_one_length(s);
        case Class::foc: return by_exchange(s);
        case Class::stutter: return by_repeated_letter(s);
        case Class::non_strict: return is_aperiodic ? by_repeated_letter(s) : by_cycle(s);
        case Class::solvable: return by_unsolvable_group(s);
    }
    there_is_none("any rule");
}

}  // namespace

Witness find_witness(const language::Dfa& automaton, const Monoid& monoid, const Green& green, Class outside) {
    return witness_of({automaton, monoid, green, WordFinder(automaton)}, outside);
}

std::string spell(const Witness& witness, const language::Alphabet& alphabet) {
    std::vector<std::string> parts;
    for (const auto& [name, word] : witness.words)
        parts.push_back(fmt::format("{} = {}", name, base::quoted(alphabet.spell(word))));
    for (const auto& [name, number] : witness.numbers) parts.push_back(fmt::format("{} = {}", name, number));
    if (!witness.states.empty()) parts.push_back(fmt::format("on states {}", fmt::join(witness.states, ", ")));
    for (const auto& states : witness.classes)
        if (states.size() > 1)
            parts.push_back(fmt::format("no counter tells states {} apart", fmt::join(states, ", ")));
    return fmt::format("{}", fmt::join(parts, ", "));
}

}  // namespace attest::classify
