#pragma once

#include <cstddef>
#include <optional>
#include <vector>

#include "bdd_session.hpp"
#include "measure/function/diagram.hpp"

namespace attest::measure {

/// Inputs on which a diagram has a value, from which subcubes are taken away one by one.
class Uncovered {
  public:
    /// Throws nothing: too few nodes show in failed()
    Uncovered(const Diagram& d, bool value, std::size_t most_nodes);

    bool failed() const { return BddSession::failed(); }  ///< then the set is not known
    bool empty() const { return left_ == bddfalse; }
    /// One of the inputs, by level. Needs  !empty()
    std::vector<bool> any() const;
    /// Takes away all inputs that agree with this one on some levels.
    void remove(const std::vector<bool>& input, const std::vector<bool>& levels);

  private:
    BddSession session_;  // before any node, and gone after them
    bdd left_;
};

}  // namespace attest::measure
