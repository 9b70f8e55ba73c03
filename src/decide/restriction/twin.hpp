#pragma once

#include <optional>
#include <utility>

#include "attest/decide/restriction/evidence.hpp"
#include "attest/decide/restriction/function.hpp"
#include "two_words.hpp"

namespace attest::restriction {

/// A function on two words at once, in one incremental solver: the miter of two copies.
class Twin {
  public:
    Twin(const Function& function, std::uint64_t seed, const base::Limits& limits);

    /// Two words that the restriction admits, equal at the tied positions, and answered differently.
    /// Throws  OutOfLimits
    std::optional<Words> find_difference(const Restriction& restriction, const std::vector<bool>& tied);

    /// Whether, for every word that the restriction admits, symbol a and symbol b at the position make the answers differ.
    /// Needs   the restriction leaves the position free
    /// Throws  OutOfLimits
    bool always_differ(const Restriction& restriction, std::size_t position, language::Symbol a, language::Symbol b);

    /// The model's answer.
    bool accepts(const language::Word& word) const;

  private:
    std::vector<std::int32_t> agreeing(const Restriction& restriction) const;

    const Function& function_;
    TwoWords words_;
    circuit::Literal differ_;
};

/// Symbols of the words, one after the other, until the answer changes: the last word with the first one's answer, and the
/// position and symbol that change it.
struct Flip {
    language::Word word;
    std::size_t position;
    language::Symbol symbol;
};
Flip single_flip(const Twin& twin, const Words& words);

}  // namespace attest::restriction
