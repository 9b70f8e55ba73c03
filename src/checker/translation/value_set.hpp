#pragma once

#include <map>
#include <vector>

#include "checker/core/drop.hpp"
#include "checker/translation/circuit.hpp"
#include "checker/translation/view.hpp"

namespace attest::checker {

/// "The activation is this vector" is what the literal says.
struct Value {
    Vector vector;
    Literal literal;
};
using Values = std::vector<Value>;

/// The claimed drops, each of which must meet its group exactly once.
class Drops {
  public:
    /// Throws  Defect: the same drop twice
    explicit Drops(const std::vector<Drop>& drops);

    bool take(std::size_t b, std::size_t p, std::size_t v);
    /// Throws  Defect: a drop named a group that there is not
    void check_all_taken() const;

  private:
    std::map<Drop, bool> taken_;
};

/// Turns the cases of (b, p) into its value set; literals of dropped groups are appended to `dropped`.
///
/// Throws  Defect: no group remains
Values group_cases(Circuit& circuit, const Values& cases, const Views& views, std::size_t b, std::size_t p,
                   Drops& drops, Literals& dropped);

}  // namespace attest::checker
