#pragma once

#include <array>
#include <map>
#include <vector>

#include "checker/classes/head_clauses.hpp"
#include "checker/classes/network_symmetry.hpp"
#include "checker/classes/network_variables.hpp"

namespace attest::checker {

/// The candidates of each query, [layer, position, word] by head.
using AllCandidates = std::map<std::array<std::size_t, 3>, std::vector<Candidates>>;

/// Writes the clauses of the symmetries that are broken (FORMAT.md section 9.4), after the base clauses.
///
/// Shape   candidates: of every query, where `heads` is broken
void write_symmetry(NetworkVariables& variables, const NetworkSymmetry& symmetry, const HeadClauses& heads,
                    const AllCandidates& candidates);

/// Whether the list of the first head at this query is the one that `permutations` puts in order.
bool has_sorted_list(const NetworkVariables& variables, const Query& q);

/// What the first head finds there if `complements` is broken too, so that its list is (1, 1), (2, 1), …: the first 1,
/// or the last position if there is none.
Candidates found_in_sorted_list(const NetworkVariables& variables, const Query& q);

}  // namespace attest::checker
