#pragma once

#include <functional>
#include <vector>

#include "attest/language/alphabet.hpp"

namespace attest::decide {

/// One symbol of a word changed (then `other` is `at`), or two exchanged.
struct Change {
    std::size_t at, other;
    language::Symbol symbol;

    language::Word made(language::Word word) const;
};

/// A number for each word of a length, and what changes of a word promise of it: in doubles, without bounds.
class Landscape {
  public:
    virtual ~Landscape() = default;

    virtual double height(const language::Word& word) const = 0;
    /// What the height would be to first order, for each change.
    virtual std::vector<double> promises(const language::Word& word, const std::vector<Change>& changes) const = 0;
    /// Of a height: about so many multiplications.
    virtual double cost() const = 0;
};

/// Climbs from one word after another.
///
/// Of all changes those that promise most are evaluated, and the best of them is made, until none is better. Then a climb starts
/// again.
///
/// symbols  of the alphabet
/// start    gives a word to begin with, and is told the highest so far, which is empty at first
/// visit    is told each word at the end of a climb that is higher than all before, and how high; it answers whether to go on
/// is_over  asked before each evaluation
/// Cost     at most about 2^33 multiplications and 2,048 steps, but at least eight climbs
void climb(const Landscape& landscape, std::size_t symbols,
           const std::function<language::Word(const language::Word& highest)>& start,
           const std::function<bool()>& is_over, const std::function<bool(const language::Word&, double)>& visit);

}  // namespace attest::decide
