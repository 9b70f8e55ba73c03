#pragma once

#include <memory>
#include <string_view>
#include <vector>

#include "checker/core/text.hpp"
#include "checker/language/automaton.hpp"

namespace attest::checker {

/// A regular expression of FORMAT.md section 3, matched against whole words of symbol numbers.
class Regex {
  public:
    /// Throws  Defect (no place) for wrong syntax or a literal outside the alphabet
    Regex(std::string_view pattern, const std::vector<Symbol>& alphabet, Budget& budget);

    /// By the definition of the operators, without an automaton.
    bool matches(const std::vector<std::size_t>& word, Budget& budget) const;

    /// Throws  Defect: more than 1000000 states before, or 100000 after making it deterministic
    Automaton automaton(Budget& budget) const;

    struct Node;

  private:
    std::size_t symbols_;
    std::shared_ptr<const Node> root_;
};

}  // namespace attest::checker
