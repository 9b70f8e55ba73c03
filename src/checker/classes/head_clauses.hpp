#pragma once

#include <map>
#include <vector>

#include "checker/classes/network_variables.hpp"

namespace attest::checker {

/// What attention obeys (FORMAT.md section 9.3, 1): a head attends to one candidate that is there, and its order has
/// nothing else that is there above it.
class HeadClauses {
  public:
    explicit HeadClauses(NetworkVariables& variables) : v_(variables) {}

    /// Gives the candidates their selecting literals, and writes the clauses.
    /// Needs   candidates: not empty
    void write(const Query& q, std::size_t head, Candidates& candidates);

    /// With key dimension 1: the variable least of the first query of the head at the readout; 0 if there is none.
    std::int32_t least_of_readout(std::size_t layer, std::size_t head) const;

  private:
    using Name = std::vector<std::size_t>;

    void select(Candidates& all);
    void prefer(const Query& q, std::size_t head, const Activation& own, const Candidate& c, const Candidates& all);
    void prefer_in_strict_order(const Query& q, std::size_t head, const Activation& own, const Candidate& c,
                                const Candidate& other);
    void prefer_without_positions(const Query& q, std::size_t head, const Activation& own, const Candidate& c,
                                  const Candidate& other);
    void prefer_by_key(const Query& q, std::size_t head, const Activation& own, const Candidate& c,
                       const Candidates& all);
    std::int32_t most_of(const Name& query);

    NetworkVariables& v_;
    std::map<Name, std::int32_t> most_;  ///< of key dimension 1, by layer, head, position, value; least is the next
};

}  // namespace attest::checker
