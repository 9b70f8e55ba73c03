#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string_view>
#include <utility>
#include <vector>

#include "language/classify/monoid.hpp"

namespace attest::classify {

/// Classes of regular languages that say what kinds of transformers recognise them.
enum class Class {
    j1,          ///< the monoid is commutative and idempotent
    j_trivial,   ///< piecewise testable
    r_trivial,   ///< each strongly connected component of the minimal automaton is one state
    l_trivial,   ///< the same of the reversed language
    da,          ///< regular elements of the monoid are idempotent
    r_groups,    ///< no R-class has two idempotents
    r_omega,     ///< that, and aperiodic
    c_rasp,      ///< counting tells the states of each component apart
    star_free,   ///< the monoid has no group: aperiodic
    ac0,         ///< no group among words of one length: quasi-aperiodic
    foc,         ///< letters at equal residues may be exchanged
    stutter,     ///< repeating a letter changes nothing
    non_strict,  ///< star-free and that
    solvable     ///< groups in the monoid are solvable
};
inline constexpr std::size_t class_count = 14;

/// What is told of a class: its name in certificates, what it is called, what follows for transformers and whose theorem.
struct ClassInfo {
    Class id;
    std::string_view name;          ///< `star-free`
    std::string_view title;         ///< `star-free (aperiodic)`
    std::string_view transformers;  ///< which kinds recognise just these languages
    std::string_view source;        ///< keys of the bibliography, with commas
};
const std::array<ClassInfo, class_count>& classes();
const ClassInfo& info(Class id);

/// In which classes a language is.
struct ClassVector {
    std::array<bool, class_count> in{};

    bool operator[](Class c) const { return in[static_cast<std::size_t>(c)]; }
    bool& operator[](Class c) { return in[static_cast<std::size_t>(c)]; }
    bool operator==(const ClassVector&) const = default;
    auto operator<=>(const ClassVector&) const = default;
};

/// Green's relations: which elements generate the same right, left ideals, and the groups among them.
struct Green {
    std::vector<std::uint32_t> r, l;  ///< by element: its R-class, its L-class
    std::size_t r_classes = 0, l_classes = 0;
    std::vector<bool> idempotent;
    /// By element: the idempotent of its H-class, if it is in a group.
    std::vector<Monoid::Element> identity;
    std::size_t largest_group = 1;
    std::size_t r_classes_with_two = 0;  ///< R-classes with more than one idempotent

    static constexpr Monoid::Element none = UINT32_MAX;
};

/// Cost    O(|M| (|Σ| + |Q|))
Green green(const Monoid& monoid);

/// Elements of one group that words of one length are: by the period p of lengths of words in its R-class, and the
/// difference d modulo p of the lengths of words that are the one and words that are the identity. Each pair once.
/// Source  lengths of words that are e are multiples of p, and all great ones; those of g in e's group are ≡ d
std::vector<std::pair<std::uint32_t, std::uint32_t>> group_lengths(const Monoid& monoid, const Green& green);

/// Whether words whose length is a multiple of m have an aperiodic monoid.
bool is_modulus(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& lengths, std::uint64_t m);

/// The least m such that words whose length is a multiple of m have an aperiodic monoid; none if there is no such m.
std::optional<std::uint64_t> least_modulus(const std::vector<std::pair<std::uint32_t, std::uint32_t>>& lengths);

/// The lengths from which on the sets of elements that are words of one length repeat.
struct Stability {
    std::size_t index = 1;      ///< s: the least multiple of the period with η(Σ^s) = η(Σ^2s)
    std::size_t semigroup = 0;  ///< |η(Σ^s)|
    std::vector<bool> elements;
};

/// Gives   nothing where a limit is exceeded
/// Cost    O(|M| |Σ|) a length
std::optional<Stability> stability(const Monoid& monoid, const base::Limits& limits = {});

/// Whether counting tells the states of each strongly connected component apart.
///
/// Source  [yang2026algebraic], as refinement of a partition by the null space of the edges' equations
/// Exact   yes: rational arithmetic, or modulo a prime above all minors
bool counting_separates(const Table& table);

/// Whether letters a, b at positions of equal residue can be exchanged, for some modulus: FOC[+;MOD].
/// Cost    O(|Σ|² |Q|² (periods)), from the automaton alone
bool letters_exchange(const Table& table);

/// Whether all groups in the monoid are solvable.
/// Cost    nothing below 60 elements; else O(|G|) products a generator and step of the derived series
bool groups_are_solvable(const Monoid& monoid, const Green& green);

/// What a regular language is.
struct Classification {
    std::size_t states = 0, letters = 0, monoid = 0, largest_group = 1;
    ClassVector in;
    std::optional<std::uint64_t> modulus;  ///< the least for which it is quasi-aperiodic
};

/// All classes of the language whose minimal automaton this is.
///
/// Needs   a minimal automaton: all states reachable, no two equivalent
/// Cost    O(|M| (|Σ| + |Q|)) but for the rows above
Classification classify(const Table& table, const Monoid& monoid);
Classification classify(const Table& table, const base::Limits& limits = {});

}  // namespace attest::classify
