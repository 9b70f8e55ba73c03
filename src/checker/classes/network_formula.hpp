#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "checker/classes/activation_clauses.hpp"
#include "checker/classes/head_clauses.hpp"
#include "checker/classes/network_symmetry.hpp"
#include "checker/classes/network_variables.hpp"
#include "checker/classes/symmetry_clauses.hpp"

namespace attest::checker {

/// The formula that says: some network of the class computes the language on all words (FORMAT.md section 9). If it has
/// no solution there is none.
class NetworkFormula {
  public:
    /// Throws  Defect: breaks that are unknown, out of order, or without what they need
    NetworkFormula(const NetworkClass& c, const NetworkWords& words, const std::vector<std::string>& breaks,
                   Budget& budget);
    NetworkFormula(const NetworkFormula&) = delete;

    /// The clauses of 9.3 and 9.4, and then the cuts that were added.
    const Formula& formula() const { return v_.formula; }

    /// Adds the clauses of the file that follow those of 9.3 and 9.4.
    /// Throws  Defect (file and line): one that is not the complement of a cycle
    void add_cuts(std::string_view bytes, const std::string& file);

  private:
    void write_base();
    void attend(const Query& q);
    Candidates candidates(const Query& q, std::size_t head) const;
    bool is_left_out(const Query& q, std::size_t j) const;

    NetworkSymmetry symmetry_;
    NetworkVariables v_;
    HeadClauses heads_{v_};
    ActivationClauses activations_{v_};
    AllCandidates candidates_;  ///< kept where `heads` is broken
};

}  // namespace attest::checker
