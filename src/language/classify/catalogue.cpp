#include "language/classify/classes.hpp"
#include "language/classify/inclusions.hpp"

// What membership in a class says about transformers, and who showed it. "Recognise" is of all lengths, with one network.

namespace attest::classify {

const std::array<ClassInfo, class_count>& classes() {
    static constexpr std::array<ClassInfo, class_count> all{{
        {Class::j1, "J1", "J1 (sets of letters)", "encoders without positions and mask, averages or softmax",
         "perez2021attention"},
        {Class::j_trivial, "J", "J-trivial (piecewise testable)", "", "simon1975piecewise"},
        {Class::r_trivial, "R", "R-trivial (LTL[P])",
         "unique hard attention with strict mask and leftmost ties; softmax in fixed precision, rounded weight by "
         "weight",
         "li2025characterizing,jerad2025tie"},
        {Class::l_trivial, "L", "L-trivial (LTL[F])", "unique hard attention with mirrored mask and rightmost ties",
         "jerad2025tie"},
        {Class::da, "DA", "DA (FO2, LTL[P,F])", "", "therien1998over"},
        {Class::r_groups, "R-groups", "one idempotent an R-class", "", "yang2026algebraic"},
        {Class::r_omega, "R-omega", "R-omega (that, and aperiodic)", "", "yang2026algebraic"},
        {Class::c_rasp, "C-RASP", "C-RASP", "softmax decoders with exact sums, without positions",
         "yang2024counting,yang2026algebraic"},
        {Class::star_free, "star-free", "star-free (aperiodic)",
         "unique hard attention with strict masks, without positions", "yang2024masked,schutzenberger1965finite"},
        {Class::ac0, "quasi-aperiodic", "quasi-aperiodic (AC0)", "unique hard attention with any positions",
         "barcelo2024logical,barrington1992regular"},
        {Class::foc, "FOC", "FOC[+;MOD]", "encoders in fixed precision, without masks", "chiang2023tighter"},
        {Class::stutter, "stutter", "stutter-invariant", "", ""},
        {Class::non_strict, "non-strict", "star-free and stutter-invariant",
         "unique hard attention with non-strict masks, without positions", "yang2024masked"},
        {Class::solvable, "solvable", "solvable (ACC0)",
         "outside: NC1-complete, so that no transformer of TC0 recognises it unless TC0 = NC1", "barrington1988finite"},
    }};
    return all;
}

// Most follow from the definitions. DA is aperiodic since regular elements are idempotent; a commutative monoid exchanges
// all letters; and where letters are exchanged modulo m words of length m commute as blocks of one length do, so that a group
// has a commutative normal subgroup with a cyclic quotient and is solvable. C-RASP in R-omega: [yang2026algebraic].
const std::vector<std::pair<Class, Class>>& inclusions() {
    static const std::vector<std::pair<Class, Class>> all{
        {Class::j1, Class::j_trivial},         {Class::j1, Class::non_strict},       {Class::j1, Class::foc},
        {Class::j_trivial, Class::r_trivial},  {Class::j_trivial, Class::l_trivial}, {Class::r_trivial, Class::da},
        {Class::r_trivial, Class::c_rasp},     {Class::l_trivial, Class::da},        {Class::da, Class::star_free},
        {Class::c_rasp, Class::r_omega},       {Class::r_omega, Class::star_free},   {Class::r_omega, Class::r_groups},
        {Class::star_free, Class::ac0},        {Class::ac0, Class::solvable},        {Class::foc, Class::solvable},
        {Class::non_strict, Class::star_free}, {Class::non_strict, Class::stutter},
    };
    return all;
}

const ClassInfo& info(Class id) { return classes()[static_cast<std::size_t>(id)]; }

}  // namespace attest::classify
