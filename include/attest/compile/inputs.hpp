#pragma once

#include <cstdint>
#include <vector>

#include "attest/circuit/builder.hpp"
#include "attest/language/alphabet.hpp"

namespace attest::compile {

/// The inputs of a circuit for words of one length: one a position for two symbols, one a symbol and position
/// for more, none for one symbol.
class Inputs {
  public:
    /// About how much memory the inputs alone take: to be asked before they are made.
    static double bytes(const language::Alphabet& alphabet, std::int64_t length);

    /// Adds the inputs to an empty builder, named `x1`, `x2`, … or `x1=a`, ….
    Inputs(circuit::Builder& builder, const language::Alphabet& alphabet, std::int64_t length);

    /// "The i-th symbol (from 1) is this one."
    circuit::Literal present(std::int64_t i, language::Symbol symbol) const;
    std::int64_t length() const { return length_; }
    std::size_t symbols() const { return symbols_; }
    /// Whether assignments must satisfy exactly one symbol a position (three symbols or more).
    bool one_hot() const { return symbols_ > 2; }
    /// "Every position holds exactly one symbol", as a literal; ⊤ if not one_hot().
    circuit::Literal exactly_one(circuit::Builder& builder) const;
    /// The word that an assignment of the inputs stands for.
    language::Word decode(const std::vector<bool>& assignment) const;

  private:
    std::int64_t length_;
    std::size_t symbols_;
};

}  // namespace attest::compile
