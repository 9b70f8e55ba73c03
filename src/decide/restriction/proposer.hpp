#pragma once

#include <memory>
#include <optional>

#include "attest/decide/restriction/restriction.hpp"
#include "attest/logic/sat_solver.hpp"

namespace attest::restriction {

/// The side of the search that proposes: restrictions with at most so many fixed positions, at most `dependence` positions
/// set aside as those that may matter, and nothing that a counterexample has ruled out.
class Proposer {
  public:
    struct Proposal {
        Restriction restriction;
        std::vector<bool> may_matter;  ///< by position: free, and set aside
    };

    Proposer(std::size_t length, std::size_t symbols, std::size_t dependence, std::uint64_t seed);

    /// The next proposal with at most so many fixed positions; nothing if there is none.
    /// Throws  OutOfLimits
    std::optional<Proposal> propose(std::size_t most_fixed, const base::Limits& limits);

    /// For every word that agrees with `cube`, changing the symbol at the position can change the answer: a restriction must
    /// contradict the cube, fix the position, or set it aside.
    void rule_out(const Restriction& cube, std::size_t position);

    /// Only this symbol need be tried where the position is fixed.
    void settle(std::size_t position, language::Symbol symbol);

  private:
    std::int32_t fixes(std::size_t position, language::Symbol symbol) const {
        return static_cast<std::int32_t>(position * symbols_ + symbol + 1);
    }
    std::int32_t matters(std::size_t position) const {
        return static_cast<std::int32_t>(length_ * symbols_ + position + 1);
    }
    std::int32_t is_fixed(std::size_t position) const {
        return static_cast<std::int32_t>(length_ * (symbols_ + 1) + position + 1);
    }
    void add(std::initializer_list<std::int32_t> clause) { solver_->add_clause({clause.begin(), clause.size()}); }

    std::size_t length_, symbols_;
    std::unique_ptr<logic::SatSolver> solver_;
    std::vector<std::int32_t> at_least_fixed_;  // [k−1]: at least k positions are fixed
};

}  // namespace attest::restriction
