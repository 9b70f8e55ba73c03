#include <algorithm>

#include "components.hpp"
#include "language/classify/classes.hpp"

// The classes of a language, from its minimal automaton and syntactic monoid. What needs the automaton alone: R-trivial,
// C-RASP, FOC[+;MOD], and the identities of letters. What needs Green's relations: the rest.

namespace attest::classify {

namespace {

using Element = Monoid::Element;

bool letters_commute(const Monoid& m) {
    for (language::Symbol a = 0; a < m.letters(); ++a)
        for (language::Symbol b = 0; b < a; ++b)
            if (m.right(m.letter(a), b) != m.right(m.letter(b), a)) return false;
    return true;
}

bool letters_are_idempotent(const Monoid& m) {
    for (language::Symbol a = 0; a < m.letters(); ++a)
        if (!m.is_idempotent(m.letter(a))) return false;
    return true;
}

/// Each regular element is idempotent: an R-class with an idempotent has no other elements.
bool is_da(const Monoid& m, const Green& g) {
    std::vector<bool> has_idempotent(g.r_classes, false);
    for (Element e = 0; e < m.size(); ++e)
        if (g.idempotent[e]) has_idempotent[g.r[e]] = true;
    for (Element e = 0; e < m.size(); ++e)
        if (!g.idempotent[e] && has_idempotent[g.r[e]]) return false;
    return true;
}

}  // namespace

Classification classify(const Table& table, const Monoid& monoid) {
    const Green g = green(monoid);
    Classification result{table.states, table.letters, monoid.size(), g.largest_group, {}, {}};
    result.modulus = least_modulus(group_lengths(monoid, g));
    ClassVector& in = result.in;
    in[Class::stutter] = letters_are_idempotent(monoid);
    in[Class::j1] = in[Class::stutter] && letters_commute(monoid);
    in[Class::r_trivial] = components(table.next, table.letters).count == table.states;
    in[Class::l_trivial] = g.l_classes == monoid.size();
    in[Class::j_trivial] = in[Class::r_trivial] && in[Class::l_trivial];
    in[Class::da] = is_da(monoid, g);
    in[Class::r_groups] = g.r_classes_with_two == 0;
    in[Class::star_free] = g.largest_group == 1;
    in[Class::r_omega] = in[Class::r_groups] && in[Class::star_free];
    in[Class::c_rasp] = counting_separates(table);
    in[Class::ac0] = result.modulus.has_value();
    in[Class::foc] = letters_exchange(table);
    in[Class::non_strict] = in[Class::star_free] && in[Class::stutter];
    in[Class::solvable] = groups_are_solvable(monoid, g);
    return result;
}

Classification classify(const Table& table, const base::Limits& limits) {
    return classify(table, Monoid(table, limits));
}

}  // namespace attest::classify
