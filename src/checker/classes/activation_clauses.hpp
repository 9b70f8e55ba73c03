#pragma once

#include <map>
#include <vector>

#include "checker/classes/network_variables.hpp"

namespace attest::checker {

/// What activations and acceptance obey (FORMAT.md section 9.3, 2 and 3): they are functions of the tuple of a
/// position's own value and of what its heads attended to.
class ActivationClauses {
  public:
    explicit ActivationClauses(NetworkVariables& variables) : v_(variables) {}

    /// Makes the values after the layer, and writes the clauses.
    /// Shape   heads: the candidates of the heads that have some, with their selecting literals
    void write(const Query& q, const std::vector<Candidates>& heads);

  private:
    using Attended = std::vector<const Candidate*>;  ///< one a head

    void make_values(std::vector<Activation>& values);
    void tuple(const Query& q, const Activation& own, const Attended& attended);
    void accept(const Query& q, std::size_t tuple, const Clause& unless);
    void activate(const Query& q, std::size_t tuple, const Clause& unless);
    void add_tuple_value(std::size_t tuple, const Clause& unless, std::vector<Activation>& after);
    /// The first variable of the function's value at the tuple, made when first asked for.
    std::int32_t activation_of(const std::vector<std::size_t>& tuple, std::size_t count);

    NetworkVariables& v_;
    std::map<std::vector<std::size_t>, std::int32_t> functions_;  ///< acc, and the first act, of a tuple
};

}  // namespace attest::checker
