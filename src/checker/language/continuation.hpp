#pragma once

#include <vector>

#include "checker/language/language.hpp"

namespace attest::checker {

/// Whether some word of a language begins with a given one.
class Continuation {
  public:
    /// Throws Defect (place): the language is a table, or lies in a file
    Continuation(const Language& language, const std::string& place, Budget& budget);

    /// Cost    O(N)
    bool operator()(const Language& language, const std::vector<std::size_t>& beginning, Budget& budget) const;

  private:
    std::vector<bool> alive_;  ///< by state of the automaton, where the family is regular
};

}  // namespace attest::checker
