#pragma once

#include <map>
#include <utility>
#include <vector>

#include "forms.hpp"
#include "programs/crasp/program.hpp"

namespace attest::programs::extract {

/// Whole numbers at each position of a word, and comparisons of them as bits.
///
/// p is the position in the sequence, whose first one is the begin symbol; there is no word there, but networks have vectors,
/// so all here have a value there as well.
class Counts {
  public:
    explicit Counts(Bits& bits) : bits_(bits) {}

    enum class Kind : std::uint8_t { before, positive, choice };
    struct Count {
        Kind kind;
        Literal literal = no;  ///< before: what is counted, from the word's first position on; choice: when it is not 0
        Form form = {};        ///< over counts, with whole coefficients: positive: max(0, form); choice: the form
        exact::Rational bound;     ///< of its absolute value, in units of p
        exact::Rational at_begin;  ///< its value at the begin symbol
    };
    struct Comparison {
        Form form;  ///< whole; true where it is positive
        bool at_begin;
    };

    /// Forms over counts. What is counted may speak of the begin symbol, which is not counted.
    Form before(Literal literal);
    Form positive(const Form& form);
    Form choice(Literal when, const Form& form);
    /// Where a form with any coefficients is positive.
    Literal is_positive(const Form& form, bool at_begin);
    /// Where it is 0.
    Literal is_zero(const Form& form, bool at_begin);

    /// What a literal is where no begin symbol is.
    Literal in_word(Literal literal);
    bool at_begin(Literal literal) const;
    exact::Rational at_begin(const Form& form) const;
    /// At least the absolute value of form/p.
    exact::Rational bound(const Form& form) const;

    const std::vector<Count>& all() const { return counts_; }
    const Comparison& comparison(std::uint32_t detail) const { return comparisons_[detail]; }

  private:
    using Key = std::pair<std::map<std::uint32_t, exact::Rational>, exact::Rational>;

    Form add(Count count);

    Bits& bits_;
    std::vector<Count> counts_;
    std::vector<Comparison> comparisons_;
    std::map<std::pair<std::pair<Kind, Literal>, Key>, std::uint32_t> known_;
    std::map<std::pair<Key, bool>, Literal> compared_;
    std::vector<Literal> in_word_;  // by bit
};

/// The program whose output is this bit. What is used once stands where it is used.
crasp::Program written_out(Bits& bits, Counts& counts, const std::vector<std::string>& alphabet, Literal output);

}  // namespace attest::programs::extract
