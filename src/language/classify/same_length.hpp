#pragma once

#include <optional>
#include <utility>

#include "language/classify/classes.hpp"

namespace attest::classify {

/// The shortest word w with w · from = to.
/// Needs   from and to in one L-class
language::Word left_path(const Monoid& monoid, Monoid::Element from, Monoid::Element to);

/// Words a, c with a b c = e for a letter b; none if e is in no such product.
std::optional<std::pair<language::Word, language::Word>> factors_around(const Monoid& monoid, language::Symbol b,
                                                                        Monoid::Element e);

/// Two words of one length, of at least one letter: the identity of a group and another element of it.
struct SameLength {
    Monoid::Element identity, other;
    language::Word u, v;
};

/// The shortest such words; none if no length has some.
/// Cost    O(|M| |Σ|) a length, up to the length of the words or where sets of elements repeat
std::optional<SameLength> words_of_one_length(const Monoid& monoid, const Green& green);

}  // namespace attest::classify
